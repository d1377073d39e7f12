"""How far a statement's words reach: conditions, periods and deadlines, recipients and places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.codebook.opposition import words
from saydo.model.dates import Interval
from saydo.model.ids import fold
from saydo.model.records import Offsets
from saydo.weighing.acts import Act, Said
from saydo.weighing.outline import Outline
from saydo.weighing.parties import Coverage, Party
from saydo.weighing.times import shift, span
from saydo.weighing.worded import Fit

_YEAR = 366
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
_UNITS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 31.0, "year": 366.0}
_DURATION = re.compile(r"\b(\d+|[a-z]+)[\s-](hour|day|week|fortnight|month|year)s?\b")
_WITHIN = re.compile(r"\bwithin (?:the next )?(\w+(?: hundred)?) (hour|day|week|fortnight|month|year)s?\b")
_REPORTED_QUESTION = re.compile(r"\b(?:asked|wondered|asking|unclear|whether)\s+if\b|\bas if\b|\beven if\b")
_AGAIN = re.compile(r"\bonce (?:again|more)\b|\bat once\b")
_OPENING = re.compile(r"[\s“\"'(]*(?:(?:the|a|an|its|early|late|end of|the end of|mid)\s+)*$")


_SPANNING = ("between ", "from ")
"""How an expression begins that names both ends of a time: "between 5 May and 1 June"."""


class Period(NamedTuple):
    """When a commitment runs and by when something is promised; None where nothing is said of it."""

    runs: Interval | None
    deadline: date | None
    unknown: bool
    """True where a period is named that no date could be given for ("during the feast")."""


@dataclass(frozen=True, slots=True)
class ScopeWords:
    """The word lists of the commitment rule, compiled once per codebook."""

    conditions: re.Pattern[str]
    bargains: frozenset[str]
    keeping: re.Pattern[str]
    ends: frozenset[str]
    spans: frozenset[str]
    deadlines: frozenset[str]
    always: re.Pattern[str]
    looking_back: re.Pattern[str]
    brought_to_light: re.Pattern[str]
    pacts: re.Pattern[str]

    @classmethod
    def of(cls, codebook: Codebook) -> ScopeWords:
        rule = codebook.rules["commitment"]
        return cls(
            any_of((*words(rule, "conditions"), *words(rule, "bargains"))),
            frozenset(words(rule, "bargains")),
            any_of(words(rule, "keeping")),
            frozenset(words(rule, "ends")),
            frozenset(words(rule, "spans")),
            frozenset(words(rule, "deadlines")),
            any_of(words(codebook.rules["denial"], "always")),
            any_of(words(codebook.rules["denial"], "looking-back")),
            any_of(words(codebook.rules["denial"], "brought-to-light")),
            re.compile(
                r"\b(?:under|according to|in|by|as part of|by the terms of|under the terms of)\s+"
                r"(?:[\w’'-]+\s+){0,4}?" + any_of(words(rule, "pacts")).pattern
            ),
        )

    def conditional(self, text: str, said: Said) -> bool:
        """Whether the sentences of a statement make it conditional, or leave exceptions."""
        sentence = " ".join(text[said.sentences[0] : said.sentences[1]].lower().split())
        sentence = _AGAIN.sub(" ", _REPORTED_QUESTION.sub(" ", sentence))
        # "in return for a rise, the union promised": the bargain is struck; inside it is a condition
        return any(
            found.group() not in self.bargains or found.group() in _content(text, said)
            for found in self.conditions.finditer(sentence)
        )

    def kept_word(self, sentence: str) -> bool:
        """Whether a sentence says of conduct that it kept a promise."""
        return self.keeping.search(" ".join(sentence.lower().split())) is not None

    def speaks_of_always(self, text: str, said: Said) -> bool:
        """Whether the words of a statement speak of all times ("has never armed them")."""
        return self.always.search(_content(text, said)) is not None

    def looks_into(self, told: str, doing: str | None = None) -> bool:
        """Whether a sentence, in lower case, tells of what was done as looked into or owned up to. ``doing``:
        the sentence without the doing itself, which a court or papers may be part of."""
        beside = told if doing is None else doing
        return any(p.search(t) for p, t in ((self.looking_back, beside), (self.brought_to_light, told)))

    def period(self, record: Outline, text: str, said: Said, at: Interval) -> Period:
        """The period that the content names, seen from the day it was said."""
        runs: Interval | None = None
        deadline: date | None = None
        unknown = False
        for time in record.times:
            if not any(a <= time.start and time.end <= b for a, b in said.content):
                continue
            before = _words_before(text, time.start, said.content)
            if time.text.lower().startswith(_SPANNING):
                before = "during"
            elif _ends_with(text, time.start, said.content):
                before = "until"
            found = interval_of(time.from_, time.to)
            if before in self.deadlines:
                deadline = found.end if found and found.end else deadline
            elif before in self.ends or before in self.spans:
                if found and before in self.ends:
                    # "until June" ends where June begins; "through June" and "until 10 June" hold for it
                    through = before in ("through", "up to") or found.start == found.end
                    runs = Interval(at.start, _to_come(found.end if through else found.start, at))
                elif found and before != "over":
                    runs = found
                elif not _DURATION.search(time.text.lower()):
                    unknown = True
        body = _content(text, said)
        if runs is None and (days := _duration(body)) is not None and at.end is not None:
            runs = Interval(at.start, shift(at.end, days))
        if deadline is None and (days := _within(body)) is not None and at.end is not None:
            deadline = shift(at.end, days)
        if runs is None and not unknown:
            unknown = re.search(r"\b(?:during|throughout|pending)\b", body) is not None
        return Period(runs, deadline, unknown)


def _to_come(day: date | None, at: Interval) -> date | None:
    """A day until which something holds: "until spring", said in autumn, is the next one."""
    if day is None or at.end is None or day >= at.end or (at.end - day).days > _YEAR:
        return day
    return shift(day, _YEAR)


def interval_of(start: str | None, end: str | None) -> Interval | None:
    """A closed interval from two ISO dates; None where both are missing."""
    first, last = span(start), span(end)
    if first is None and last is None:
        return None
    return Interval(first.start if first else None, last.end if last else None)


def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of some phrases in lower-case text, the longest first."""
    longest = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(re.escape(p.lower()) for p in longest) + r")\b")


def _content(text: str, said: Said) -> str:
    return " ".join(" ".join(text[a:b] for a, b in said.content).lower().split())


def _words_before(text: str, start: int, content: tuple[Offsets, ...]) -> str:
    """The preposition before a time, or a two- or three-word one ("no later than")."""
    floor = max((a for a, b in content if a <= start <= b), default=0)
    before = " ".join(_OPENING.sub("", text[floor:start].lower()).split())
    if (end := _END_OF.search(before + " ")) is not None:
        return "up to" if end.group(1) in ("until", "till") else end.group(1)
    for phrase in ("no later than", "not later than", "up to"):
        if before.endswith(phrase):
            return phrase
    return before.rpartition(" ")[2]


_END_OF = re.compile(
    r"\b(until|till|through|by|before)\s+(?:the\s+)?(?:end|close|last day)\s+of\s+(?:[^.;,]{1,60}\s)?"
    r"(?:in|on|next|this|of)\s+$"
)
"""Before a time: "before the end of the school year in", "until the close of the season on"."""
_UNTIL = re.compile(r"\b(?:until|till)\s+[^.;,]*\bon\s+(?:\w+\s+)?$")


def _ends_with(text: str, start: int, content: tuple[Offsets, ...]) -> bool:
    """Whether a time is that on which something ends until which words run: "until it is over on 3 May"."""
    floor = max((a for a, b in content if a <= start <= b), default=0)
    return _UNTIL.search(" ".join(text[floor:start].lower().split()) + " ") is not None


def _duration(body: str) -> int | None:
    """How many days "for three days" or "a 72-hour truce" lasts; None where no length is given."""
    for found in re.finditer(
        r"\b(?:for|next)\s+(?:at least\s+|the\s+|another\s+|next\s+)*" + _DURATION.pattern[2:], body
    ):
        if (days := _days(found.group(1), found.group(2))) is not None:
            return days
    for found in re.finditer(r"\b(\d+|[a-z]+)-(hour|day|week|month|year)\b", body):
        if (days := _days(found.group(1), found.group(2))) is not None:
            return days
    return None


def _within(body: str) -> int | None:
    """In how many days something is to be done: "within three hundred days"; None where that is not said."""
    found = _WITHIN.search(body)
    return _days(found.group(1), found.group(2)) if found is not None else None


def _days(number: str, unit: str) -> int | None:
    values = [int(word) if word.isdigit() else _NUMBERS.get(word, 0) for word in number.split()]
    count = prod(values)
    return max(1, round(count * _UNITS[unit])) if 0 < count <= 10_000 else None


def fits(scope: Act, conduct: Act, coverage: Coverage) -> Fit | None:
    """Whether conduct lies within the recipients and places of the words; None where it does not.

    Unknown is not within: a pledge about Tajikistan is not broken by an attack on nobody knows whom.
    """
    own = {p.actor for p in scope.actors if p.actor}
    # "to withdraw its fighters": one's own side is nobody to whom it is done
    recipients = tuple(p for p in scope.recipients if p.actor is None or p.actor not in own)
    strengths: list[tuple[float, str]] = []
    if recipients:
        best = max((coverage.covers(s, t) for s in recipients for t in conduct.recipients), default=0.0)
        sited = conduct.site is not None and any(coverage.covers_site(s, conduct.site) for s in recipients)
        if best:
            strengths.append((best, "recipient"))
        elif sited and not _foreign(recipients, conduct, coverage):
            strengths.append((0.8, "place of the recipient"))
        elif _resolved(recipients) or conduct.recipients or not scope.objects & conduct.objects:
            return None
    struck = any(_one_spot(s, t) for s in recipients for t in conduct.recipients)
    # "any state in the Middle East": Oman is one, wherever a gazetteer puts the region
    struck |= conduct.site is not None and any(coverage.covers_site(s, conduct.site) for s in recipients)
    if scope.site is not None and not struck:
        if conduct.site is not None and scope.site.contains(conduct.site):
            strengths.append((1.0, "place"))
        elif conduct.site is not None and not conduct.site.contains(scope.site):
            return None
        elif strengths or scope.objects & conduct.objects:
            # the conduct is placed more loosely than the words, or not at all
            strengths.append((0.75, "place not given"))
        else:
            return None
    if scope.objects and not recipients:
        if scope.objects & conduct.objects:
            strengths.append((0.95, "what it was done to"))
        elif conduct.objects and not strengths and not scope.recipients:
            return None
    if not strengths:
        # nothing is named in the words: they cover whatever the actor does of this kind
        return Fit(0.6, "any") if not recipients and (not scope.objects or scope.recipients) else None
    return Fit(min(s for s, _ in strengths), " and ".join(on for _, on in strengths))


def _one_spot(a: Party, b: Party) -> bool:
    """Whether both are one place by its name, so that no other place of the sentence matters."""
    return a.type == b.type == "place" and a.named and b.named and fold(a.name) == fold(b.name)


def named_in(words: str, conduct: Act) -> Fit | None:
    """Whether words (a pledge's sentence, folded) name where, or to whom, conduct was done, though no
    recipient or place is coded of them."""
    names = {fold(p.name) for p in conduct.recipients if p.named}
    names |= {conduct.site.name} if conduct.site is not None else set()
    padded = f" {words} "
    return Fit(0.9, "named in the words") if any(n and f" {n} " in padded for n in names) else None


def _resolved(parties: tuple[Party, ...]) -> bool:
    return any(p.actor for p in parties)


def _foreign(scope: tuple[Party, ...], conduct: Act, coverage: Coverage) -> bool:
    """Whether the conduct has recipients of its own that the words do not speak of."""
    return any(p.actor for p in conduct.recipients) and not any(
        coverage.covers(s, t) for s in scope for t in conduct.recipients
    )
