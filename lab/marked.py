"""Marked pairs of mentions: the PLOVER dyads, pairs of other event ontologies, re3d's relations, our own
patterns."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import yaml

from lab import labels as L
from lab.corpora import Example, Pair, held_out, inside, jsonl, need, split
from lab.entities import re3d_held_out
from lab.labels import MASK
from lab.partial import Gazetteer
from lab.substitution import Names
from saydo.reading.tokens import Tokenizer, Word

DYAD_SHARE = 8
"""One marked sentence in so many is kept for measuring."""

_MARKED = re.compile(r"<(/?)([st])>")


def event_labels(name: str) -> tuple[int, ...]:
    """Our labels of a PLOVER root type."""
    return tuple(L.EVENT_TYPES.index(n) for n in event_names(name))


def event_names(name: str) -> tuple[str, ...]:
    """Our types of a PLOVER root type; the dyads' YIELD is either of two."""
    return tuple(L.YIELD) if name == "YIELD" else (name,)


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """A marked sentence as plain text, and the characters that ``s`` (actor) and ``t`` (recipient) mark."""
    text, spans, at = "", {}, 0
    opened: dict[str, int] = {}
    for mark in _MARKED.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group(1) and mark.group(2) in opened:
            spans[mark.group(2)] = (opened[mark.group(2)], len(text))
        elif not mark.group(1):
            opened[mark.group(2)] = len(text)
    return text + marked[at:], spans


def dyad(row: dict, tokenizer: Tokenizer) -> tuple[list[Word], tuple[int, int], tuple[int, int]] | None:
    """Words of a marked sentence, and those of actor and recipient; None where a mark holds no word."""
    text, spans = unmarked(row["marked"])
    words = tokenizer.words(text)
    if len(spans) < 2:
        return None
    actor, recipient = (inside(words, *spans[side]) for side in "st")
    if not actor or not recipient:
        return None
    return words, (actor.start, actor.stop), (recipient.start, recipient.stop)


def dyads(path: Path, tokenizer: Tokenizer, heldout: bool | None) -> list[Example]:
    """The PLOVER dyads, each sentence with its marked pair and root type; with None those of both sides."""
    found = []
    for row in jsonl(path):
        told = dyad(row, tokenizer)
        if told is not None and heldout in (None, held_out(row["sentence"], DYAD_SHARE)):
            words, actor, recipient = told
            example = Example([w.text for w in words], "dyads")
            example.pairs.append(Pair(actor, recipient, {"event": event_labels(row["type"])}))
            found.append(example)
    return found


_OTHER = {
    "attack": "ASSAULT", "injure": "ASSAULT", "execute": "ASSAULT", "demonstrate": "PROTEST", "sue": "ACCUSE",
    "investigatecrime": "ACCUSE", "chargeindict": "ACCUSE", "charge-indict": "ACCUSE",
    "arrest-jail": "COERCE",
    "arrestjaildetain": "COERCE", "convict": "SANCTION", "sentence": "SANCTION", "fine": "SANCTION",
    "release-parole": "RETREAT", "threatencoerce": "THREATEN", "meet": "CONSULT",
}  # fmt: skip
"""Types of ACE and its kin that say the same as one of ours, by the part of their name that tells."""


def other_dyads(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """Pairs of other ontologies: with our type where theirs says the same, and none where the pair is not in
    it."""
    found: dict[str, Example] = {}
    for row in jsonl(path):
        told = dyad(row, tokenizer)
        if told is None:
            continue
        words, actor, recipient = told
        parts = re.split(r"[.:]", row["ontology_type"].lower())
        kind = next((_OTHER[part] for part in reversed(parts) if part in _OTHER), None)
        label = event_labels(kind) if kind and row["holds"] else (0,) if not row["holds"] else None
        example = found.setdefault(row["sentence"], Example([w.text for w in words], "dyads"))
        example.pairs.append(Pair(actor, recipient, {"event": label} if label else {}, 0.7))
    return list(found.values())


_TYPED = (
    "Person",
    "Organisation",
    "Location",
    "Nationality",
    "Weapon",
    "MilitaryPlatform",
    "Money",
    "Quantity",
)


def relation_pairs(document: dict, words: Sequence[Word]) -> list[Pair]:
    """Ordered pairs of a re3d sentence's mentions with their relation; told by one annotator in every
    direction.

    A relation that has no direction is written both ways. Pairs without a relation are ``none``.
    """
    start, end = words[0].start, words[-1].end
    spans = {
        (e["start"], e["end"]): inside(words, e["start"], e["end"])
        for e in document["entities"]
        if e["type"] in _TYPED and e["confidence"] >= 0.5 and e["start"] >= start and e["end"] <= end
    }
    related: dict[tuple, int] = {}
    for relation in document["relations"]:
        if relation["type"] in L.RELATION_TYPES and relation["confidence"] >= 0.5:
            a, b = tuple(relation["source"][:2]), tuple(relation["target"][:2])
            label = L.RELATION_TYPES.index(relation["type"])
            related[a, b] = label
            if relation["type"] in SYMMETRIC:
                related.setdefault((b, a), label)
    return [
        Pair((p.start, p.stop), (q.start, q.stop), {"relation": (related.get((a, b), 0),)})
        for (a, p), (b, q) in permutations(spans.items(), 2)
        if p and q and not (p.start < q.stop and q.start < p.stop)
    ]


SYMMETRIC = ("FightingAgainst", "AlliesOf", "CommWith")


def relations(path: Path, tokenizer: Tokenizer, heldout: bool, rng: random.Random) -> list[Example]:
    """re3d's sentences with the pairs of their mentions; of those without relation two to each with one."""
    found = []
    for document in jsonl(path):
        if re3d_held_out(document) is not heldout:
            continue
        for words in split(document["text"], tokenizer):
            pairs = relation_pairs(document, words)
            true = [p for p in pairs if p.told["relation"] != (0,)]
            none = [p for p in pairs if p.told["relation"] == (0,)]
            example = Example([w.text for w in words], "relations")
            example.pairs = true + rng.sample(none, min(len(none), 2 + 2 * len(true)))
            if example.pairs:
                found.append(example)
    return found


_RELATION_OF_TIE = {
    "none": "none", "affiliation": "BelongsTo", "command": "InChargeOf", "leadership": "InChargeOf",
    "rivalry": "FightingAgainst", "alliance": "AlliesOf", "contact": "CommWith",
}  # fmt: skip
_BOTH_WAYS = ("alliance", "rivalry", "contact", "AGREE", "CONSULT", "COOPERATE")
_SLOT = re.compile(r"\{([abxy])(?::([a-z|]+)|=([^}]*))?\}|<([^>|]+)(?:\|([a-z,]+))?>")
_ACTOR_KINDS = ("group", "group", "government", "military", "person", "organisation", "igo", "place")


def patterned(
    folder: Path, names: Names, tokenizer: Tokenizer, rng: random.Random, times: int
) -> list[Example]:
    """Our own sentence patterns, each filled ``times`` times with names."""
    found = []
    for head, file in (("event", "events.yaml"), ("tie", "ties.yaml")):
        patterns = yaml.safe_load(need(folder / file).read_text(encoding="utf-8"))
        for kind, texts in patterns.items():
            found += [
                _filled(head, kind, text, names, tokenizer, rng) for text in texts for _ in range(times)
            ]
    return found


def _filled(
    head: str, kind: str, text: str, names: Names, tokenizer: Tokenizer, rng: random.Random
) -> Example:
    example = Example([], "patterns")
    spans: dict[str, tuple[int, int]] = {}
    trigger: tuple[int, int, set[str]] | None = None
    at = 0
    for slot in _SLOT.finditer(text):
        example.words += _words(text[at : slot.start()], tokenizer)
        at, first = slot.end(), len(example.words)
        name, kinds, fixed, word, marks = slot.groups()
        if name:
            drawn = fixed or names.draw(rng.choice(kinds.split("|") if kinds else _ACTOR_KINDS))
            example.words += _words(drawn, tokenizer)
            spans[name] = (first, len(example.words))
        else:
            example.words += _words(word, tokenizer)
            trigger = (first, len(example.words), set((marks or "").split(",")))
    example.words += _words(text[at:], tokenizer)
    example.words[0] = example.words[0][:1].upper() + example.words[0][1:]
    example.pairs = _pattern_pairs(head, kind, spans, rng)
    if head == "event":
        _mark_trigger(example, kind, trigger)
    return example


def _words(text: str, tokenizer: Tokenizer) -> list[str]:
    return [w.text for w in tokenizer.words(text)]


def _pattern_pairs(head: str, kind: str, spans: dict[str, tuple[int, int]], rng: random.Random) -> list[Pair]:
    """The pair of a pattern, its reverse, and one that has no part in it."""
    told = {"event": (L.EVENT_TYPES.index(kind),)} if head == "event" else _tie_labels(kind)
    none = dict.fromkeys(told, (0,))
    pairs = [Pair(spans["a"], spans["b"], told, 0.7)]
    pairs.append(Pair(spans["b"], spans["a"], told if kind in _BOTH_WAYS else none, 0.4))
    others = [s for s in "xy" if s in spans]
    if others:
        other, side = rng.choice(others), rng.choice("ab")
        ends = [spans[other], spans[side]]
        rng.shuffle(ends)
        pairs.append(Pair(ends[0], ends[1], none, 0.4))
    return pairs


def _tie_labels(kind: str) -> dict[str, tuple[int, ...]]:
    told = {"tie": (L.TIE_TYPES.index(kind),)}
    if kind in _RELATION_OF_TIE:
        told["relation"] = (L.RELATION_TYPES.index(_RELATION_OF_TIE[kind]),)
    return told


def _mark_trigger(example: Example, kind: str, trigger: tuple[int, int, set[str]] | None) -> None:
    """Trigger type on the trigger's words and none on the others; realis and polarity on the trigger
    alone."""
    size = len(example.words)
    if trigger is None:
        return
    first, last, marks = trigger
    example.triggers = [0] * size
    example.realis, example.polarity = [MASK] * size, [MASK] * size
    for i in range(first, last):
        example.triggers[i] = L.EVENT_TYPES.index(kind)
        example.realis[i] = L.REALIS.index(next((m for m in marks if m in L.REALIS), "actual"))
        example.polarity[i] = L.POLARITY.index("negative" if "negative" in marks else "positive")


def stories(path: Path, gazetteer: Gazetteer, tokenizer: Tokenizer) -> Iterator[Example]:
    """Machine-written stories: their headline and first sentence with the first two actors named there.

    The story's type stands for what leads from the first to the second: not always true, hence the low
    weight.
    """
    for row in jsonl(path):
        first = next(iter(split(row["text"], tokenizer)), [])
        for words in (tokenizer.words(row["title"]), first):
            example = Example([w.text for w in words], "stories")
            spans = gazetteer.spans(example.words)[:2]
            if len(spans) == 2 and 4 < len(words) < 60:
                told = {"event": event_labels(row["type"])}
                example.pairs.append(Pair(spans[0], spans[1], told, 0.3))
                yield example


def silver(path: Path, tokenizer: Tokenizer, rng: random.Random) -> Iterator[Example]:
    """Reports that saydo's own rules have coded (``saydo code``): triggers, realis, polarity and pairs by
    rule; up to three further pairs of a sentence's mentions of which nothing is told.

    One text and one record a line, as ``lab.silver`` writes them. A sentence without any event teaches what
    is none.
    """
    for row in jsonl(path):
        yield from _silver_document(row["text"], row["record"], tokenizer, rng)


def _silver_document(text: str, record: dict, tokenizer: Tokenizer, rng: random.Random) -> Iterator[Example]:
    mentions = {m["id"]: m for m in record["mentions"]}
    for words in split(text, tokenizer):
        start, end = words[0].start, words[-1].end
        events = [e for e in record["events"] if start <= e["trigger"][0] and e["trigger"][1] <= end]
        ties = [t for t in record["ties"] if start <= t["trigger"][0] and t["trigger"][1] <= end]
        example = Example([w.text for w in words], "silver")
        size = len(words)
        example.triggers = [0] * size
        example.realis, example.polarity = [MASK] * size, [MASK] * size
        for event in events:
            label = L.EVENT_TYPES.index(event["type"])
            for i in inside(words, *event["trigger"]):
                example.triggers[i] = label
                example.realis[i] = L.REALIS.index(event["realis"])
                example.polarity[i] = L.POLARITY.index(event["polarity"])
            for a in event["actors"]:
                for b in event["recipients"]:
                    _silver_pair(example, words, mentions[a], mentions[b], {"event": (label,)})
        for tie in ties:
            told = {"tie": (L.TIE_TYPES.index(tie["type"]),)}
            _silver_pair(example, words, mentions[tie["from"]], mentions[tie["to"]], told)
        here = [m for m in record["mentions"] if start <= m["start"] and m["end"] <= end]
        others = list(permutations(here, 2))
        for a, b in rng.sample(others, min(len(others), 3)):
            _silver_pair(example, words, a, b, {})
        yield example


def _silver_pair(example: Example, words: list[Word], a: dict, b: dict, told: dict) -> None:
    spans = [inside(words, m["start"], m["end"]) for m in (a, b)]
    if all(spans) and not (spans[0].start < spans[1].stop and spans[1].start < spans[0].stop):
        actor, recipient = ((s.start, s.stop) for s in spans)
        example.pairs.append(Pair(actor, recipient, told, 0.3))
