"""Resolves definite nouns, "the group", "the brigade", "the militants", to the nearest actor that fits."""

from __future__ import annotations

from saydo.linking.actors_salient import Salient, far, follow, nearness
from saydo.linking.actors_world import ARMED_KINDS, BODY_KINDS, World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft
from saydo.model.names import significant

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
_SORTS = frozenset(
    "company firm agency newspaper bank charity watchdog broadcaster association council corporation".split()
)
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
_WINDOW = 4


def definite_noun(world: World, draft: Draft, salient: list[Salient], early: bool) -> None:
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


def _described_body(world: World, draft: Draft, salient: list[Salient], lemma: str) -> None:
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


def by_its_noun(world: World, draft: Draft, salient: list[Salient]) -> bool:
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
        if far(world, draft, c):
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
            follow(world, draft, c)
            return True
    return False


def _bound(world: World, draft: Draft, c: Salient) -> bool:
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


def _spoken_of(world: World, draft: Draft, salient: list[Salient], lemma: str) -> bool:
    """Follows "the brigade" to the body that the same noun stood for last, also further back."""
    tokens = world.reading.tokens
    here = tokens[draft.head].sentence
    for c in reversed(salient):
        if here - c.sentence > 3 * _WINDOW:
            return False
        if c.member is None or c.member.kind not in BODY_KINDS or c.draft.named:
            continue
        if tokens[c.draft.head].lemma.lower() == lemma and not c.plural and c.draft.type != "person":
            follow(world, draft, c)
            return True
    return False


def _nearest(world: World, draft: Draft, salient: list[Salient], fit: object) -> None:
    assert callable(fit)
    best: tuple[float, Salient] | None = None
    here = world.reading.tokens[draft.head].sentence
    barred = {
        c.draft.actor for c in salient[-_WINDOW * 8 :] if c.sentence == here and _bound(world, draft, c)
    }
    for candidate in reversed(salient):
        if far(world, draft, candidate):
            break
        if candidate.sentence == here and candidate.draft.actor in barred:
            continue
        told = fit(candidate)
        if told is None:
            continue
        score = told + nearness(world, draft, candidate, "")
        if score > -8 and (best is None or score > best[0]):
            best = (score, candidate)
    if best is None:
        return
    follow(world, draft, best[1])
    if best[1].member is not None:
        arm(world, draft, best[1].member)


def arm(world: World, draft: Draft, member: Member) -> None:
    """Makes an armed group of a body of which the text has left it open, and then speaks of its militants."""
    nominal = draft.nominal
    if nominal is not None and nominal.id in _ARMED_NOMINALS and may_be_armed(member):
        member.kind, member.sector = nominal.kind, nominal.sector
        words = world.text(draft.first, draft.last)
        member.reason = f"{member.reason}; the text speaks on of “{words}”"


def _land_fit(c: Salient) -> float | None:
    """ "the country" is the state that something happened in rather than the one that acted."""
    if c.member is None or c.member.kind != "state":
        return None
    return (4.0 if c.aside and c.draft.type == "place" else 0.0) - 2.0 * c.subject


def _body_fit(c: Salient, lemma: str) -> float | None:
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
    if lemma == "union" and c.member.sector == "LAB":
        return 1.0
    if lemma in _UNION_NOUNS:
        return 0.5 if c.member.kind in ("coalition", "igo") else None
    if lemma in ("gang", "cartel", "mafia"):
        return 0.5 if c.member.kind in ARMED_KINDS else None
    if lemma == "charity":
        return 0.5 if c.member.kind == "organisation" and c.member.sector == "CVL" else None
    wanted = {
        "party": "party",
        "company": "company",
        "firm": "company",
        "agency": "media",
        "newspaper": "media",
    }
    if wanted.get(lemma) == c.member.kind:
        return 1.0
    # of a body that only this text names, nothing tells what sort it is
    open_ = c.member.kind == "organisation" and c.member.resolved_by == "name" and not c.member.sector
    return 0.3 if open_ and lemma in _SORTS else None


def _armed_fit(world: World, c: Salient, lemma: str) -> float | None:
    same = world.reading.tokens[c.draft.head].lemma.lower() == lemma and c.plural
    if same:
        return 3.0
    if c.member is not None and c.member.kind in ARMED_KINDS and c.draft.type != "person":
        return 1.0
    if c.member is not None and may_be_armed(c.member) and c.draft.type == "group":
        return 0.0
    if (
        c.member is None
        and c.draft.nominal is not None
        and c.draft.nominal.id in _ARMED_NOMINALS
        and c.plural
    ):
        return 1.0
    return None


def may_be_armed(member: Member) -> bool:
    """Whether only this text names a body, and leaves open so far what it is."""
    return member.resolved_by in ("name", "introduced") and member.kind == "movement" and not member.sector


def _fighter_fit(world: World, c: Salient, lemma: str) -> float | None:
    if c.plural or c.draft.type != "person":
        same = world.reading.tokens[c.draft.head].lemma.lower() == lemma and not c.plural
        return 2.0 if same else None
    if c.member is not None and c.member.kind == "person" and c.member.sector in ("UAF", "REB", "PRM", None):
        return 1.0
    return None
