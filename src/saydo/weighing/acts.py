"""Acts, statements and claims of one report, ready to be compared; see :mod:`saydo.weighing.unfolding`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from saydo.codebook.opposition import Doing
from saydo.model.citations import Ref
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import Count, Offsets, StatementKind
from saydo.weighing.doings import WORDED
from saydo.weighing.outline import Outline
from saydo.weighing.parties import Party, Site, singular
from saydo.weighing.scenery import BARE, Scenery
from saydo.weighing.times import closed, shift

_NEAR = 300
"""Characters before a sentence in which what it speaks of may be named."""
STOP_WORDS = frozenset(
    "a an the this that these those its his her their our my your some any all both each every no more most "
    "other new old last next first second two three four five six seven eight nine ten many several few "
    "again late early overnight yesterday today".split()
)
BREAKS = frozenset(
    "by on in at from with after before during until near for to as and or but while when where which who "
    "that because if unless since into over against through per within without about around under".split()
)


class Claim(NamedTuple):
    """What a statement says of one act: that it is or will be so, or not."""

    act: Act
    holds: bool
    future: bool


@dataclass(frozen=True, slots=True)
class Act:
    """An event or a tie of one report, ready to be compared."""

    ref: Ref
    doing: Doing
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    site: Site | None
    when: Interval | None
    """The time that the report gives; None where it gives none."""
    published: Interval | None
    realis: str
    positive: bool
    """False for "did not", "has no ties", and for a tie that has ended."""
    ended: bool
    speaker: str | None
    """Canonical id of the one who says so; None for the document's own voice or an unnamed source."""
    speaker_name: str
    voice: str
    """Key of whoever says so: an actor, an unnamed source of one statement, or the publisher."""
    via: Ref | None
    """The statement it was coded from; None where the document itself says so."""
    killed: Count | None
    injured: Count | None
    score: float
    sentence: Offsets
    evidence: Offsets
    trigger: Offsets
    objects: frozenset[str]
    """Head words of what the trigger bears on, read off the text ("shell the *port*")."""
    what: str
    """The same as written ("the old port"); may be empty."""
    role: str | None = None
    """The title of an office."""
    words: tuple[str, ...] = ()
    """Of an act known by its words alone: the nouns of what it is done to, the main one first."""
    doers: tuple[str, ...] = ()
    """Nouns of who did it, where no mention stands for them."""
    others: tuple[str, ...] = ()
    """The nouns of its other phrases."""
    count: Count | None = None
    """Of an act that counts: how many."""
    lasting: bool = True
    """False for a tie of the past, of which the report does not say that it still holds."""
    scenery: Scenery = BARE
    """What its sentence and those before tell around it."""

    @property
    def worded(self) -> bool:
        """Whether it is known by its words alone."""
        return self.doing.type.startswith(WORDED)

    def around(self, days: int = 1) -> Interval | None:
        """When it happened: as given, or else in the days up to publication."""
        if self.when is not None:
            return self.when
        if self.published is None or self.published.end is None:
            return None
        return Interval(shift(self.published.end, -days), self.published.end)

    def in_time(self) -> Interval | None:
        """The time at which it is asked who answers for it: :meth:`around` without open ends."""
        around = self.around()
        return closed(around, self.published) if around is not None else None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of one report with what it claims."""

    ref: Ref
    kind: StatementKind
    who: Party | None
    """The speaker, where the report resolves it."""
    speaker_name: str
    when: Interval | None
    published: Interval | None
    claims: tuple[Claim, ...]
    content: tuple[Offsets, ...]
    sentences: Offsets
    """From the first to the last sentence that the statement touches."""
    words: frozenset[str]
    """Folded content words, for topics and reprints."""
    actors: frozenset[str]
    """Canonical actors named in the content or addressed."""
    score: float
    quoted: bool = False
    """Whether these are the speaker's very words."""
    called: str = ""
    """The words by which the report calls the speaker."""

    @property
    def speaker(self) -> str | None:
        """Canonical id of the speaker."""
        return self.who.actor if self.who else None

    def around(self) -> Interval | None:
        """When it was said: as given, or else about the day of publication."""
        if self.when is not None:
            return self.when
        if self.published is None or self.published.end is None:
            return None
        return Interval(shift(self.published.end, -1), self.published.end)

    def in_time(self) -> Interval | None:
        """The time at which it is asked for whom it stands: :meth:`around` without open ends."""
        around = self.around()
        return closed(around, self.published) if around is not None else None


def as_said(act: Act, kind: StatementKind, who: Party | None, otherwise: str) -> Said:
    """An act that counts as the word of the one who does it, though nobody is quoted: a declared truce, a tie
    that is broken. ``otherwise``: the name of the speaker where nobody is known."""
    return Said(
        ref=act.ref,
        kind=kind,
        who=who,
        speaker_name=who.name if who else otherwise,
        when=act.when,
        published=act.published,
        claims=(),
        content=(act.sentence,),
        sentences=act.sentence,
        words=frozenset(),
        actors=frozenset(),
        score=act.score,
    )


@dataclass(frozen=True, slots=True)
class Unfolded:
    """One report unfolded."""

    report: int
    """Its number in the order of the reports of the case."""
    record: Outline
    acts: tuple[Act, ...]
    said: tuple[Said, ...]
    by_id: dict[str, Act]
    named: frozenset[str]
    """What the report calls by name, folded."""
    stems: frozenset[str]
    """The stems of the words of all that is asserted in it."""
    read: Callable[[], str]
    """Gives the text that the record's offsets point into."""
    tallies: tuple[Act, ...] = ()
    """The numbers that it tells, which are compared with numbers alone."""

    @property
    def text(self) -> str:
        """The text; read when it is asked for."""
        return self.read()

    def context(self, sentence: Offsets) -> str:
        """The folded words of a sentence and of the one before it, with a blank at both ends."""
        starts = [a for a, _ in self.record.sentences if a < sentence[0]]
        return f" {fold(self.text[max(starts, default=sentence[0]) : sentence[1]])} "

    def names_near(self, sentence: Offsets) -> frozenset[str]:
        """What is called by name in a sentence or just before it, folded; no nationalities."""
        return frozenset(
            fold(m.text).removeprefix("the ")
            for m in self.record.mentions
            if m.named and m.type != "nationality" and sentence[0] - _NEAR <= m.start < sentence[1]
        )

    def quote(self, sentence: Offsets) -> str:
        """The words of a stretch of sentences, without the white space around them."""
        return self.text[sentence[0] : sentence[1]].strip()


@lru_cache(maxsize=1 << 13)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its matter: four letters or more, folded, roughly singular."""
    return frozenset(w for w in map(_content_word, fold(text).split()) if w is not None)


@lru_cache(maxsize=1 << 15)
def _content_word(word: str) -> str | None:
    return singular(word) if len(word) > 3 and word not in STOP_WORDS and word not in BREAKS else None
