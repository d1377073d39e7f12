"""Resolves pronouns and "the group", "the militants": the nearest actor that fits, subjects first."""

from __future__ import annotations

from typing import NamedTuple

from saydo.linking.actors_described import predicative, resolve_description
from saydo.linking.actors_gender import HE, SHE, gender_of_noun
from saydo.linking.actors_speakers import resolve_first_person
from saydo.linking.actors_videos import resolve_shown
from saydo.linking.actors_world import ARMED_KINDS, BODY_KINDS, World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft
from saydo.linking.names import significant

_FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
_PERSON = frozenset("he him his himself she her hers herself".split())
_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), SHE),
}
_PLURAL = frozenset("they them their theirs themselves".split())
_POSSESSIVE = frozenset(["its", "their", "his", "her"])
_REFLEXIVE = frozenset("himself herself itself themselves".split())
_BODY_NOUNS = frozenset(
    """
    group movement organisation organization party militia front league network faction alliance
    union company agency newspaper coalition cartel gang association bloc body council committee
    brigade battalion legion regiment unit column wing insurgency outfit firm bank charity watchdog
    broadcaster
    """.split()
)
_UNIT_NOUNS = frozenset("brigade battalion legion bloc front insurgency regiment unit column wing".split())
"""Nouns by which a text speaks on of an armed group that it has named, and of no state's army."""
_UNION_NOUNS = frozenset(["alliance", "coalition", "union", "bloc", "association"])
_ARMED_NOMINALS = frozenset(["militants", "rebels", "gunmen", "militias", "armed-groups"])
_ANOTHER = frozenset(
    """
    other another new second third first same different foreign small local rival separate main
    largest
    """.split()
)
_ORGAN_SECTORS = frozenset(["GOV", "MIL", "COP", "LEG", "JUD", "SPY"])
_LAND_NOUNS = frozenset(["country", "republic", "nation", "kingdom", "emirate"])
_SALIENT_TYPES = frozenset(
    ["person", "group", "government", "military", "organisation", "igo", "media", "place"]
)
_CLAUSES = frozenset(["ccomp", "xcomp", "advcl", "acl", "conj", "parataxis", "csubj"])
_WINDOW = 4
_KEPT = 60


class _Salient(NamedTuple):
    draft: Draft
    member: Member | None
    sentence: int
    paragraph: int
    subject: bool
    plural: bool
    lemma: str
    aside: bool
    """In a prepositional phrase of place or inside another noun phrase."""


def resolve_references(world: World) -> None:
    """Settles descriptions, pronouns and definite nouns in text order."""
    tokens = world.reading.tokens
    salient: list[_Salient] = []
    late: list[Draft] = []
    for draft in sorted(world.drafts, key=lambda d: (d.head, -d.last + d.first)):
        if draft.origin == "pronoun":
            if tokens[draft.head].text.lower() in _FIRST:
                late.append(draft)
                continue
            _pronoun(world, draft, salient)
        elif not draft.named and draft.actor is None:
            if not _by_its_noun(world, draft, salient):
                _definite_noun(world, draft, salient, early=True)
            if draft.actor is None:
                resolve_description(world, draft)
            if draft.actor is None:
                _definite_noun(world, draft, salient, early=False)
        if draft.type in _SALIENT_TYPES and (draft.named or not predicative(world, draft)):
            salient.append(_salient(world, draft))
            if len(salient) > 2 * _KEPT:
                del salient[:_KEPT]
    resolve_shown(world)
    if late:
        resolve_first_person(world, late)


def _salient(world: World, draft: Draft) -> _Salient:
    t = world.reading.tokens[draft.head]
    sentence = world.reading.sentences[t.sentence]
    relation = t.deprel
    case = world.phrases.case(t.i)
    aside = relation in ("nmod", "compound", "amod") or (
        relation == "obl" and case in ("in", "at", "near", "from")
    )
    return _Salient(
        draft,
        world.cast.get(draft.actor),
        t.sentence,
        sentence.paragraph,
        relation.startswith("nsubj"),
        world.phrases.plural(t.i),
        t.lemma.lower(),
        aside,
    )


def _pronoun(world: World, draft: Draft, salient: list[_Salient]) -> None:
    low = world.reading.tokens[draft.head].text.lower()
    ahead = _subject_ahead(world, draft) if low in _POSSESSIVE else None
    if ahead is not None:
        words = world.text(ahead.first, ahead.last)
        world.settle(
            draft, world.cast.get(ahead.actor), "coreference", f"stands for “{words}”, which follows"
        )
        return
    best: tuple[float, _Salient] | None = None
    for candidate in reversed(salient):
        score = _fit(low, candidate)
        if score is None:
            continue
        score += _nearness(world, draft, candidate, low)
        if score > -6 and (best is None or score > best[0]):
            best = (score, candidate)
        if _far(world, draft, candidate):
            break
    if best is None:
        draft.reason = "a pronoun with nothing before it that it could stand for"
        return
    _follow(world, draft, best[1])
    member = best[1].member
    if low in _PERSON and member is not None and member.kind == "person" and not member.gender:
        member.gender = _GENDERS[low]


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


def _follow(world: World, draft: Draft, antecedent: _Salient) -> None:
    words = world.text(antecedent.draft.first, antecedent.draft.last)
    if antecedent.draft.type != "place":
        draft.type = antecedent.draft.type
    if antecedent.member is None:
        draft.reason = f"stands for “{words}”, which is not resolved"
    else:
        world.settle(draft, antecedent.member, "coreference", f"stands for “{words}”")


def _fit(low: str, c: _Salient) -> float | None:
    """How well a pronoun's number and kind fit a candidate; None where they do not."""
    kind = c.member.kind if c.member is not None else ""
    is_person = (
        kind == "person"
        or (c.member is None and c.draft.type == "person")
        or (c.draft.type == "person" and not c.plural)
    )
    if c.draft.type == "place" and kind not in ("state", "state group", "de facto state"):
        return None
    if low in _PERSON:
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


def _gender(c: _Salient) -> str:
    if c.member is not None:
        return c.member.gender
    return gender_of_noun(c.lemma)


def _nearness(world: World, draft: Draft, c: _Salient, low: str) -> float:
    tokens = world.reading.tokens
    t, other = tokens[draft.head], tokens[c.draft.head]
    if c.draft.first <= draft.head < c.draft.last or (other.i == t.head and low not in _REFLEXIVE):
        return -99.0
    if (
        t.head == other.head
        and t.deprel != "nmod:poss"
        and low not in _REFLEXIVE
        and not t.deprel.startswith("nsubj")
    ):
        return -99.0
    if t.deprel == "nmod:poss" and other.head == t.head and c.subject:
        return -99.0  # "the battalion is not under its command": nobody is his own
    score = -2.0 * (t.sentence - c.sentence) - 0.03 * (t.i - other.i)
    score += (2.0 if t.deprel != "obj" else 1.0) * c.subject + 0.5 * c.draft.named - 1.5 * c.aside
    if t.deprel == "obj" and other.deprel == "obj":
        score += 1.5
    if t.deprel.startswith("nsubj") and c.subject:
        score += 0.5
    if low in _REFLEXIVE:
        score -= 0.4 * (t.i - other.i)
    if t.sentence == c.sentence and c.aside and _inside_speaker(world, t.i, other.i):
        score -= 4.0
    if world.reading.sentences[t.sentence].paragraph != c.paragraph:
        score -= 0.7
    if t.sentence == c.sentence and c.subject and _above(world, t.i, other.head):
        score += 1.5
    return score


def _inside_speaker(world: World, i: int, candidate: int) -> bool:
    """Whether a candidate only says where the speaker of the words around a pronoun belongs: the institute
    of "analysts at the Orinoco Institute say it is paid"."""
    tokens = world.reading.tokens
    above = tokens[candidate]
    if not above.deprel.startswith("nmod"):
        return False
    subject = tokens[above.head]
    return (
        subject.deprel.startswith("nsubj")
        and world.phrases.plural(subject.i)
        and _above(world, i, subject.head)
    )


def _above(world: World, i: int, verb: int) -> bool:
    """Whether ``verb`` governs the clause that a token stands in."""
    tokens = world.reading.tokens
    for _ in range(12):
        t = tokens[i]
        if t.head == i:
            return False
        i = t.head
        if i == verb:
            return True
    return False


def _far(world: World, draft: Draft, c: _Salient) -> bool:
    return world.reading.tokens[draft.head].sentence - c.sentence > _WINDOW


def _definite_noun(world: World, draft: Draft, salient: list[_Salient], early: bool) -> None:
    """ "the group", "the militants", "the jihadist", "the country"; ``early`` those with adjectives, too."""
    t = world.reading.tokens[draft.head]
    det = world.reading.tokens[draft.first].text.lower()
    if det not in ("the", "this", "that") or draft.nominal is None or draft.office is not None:
        return
    lemma = t.lemma.lower()
    plural = world.phrases.plural(draft.head)
    if early:
        if lemma in _BODY_NOUNS and (not plural or t.text.lower() == "militia"):
            _described_body(world, draft, salient, lemma)
        return
    if any(world.reading.tokens[i].upos in ("ADJ", "NUM", "PROPN") for i in range(draft.first, draft.head)):
        return
    armed = draft.nominal.id in _ARMED_NOMINALS
    if lemma in _LAND_NOUNS and not plural:
        _nearest(world, draft, salient, _land_fit)
    elif armed and plural:
        _nearest(world, draft, salient, lambda c: _armed_fit(world, c, lemma))
    elif armed:
        _nearest(world, draft, salient, lambda c: _fighter_fit(world, c, lemma))


def _described_body(world: World, draft: Draft, salient: list[_Salient], lemma: str) -> None:
    """ "the group", "the Lebanese movement", "the republican group": a body named before, of that state."""
    tokens = world.reading.tokens
    state: str | None = None
    for i in range(draft.first + 1, draft.head):
        held = [d for d in world.drafts.at(i) if d is not draft and d.named]
        if held and held[0].type != "nationality":
            return
        if held and held[0].actor is not None:
            state = world.country_of(held[0].actor)
        elif tokens[i].text.lower() in _ANOTHER or tokens[i].upos in ("NUM", "PROPN"):
            return
    if any(world.phrases.case(k) in ("of", "from") for k in world.phrases.kids_by(draft.head, "nmod")):
        return
    _nearest(
        world,
        draft,
        salient,
        lambda c: None if state and c.member and c.member.country != state else _body_fit(c, lemma),
    )


def _by_its_noun(world: World, draft: Draft, salient: list[_Salient]) -> bool:
    """Settles "the bureau", "the ministry" where a name with that word stands shortly before."""
    tokens = world.reading.tokens
    if draft.last - draft.first != 2 or tokens[draft.first].text.lower() != "the" or draft.nominal is None:
        return False
    lemma = tokens[draft.head].lemma.lower()
    if world.phrases.plural(draft.head) or any(True for _ in world.phrases.kids_by(draft.head, "nmod")):
        return False
    if lemma in _UNIT_NOUNS | _UNION_NOUNS and _spoken_of(world, draft, salient, lemma):
        return True
    for c in reversed(salient):
        if _far(world, draft, c):
            return False
        if c.member is None or c.member.kind not in BODY_KINDS:
            continue
        organ = draft.nominal.sector in _ORGAN_SECTORS
        if organ and c.member.kind in ARMED_KINDS | {"movement", "party"}:
            continue
        named = c.draft.named and lemma in significant(c.member.name.split())
        told = c.draft.nominal is not None and tokens[c.draft.head].lemma.lower() == lemma
        force = draft.nominal.sector in ("MIL", "COP") and c.member.id[3:] == f"-{draft.nominal.sector}"
        force = force or (draft.nominal.sector == "MIL" and c.member.kind == "military")
        force = force and lemma not in _UNIT_NOUNS
        if named or force or (organ and told):
            _follow(world, draft, c)
            return True
    return False


def _bound(world: World, draft: Draft, c: _Salient) -> bool:
    """Whether a candidate takes part in the clause above the description, which then is somebody else:
    the jihadists of "the STC accuses the party of protecting the jihadists"."""
    tokens = world.reading.tokens
    verbs = {tokens[c.draft.head].head}
    if not tokens[c.draft.head].deprel.startswith(("nsubj", "obj", "iobj")):
        return False
    i = draft.head
    for _ in range(6):
        t = tokens[i]
        if t.head == i or t.deprel in ("ccomp", "parataxis", "acl:relcl", "conj", "appos"):
            return False
        i = t.head
        if i in verbs:
            return True
    return False


def _spoken_of(world: World, draft: Draft, salient: list[_Salient], lemma: str) -> bool:
    """Follows "the brigade" to the body that the same noun stood for last, also further back."""
    tokens = world.reading.tokens
    here = tokens[draft.head].sentence
    for c in reversed(salient):
        if here - c.sentence > 3 * _WINDOW:
            return False
        if c.member is None or c.member.kind not in BODY_KINDS or c.draft.named:
            continue
        if tokens[c.draft.head].lemma.lower() == lemma and not c.plural and c.draft.type != "person":
            _follow(world, draft, c)
            return True
    return False


def _nearest(world: World, draft: Draft, salient: list[_Salient], fit: object) -> None:
    assert callable(fit)
    best: tuple[float, _Salient] | None = None
    here = world.reading.tokens[draft.head].sentence
    barred = {
        c.draft.actor for c in salient[-_WINDOW * 8 :] if c.sentence == here and _bound(world, draft, c)
    }
    for candidate in reversed(salient):
        if _far(world, draft, candidate):
            break
        if candidate.sentence == here and candidate.draft.actor in barred:
            continue
        told = fit(candidate)
        if told is None:
            continue
        score = told + _nearness(world, draft, candidate, "")
        if score > -8 and (best is None or score > best[0]):
            best = (score, candidate)
    if best is not None:
        _follow(world, draft, best[1])


def _land_fit(c: _Salient) -> float | None:
    """ "the country" is the state that something happened in rather than the one that acted."""
    if c.member is None or c.member.kind != "state":
        return None
    return (4.0 if c.aside and c.draft.type == "place" else 0.0) - 2.0 * c.subject


def _body_fit(c: _Salient, lemma: str) -> float | None:
    if c.member is None or c.member.kind not in BODY_KINDS or c.draft.type == "person":
        return None
    words = significant([*c.member.name.split(), *(w for a in c.member.aliases for w in a.split())])
    if lemma in words:
        return 4.0
    if lemma in (
        "group",
        "movement",
        "organisation",
        "organization",
        "network",
        "faction",
        "outfit",
        "militia",
    ):
        if c.member.kind == "military" and c.member.resolved_by != "codebook" and c.member.id[3:4] != "-":
            return 1.0  # a force that only this text names may be a militia
        if c.member.kind in ("government", "military", "police", "media", "igo"):
            return None
        return 1.0 if c.member.kind in ARMED_KINDS | {"movement"} else 0.0
    if lemma in _UNIT_NOUNS:
        return 0.5 if c.member.kind in ARMED_KINDS | {"movement"} else None
    if lemma in _UNION_NOUNS:
        return 0.5 if c.member.kind in ("coalition", "igo") else None
    wanted = {
        "party": "party",
        "company": "company",
        "firm": "company",
        "agency": "media",
        "newspaper": "media",
    }
    return 1.0 if wanted.get(lemma) == c.member.kind else None


def _armed_fit(world: World, c: _Salient, lemma: str) -> float | None:
    same = world.reading.tokens[c.draft.head].lemma.lower() == lemma and c.plural
    if same:
        return 3.0
    if c.member is not None and c.member.kind in ARMED_KINDS and c.draft.type != "person":
        return 1.0
    if (
        c.member is None
        and c.draft.nominal is not None
        and c.draft.nominal.id in _ARMED_NOMINALS
        and c.plural
    ):
        return 1.0
    return None


def _fighter_fit(world: World, c: _Salient, lemma: str) -> float | None:
    if c.plural or c.draft.type != "person":
        same = world.reading.tokens[c.draft.head].lemma.lower() == lemma and not c.plural
        return 2.0 if same else None
    if c.member is not None and c.member.kind == "person" and c.member.sector in ("UAF", "REB", "PRM", None):
        return 1.0
    return None
