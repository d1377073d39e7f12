"""Temporal expressions of a reading, resolved to closed intervals of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from saydo.linking.times_anchor import Anchor, Resolved
from saydo.linking.times_calendar import Stretch
from saydo.linking.times_edges import Found, Pieces
from saydo.linking.times_grammar import find, may_hold, pieces
from saydo.linking.times_patterns import Expression
from saydo.linking.times_resolve import opened, resolve
from saydo.model.linked import LinkedTime
from saydo.model.reading import Reading, Sentence, Token
from saydo.model.records import Time, When

_FUTURE = frozenset(["will", "shall", "'ll", "’ll", "wo", "would"])
_PLANNED = frozenset(
    "schedule expect plan due set slate intend plan prepare hope vow pledge promise arrange postpone".split()
)
_BINDING = frozenset("agree undertake commit threaten offer propose".split())
"""Verbs whose infinitive looks ahead: "agreed to stop from Monday"."""
_SCHEDULED = frozenset("begin start open convene close expire resume depart vote".split())
"""Verbs whose present tense tells what is fixed for later: "parliament convenes on Thursday"."""
_OPENS = {
    "since": "what it dates goes on from then", "after": "what it dates comes after",
    "until": "what it dates goes on until then", "before": "what it dates comes before",
}  # fmt: skip
_DATELINE = 40
"""Tokens at the beginning of a document in which a full date counts as that of the dateline."""


def find_times(reading: Reading) -> tuple[LinkedTime, ...]:
    """The temporal expressions of a document in text order, each with its days or the reason for none.

    Relative expressions hang on the publication date, or on a dateline's date where that is unknown; "three
    days earlier" and the like on the time named before. Never raises on any reading with an ISO date.
    """
    people = frozenset(i for m in reading.mentions if m.type == "person" for i in range(m.first, m.last))
    published, source = _published(reading)
    story = _Story()
    found: list[LinkedTime] = []
    for number, sentence, told in _sentences(reading, people):
        for item in find(told):
            head = _head(told, item)
            if published is None and item.last <= _DATELINE and number == 0:
                published, source = _dateline(item.expression)
            tense = _tense(reading.tokens, sentence, head)
            if tense.past and _before_that(told, item):
                tense = tense._replace(past=False)
            year = story.year(sentence.paragraph, published is not None)
            anchor = Anchor(
                published,
                story.narrative,
                year,
                tense.ahead,
                tense.past,
                _deadline(told, item),
                tense.present,
            )
            resolved = resolve(item.expression, anchor)
            side = item.side or _onwards(told, item, tense.ahead)
            found.append(_linked(reading, told, item, head, resolved, source, side))
            if resolved.stretch is None or item.side or item.expression.kind == "clock":
                continue
            dates = _dates_the_story(told, item, published is not None) and (
                published is None or not _aside(reading.tokens, head)
            )
            story.go(resolved.stretch, sentence.paragraph, _moves(reading.tokens, item, head), dates)
    return tuple(found)


class _Story:
    """When the text is set, as far as it has been read."""

    def __init__(self) -> None:
        self.narrative: Stretch | None = None
        """What "three days later" counts from."""
        self._paragraph = -1
        self._year: tuple[int, int] | None = None

    def year(self, paragraph: int, dated: bool) -> int | None:
        """The year of bare months and days: that named before in the paragraph; where no publication date is
        known, that named last at all."""
        if self._year is None or (dated and self._year[0] != paragraph):
            return None
        return self._year[1]

    def go(self, stretch: Stretch, paragraph: int, moves: bool, dates: bool) -> None:
        """On to a time just named. What does not move the story counts only where its paragraph has named
        nothing yet."""
        if moves or paragraph != self._paragraph:
            self.narrative, self._paragraph = stretch, paragraph
        if dates and stretch.days.start:
            self._year = (paragraph, stretch.days.start.year)


def _moves(tokens: Sequence[Token], item: Found, head: Token) -> bool:
    """Whether an expression moves the story: neither a look back ("three days earlier") nor the date of a
    mere noun ("the raid of last October")."""
    e = item.expression
    if e.kind in ("moved", "narrative", "beside"):
        return e.shift != -1
    owner = tokens[head.head]
    noun = head.deprel.partition(":")[0] in ("nmod", "compound") and owner.upos in ("NOUN", "PROPN")
    return not noun or (e.kind == "day" and e.year is not None)


def _sentences(reading: Reading, people: frozenset[int]) -> Iterator[tuple[int, Sentence, Pieces]]:
    """The sentences that may hold temporal expressions, with their numbers."""
    text = reading.document.text
    for number, sentence in enumerate(reading.sentences):
        if not may_hold(text[sentence.start : sentence.end]):
            continue
        told = pieces(reading.tokens[sentence.first : sentence.last], people)
        if told is not None:
            yield number, sentence, told


def _published(reading: Reading) -> tuple[date | None, str]:
    """The publication date; None where it is missing or no ISO date."""
    try:
        given = reading.document.date
        return (date.fromisoformat(given[:10]) if given else None), ""
    except ValueError:
        return None, ""


def _dateline(expression: Expression) -> tuple[date | None, str]:
    """The day that a dateline names in full."""
    if expression.kind != "day" or expression.year is None or expression.day2 is not None:
        return None, ""
    resolved = resolve(expression, Anchor(None, None, None, False))
    start = resolved.stretch.days.start if resolved.stretch else None
    return start, " (the dateline's)" if start else ""


def _head(told: Pieces, item: Found) -> Token:
    """The token that the expression hangs on the rest of the sentence by."""
    inside = told.tokens[item.first : item.last]
    members = {token.i for token in inside}
    out = [t for t in inside if t.head not in members or t.head == t.i]
    content = [t for t in out if t.upos not in ("ADP", "PUNCT", "DET", "SCONJ")]
    return (content or out or inside)[-1 if not out else 0]


def _dates_the_story(told: Pieces, item: Found, dated: bool) -> bool:
    """Whether the expression's year holds for bare months after it: "in 2011", not "its 2011 peak"."""
    e = item.expression
    if e.year is None or not (e.kind in ("day", "month") or (e.kind == "year" and dated)):
        return False
    return e.kind == "day" or (item.first > 0 and told.letters[item.first - 1] in "iOfpz")


def _aside(tokens: Sequence[Token], head: Token) -> bool:
    """Whether an expression dates what only describes a noun: "up from the number sold in May 2008"."""
    at = head
    for _ in range(4):
        if at.deprel.startswith("acl") or (at.deprel.startswith("nmod") and tokens[at.head].upos == "NOUN"):
            return True
        if at.upos == "VERB" or at.head == at.i:
            return False
        at = tokens[at.head]
    return False


def _before_that(told: Pieces, item: Found) -> bool:
    """Whether an expression dates what the deed comes before: "met ten days before the vote on 3 May"."""
    behind = told.tokens[max(0, item.first - 8) : item.first]
    if not behind or behind.pop().text.lower() not in ("on", "in"):
        return False
    while behind and behind[-1].upos in ("NOUN", "PROPN", "ADJ", "DET", "PRON", "PART"):
        behind.pop()
    words = [t.text.lower() for t in behind[-2:]]
    return words[-1:] == ["before"] or words == ["ahead", "of"]


def _deadline(told: Pieces, item: Found) -> bool:
    return item.first > 0 and told.tokens[item.first - 1].text.lower() in ("by", "until", "till")


def _onwards(told: Pieces, item: Found, ahead: bool) -> str:
    """A day or month from which on something is to hold ("will stop from Monday") has no end."""
    if not ahead or not item.first or item.expression.kind == "range":
        return ""
    return "since" if told.tokens[item.first - 1].text.lower() == "from" else ""


class Tense(NamedTuple):
    """Whether the verb that governs an expression looks ahead ("will", "is scheduled to"), looks back, or
    stands in the present."""

    ahead: bool
    past: bool
    present: bool


_LEVEL = frozenset("set put hit cut shut burst split spread let beat cost cast hurt quit shed".split())
"""Verbs whose past has the form of their present."""


def _tense(tokens: Sequence[Token], sentence: Sentence, head: Token) -> Tense:
    """The tense of the verb that governs the expression, or of the copula of "the vote is on 3 May"."""
    verbs: list[int] = []
    at = head
    for _ in range(8):
        if at.upos in ("VERB", "AUX") or at.lemma in _PLANNED:
            verbs.append(at.i)
        if at.head == at.i or (verbs and at.deprel.partition(":")[0] not in ("xcomp", "conj")):
            break
        at = tokens[at.head]
    copular = not verbs
    if copular:
        verbs.append(at.i)
    helpers = [t for t in tokens[sentence.first : sentence.last] if t.head in verbs and t.upos == "AUX"]
    bound = any(tokens[v].lemma in _BINDING for v in verbs[1:])
    planned = any(_planned(tokens, v) for v in verbs) and not _dates_the_word(tokens, head, verbs[0])
    ahead = planned or bound or any(t.lemma in _FUTURE for t in helpers)
    finite = helpers if copular else [tokens[verbs[0]], *helpers]
    past = not ahead and any(_past_form(t) for t in finite)
    present = not (ahead or past) and any(_present_form(tokens, t) for t in finite)
    due = (copular and at is head) or tokens[verbs[0]].lemma in _SCHEDULED
    return Tense(ahead or (present and due), past, present)


def _planned(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word speaks of what is fixed for later; "set" only before "to" and "for"."""
    if tokens[i].lemma != "set":
        return tokens[i].lemma in _PLANNED
    return i + 1 < len(tokens) and tokens[i + 1].text.lower() in ("to", "for")


def _present_form(tokens: Sequence[Token], verb: Token) -> bool:
    """Whether a verb is finite and in the present: "leaves", "is", "they leave"; not "to leave"."""
    if verb.upos not in ("VERB", "AUX"):
        return False
    form = verb.text.lower()
    if verb.lemma == "be":
        return form in ("is", "are", "'s", "’s", "'re", "’re", "am")
    if form != verb.lemma or form in _LEVEL:
        return form != verb.lemma and form.endswith("s")
    before = tokens[verb.i - 1] if verb.i else None
    own = any(t.head == verb.i and t.deprel.startswith("nsubj") for t in tokens[max(0, verb.i - 12) : verb.i])
    return own and before is not None and before.upos not in ("AUX", "PART")


def _dates_the_word(tokens: Sequence[Token], head: Token, verb: int) -> bool:
    """Whether an expression says when a word was given rather than for when: "on 3 May they promised that …",
    "promised on Friday to leave"; not "is planned for June", "promised to leave in June"."""
    t = tokens[verb]
    if t.upos != "VERB" or head.head != verb or not _past_form(t):
        return False
    if any(o.head == verb and o.upos == "AUX" and o.lemma in ("be", "get") for o in tokens):
        return False
    for_when = any(o.head == head.i and o.text.lower() in ("for", "by", "until") for o in tokens)
    content = any(o.head == verb and o.deprel in ("ccomp", "xcomp") for o in tokens)
    return content and not for_when


def _past_form(verb: Token) -> bool:
    """Whether a verb's form is a past one: neither the plain form, nor one in -s or -ing."""
    form = verb.text.lower()
    if form == verb.lemma and form in _LEVEL:
        return True  # "soldiers *set* fire to it": reports tell of what has been
    if verb.lemma == "be":
        return form in ("was", "were")
    if verb.lemma == "have":
        return form in ("had", "'d")
    return form != verb.lemma and not form.endswith(("s", "ing"))


def _linked(
    reading: Reading, told: Pieces, item: Found, head: Token, resolved: Resolved, source: str, side: str
) -> LinkedTime:
    first, last = told.tokens[item.first], told.tokens[item.last - 1]
    start, end = told.offsets(item.first)[0], told.offsets(item.last - 1)[1]
    stretch = resolved.stretch
    edtf = stretch.edtf if stretch else ""
    if edtf and resolved.approximate and "/" not in edtf and "X" not in edtf:
        edtf += "~"
    reason = resolved.reason.replace("the publication date", f"the publication date{source}")
    time = Time(
        start=start,
        end=end,
        text=reading.document.text[start:end],
        from_=_iso(stretch.days.start) if stretch else None,
        to=_iso(stretch.days.end) if stretch else None,
        precision=resolved.precision,
        approximate=resolved.approximate,
        edtf=edtf or None,
        reason=f"{reason}; {_OPENS[side]}" if side and stretch else reason,
    )
    tokens = (first.i, last.i + 1)
    if not side or stretch is None:
        return LinkedTime(tokens, head.i, time)
    days = opened(side, stretch.days)
    when = When(from_=_iso(days.start), to=_iso(days.end), precision="open")
    return LinkedTime(tokens, head.i, time, when)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
