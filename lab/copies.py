"""Copies of coded reports, each a year later and with other names and words, for cases of any size:
:mod:`lab.bench_weigh` says what they have in common."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.model.records import Actor, Record, When
from saydo.weighing import WeighedReport

_WORD = re.compile(r"[A-Za-z]+")
_DATE = re.compile(r"(\d{4})(.*)", re.DOTALL)
_LONG = 7
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Base(NamedTuple):
    """Reports that are repeated; each is read when its turn comes, to leave memory to weighing."""

    packed: list[tuple[bytes, bytes]]
    """The record as JSON, and the text."""

    def reports(self, first: int = 0) -> Iterator[WeighedReport]:
        """The reports from one on."""
        for line, text in self.packed[first:]:
            yield WeighedReport(
                Record.model_validate_json(zlib.decompress(line)), zlib.decompress(text).decode()
            )


class Shared(NamedTuple):
    """What all copies have in common."""

    actors: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    """Words of names; these are others in each copy however short they are."""

    @classmethod
    def of(cls, base: Base, codebook: Codebook, person: str) -> Shared:
        """What the copies of these reports share."""
        actors, known, names = {person}, set[str](), set[str]()
        for record, _ in base.reports():
            shared = [a for a in record.actors if a.resolved_by == "codebook" or a.id == person]
            actors.update(a.id for a in shared)
            known.update(w for a in shared for w in _lower(a.name))
            names.update(w for m in record.mentions if m.named for w in _lower(m.text))
        listed = {
            w
            for a in codebook.actors.values()
            for n in (a.name, *a.aliases, *a.adjectives)
            for w in _lower(n)
        }
        kept = kept_words(codebook) | known | listed
        return cls(frozenset(actors), frozenset(kept), frozenset(names - kept))


def _lower(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


class Copier:
    """One copy of all reports: shifts dates, renames actors, places and words."""

    def __init__(self, number: int, shared: Shared) -> None:
        self.number = number
        self._shared = shared
        self._words: dict[str, str] = {}

    def report(self, report: WeighedReport) -> WeighedReport:
        """The copy of one report."""
        record, text = report
        if self.number == 0:
            return WeighedReport(record.model_copy(update={"discrepancies": ()}), text)
        words = partial(map, self._text)
        copy = record.model_copy(
            update={
                "id": f"{record.id}~{self.number}",
                "date": self._date(record.date),
                "publisher": record.publisher and f"{record.publisher} {self.number}",
                "mentions": tuple(
                    m.model_copy(update={"actor": self._actor(m.actor), "text": self._text(m.text)})
                    for m in record.mentions
                ),
                "actors": tuple(map(self._renamed, record.actors)),
                "places": tuple(
                    p.model_copy(
                        update={
                            "text": self._text(p.text),
                            "name": p.name and self._text(p.name),
                            "admin1": p.admin1 and self._text(p.admin1),
                            "geonames_id": p.geonames_id and p.geonames_id + self.number * 100_000_000,
                        }
                    )
                    for p in record.places
                ),
                "times": tuple(
                    t.model_copy(update={"from_": self._date(t.from_), "to": self._date(t.to)})
                    for t in record.times
                ),
                "events": tuple(e.model_copy(update={"time": self._when(e.time)}) for e in record.events),
                "ties": tuple(
                    t.model_copy(update={"since": self._date(t.since), "until": self._date(t.until)})
                    for t in record.ties
                ),
                "statements": tuple(
                    s.model_copy(update={"time": self._when(s.time)}) for s in record.statements
                ),
                "propositions": tuple(
                    p.model_copy(
                        update={
                            "time": self._when(p.time),
                            "doers": tuple(words(p.doers)),
                            "objects": tuple(words(p.objects)),
                            "others": tuple(words(p.others)),
                        }
                    )
                    for p in record.propositions
                ),
                "discrepancies": (),
            }
        )
        return WeighedReport(copy, self._text(text))

    def _renamed(self, actor: Actor) -> Actor:
        if actor.id in self._shared.actors:
            return actor
        aliases = tuple(map(self._text, actor.aliases))
        return actor.model_copy(
            update={"id": self._actor(actor.id), "name": self._text(actor.name), "aliases": aliases}
        )

    def _actor(self, id: str | None) -> str | None:
        return id if id is None or id in self._shared.actors else f"{id}-{self.number}"

    def _when(self, when: When | None) -> When | None:
        if when is None:
            return None
        return when.model_copy(update={"from_": self._date(when.from_), "to": self._date(when.to)})

    def _date(self, iso: str | None) -> str | None:
        found = _DATE.match(iso) if iso else None
        if found is None:
            return iso
        year, rest = int(found.group(1)) + self.number, found.group(2)
        return f"{year:04}{rest.replace('-02-29', '-02-28')}"

    def _text(self, text: str) -> str:
        return _WORD.sub(self._word, text)

    def _word(self, found: re.Match[str]) -> str:
        word = found.group()
        other = self._words.get(word)
        if other is None:
            other = self._words[word] = self._other(word)
        return other

    def _other(self, word: str) -> str:
        plain = word.lower()
        if plain in self._shared.words or not (plain in self._shared.names or len(plain) >= _LONG):
            return word
        # a plural stays one
        body = word[:-1] if plain.endswith("s") else word
        drawn = hashlib.shake_128(f"{self.number} {body.lower()}".encode()).digest(len(body))
        made = "".join(self._letter(c, byte) for c, byte in zip(body, drawn, strict=True))
        return made + word[len(body) :]

    @staticmethod
    def _letter(letter: str, drawn: int) -> str:
        other = _LETTERS[drawn % len(_LETTERS)]
        return other.upper() if letter.isupper() else other


def kept_words(codebook: Codebook) -> frozenset[str]:
    """Words that the rules ask for, which every copy must keep."""
    found: set[str] = set()

    def gather(value: object) -> None:
        if isinstance(value, str):
            found.update(_lower(value))
        elif isinstance(value, dict):
            for each in (*value.keys(), *value.values()):
                gather(each)
        elif isinstance(value, list | tuple):
            for each in value:
                gather(each)

    for rule in codebook.rules.values():
        gather(dict(rule.parameters))
    for nominal in codebook.nominals.values():
        gather(tuple(nominal.lemmas))
    for cue in codebook.cues.values():
        gather(tuple(cue.phrases))
    for office in codebook.offices.values():
        gather(tuple(office.titles))
    return frozenset(found | {f"{w}s" for w in found})


def reports(base: Base, shared: Shared, first: int) -> Iterator[WeighedReport]:
    """Reports without end, from one on."""
    number, left = divmod(first, len(base.packed))
    while True:
        copier = Copier(number, shared)
        yield from map(copier.report, base.reports(left))
        number, left = number + 1, 0


def load(records: Sequence[Path], texts: Sequence[Path]) -> Base:
    """Coded reports with their texts, in the order of their dates."""
    held: dict[str, str] = {}
    for path in texts:
        for text in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(text)
            held[row["id"]] = row["text"]
    found = []
    for path in records:
        for line in path.open("rb"):
            record = Record.model_validate_json(line)
            packed = zlib.compress(held[record.id].encode())
            found.append((record.date or "", record.id, zlib.compress(line), packed))
    return Base([(line, text) for _, _, line, text in sorted(found)])
