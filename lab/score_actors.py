"""What share of a dictionary's names the codebook resolves to the same country and kind of sector.

    python -m lab.score_actors --gold ../shared/data/actors/phoenix-MilNonState.txt [--show 40]

The file has the form of PETRARCH's actor dictionaries: a name with a code behind it, further names of the
same actor on lines that begin with ``+``, codes with the dates of which they hold on lines that begin with a
tab. A name counts as known where the whole of it is a name in the lexicon; as right where one of the actors
that it may mean has the country of one of the entry's codes, and a sector of the same family. Codes of
regions ("WEU", "MEA") say no country: their names count for "known" only.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from saydo.codebook import ActorEntry, load
from saydo.linking.lexicon import Lexicon, lexicon
from saydo.model.reading import Token
from saydo.reading.tokens import Tokenizer

_CODE = re.compile(r"\[\s*([A-Z]{3,})")
_FAMILIES = (
    frozenset(["REB", "UAF", "PRM", "SEP", "INS", "MIL", "CRM"]),
    frozenset(["GOV", "LEG", "PTY", "OPP"]),
)
_INTERNATIONAL = {
    "IGO": frozenset(["IGO", "UNO", "EUR", "IMG"]), "NGO": frozenset(["NGO"]), "NGM": frozenset(["NGO"]),
    "MNC": frozenset(["MNC"]), "IMG": frozenset(["IMG", "ISM"]),
}  # fmt: skip


class Listed(NamedTuple):
    """An actor of a dictionary."""

    names: tuple[str, ...]
    codes: tuple[str, ...]


class Share(NamedTuple):
    names: int
    known: int
    country: int
    sector: int
    with_country: int
    """Names of actors whose code gives a country."""
    known_with_country: int


def entries(text: str) -> Iterator[Listed]:
    """The actors of a dictionary that have a code."""
    names: list[str] = []
    codes: list[str] = []
    for line in (*text.splitlines(), "END"):
        bare = line.split("#")[0].rstrip()
        if not bare:
            continue
        new = not bare.startswith(("+", "\t", " "))
        if new and names:
            if codes:
                yield Listed(tuple(names), tuple(codes))
            names, codes = [], []
        codes += _CODE.findall(bare)
        name = re.sub(r"\(.*?\)", "", bare.split("[")[0]).lstrip("+").replace("_", " ").strip()
        if name:
            names.append(name)


def resolved(name: str, words: Lexicon) -> list[ActorEntry]:
    """The codebook's actors that the whole of a name may mean; none where only a part is known."""
    for written in (_titled(name), name):
        tokens = [Token(i, w.start, w.end, w.text, w.text, "PROPN", 0, "dep", 0)
                  for i, w in enumerate(_tokenizer().words(written))]  # fmt: skip
        for hit in words.hits(tokens, caseless=False):
            outside = [t.text.lower() for t in tokens if not hit.first <= t.i < hit.last]
            if all(word in ("the", "-", ".", ",") for word in outside):
                return [known.entry for known in hit.known]
    return []


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer()


@cache
def _found(name: str) -> tuple[ActorEntry, ...]:
    return tuple(resolved(name, lexicon(load())))


def _titled(name: str) -> str:
    small = ("of", "the", "for", "and", "in", "de", "del", "la", "al", "e", "i", "ul")
    return " ".join(
        w.lower() if i and w.lower() in small else w.capitalize() for i, w in enumerate(name.split())
    )


def same_country(entry: ActorEntry, codes: Sequence[str]) -> bool:
    """Whether one of the codes is of the actor's country; an international one stands for its kind."""
    for code in codes:
        first = code[:3]
        if entry.country == first or entry.country in _INTERNATIONAL.get(first, ()):
            return True
    return False


def same_sector(entry: ActorEntry, codes: Sequence[str]) -> bool:
    """Whether the sector is among the codes' roles or of their family."""
    roles = {code[i : i + 3] for code in codes for i in range(3, len(code), 3)}
    if not roles or entry.sector in roles or entry.sector is None:
        return True
    return any(entry.sector in family and roles & family for family in _FAMILIES)


def share(text: str, show: int = 0) -> Share:
    """Shares over the names of the actors with codes; the unknown and the wrong ones are printed."""
    told = [0, 0, 0, 0, 0, 0]
    states = frozenset(e.country for e in load().actors.values() if e.kind == "state") | _INTERNATIONAL.keys()
    for listed in entries(text):
        found = [_found(name) for name in listed.names]
        if not any(found) and show > 0:
            print("unknown:", " | ".join(listed.names[:3]), listed.codes[0])
            show -= 1
        for name, held in zip(listed.names, found, strict=True):
            right = [e for e in held if same_country(e, listed.codes)]
            told[0] += 1
            told[1] += bool(held)
            told[2] += bool(right)
            told[3] += any(same_sector(e, listed.codes) for e in right)
            if any(code[:3] in states for code in listed.codes):
                told[4] += 1
                told[5] += bool(held)
            if held and not right and show > 0:
                print("other:", name, listed.codes, [(e.id, e.country) for e in held])
    return Share(*told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the shares of one dictionary."""
    parser = argparse.ArgumentParser(prog="lab.score_actors", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="print so many entries of which no name is known")
    asked = parser.parse_args(arguments)
    if not asked.gold.is_file():
        print(f"{asked.gold} is not there; this measure needs an actor dictionary", file=sys.stderr)
        return 1
    found = share(asked.gold.read_text(encoding="utf-8", errors="replace"), asked.show)
    actors = list(entries(asked.gold.read_text(encoding="utf-8", errors="replace")))
    some = sum(any(_found(n) for n in a.names) for a in actors)
    print(f"actors {len(actors)}, of which some name is known {100 * some / len(actors):.1f} %")
    print(f"names {found.names}: known {100 * found.known / found.names:.1f} %")
    print(
        f"known names with a country {found.known_with_country} of {found.with_country}: right country "
        f"{100 * found.country / found.known_with_country:.1f} %, and sector "
        f"{100 * found.sector / found.known_with_country:.1f} %"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
