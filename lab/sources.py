"""All sources of training examples put together, and what is kept for measuring."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

from lab import corpora, entities, marked, partial, parties, silver, substitution, treebanks
from lab import reviewed as people
from lab.corpora import Example, Pair
from saydo.reading.tokens import Tokenizer

PATTERNS = Path(__file__).parent / "pairs"
SHARES = {"patterns": 0.3, "stories": 0.5, "silver": 0.5}
"""How much a pair of each source counts, beside its own weight; pairs of annotated news count in full."""
LONGEST = 120
"""Words of the longest sentence."""


def learning(data: Path, by_rules: Path, rng: random.Random, reviewed: Sequence[Path] = ()) -> list[Example]:
    """Everything that is learnt from; documents and sentences kept for measuring are not among them.

    ``by_rules`` is where the reports that saydo's rules have coded lie; they are coded where they do not.
    ``reviewed`` are folders of cases that people reviewed.
    """
    if not by_rules.is_file():
        silver.make(data, by_rules)
    found = words_and_trees(data, rng) + events_and_pairs(data, by_rules, rng) + untold(data, rng)
    for folder in reviewed:
        found += people.reviewed(folder, rng)
    for example in found:
        for pair in example.pairs:
            pair.weight *= SHARES.get(example.source, 1.0)
    return [e for e in found if 0 < len(e.words) <= LONGEST]


def words_and_trees(data: Path, rng: random.Random) -> list[Example]:
    """What tells of words: trees, mentions, attributions."""
    tokenizer = Tokenizer()
    found = treebanks.treebank(data / "syntax/ewt-train.conllu", "ewt")
    found += treebanks.treebank(data / "syntax/gum-train.conllu", "gum")
    gazetteer = partial.Gazetteer(data / "actors")
    news = corpora.polnear(data / "attribution/polnear-train.jsonl", tokenizer)
    for example in news:
        gazetteer.label(example)
    found += [e for e in news if len(e.words) > 2]
    found += entities.re3d(data / "relations/re3d-train.jsonl", tokenizer, heldout=False)
    found += partial.toponyms(data / "places/lgl.jsonl", tokenizer, rng, 0.4)
    found += partial.toponyms(data / "places/geovirus.jsonl", tokenizer, rng, 0.4)
    found += partial.dyads(data / "events/any-dyads-train.jsonl", tokenizer)
    return found + _made(data, found, tokenizer, rng)


def _made(data: Path, found: Sequence[Example], tokenizer: Tokenizer, rng: random.Random) -> list[Example]:
    """Sentences with other names than their sources have, and sentences made from patterns."""
    names = substitution.Names(data / "actors", rng)
    by_source = {source: [e for e in found if e.source == source] for source in ("re3d", "gum", "polnear")}
    made = substitution.patterned(names, tokenizer, rng, 2500)
    made += substitution.substituted(by_source["re3d"] + by_source["gum"], names, tokenizer, rng)
    made += substitution.speakers_replaced(by_source["polnear"], names, tokenizer, rng, 3000)
    return made


def events_and_pairs(data: Path, by_rules: Path, rng: random.Random) -> list[Example]:
    """What tells of events, their parties, marked pairs and sentence ends."""
    tokenizer = Tokenizer()
    names = substitution.Names(data / "actors", rng)
    found = marked.dyads(data / "events/plover-dyads-train.jsonl", tokenizer, heldout=False)
    found += marked.other_dyads(data / "events/any-dyads-train.jsonl", tokenizer)
    found += marked.relations(data / "relations/re3d-train.jsonl", tokenizer, heldout=False, rng=rng)
    found += parties.parties(data / "entities/cameo-ner-train.txt", heldout=False)
    found += marked.patterned(PATTERNS, names, tokenizer, rng, 2)
    found += marked.silver(by_rules, tokenizer, rng)
    found += marked.stories(
        data / "events/synthetic-stories.jsonl", partial.Gazetteer(data / "actors"), tokenizer
    )
    running = treebanks.treebank(data / "syntax/ewt-train.conllu", "ewt")
    running += treebanks.treebank(data / "syntax/gum-train.conllu", "gum")
    return found + corpora.joined(running, 3000, rng)


def untold(data: Path, rng: random.Random) -> list[Example]:
    """Sentences of reports and stories of which no source tells anything: what teachers say of them is
    learnt."""
    tokenizer = Tokenizer()
    gazetteer = partial.Gazetteer(data / "actors")
    found = []
    for path, field, share in UNTOLD:
        for row in corpora.jsonl(data / path):
            for words in corpora.split(row[field], tokenizer):
                if rng.random() < share and 4 < len(words) < 60:
                    example = Example([w.text for w in words], "untold")
                    spans = gazetteer.spans(example.words)
                    pairs = [Pair(a, b, {}) for a, b in permutations(spans, 2)]
                    example.pairs = rng.sample(pairs, min(len(pairs), 2))
                    found.append(example)
    return found


UNTOLD = (
    ("places/lgl.jsonl", "text", 0.8), ("places/geovirus.jsonl", "text", 0.8),
    ("templates/muc4-train.jsonl", "doctext", 0.5), ("events/synthetic-stories.jsonl", "text", 0.5),
)  # fmt: skip
"""Files, the field that holds the text, and the share of its sentences that is taken."""


def held(data: Path, rng: random.Random) -> list[Example]:
    """What is kept for measuring while the network learns."""
    tokenizer = Tokenizer()
    found = treebanks.treebank(data / "syntax/ewt-dev.conllu", "ewt")
    found += corpora.polnear(data / "attribution/polnear-dev.jsonl", tokenizer)
    found += entities.re3d(data / "relations/re3d-train.jsonl", tokenizer, heldout=True)
    found += parties.parties(data / "entities/cameo-ner-train.txt", heldout=True)
    found += marked.dyads(data / "events/plover-dyads-train.jsonl", tokenizer, heldout=True)
    found += marked.relations(data / "relations/re3d-train.jsonl", tokenizer, heldout=True, rng=rng)
    return [e for e in found if 0 < len(e.words) <= LONGEST]
