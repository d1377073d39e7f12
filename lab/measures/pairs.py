"""What is told of marked pairs and marked words: event types, ties, realis and polarity."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from lab import corpora, labels, marked
from lab.corpora import held_out, inside
from lab.entities import re3d_held_out
from lab.measures.tally import Figures, Tally, classes
from saydo.reading.network import Network, PairScores
from saydo.reading.tokens import Tokenizer

QUADS = {
    1: ("AGREE", "CONSULT", "SUPPORT"), 2: ("COOPERATE", "AID", "YIELD"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}  # fmt: skip
"""The dyads' four classes; their YIELD counts as material cooperation."""
_QUAD = {kind: quad for quad, kinds in QUADS.items() for kind in kinds}


def dyads(gold: Path, network: Network, heldout: bool) -> Figures:
    """Root type of a pair of which actor and recipient are marked: accuracy and macro-F1 over the gold's
    types, and the same over four classes, as ZSP is measured (Hu et al., "Leveraging Codebook Knowledge with
    NLI and ChatGPT for Zero-Shot Political Relation Classification", ACL 2024). YIELD is CONCEDE or RETREAT.
    A pair whose mark holds no word counts as wrong."""
    rows = [r for r in corpora.jsonl(gold) if not heldout or held_out(r["sentence"], marked.DYAD_SHARE)]
    tokenizer = Tokenizer()
    told = [marked.dyad(row, tokenizer) for row in rows]
    there = [t for t in told if t is not None]
    scores = network.score([[w.text for w in words] for words, _, _ in there])
    pairs = network.pairs(
        [(s.words, actor, recipient) for s, (_, actor, recipient) in zip(scores, there, strict=True)]
    )
    answers = iter(root_type(pair, network) for pair in pairs)
    found = ["" if t is None else next(answers) for t in told]
    wanted = [row["type"] for row in rows]
    four = classes([str(_QUAD.get(f, "")) for f in found], [str(_QUAD[w]) for w in wanted], "4-way")
    return classes(found, wanted, "root type") | four


def root_type(pair: PairScores, network: Network) -> str:
    """The likeliest of the fifteen types, none left out of account."""
    sums: Counter[str] = Counter()
    for kind, p in zip(network.labels.event[1:], pair.event[1:].tolist(), strict=True):
        sums["YIELD" if kind in labels.YIELD else kind] += p
    return max(sums, key=lambda kind: sums[kind])


def ties(gold: Path, network: Network, heldout: bool) -> Figures:
    """Ties between gold mentions of one sentence, in re3d's types: F1 of each and their mean over BelongsTo,
    InChargeOf, FightingAgainst, AlliesOf and CommWith. The last three have no direction and are compared
    without. A relation across sentences counts as missed."""
    tallies = {kind: Tally() for kind in labels.RELATION_TYPES[1:]}
    tokenizer = Tokenizer()
    for document in corpora.jsonl(gold):
        if heldout and not re3d_held_out(document):
            continue
        found: dict[str, set[tuple]] = {kind: set() for kind in tallies}
        parts = list(corpora.split(document["text"], tokenizer))
        scores = network.score([[w.text for w in words] for words in parts])
        for words, score in zip(parts, scores, strict=True):
            pairs = marked.relation_pairs(document, words)
            for pair, answer in zip(
                pairs, network.pairs([(score.words, p.actor, p.recipient) for p in pairs]), strict=True
            ):
                kind = network.labels.relation[int(answer.relation.argmax())]
                if kind != "none":
                    spans = [(words[a].start, words[b - 1].end) for a, b in (pair.actor, pair.recipient)]
                    found[kind].add(_undirected(kind, *spans))
        wanted: dict[str, set[tuple]] = {kind: set() for kind in tallies}
        for relation in document["relations"]:
            if relation["type"] in tallies and relation["confidence"] >= 0.5:
                ends = tuple(relation["source"][:2]), tuple(relation["target"][:2])
                wanted[relation["type"]].add(_undirected(relation["type"], *ends))
        for kind, tally in tallies.items():
            tally.add(found[kind], wanted[kind])
    figures = {f"{kind} F1 of {tally.wanted}": tally.f1 for kind, tally in tallies.items()}
    return figures | {"ties macro-F1": sum(t.f1 for t in tallies.values()) / len(tallies)}


def _undirected(kind: str, a: tuple[int, int], b: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((a, b))) if kind in marked.SYMMETRIC else (a, b)


def realis(gold: Path, network: Network) -> Figures:
    """Realis and polarity of marked triggers: accuracy, and mean F1 of the classes; also whether the head of
    triggers sees an event in the marked word, and which type. Rows are ``sentence``, ``trigger``
    (characters), ``type``, ``realis``, ``polarity``; no public gold has these, the measures are our own."""
    rows = list(corpora.jsonl(gold))
    tokenizer = Tokenizer()
    words = [tokenizer.words(row["sentence"]) for row in rows]
    found: dict[str, list[str]] = {"realis": [], "polarity": [], "type": []}
    seen = 0
    for row, here, score in zip(
        rows, words, network.score([[w.text for w in s] for s in words]), strict=True
    ):
        span = inside(here, *row["trigger"])
        seen += bool((score.triggers[span.start : span.stop, 0] < 0.5).any())
        for name, array, labels_of in (
            ("realis", score.realis, network.labels.realis),
            ("polarity", score.polarity, network.labels.polarity),
            ("type", np.delete(score.triggers, 0, axis=1), network.labels.triggers[1:]),
        ):
            found[name].append(labels_of[int(array[span.start : span.stop].sum(axis=0).argmax())])
    figures: Figures = {"triggers seen": seen / len(rows)}
    for name, answers in found.items():
        figures |= classes(answers, [row[name] for row in rows], name)
    return figures
