"""Which statements contest what somebody else says: read off their cue and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from saydo.codebook import Codebook
from saydo.model.ids import fold
from saydo.model.records import Offsets
from saydo.weighing.outline import Stated
from saydo.weighing.scope import any_of

LIGHT = frozenset(
    "have been were will would could should about their there them they which what when where said says told "
    "asked added very single with from into made make took take taken does doing done ever never people time "
    "year week month day being also even only just like know think going come came thing other such than "
    "more nothing part role hand involved involvement president minister official government spokesman "
    "spokeswoman leader country national".split()
)
"""Words that say nothing of the matter that two passages might share."""
_OPENERS = frozenset({"that", "any", "all", "having", "ever", "it", "he", "she", "they", "this", "being"})
"""Words with which what is denied begins where it is a clause or a doing ("denied *that* …")."""
_IN_COURT = re.compile(r"\bcharges?\b[^,.;]{0,30}\bagainst\b")
"""A prosecutor who dismisses a charge against somebody contests nobody's words."""
_NOT_SO = frozenset({"prediction", "pledge", "demand", "proposal", "threat", "praise"})
_REACH = 160
"""Letters before a word of falsity within which what it is said of must stand."""
_FEW = 9
"""Words up to which what calls a claim untrue names no matter of its own."""
_SHORT_CLAUSE = 4
_CLAIMED_WITHIN = 6
"""Words of what a verb governs within which a noun of claiming must stand."""
_LYING = re.compile(r"\bl(?:ied|ying)\b")
"""To say that somebody lied is an accusation; what it was about must be known."""
_SAID_OF = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|as|(?:call|brand|label|dismiss)\w*(?:\s+(?:it|them|that|this))?)"
    r"|['’](?:s|re))"
    r"(?:\s+[“\"'‘’]*(?:\w+ly|just|so|all|also|even|quite|a|an))*\s*[“\"'‘’]*$"
)
"""What stands before a word of falsity that is said of something ("is simply …", "called it …")."""
_POINTS = re.compile(r"\b(?:that|this|those|these|such|the|his|her|its|their)\s+(?:\w+\s+){0,2}$")
_OWNER = re.compile(r"\b(his|her|its|their)\s+(?:[\w’'-]+\s+){0,3}?$")
_HEDGE = re.compile(r"\b(?:not|never|none|no|neither|nor|nobody|nothing|without)\b|n['’]t\b")
_PRONOUN = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:that|this|it|these|those|they|he|she|all)\b")


@dataclass(frozen=True, slots=True)
class Contest:
    """How a statement contests another's claim."""

    cue: str
    """The words that say so."""
    bare: bool
    """Whether it names no matter of its own: "denied the charges", "that is a lie"."""
    named: bool
    """Whether it speaks of a claim as such: "the claim that …", "it is not true"."""
    of_teller: bool
    """Whether it says of the teller, not of the claim, that it is untrue ("she made it up")."""
    teller: frozenset[str] | None
    """Words of the name of the one whose claim it says it is ("*Rome's* claim"); None for nobody."""
    pointing: bool = False
    """Whether it points back at a claim as such ("*those* statements", "*the* allegation")."""
    owner: tuple[int, str] | None = None
    """Where a pronoun says whose claim it is, and the pronoun ("*her* account")."""
    own: bool = False
    """Whether it only denies of the speaker what others say of it, without a word of contesting."""


@dataclass(frozen=True, slots=True)
class ContestWords:
    """The cue lists, compiled once per codebook."""

    verbs: re.Pattern[str]
    of_claims: re.Pattern[str]
    nouns: re.Pattern[str]
    tellings: re.Pattern[str]
    falsity: re.Pattern[str]
    events: re.Pattern[str]
    teller: re.Pattern[str]

    @classmethod
    def of(cls, codebook: Codebook) -> ContestWords:
        """Raises KeyError where the codebook lacks a list."""
        return _compiled(codebook)

    def claims(self, cue: str) -> bool:
        """Whether the cue of a statement is a noun of claiming ("Rome's *claim* that …")."""
        return self.tellings.search(cue.lower()) is not None

    def contest(self, statement: Stated, text: str) -> Contest | None:
        """How a statement contests what another says; None where it does not."""
        found = self._contest(statement, text)
        if found is None:
            return None
        owner, pointing = self._owner(statement, text)
        return replace(found, owner=owner, pointing=pointing) if owner or pointing else found

    def denial(self, statement: Stated, text: str) -> Contest | None:
        """What somebody denies of itself in its own words ("we never asked for it"), where nothing says that
        it contests anybody."""
        if statement.kind != "denial" or not statement.content:
            return None
        negated = _HEDGE.search(_joined(text, statement.content).lower())
        return Contest(negated.group(), False, False, False, None, own=True) if negated else None

    def negated(self, words: str) -> str:
        """The sentences of some words that hold a negation."""
        parts = re.split(r"(?<=[.!?;])[\s”\"']+", words)
        return " ".join(p for p in parts if _HEDGE.search(p.lower()))

    def _owner(self, statement: Stated, text: str) -> tuple[tuple[int, str] | None, bool]:
        """The pronoun before a noun of claiming in what is contested, and whether any word points back."""
        for start, end in statement.content:
            words = text[start:end].lower()
            for noun in self.tellings.finditer(words):
                before = words[: noun.start()]
                if (owner := _OWNER.search(before)) is not None:
                    return (start + owner.start(1), owner.group(1)), True
                if _POINTS.search(before):
                    return None, True
        return None, False

    def _contest(self, statement: Stated, text: str) -> Contest | None:
        if statement.kind in _NOT_SO or not statement.content:
            return None
        cue = _joined(text, statement.cue).lower()
        body = _joined(text, statement.content)
        lower = body.lower()
        opening = " ".join(lower.split()[:_CLAIMED_WITHIN])
        if (verb := self.verbs.search(cue)) is not None:
            claim = self.tellings.search(opening)
            first = lower.split()[0].strip("“\"'‘’”")
            # "denied her the prize" contests nothing
            if claim or first in _OPENERS or first.endswith("ing") or self.falsity.search(lower):
                return Contest(
                    verb.group(), _bare(lower, claim), claim is not None, False, _teller(body, claim)
                )
            return None
        if (verb := self.of_claims.search(cue)) is not None:
            claim = None if _IN_COURT.search(lower) else self.nouns.search(opening)
            return (
                Contest(verb.group(), _bare(lower, claim), True, False, _teller(body, claim))
                if claim
                else None
            )
        return self._called_false(body)

    def _called_false(self, body: str) -> Contest | None:
        """ "That is a lie", "the report was false": untruth said of a claim or of a pronoun for one."""
        lower = body.lower()
        opening = re.split(r"[,.!?;]+[\s”\"'’]", lower)[0]
        found: re.Match[str] | None
        for found in (*self.falsity.finditer(lower), *self.events.finditer(lower)):
            before = re.split(r"[.!?;]\W|[”\"]\s", lower[: found.start()])[-1][-_REACH:]
            claim = self.tellings.search(before)
            happened = self.events.fullmatch(found.group()) is not None
            beside = claim is not None and not before[claim.end() :].strip(
                " “\"'‘’"
            )  # "called the claim a lie"
            if not happened and not beside and not _SAID_OF.search(before):
                continue
            if claim or _PRONOUN.search(before):
                named = self.tellings.search(lower, max(0, found.start() - len(before))) if claim else None
                # "It's nonsense", whatever follows: the first clause says nothing of the matter
                short = found.end() <= len(opening) and len(_plain(opening).split()) <= _SHORT_CLAUSE
                bare = short or len(_plain(lower).split()) <= _FEW
                return Contest(found.group(), bare, True, False, _teller(body, named))
        whole = _plain(lower).split()
        for found in self.falsity.finditer(lower) if len(whole) <= _SHORT_CLAUSE else ():
            if not re.search(r"\w", lower[found.end() :]):  # "“Nice try, not true,” she wrote"
                return Contest(found.group(), True, True, False, None)
        teller = self.teller.search(lower)
        return (
            Contest(teller.group(), False, False, not _LYING.search(teller.group()), None) if teller else None
        )


@lru_cache(maxsize=4)
def _compiled(codebook: Codebook) -> ContestWords:
    nouns = codebook.cues["claim-nouns"].phrases
    return ContestWords(
        any_of(codebook.cues["contest-verbs"].phrases),
        any_of(codebook.cues["contest-verbs-of-claims"].phrases),
        any_of(nouns),
        any_of((*nouns, *codebook.cues["telling-nouns"].phrases)),
        any_of(codebook.cues["falsity"].phrases),
        any_of(codebook.cues["falsity-of-events"].phrases),
        any_of(codebook.cues["falsity-of-a-teller"].phrases),
    )


def _bare(body: str, claim: re.Match[str] | None) -> bool:
    return len(_plain(body).split()) <= (4 if claim else 3)


def _teller(body: str, claim: re.Match[str] | None) -> frozenset[str] | None:
    """The name before a noun of claiming, or after it with "by" or "from"."""
    if claim is None:
        return None
    before = re.search(r"((?:[A-Z][\w.’'-]*\s+)+)$", body[: claim.start()])
    after = re.match(r"\s+(?:by|from|of)\s+((?:[A-Z][\w.’'-]*\s*)+)", body[claim.end() :])
    found = before or after
    if found is None:
        return None
    name = fold(re.sub(r"['’]s?\b", " ", found.group(1)))
    return frozenset(w for w in name.split() if len(w) > 1) or None


def _plain(body: str) -> str:
    return re.sub(r"[^\w\s'’]", " ", body)


def _joined(text: str, spans: tuple[Offsets, ...]) -> str:
    return " ".join(" ".join(text[a:b] for a, b in spans).split())
