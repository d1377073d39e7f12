"""Who says what by which words: source, cue and content."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lab import corpora
from lab.measures.tally import Figures, Tally
from saydo.reading.attributions import Found, attributions
from saydo.reading.network import Network
from saydo.reading.tokens import Tokenizer

ROLES = ("source", "cue", "content")
Span = tuple[int, int]


def attribution(gold: Path, network: Network) -> Figures:
    """Exact-span precision, recall and F1 of source, cue and content, sentence by sentence, over the
    sentences that hold an attribution: the measure of CofeNet (Wang et al., COLING 2022) on PolNeAR. Spans
    that cross a sentence end are cut there; each part of a discontinuous content counts.

    ``overlap``: a span is right that shares a word with one of its role on the other side. ``triples``:
    source, cue and content of one attribution are all exactly right, and belong together."""
    exact = {role: Tally() for role in ROLES}
    overlap = {role: (Tally(), Tally()) for role in ROLES}
    triples = Tally()
    examples = [e for e in corpora.polnear(gold, Tokenizer()) if e.frames]
    for start in range(0, len(examples), 50):
        group = examples[start : start + 50]
        found = attributions(network.score([e.words for e in group]))
        for i, example in enumerate(group):
            mine = [f for f in found if f.sentence == i]
            for role, spans in _spans(mine).items():
                wanted = corpora.tagged(getattr(example, f"{role}s") or [])
                exact[role].add(spans, wanted)
                touching(spans, wanted, *overlap[role])
            triples.add(map(_triple, mine), map(_framed, example.frames))
    figures: Figures = {"sentences": float(len(examples))}
    for role in ROLES:
        figures |= exact[role].figures(role)
    for role, (precise, complete) in overlap.items():
        p, r = (t.right / t.wanted if t.wanted else 0.0 for t in (precise, complete))
        figures[f"{role} overlap F1"] = 2 * p * r / (p + r) if p + r else 0.0
    return figures | triples.figures("triples")


def _spans(found: Iterable[Found]) -> dict[str, list[Span]]:
    mine = list(found)
    return {
        "source": sorted({s for f in mine for s in f.source}),
        "cue": sorted({f.cue for f in mine}),
        "content": sorted({c for f in mine for c in f.content}),
    }


def touching(found: list[Span], wanted: list[Span], precise: Tally, complete: Tally) -> None:
    """Counts the spans of each side that share a word with one of the other."""
    for tally, these, those in ((precise, found, wanted), (complete, wanted, found)):
        tally.wanted += len(these)
        tally.right += sum(any(a[0] < b[1] and b[0] < a[1] for b in those) for a in these)


def _triple(found: Found) -> tuple[tuple[Span, ...], Span, tuple[Span, ...]]:
    return found.source, found.cue, found.content


def _framed(frame: corpora.Frame) -> tuple[tuple[Span, ...], Span, tuple[Span, ...]]:
    roles = {begin: _runs(frame.roles, begin) for begin in (1, 3)}
    return tuple(roles[1]), (frame.anchor, frame.cue_end), tuple(roles[3])


def _runs(roles: list[int], begin: int) -> list[Span]:
    tags = [r - begin + 1 if r in (begin, begin + 1) else 0 for r in roles]
    return corpora.tagged(tags)
