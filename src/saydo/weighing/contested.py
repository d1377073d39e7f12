"""Contested claims: what one voice says and another, in the same report, says is not so.

"The firm said …; the dean disputed it." Both poles are statements: they need not hold anything coded as
event or tie. What is contested is found by structure where the contesting words name it ("rejected *Rome's
claim*"), or shortly before it, by who is spoken of and by shared words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from saydo.codebook import Codebook
from saydo.model.citations import cite, plain, quoted
from saydo.model.ids import fold
from saydo.model.records import Offsets
from saydo.weighing.acts import Said, Unfolded, content_words
from saydo.weighing.contests import LIGHT, Contest, ContestWords
from saydo.weighing.finding import Found, Place, certainty, when_said
from saydo.weighing.outline import Stated
from saydo.weighing.parties import canonical
from saydo.weighing.world import World

_CLAIMING = frozenset({"assertion", "accusation", "claim_of_responsibility", "condemnation", "prediction"})
_TELLING = frozenset({"assertion", "accusation"})
_CLAIM = 3
"""Words, names apart, with less of which nothing is claimed."""
_BACK = 3
"""Sentences before contesting words in which what they contest may stand."""
_PRONOUNS = frozenset(
    "he she they it i we you who which that this his her their its my our your some many others one".split()
)
_FIELD = "whether it is so"


class Voiced(NamedTuple):
    """A statement of a report with its record and the sentences in which it stands."""

    said: Said
    record: Stated
    first: int
    last: int


class _Link(NamedTuple):
    claim: Voiced
    strength: float
    how: str


@dataclass(frozen=True, slots=True)
class Page:
    """The statements of one report by where they stand."""

    report: Unfolded
    voiced: tuple[Voiced, ...]
    contests: dict[str, Contest]
    denials: dict[str, Contest]
    """Statements that only deny what others say of their speaker."""
    words: ContestWords

    @classmethod
    def of(cls, report: Unfolded, codebook: Codebook) -> Page:
        words = ContestWords.of(codebook)
        starts = [a for a, _ in report.record.sentences]

        def sentence(offset: int) -> int:
            return max(0, bisect_right(starts, offset) - 1)

        voiced = []
        contests = {}
        denials = {}
        for said, record in zip(report.said, report.record.statements, strict=True):
            spans = [*record.source, *record.cue, *record.content]
            if not spans:
                continue
            first, last = min(a for a, _ in spans), max(b for _, b in spans) - 1
            voiced.append(Voiced(said, record, sentence(first), sentence(last)))
            if (contest := words.contest(record, report.text)) is not None:
                contests[record.id] = contest
            elif (contest := words.denial(record, report.text)) is not None:
                denials[record.id] = contest
        for outer in tuple(contests):
            if any(_quotes(report.text, outer, contests[outer], v, voiced) for v in voiced):
                del contests[outer]
        return cls(report, tuple(voiced), contests, denials, words)


def _quotes(text: str, outer: str, contest: Contest, inner: Voiced, voiced: Sequence[Voiced]) -> bool:
    """Whether the words of contest are those of somebody whom the statement quotes ("some *say …*")."""
    mine = next(v for v in voiced if v.record.id == outer)
    if inner is mine or not within(inner.record.cue, mine.record.content):
        return False
    return contest.cue in joined(text, inner.record.content).lower()


def contested(world: World) -> list[Found]:
    """Every claim that another voice of the same report contests; each contest with its best claim."""
    found: list[Found] = []
    for report in world.reports:
        if len(report.said) < 2:
            continue
        page = Page.of(report, world.codebook)
        for voiced in page.voiced:
            contest = page.contests.get(voiced.record.id) or page.denials.get(voiced.record.id)
            if contest is None or nobody(voiced.said):
                continue
            links = sorted(_links(world, page, voiced, contest), key=lambda x: (-x.strength, -x.claim.first))
            if links:
                found.append(_found(world, voiced, contest, links[0]))
    return [f for f in found if f.score >= world.number(f.kind, "floor")]


def _links(world: World, page: Page, mine: Voiced, contest: Contest) -> Iterator[_Link]:
    for other in page.voiced:
        if other.record.id == mine.record.id or nobody(other.said):
            continue
        if one_side(world, mine.said, other.said) or other.record.id in page.contests:
            continue
        if contest.owner is not None and not _owned(page, contest.owner, other):
            continue
        link = _link(page, mine, other, contest)
        if link is not None:
            yield link


def _owned(page: Page, owner: tuple[int, str], other: Voiced) -> bool:
    """Whether "his claim", "their account" may be a speaker's: whom the pronoun means, if that is known."""
    offset, pronoun = owner
    whose = next((m.actor for m in page.report.record.mentions if m.start == offset and m.actor), None)
    if whose is not None:
        return other.said.speaker is None or other.said.speaker == canonical(whose)
    kind = other.said.who.kind if other.said.who is not None else None
    return kind != "person" if pronoun in ("their", "its") else True


def _quoted_by(page: Page, mine: Voiced, other: Voiced) -> Voiced | None:
    """Who passes on what is claimed: "She said experts *had found* it sound. – That's not true." The words
    contested are hers."""
    for outer in page.voiced:
        if outer.record.id in (mine.record.id, other.record.id) or outer.said.speaker == other.said.speaker:
            continue
        if within(other.record.cue, outer.record.content) and not within(
            mine.record.cue, other.record.content
        ):
            return outer
    return None


def _link(page: Page, mine: Voiced, other: Voiced, contest: Contest) -> _Link | None:
    text = page.report.text
    if contest.teller and not _is_told_by(contest.teller, other, page):
        return None
    if joined(text, other.record.content).split(maxsplit=1)[:1] in (["if"], ["whether"]):
        return None  # nothing is claimed by who asks
    if contest.own:
        return _denied_of_itself(page, mine, other)
    if within(other.record.cue, mine.record.content) and page.words.claims(joined(text, other.record.cue)):
        return _Link(other, 0.95, "names it")
    denied = other.record.kind == "denial"  # "those statements were wrong"
    if not (denied or other.record.kind in _CLAIMING) or _shared_words(text, mine, other):
        return None  # one within the other in some other way: no two tellings
    if _start(other.record) > _start(mine.record):
        return None
    if not contest.teller and _quoted_by(page, mine, other) is not None:
        return None
    back = mine.first - other.last
    of_mine = _speaks_of(text, other, mine)
    spoken = of_mine or _speaks_of(text, mine, other)
    if contest.bare:
        near = 2 if contest.owner is not None else 1
        if back <= near and (spoken or back <= 0 or contest.pointing or contest.owner is not None):
            return _Link(other, 0.85 if spoken else 0.75, "takes it up")
        return None
    if contest.cue.startswith("den") and back <= 0 and of_mine:
        return _Link(other, 0.75, "in one sentence")
    if contest.of_teller and back <= 2 and _speaks_of(text, mine, other):
        return _Link(other, 0.8, "speaks of the teller")
    names = _names(mine) | _names(other) | LIGHT
    mine_, its = mine.said.words - names, other.said.words - names
    shared = mine_ & its
    on = "on " + ", ".join(sorted(shared)[:4])
    whole = 2 * len(shared) >= min(len(mine_), len(its))
    if back > _BACK:
        far = len(shared) >= (2 if contest.teller else 3)  # "the paper's report is misleading", a page on
        return _Link(other, 0.75, on) if far and (whole or contest.teller) else None
    if len(shared) >= 3 or (len(shared) >= 2 and (spoken or whole)):
        return _Link(other, 0.85 if len(shared) >= 3 else 0.8, on)
    if spoken and contest.named and (shared or contest.teller) and back <= (_BACK if contest.teller else 1):
        return _Link(other, 0.7, on if shared else "of the one it names")
    return None


def _denied_of_itself(page: Page, mine: Voiced, other: Voiced) -> _Link | None:
    """Whether somebody says of itself that it did not do, or have, what another just said of it."""
    text = page.report.text
    if other.record.kind not in _TELLING or not _speaks_of(text, other, mine):
        return None
    if not 0 <= mine.first - other.last <= _BACK or _overlap(mine.record, other.record):
        return None
    claim = joined(text, other.record.content)
    if page.words.negated(claim) or _quoted_by(page, mine, other) is not None:
        return None
    denied = content_words(page.words.negated(joined(text, mine.record.content)))
    shared = (denied & other.said.words) - LIGHT - _called(page, mine, other)
    if len(shared) < 2:
        return None
    return _Link(other, 0.85, "on " + ", ".join(sorted(shared)[:4]))


def _called(page: Page, *voiced: Voiced) -> frozenset[str]:
    """The words of all names in some statements, and of their speakers."""
    found = frozenset[str]()
    for v in voiced:
        found |= _names(v)
        for m in page.report.record.mentions:
            if m.named and v.said.sentences[0] <= m.start < v.said.sentences[1]:
                found |= content_words(m.text)
    return found


def _is_told_by(teller: frozenset[str], other: Voiced, page: Page) -> bool:
    """Whether a claim said to be somebody's is that of this speaker ("the report", too, tells)."""
    name = fold(f"{other.said.speaker_name} {joined(page.report.text, other.record.source)}")
    return bool(teller & set(name.split())) or page.words.claims(name)


def _speaks_of(text: str, one: Voiced, other: Voiced) -> bool:
    """Whether the words of one statement name the speaker of the other."""
    if other.said.speaker and other.said.speaker in one.said.actors:
        return True
    body = f" {fold(joined(text, one.record.content))} "
    return any(f" {w} " in body for w in content_words(other.said.speaker_name))


def one_side(world: World, one: Said, other: Said) -> bool:
    """Whether two speakers are one, or one stands or speaks for the other."""
    if one.speaker and one.speaker == other.speaker:
        return True
    if content_words(one.speaker_name) & content_words(other.speaker_name):
        return True
    return other.speaker in world.standing(one) or one.speaker in world.standing(other)


def nobody(said: Said) -> bool:
    """Whether nobody knows whose words a statement is."""
    return said.who is None and (
        fold(said.speaker_name) in _PRONOUNS or said.speaker_name == "an unnamed source"
    )


def _found(world: World, mine: Voiced, contest: Contest, link: _Link) -> Found:
    other = link.claim
    report = world.report(mine.said.ref)
    about_me = _speaks_of(report.text, other, mine)
    score = 0.9 * link.strength * certainty(mine.said.score, other.said.score)
    told = f"{_who(other)} said {when_said(other.said)} {_quote(report, other)}{cite([other.said.ref])}"
    verb = f"{_who(mine)} contests it [“{contest.cue}”, {link.how}], {when_said(mine.said)}"
    against = f"{_quote(report, mine)}{cite([mine.said.ref])}"
    first, second = (mine, other) if about_me else (other, mine)
    halves = (f"{verb}: {against}", f"against {told}") if about_me else (told, f"{verb}: {against}")
    return Found(
        kind="denial" if about_me else "account",
        rule="denial.contested" if about_me else "account.contested",
        speaker=first.said.who.raw if first.said.who else None,
        speaker_name=first.said.speaker_name,
        statement=Place(first.said.ref, first.said.sentences),
        against=Place(second.said.ref, second.said.sentences),
        opening=halves[0],
        against_words=halves[1],
        score=round(min(1.0, score), 3),
        field=None if about_me else _FIELD,
    )


def _who(voiced: Voiced) -> str:
    return plain(voiced.said.speaker_name)


def _quote(report: Unfolded, voiced: Voiced) -> str:
    return quoted(joined(report.text, voiced.record.content))


def joined(text: str, spans: tuple[Offsets, ...]) -> str:
    """The words of some spans, as one."""
    return " … ".join(text[a:b] for a, b in spans)


def _names(voiced: Voiced) -> frozenset[str]:
    return content_words(voiced.said.speaker_name)


def _start(statement: Stated) -> int:
    return min(a for a, _ in (*statement.cue, *statement.content))


def within(spans: tuple[Offsets, ...], whole: tuple[Offsets, ...]) -> bool:
    """Whether spans lie wholly inside others; False for none."""
    return bool(spans) and all(any(a <= s and e <= b for a, b in whole) for s, e in spans)


def _shared_words(text: str, mine: Voiced, other: Voiced) -> bool:
    """Whether one of two statements stands within the other, but for a claim at whose end the contest is told
    (parsers give "…, to which the mayor said: no" to the claim) and before which something is claimed."""
    if within((*mine.record.source, *mine.record.cue, *mine.record.content), other.record.content):
        end = max(b for _, b in other.record.content)
        before = text[other.record.content[0][0] : _start(mine.record)]
        return (
            max(b for _, b in mine.record.content) < end - 1
            or len(content_words(_plain_words(before))) < _CLAIM
        )
    return _overlap(mine.record, other.record)


def _plain_words(text: str) -> str:
    """The words of a text that are no names."""
    return " ".join(w for w in text.split() if w[:1].islower())


def _overlap(one: Stated, other: Stated) -> bool:
    return any(a < d and c < b for a, b in (*one.cue, *one.content) for c, d in (*other.cue, *other.content))
