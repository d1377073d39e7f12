"""Who is meant in one report: bodies by their owner, speakers by those for whom they speak, last names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from saydo.model.ids import fold
from saydo.model.records import Actor, Mention, Offsets, Record, Statement
from saydo.weighing.acts import Act
from saydo.weighing.parties import Party

_OWNED = re.compile(r"\w[’']s?\s")
_VOICE = re.compile(
    r"\b(?:lawyers?|attorneys?|spokes\w+|counsel|press secretary|representatives?|agents?|office|campaign)\b",
    re.I,
)
"""Those who speak for whoever they belong to."""
_BARE_VOICE = re.compile(
    r"(?:the|a|its|their)(?: \w+)? spokes(?:man|woman|person)|spokes(?:man|woman|person)", re.I
)
"""A spokesman of whom it is not said whose he is."""
_SPEAKING_BODIES = frozenset({"group", "organisation", "government", "military"})
_NEAR = 400
"""Letters before a spokesman within which the body was heard for which he speaks."""
_ASKED = re.compile(r"\b(?:asked|questioned|pressed)\b[^.?!;]{0,60}?\b(?:whether|if)\b", re.I)
_BARE_NO = re.compile(
    r"\W*(?:no|never|nonsense|rubbish|lies|untrue|not true|not so|absolutely not|certainly not|of course not|"
    r"that is (?:not true|not so|untrue|false|a lie|nonsense))\b\W*(?:$|[.!,])"
)
_NO_SUCH = re.compile(r"\b(?:no|never|not|nothing)\b[^.;]{0,40}\b(?:such|of the kind|of the sort)\b")
_SHOWING = frozenset({
    "show", "shows", "showed", "shown", "reveal", "reveals", "revealed", "indicate", "indicates", "indicated",
    "prove", "proves", "proved", "suggest", "suggests", "suggested", "record", "records", "recorded", "lists",
})  # fmt: skip
_THINGS = frozenset({"it", "they", "this", "these", "that", "which"})


def with_owner(mention: Mention, record: Record, parties: Mapping[str, Party]) -> Party:
    """A body that is called somebody's ("Tankari's junta", "the colonel's gunners") does what its owner
    answers for."""
    mine = parties[mention.id]
    if mine.actor is not None or mention.type not in ("group", "military", "government", "organisation"):
        return mine
    if not _OWNED.search(mention.text):
        return mine
    owner = next(
        (
            parties[m.id]
            for m in record.mentions
            if m.id != mention.id
            and m.named
            and m.start >= mention.start
            and m.end < mention.head[0]
            and parties[m.id].actor is not None
        ),
        None,
    )
    return mine if owner is None else mine._replace(actor=owner.actor, raw=owner.raw)


def represented(record: Record, s: Statement, parties: Mapping[str, Party]) -> Party | None:
    """For whom one without a name speaks: "a spokeswoman for the shipowner", "his lawyer"."""
    if s.source_mention is None:
        return None
    for tie in record.ties:
        if tie.from_ == s.source_mention and tie.type in ("office", "leadership") and tie.to in parties:
            if parties[tie.to].actor is not None:
                return parties[tie.to]
    source = next((m for m in record.mentions if m.id == s.source_mention), None)
    if source is None or not _VOICE.search(source.text):
        return None
    inside = (
        parties[m.id]
        for m in record.mentions
        if m.id != source.id and source.start <= m.start and m.end <= source.end
    )
    found = next((p for p in inside if p.actor is not None), None)
    return found or (_spoken_for(record, s, source, parties) if _BARE_VOICE.fullmatch(source.text) else None)


def _spoken_for(record: Record, s: Statement, source: Mention, parties: Mapping[str, Party]) -> Party | None:
    """The body whose words a report gave last before its spokesman is heard: "The ministry denied it. …, *a
    spokesman* said"."""
    before: tuple[int, Party] | None = None
    for other in record.statements:
        who = parties.get(other.source_mention or "")
        if other.id == s.id or not other.source or who is None:
            continue
        at = other.source[0][0]
        if source.start - _NEAR <= at < source.start and (before is None or at > before[0]):
            before = at, who
    if before is None or before[1].actor is None or before[1].type not in _SPEAKING_BODIES:
        return None
    return before[1]


def rejected(record: Record, s: Statement, told: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is told by the words of another that a denial rejects: "called a magazine's *report* that it hid
    the deaths a lie". ``told``: statement id → ids of its clauses."""
    if s.kind != "denial":
        return
    for other in record.statements:
        inside = any(a <= cue[0] and cue[1] <= b for cue in other.cue for a, b in s.content)
        if inside and other.id != s.id and other.kind in ("assertion", "accusation"):
            yield from (*other.events, *told.get(other.id, ()))


def answered(text: str, whole: Offsets, content: tuple[Offsets, ...], acts: Iterable[Act]) -> Iterator[Act]:
    """What a bare no, or "no such thing", says no to: what the same sentence tells was asked ("asked whether
    prisoners had been landed there, he said there were *no such flights*")."""
    body = " ".join(text[a:b] for a, b in content).lower()
    if not (_BARE_NO.match(body) or _NO_SUCH.search(body)):
        return
    told = list(acts)
    for question in _ASKED.finditer(text, *whole):
        for act in told:
            behind = question.end() <= act.trigger[0] < whole[1]
            if behind and act.positive and act.realis == "hypothetical":
                yield act


def pledger(
    statement: Statement, acts: dict[str, Act], who: Party | None, name: str
) -> tuple[Party | None, str]:
    """Who pledges, where the source was not resolved: one pledges what one is to do oneself."""
    if statement.kind != "pledge":
        return who, name
    agents = {p.actor: p for id in statement.events if id in acts for p in acts[id].actors if p.actor}
    if len(agents) != 1:
        return who, name
    agent = next(iter(agents.values()))
    return agent, agent.name


def shows(text: str, statement: Statement, source: str) -> bool:
    """Whether a mere pronoun is said to show something, as things do: "it shows", "they suggest"."""
    cue = {w for a, b in statement.cue for w in fold(text[a:b]).split()}
    return fold(source) in _THINGS and bool(cue & _SHOWING)


def whole_names(record: Record) -> dict[str, Actor]:
    """The actors of a record by id; a person called by the last name alone is the one person of the same
    report who bears it."""
    actors = {a.id: a for a in record.actors}
    people = [a for a in record.actors if a.kind == "person"]
    for short in people:
        if " " in fold(short.name):
            continue
        bearers = [a for a in people if a is not short and fold(a.name).split()[-1:] == [fold(short.name)]]
        if len(bearers) == 1:
            actors[short.id] = bearers[0]
    return actors
