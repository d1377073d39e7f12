"""Coreference within a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from lab import corpora
from lab.chains import gum_chains
from lab.corpora import inside
from lab.measures.tally import Figures
from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.network import Network
from saydo.reading.reader import OnnxReader

Chains = dict[int, int]
"""Head word of a mention → number of its chain."""


def coreference(gold: Path, network: Network) -> Figures:
    """MUC (Vilain et al., MUC-6, 1995) and B-cubed (Bagga and Baldwin, 1998) of the reader's chains, mentions
    compared by their head words; mentions that stand alone are left out on both sides, and only persons,
    groups, organisations and places are asked for. ``antecedents``: of the mentions that the reader links,
    how many it links to a word of the right chain.

    Gold is CoNLL-U with GUM's entities, or JSON Lines with ``text`` and ``chains`` of character spans."""
    reader = OnnxReader(network)
    muc, cubed, linked, right = _Sums(), _Sums(), 0, 0
    for reading, wanted in _documents(gold, reader):
        found = _chains(reading)
        answers = _many(found)
        asked = {m.head for m in reading.mentions if m.type in _ASKED}
        wanted = _many(
            {head: chain for head, chain in wanted.items() if head in asked or gold.suffix == ".jsonl"}
        )
        muc.add(_muc(wanted, answers), _muc(answers, wanted))
        cubed.add(_cubed(wanted, answers), _cubed(answers, wanted))
        for link in reading.links:
            heads = [reading.mentions[m].head for m in (link.mention, link.antecedent)]
            if heads[0] in wanted:
                linked += 1
                right += wanted.get(heads[1]) == wanted[heads[0]]
    return muc.figures("MUC") | cubed.figures("B-cubed") | {"antecedents right": right / max(1, linked)}


_ASKED = frozenset(("person", "group", "government", "military", "organisation", "igo", "media", "place"))


class _Sums:
    """Sums of numerators and denominators of recall and precision."""

    def __init__(self) -> None:
        self._recall, self._precision = [0.0, 0.0], [0.0, 0.0]

    def add(self, recall: tuple[float, float], precision: tuple[float, float]) -> None:
        for total, part in ((self._recall, recall), (self._precision, precision)):
            total[0] += part[0]
            total[1] += part[1]

    def figures(self, name: str) -> Figures:
        r, p = (total[0] / total[1] if total[1] else 0.0 for total in (self._recall, self._precision))
        return {
            f"{name} precision": p,
            f"{name} recall": r,
            f"{name} F1": 2 * p * r / (p + r) if p + r else 0.0,
        }


def _documents(gold: Path, reader: OnnxReader) -> Iterable[tuple[Reading, Chains]]:
    if gold.suffix == ".conllu":
        for document in gum_chains(gold):
            yield reader.read_words(document.sentences), document.heads
        return
    for row in corpora.jsonl(gold):
        reading = reader.read(Document(row["id"], row["text"]))
        chains: Chains = {}
        for number, spans in enumerate(row["chains"]):
            for start, end in spans:
                words = inside(list(reading.tokens), start, end)  # type: ignore[arg-type]
                chains[_head(reading, words)] = number
        yield reading, chains


def _head(reading: Reading, words: range) -> int:
    return next(
        (i for i in words if reading.tokens[i].head not in words or reading.tokens[i].head == i), words.start
    )


def _chains(reading: Reading) -> Chains:
    """The chains that the links make."""
    number = list(range(len(reading.mentions)))
    for link in reading.links:
        number[link.mention] = number[link.antecedent]
    return {reading.mentions[m].head: chain for m, chain in enumerate(number)}


def _many(chains: Chains) -> Chains:
    """Without the chains of a single mention."""
    sizes: dict[int, int] = defaultdict(int)
    for chain in chains.values():
        sizes[chain] += 1
    return {head: chain for head, chain in chains.items() if sizes[chain] > 1}


def _groups(chains: Chains) -> Sequence[set[int]]:
    groups: dict[int, set[int]] = defaultdict(set)
    for head, chain in chains.items():
        groups[chain].add(head)
    return list(groups.values())


def _muc(key: Chains, response: Chains) -> tuple[float, float]:
    """Numerator and denominator of MUC's recall of ``key`` in ``response``."""
    up = down = 0.0
    for group in _groups(key):
        parts = {response[head] for head in group if head in response}
        missing = sum(head not in response for head in group)
        up += len(group) - len(parts) - missing
        down += len(group) - 1
    return up, down


def _cubed(key: Chains, response: Chains) -> tuple[float, float]:
    groups = {head: group for group in _groups(key) for head in group}
    others = {head: group for group in _groups(response) for head in group}
    up = sum(len(group & others.get(head, set())) / len(group) for head, group in groups.items())
    return up, float(len(groups))
