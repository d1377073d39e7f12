"""What the reader says of the words of a document, for the detection of place names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from saydo.linking.gazetteer import Candidate
from saydo.model.reading import Reading, ReadMention

_SOMEBODY = frozenset(["place", "person", "organisation", "group", "media", "platform"])


class Seen:
    """What the reader says of every token, and whether the document is in lower case."""

    def __init__(self, reading: Reading, find: Callable[[str], tuple[Candidate, ...]]) -> None:
        self.find = find
        """Looks a folded name up in the gazetteer."""
        self.mention: dict[int, ReadMention] = {}
        for mention in reading.mentions:
            if mention.named:
                for i in range(mention.first, mention.last):
                    before = self.mention.get(i)
                    if before is None or before.type == "nationality" or mention.type == "place":
                        self.mention[i] = mention
        # Whoever was named in full is later called by the last name, which is often a town's as well.
        self.surnames = frozenset(
            reading.tokens[m.last - 1].text
            for m in reading.mentions
            if m.type == "person" and m.named and m.last - m.first > 1 and m.score > 0.4
        )
        self.people = people_in(reading)
        self.doubts = _doubts(reading)
        self.common = frozenset(t.text for t in reading.tokens if t.text.islower())
        capitals = sum(t.text[:1].isupper() for t in reading.tokens)
        self.lower = capitals * 50 < len(reading.tokens)
        self.sentence_starts = frozenset(s.first for s in reading.sentences)

    def type_at(self, i: int) -> str:
        mention = self.mention.get(i)
        return mention.type if mention else ""


def _doubts(reading: Reading) -> dict[str, float]:
    """For each name that stands alone, how much more the reader takes it for somebody than for a place."""
    doubts: dict[str, float] = defaultdict(float)
    for mention in reading.mentions:
        if mention.named and mention.type in _SOMEBODY:
            name = " ".join(t.text for t in reading.tokens[mention.first : mention.last])
            doubts[name] += -mention.score if mention.type == "place" else mention.score
    return doubts


def people_in(reading: Reading) -> frozenset[int]:
    """Indices of the tokens in names of persons."""
    named = (m for m in reading.mentions if m.named and m.type == "person")
    return frozenset(i for m in named for i in range(m.first, m.last))
