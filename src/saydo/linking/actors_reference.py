"""Resolves pronouns and descriptions in text order: the nearest actor that fits, subjects first."""

from __future__ import annotations

from saydo.linking.actors_described import predicative, resolve_description
from saydo.linking.actors_gender import HE, SHE, gender_of_noun
from saydo.linking.actors_nouns import by_its_noun, definite_noun
from saydo.linking.actors_salient import Salient, far, follow, nearness, salient_of
from saydo.linking.actors_speakers import HE_OR_SHE, resolve_ahead, resolve_first_person
from saydo.linking.actors_videos import resolve_shown
from saydo.linking.actors_world import BODY_KINDS, World
from saydo.linking.drafts import Draft

_FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), SHE),
}
_PLURAL = frozenset("they them their theirs themselves".split())
_POSSESSIVE = frozenset(["its", "their", "his", "her"])
_SALIENT_TYPES = frozenset(
    ["person", "group", "government", "military", "organisation", "igo", "media", "place"]
)
_THING = frozenset(["it", "its", "itself"])
_GUESS = 0.5
_KEPT = 60


def resolve_references(world: World) -> None:
    """Settles descriptions, pronouns and definite nouns in text order."""
    tokens = world.reading.tokens
    salient: list[Salient] = []
    late: list[Draft] = []
    ahead: list[Draft] = []
    for draft in sorted(world.drafts, key=lambda d: (d.head, -d.last + d.first)):
        if draft.origin == "pronoun":
            if tokens[draft.head].text.lower() in _FIRST:
                late.append(draft)
                continue
            _pronoun(world, draft, salient)
            if draft.actor is None and draft.antecedent is None:
                ahead.append(draft)
        elif not draft.named and draft.actor is None:
            if not by_its_noun(world, draft, salient):
                definite_noun(world, draft, salient, early=True)
            if draft.actor is None:
                resolve_description(world, draft)
            if draft.actor is None:
                definite_noun(world, draft, salient, early=False)
        if draft.type in _SALIENT_TYPES and (draft.named or not predicative(world, draft)):
            salient.append(salient_of(world, draft))
            if len(salient) > 2 * _KEPT:
                del salient[:_KEPT]
    resolve_shown(world)
    if late:
        resolve_first_person(world, late)
    if ahead:
        resolve_ahead(world, ahead)


def _pronoun(world: World, draft: Draft, salient: list[Salient]) -> None:
    low = world.reading.tokens[draft.head].text.lower()
    ahead = _subject_ahead(world, draft) if low in _POSSESSIVE else None
    if ahead is not None:
        words = world.text(ahead.first, ahead.last)
        world.settle(
            draft, world.cast.get(ahead.actor), "coreference", f"stands for “{words}”, which follows"
        )
        return
    best: tuple[float, Salient] | None = None
    for candidate in reversed(salient):
        score = _fit(low, candidate)
        if score is None:
            continue
        score += nearness(world, draft, candidate, low)
        if score > -6 and (best is None or score > best[0]):
            best = (score, candidate)
        if far(world, draft, candidate):
            break
    if best is None and low in _THING:
        best = _taken_for_person(world, draft, salient)
    if best is None:
        draft.reason = "a pronoun with nothing before it that it could stand for"
        return
    follow(world, draft, best[1])
    member = best[1].member
    if low in HE_OR_SHE and member is not None and member.kind == "person" and not member.gender:
        member.gender = _GENDERS[low]


def _taken_for_person(world: World, draft: Draft, salient: list[Salient]) -> tuple[float, Salient] | None:
    """The subject of the sentence, a lone name of which nothing but the reader's guess made a person: what is
    called "it" afterwards is a body."""
    for c in reversed(salient):
        if c.sentence != world.reading.tokens[draft.head].sentence:
            return None
        lone = c.draft.named and len(c.draft.name) == 1 and c.draft.score < _GUESS
        if c.subject and lone and c.member is not None and c.member.kind == "person" and not c.member.gender:
            c.member.kind, c.draft.type = "organisation", "organisation"
            return 0.0, c
    return None


def _subject_ahead(world: World, draft: Draft) -> Draft | None:
    """The subject that a possessive in a fronted phrase looks ahead to: "To widen its reach, Russia …"."""
    tokens, phrases = world.reading.tokens, world.phrases
    i = tokens[draft.head].head
    for _ in range(6):
        t = tokens[i]
        if t.head == i or t.deprel.startswith("nsubj"):
            return None
        if t.deprel in ("advcl", "obl") and tokens[t.head].upos in ("VERB", "ADJ") and t.head > i:
            if any(tokens[k].deprel.startswith("nsubj") for k in phrases.kids(i)):
                return None
            subject = next(phrases.kids_by(t.head, "nsubj"), None)
            found = world.drafts.headed(subject) if subject is not None and subject > draft.head else None
            if found is None or found.actor is None or tokens[draft.head].text.lower() == "his":
                return found if found is not None and found.actor and found.type == "person" else None
            return found if found.type != "person" else None
        i = t.head
    return None


def _fit(low: str, c: Salient) -> float | None:
    """How well a pronoun's number and kind fit a candidate; None where they do not."""
    kind = c.member.kind if c.member is not None else ""
    is_person = (
        kind == "person"
        or (c.member is None and c.draft.type == "person")
        or (c.draft.type == "person" and not c.plural)
    )
    if c.draft.type == "place" and kind not in ("state", "state group", "de facto state"):
        return None
    if low in HE_OR_SHE:
        gender = _GENDERS[low]
        if not is_person or c.plural or _gender(c) not in ("", gender):
            return None
        return 0.5 if _gender(c) else 0.0
    if low in _PLURAL:
        if is_person and not c.plural:
            return None
        if c.plural:
            return 1.0
        return {"state": -2.0, "state group": 0.0}.get(kind, 0.0)
    if is_person or (c.plural and kind not in BODY_KINDS) or kind == "state group":
        return None
    return 0.0 if c.member is not None else -1.0


def _gender(c: Salient) -> str:
    if c.member is not None:
        return c.member.gender
    return gender_of_noun(c.lemma)
