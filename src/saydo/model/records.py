"""What saydo writes: one Record per document, field by field as the record contract says.

All offsets are Unicode code points into the document's text, half-open. Ids are unique within the
document; an actor's id is stable across documents.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Offsets = tuple[int, int]
"""``(start, end)`` in code points of the document's text, half-open."""

MentionType = Literal[
    "person", "group", "government", "military", "organisation", "igo", "media", "place",
    "nationality", "weapon", "platform", "money", "quantity",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
TieType = Literal[
    "allegiance", "command", "affiliation", "alliance", "rivalry", "sponsorship", "contact", "presence",
    "leadership", "office", "composition", "succession",
]  # fmt: skip
StatementKind = Literal[
    "assertion", "pledge", "denial", "accusation", "demand", "threat", "claim_of_responsibility",
    "prediction", "proposal", "praise", "condemnation",
]  # fmt: skip
DiscrepancyKind = Literal["commitment", "denial", "account", "position", "tie"]
Realis = Literal["actual", "historical", "future", "hypothetical"]
Polarity = Literal["positive", "negative"]
TieState = Literal["current", "ended", "unknown"]
PlacePrecision = Literal["exact", "city", "district", "admin1", "country", "region", "water"]
Resolution = Literal["codebook", "office", "introduced", "alias", "coreference", "name", "person"]
"""How a mention came to its actor."""
Score = Annotated[float, Field(ge=0, le=1)]


class Frozen(BaseModel):
    """Base of all records: immutable, no unknown fields, written under the contract's field names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Mention(Frozen):
    """A stretch of text that names or describes somebody or something."""

    id: str
    start: int
    end: int
    text: str
    type: MentionType
    actor: str | None = None
    """Id of the resolved actor; mentions that corefer share it."""
    head: Offsets
    """Character offsets of the head word."""
    named: bool
    """False for a description ("the militants"), true for a name ("the Taliban")."""
    stands_for: str | None = None
    """Id of the mention that this one stands for, where neither has a known actor ("the police … they")."""


class Actor(Frozen):
    """Somebody who acts: state, armed group, office holder, organisation."""

    id: str
    name: str
    kind: str
    """``state``, ``government``, ``military``, ``police``, ``armed group``, ``movement``, ``party``,
    ``organisation``, ``igo``, ``media``, ``person``, ``state group``, ``community``, …"""
    country: str | None = None
    """ISO 3166-1 alpha-3 or a PLOVER international code (IGO, UNO, EUR, NGO, ISM, IMG, MNC)."""
    sector: str | None = None
    """A PLOVER sector (GOV, MIL, REB, UAF, …)."""
    aliases: tuple[str, ...] = ()
    """Other names that the document or the codebook gives it."""
    wikidata: str | None = None
    """Wikidata id."""
    resolved_by: Resolution
    reason: str


class Place(Frozen):
    """A toponym and what it was resolved to; ``lat`` and ``lon`` in degrees (WGS 84)."""

    start: int
    end: int
    text: str
    name: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: PlacePrecision | None = None
    score: Score = 0.0
    reason: str


class Time(Frozen):
    """A temporal expression and the closed interval of days it stands for (ISO dates)."""

    start: int
    end: int
    text: str
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    precision: str
    approximate: bool = False
    edtf: str | None = None
    reason: str


class When(Frozen):
    """The time of an event, tie or statement: a closed interval of ISO dates."""

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    precision: str


class Count(Frozen):
    """A number of people: ``low``–``high`` (``high`` null: open above) and the words that say so."""

    low: int
    high: int | None
    text: str


class Event(Frozen):
    """Who did what to whom (PLOVER 2.0), standing on the words at ``evidence``."""

    id: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Offsets
    actors: tuple[str, ...] = ()
    """Mention ids; empty where the text names nobody."""
    recipients: tuple[str, ...] = ()
    place: int | None = None
    """Index into the record's ``places``."""
    time: When | None = None
    killed: Count | None = None
    """How many died; null where the text does not say."""
    injured: Count | None = None
    weapon: str | None = None
    realis: Realis = "actual"
    polarity: Polarity = "positive"
    attributed_to: str | None = None
    """Id of the statement whose content asserts the event; null where the document itself does."""
    evidence: Offsets
    rule: str
    score: Score


class Tie(Frozen):
    """How two actors stand to each other; direction as in the record contract."""

    id: str
    type: TieType
    from_: str = Field(alias="from")
    to: str
    role: str | None = None
    """The title of an office; the kind of a succession (splinter, merger, renaming)."""
    since: str | None = None
    until: str | None = None
    state: TieState = "unknown"
    polarity: Polarity = "positive"
    realis: Realis = "actual"
    attributed_to: str | None = None
    evidence: Offsets
    trigger: Offsets
    rule: str
    score: Score


class Proposition(Frozen):
    """What a clause says somebody does, in its own words, so that what no event type stands for can be
    compared, too: what the ministry promised about licences with what it did about them."""

    id: str
    verb: str
    """The list of words for one doing that the verb or noun stands in (``give`` for *sell*, *sale*), else
    its lemma."""
    trigger: Offsets
    actors: tuple[str, ...] = ()
    """Mention ids; empty where a speaker names nobody and thereby speaks of its own doing."""
    doers: tuple[str, ...] = ()
    """Nouns of who does it where no mention stands for them, as lemmas in lower case."""
    recipients: tuple[str, ...] = ()
    """Mention ids of everybody and everything else that the clause names."""
    objects: tuple[str, ...] = ()
    """Nouns of what it is done to, heads first, as lemmas in lower case."""
    others: tuple[str, ...] = ()
    """Nouns of the other phrases of the clause."""
    count: Count | None = None
    """Of a proposition that counts (``verb``: what it measures, ``killed``, ``turnout``, ``lost aircraft``):
    how many."""
    place: int | None = None
    time: When | None = None
    realis: Realis = "actual"
    polarity: Polarity = "positive"
    attributed_to: str | None = None
    evidence: Offsets
    score: Score


class Statement(Frozen):
    """Who said what to whom; source, cue and content are lists of spans, since they may be broken up."""

    id: str
    kind: StatementKind
    source: tuple[Offsets, ...] = ()
    source_mention: str | None = None
    addressees: tuple[str, ...] = ()
    cue: tuple[Offsets, ...] = ()
    content: tuple[Offsets, ...]
    quoted: bool
    time: When | None = None
    medium: str | None = None
    events: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    rule: str = "attribution"
    score: Score


class Pole(Frozen):
    """One side of a discrepancy: a record of a document, and the full sentence it stands in."""

    document: str
    id: str
    """Id of a statement, event, tie or proposition of that document."""
    quote: str


class Discrepancy(Frozen):
    """A statement and what stands against it; never a verdict."""

    id: str
    kind: DiscrepancyKind
    speaker: str | None
    """Actor id."""
    speaker_name: str | None = None
    statement: Pole
    against: tuple[Pole, ...] = Field(min_length=1)
    field: str | None = None
    """For kind ``account``: what differs (killed, injured, actor, …)."""
    basis: Literal["flagged", "inferred"]
    explanation: str
    rule: str
    score: Score
    """The probability that an analyst would keep it, as far as it was fitted to pairs that were read."""
    needs_review: bool = False
    """Whether that probability is so low that a person should look before it is passed on."""


class Note(Frozen):
    """Something withheld or unresolved, and why."""

    about: str
    reason: str
    start: int | None = None
    end: int | None = None


class CoderInfo(Frozen):
    """Enough to reproduce the record."""

    version: str
    reader: str
    codebook: str


class Record(Frozen):
    """Everything coded from one document."""

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    language: str | None = None
    text_sha256: str
    """SHA-256 of the document's UTF-8 text."""
    coder: CoderInfo
    sentences: tuple[Offsets, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    ties: tuple[Tie, ...] = ()
    statements: tuple[Statement, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    notes: tuple[Note, ...] = ()
