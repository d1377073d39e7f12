"""The entry types of the codebook. Each YAML file of ``data/`` holds one concept or a list of entries.

Roles, as used in ``Unit.roles`` and ``Unit.where``, name the normalised arguments of a trigger word (see
``saydo.coding.clauses``): ``subj`` (who does it: active subject, passive agent, possessor of a noun),
``obj`` (to whom: object, passive subject), ``iobj``, ``comp`` (clausal complement), ``inf`` (the same without
a subject of its own), ``mod`` (adjectival or
compound modifier of a noun), ``poss``, ``self`` (whom a noun denotes: copula subject, apposition, the name
it titles), ``itself`` (the noun), ``head`` (the noun an adjective stands on), ``instance`` ("including …"),
``governor`` (subject of the verb above a noun), ``attending`` (the same, for "at a meeting"), ``under``
(who acts under, or in the name of, a noun),
``comp>subj`` and ``comp>obj`` (who does and suffers what the complement says), ``comp>of`` (the phrase on a
nominal complement) and ``obl:PREP`` (prepositional phrase, the same for verbs and nouns; several
prepositions as ``obl:on|at``), the latter also of a complement or an object (``comp>obl:with``).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from saydo.model.records import (
    DiscrepancyKind,
    EventType,
    MentionType,
    Polarity,
    Realis,
    StatementKind,
    TieType,
)

KINDS = ("verb", "noun", "adj")
"""The parts of speech of a trigger word."""


class Entry(BaseModel):
    """Base of every codebook entry: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(Entry):
    """A sentence that must, or must not, yield the entry; runs as a test and prints in the docs.

    ``actor`` and ``recipient`` (``from_``/``to`` of ties are written the same way: ``actor`` for ``from``)
    are substrings of the mentions expected in those roles; ``date`` is the publication date, if it matters.
    """

    text: str
    actor: str | None = None
    recipient: str | None = None
    mode: str | None = None
    realis: Realis | None = None
    polarity: Polarity | None = None
    date: str | None = None
    because: str | None = None
    """For negative examples: why nothing is coded."""


class Unit(Entry):
    """A lexical unit with its pattern: trigger lemma(s), what its arguments must be, who fills which role.

    A multi-word lemma is its head word first, then its particle or fixed dependents: ``blow up``.
    ``where`` maps a role to the lemmas (or ``@type`` mention types) one of which must head that argument;
    ``without`` maps a role to lemmas that must not (``*`` for: the role must not be filled at all).
    ``roles`` maps the entry's role names (``actor``/``recipient``, ``from``/``to``, ``source``/``addressee``)
    to lists of argument names, first filled wins. Where it is empty the entry's default for the part of
    speech holds. ``needs`` lists role names without which nothing is coded.
    """

    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adj: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    without: dict[str, tuple[str, ...]] = {}
    roles: dict[str, tuple[str, ...]] = {}
    needs: tuple[str, ...] = ()
    mode: str | None = None
    """PLOVER mode of an event; ``role`` of a succession tie."""
    realis: Realis | None = None
    polarity: Polarity | None = None
    state: Literal["current", "ended", "unknown"] | None = None
    casualty: Literal["killed", "injured"] | None = None
    """The trigger counts people hurt: its recipients' number goes to this field of the event."""
    symmetric: bool = False
    """Where one role holds several coordinated actors and the other is empty, the rest fill the other
    ("X and Y met")."""
    score: float = Field(default=0.7, ge=0, le=1)
    name: str | None = None
    """Short name for explanations; default: the first lemma."""

    @field_validator("verb", "noun", "adj", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("where", "without", "roles", mode="before")
    @classmethod
    def _listed_values(cls, value: object) -> object:
        if isinstance(value, dict):
            return {k: (v,) if isinstance(v, str) else v for k, v in value.items()}
        return value

    @field_validator("needs", mode="before")
    @classmethod
    def _listed_needs(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class Concept(Entry):
    """What every coded concept has: a definition, its cautions, its units and its examples."""

    definition: str
    cautions: tuple[str, ...] = ()
    roles: dict[str, dict[str, tuple[str, ...]]] = {}
    """Default roles by part of speech (``verb``, ``noun``, ``adj``) for units that give none."""
    units: tuple[Unit, ...] = ()
    positive: tuple[Example, ...] = ()
    negative: tuple[Example, ...] = ()


class EventEntry(Concept):
    """A PLOVER event type. The loader adds the units of its modes behind its own."""

    id: EventType
    quad: int = Field(ge=1, le=4)


class ModeEntry(Concept):
    """A mode of an event type, such as ``ASSAULT.aerial``. Its units code the type with this mode; where they
    give no roles, those of its type hold. Units of the type may name the mode, too."""

    id: str = Field(pattern=r"^[A-Z]+\.[a-z]+(-[a-z]+)*$")

    @property
    def type(self) -> str:
        """The event type: ``ASSAULT``."""
        return self.id.partition(".")[0]

    @property
    def mode(self) -> str:
        """The mode as records write it: ``aerial``."""
        return self.id.partition(".")[2]


class TieEntry(Concept):
    id: TieType
    undirected: bool = False
    ends: tuple[MentionType, ...] = ()
    """Mention types the ends may have; empty: any actor."""


class StatementEntry(Concept):
    id: StatementKind


class ContextEntry(Entry):
    """A PLOVER context: what an event is about beside its type. It holds for an event where one of its words
    or phrases stands in the event's sentence, as lemma or as written, in any case."""

    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    definition: str
    cautions: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    """Words and phrases of any part of speech."""
    nouns: tuple[str, ...] = ()
    """Words and phrases whose last word counts only as a noun: ``mine``, ``press``, ``bill``."""
    positive: tuple[Example, ...] = ()
    negative: tuple[Example, ...] = ()


class RuleEntry(Entry):
    """A weighing rule: how statements of some kinds are set against conduct."""

    id: DiscrepancyKind
    definition: str
    cautions: tuple[str, ...] = ()
    parameters: dict[str, tuple[str, ...] | float | int | str | dict[str, tuple[str, ...]]] = {}
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


class CueEntry(Entry):
    """A named list of words or phrases that steer coding: negators, hedges, contrast cues, …"""

    id: str
    definition: str
    cautions: tuple[str, ...] = ()
    phrases: tuple[str, ...]


class ActorEntry(Entry):
    """A known actor. ``aliases`` match in any case and tolerate transliteration; ``abbreviations`` and
    ``metonyms`` match case as written; ``adjectives`` and ``demonyms`` are those of a state."""

    id: str
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """For a group of states ("Central Asian countries"): the ISO codes of its members."""
    wikidata: str | None = None
    since: int | None = None
    until: int | None = None


class NominalEntry(Entry):
    """Head nouns that describe actors without naming them: ``militants`` → group, sector UAF."""

    id: str
    type: MentionType
    kind: str
    sector: str | None = None
    lemmas: tuple[str, ...]


class OfficeEntry(Entry):
    """Office titles: whose sector a holder has, and whether the office leads (``leadership``), represents
    (``office``), or is no office that ties anybody to a body (``none``: soldier, Mr)."""

    id: str
    sector: str
    tie: Literal["office", "leadership", "none"]
    titles: tuple[str, ...]


class WeightsEntry(Entry):
    """Weights of the facts from which the probability of a finding follows; see ``saydo.coding.trust`` for
    events, ``saydo.codebook.sureness`` for discrepancies."""

    id: Literal["events", "discrepancies"]
    definition: str
    weights: dict[str, float]
    threshold: float | None = None
    """Below this probability a person should look first."""
    least: float | None = None
    """Below this probability a finding is left out."""


class Codebook(Entry):
    """The whole vocabulary; ``version`` names it in every record."""

    version: str
    events: dict[str, EventEntry]
    modes: dict[str, ModeEntry] = {}
    ties: dict[str, TieEntry]
    statements: dict[str, StatementEntry]
    contexts: dict[str, ContextEntry]
    cues: dict[str, CueEntry]
    rules: dict[str, RuleEntry]
    actors: dict[str, ActorEntry]
    nominals: dict[str, NominalEntry]
    offices: dict[str, OfficeEntry]
    weights: dict[str, WeightsEntry]
    added: frozenset[tuple[str, str]] = frozenset()
    """(room, id) of the entries that come from a user's folder."""

    def __hash__(self) -> int:
        """By version, so that what is made ready from a codebook can be kept in a cache for it."""
        return hash(self.version)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Codebook) and self.version == other.version and super().__eq__(other)
        )

    def phrases(self, cue: str) -> tuple[str, ...]:
        """The phrases of a cue list; KeyError names a list that the codebook lacks."""
        return self.cues[cue].phrases
