"""Resolves descriptions: "Russian authorities", "the Taliban's leaders", "government troops"."""

from __future__ import annotations

from saydo.codebook import NominalEntry, OfficeEntry
from saydo.linking.actors_local import known_office, local_body, local_office, of_some_place, seat
from saydo.linking.actors_nouns import arm
from saydo.linking.actors_office import note_office
from saydo.linking.actors_owner import introducing_nouns, named_after, owner
from saydo.linking.actors_world import ARMED_KINDS, World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft

_DEFINITE = frozenset(["the", "this", "that", "these", "those"])
_STATE_KINDS = frozenset(["state", "de facto state"])
_OFFICIAL = frozenset(["GOV", "MIL", "COP", "SPY", "LEG", "JUD"])
_OF_A_STATE = frozenset(
    """
    government ministries parliament courts army police officials soldiers forces officers spies
    opposition
    """.split()
)
_WITHOUT_ARTICLE = frozenset("government police army parliament officials forces soldiers".split())
_BARE_LEMMAS = frozenset(
    "police troop army government authority official soldier parliament congress".split()
)
_MARKED = frozenset("government army military security state federal national".split())
_MEMBERS = frozenset(
    """
    militants rebels gunmen militias armed-groups soldiers officers army forces police spies
    government officials ministries diplomats leaders parties opposition speakers criminals
    """.split()
)
_MEMBER_LEMMAS = frozenset(
    """
    member leader leadership commander spokesman spokeswoman spokesperson supporter follower cadre
    fighter movement group organisation organization party delegation network militia representative
    activist militant chief official man troop force mission peacekeeper team unit wing branch body
    alliance bloc regime instructor adviser advisor trainer agent emissary courier technician recruit column
    """.split()
)
_ARMED_SECTORS = frozenset(["UAF", "REB", "CRM", "PRM"])
_MEN = frozenset(["man", "woman", "supporter", "follower", "lieutenant", "loyalist", "brother"])
_STATE_OFFICES = frozenset(["head-of-state", "head-of-government", "minister", "judiciary"])
_RULERS = frozenset(["state", "de facto state", "state group", "government", "judiciary", "parliament"])
_BODIES = frozenset(["government", "organisation", "igo", "media", "military"])
"""Types that no person's name renames: in "the head of the Port Authority, Ana Sousa" it is the head's."""
_NOT_THEIRS = frozenset(
    """
    hostage prisoner captive victim critic opponent enemy foe rival supporter sympathiser sympathizer suspect
    wife child relative family defector deserter target detainee survivor casualty dead people resident
    villager worker journalist lawyer voter area position
    """.split()
)
_PARTS = frozenset(
    """
    group number band handful column contingent crowd gang squad team pair dozen hundred thousand score
    """.split()
)
"""Nouns that say how many of those whom their "of" names: "a band of Chadian rebels"."""
_NEGATED = frozenset("no any former alleged suspected anti unidentified unknown".split())


def resolve_description(world: World, draft: Draft) -> None:
    """Gives a describing mention its actor where its words, or the document, say whose it is."""
    named = _named_beside(world, draft)
    if named is not None:
        member = world.cast[named]
        world.settle(draft, member, "office", f"it stands beside the name {member.name}")
        if draft.office is not None and member.kind == "person":
            _late_office(world, draft, draft.office, member)
        return
    if (some := _some_of(world, draft)) is not None and some.actor is not None:
        world.settle(
            draft, world.cast[some.actor], "codebook", f"some of “{world.text(some.first, some.last)}”"
        )
        return
    armed = draft.nominal is not None and draft.nominal.sector in _ARMED_SECTORS
    whose = owner(world, draft.head, located=not armed, first=draft.first)
    if draft.office is not None and not (draft.nominal and draft.nominal.id == "parties"):
        _office(world, draft, whose)
    elif draft.nominal is not None:
        if whose is not None:
            _owned(world, draft, draft.nominal, *whose)
        else:
            _unowned(world, draft, draft.nominal)
    elif whose is not None and (draft.type in ("group", "military") or _sent(world, draft)):
        _people_of(world, draft, *whose)


def _some_of(world: World, draft: Draft) -> Draft | None:
    """Those of whom the description counts some: the "Chadian rebels" of "a band of Chadian rebels"."""
    if world.reading.tokens[draft.head].lemma.lower() not in _PARTS or draft.office is not None:
        return None
    for k in world.phrases.kids_by(draft.head, "nmod"):
        counted = world.drafts.headed(k)
        if counted is None or world.phrases.case(k) != "of" or not world.phrases.plural(k):
            continue
        if counted.actor is None and not counted.named:
            resolve_description(world, counted)
        return counted
    return None


def _sent(world: World, draft: Draft) -> bool:
    """Whether a body has people of this sort at work for it: "instructors from the Hill Front"."""
    return world.reading.tokens[draft.head].lemma.lower() in _MEMBER_LEMMAS and draft.office is None


def _people_of(world: World, draft: Draft, actor: str, words: str) -> None:
    """People of an armed body whom no noun of the codebook names: "Front divers", "Brigade drivers"; not
    those whom it holds or who stand against it."""
    body = world.cast[actor]
    t = world.reading.tokens[draft.head]
    own = body.kind in ARMED_KINDS or body.kind == "movement"
    if own and world.phrases.plural(draft.head) and t.lemma.lower() not in _NOT_THEIRS:
        world.settle(draft, body, "codebook", f"people of {body.name}: {words}")


def _late_office(world: World, draft: Draft, office: OfficeEntry, person: Member) -> None:
    """Notes whose office it is where that became known only now: "the group's spokesman, Idriss Moussa"."""
    whose = owner(world, draft.head)
    title = world.reading.tokens[draft.head].lemma.lower()
    if whose is not None and not any(o == office.id and body == whose[0] for o, _, body in person.offices):
        note_office(world, person, office, title, whose[0], world.text(draft.head, draft.head + 1))


def _named_beside(world: World, draft: Draft) -> str | None:
    """The actor named in apposition to the description: "the mayor of Split, Ivo Baldasar"."""
    tokens = world.reading.tokens
    for other in _beside(world, draft):
        if other.actor is None or not other.named or other.type in ("nationality", "place") or other is draft:
            continue
        member = world.cast.get(other.actor)
        if member is None or member.kind in ("state", "state group", "community"):
            continue
        if member.kind == "person" and (world.phrases.plural(draft.head) or draft.type in _BODIES):
            continue
        if member.kind != "person" and draft.type == "person":
            continue
        stands_beside = draft.head in set(introducing_nouns(world, other)) or (
            tokens[other.head].head == draft.head or other.head in _apposed_below(world, draft)
        )
        if stands_beside:
            return other.actor
    return None


def _beside(world: World, draft: Draft) -> list[Draft]:
    """Drafts that may name what a description describes: its appositions and the names right after it."""
    tokens, phrases = world.reading.tokens, world.phrases
    at = [k for k in phrases.kids_by(draft.head, "appos", "flat", "nmod:desc") if k > draft.head]
    head = tokens[draft.head]
    if head.deprel in ("appos", "nmod:desc", "compound", "flat") and phrases.case(draft.head) in ("", "as"):
        at.append(head.head)
    at.extend(_apposed_below(world, draft))
    if draft.last < len(tokens) and tokens[draft.last].upos == "PROPN":
        at.append(draft.last)
    if draft.last < len(tokens) and (called := named_after(world, draft.last)) is not None:
        at.append(called)
    if any(True for _ in phrases.kids_by(draft.head, "cop")):
        at.extend(phrases.kids_by(draft.head, "nsubj"))
    return [
        d for i in at for d in world.drafts.at(i) if d is not draft and not draft.first <= d.head < draft.last
    ]


def _apposed_below(world: World, draft: Draft) -> list[int]:
    """Names between commas that parsers hang deep in an office's phrase: "the mayor of the port of
    Split, Ivo Baldasar, resigned"."""
    if draft.office is None:
        return []
    tokens = world.reading.tokens
    last = world.reading.sentences[tokens[draft.head].sentence].last
    found: list[int] = []
    for i in range(draft.head + 1, min(last, draft.head + 25)):
        if tokens[i].upos != "PROPN" or not (tokens[i].deprel == "appos" or _set_off(world, i)):
            continue
        commas = any(tokens[k].text == "," for k in range(max(draft.head, i - 4), i))
        above, steps = tokens[i].head, 0
        while above > draft.head and steps < 6:
            above, steps = tokens[above].head, steps + 1
        if commas and above == draft.head:
            found.append(i)
    return found


def _set_off(world: World, i: int) -> bool:
    """Whether a person's name begins behind a comma, whatever the parser makes of it."""
    tokens = world.reading.tokens
    here = (d for d in world.drafts.at(i) if d.named and d.type == "person")
    return any(d.first > 0 and tokens[d.first - 1].text == "," for d in here)


def _office(world: World, draft: Draft, whose: tuple[str, str] | None) -> None:
    """An office without its holder's name."""
    assert draft.office is not None
    if predicative(world, draft):
        draft.reason = "an office that the sentence speaks of, not its holder"
        return
    title = world.reading.tokens[draft.head].lemma.lower()
    # "to be president of Peru" names nobody; "the president", "Peru's president" does.
    one = not world.phrases.plural(draft.head) and (draft.first < draft.head or draft.last > draft.head + 1)
    holder = _holder(world, draft, title, whose[0] if whose else None) if one else None
    if holder is not None:
        reason = f"{holder.name} is introduced with this office"
        world.settle(draft, holder, "office", reason)
        return
    sector = draft.office.sector
    if whose is not None:
        body = world.cast[whose[0]]
        if body.kind in _STATE_KINDS or _organ_of_state(body):
            if (local := local_office(world, draft, body.country)) is not None:
                world.settle(draft, local, "office", f"an office of {whose[1]}, whose holder is not named")
                return
            # a town's "funeral director" is no official of its state
            official = "GOV" if sector == "UNK" and seat(world, draft) is None else ""
            sector = sector if sector in _OFFICIAL else official
            organ = world.cast.organ(body.id, sector, "", f"an office of {whose[1]}") if sector else None
            world.settle(draft, organ, "office", f"an office of {whose[1]}, whose holder is not named")
        elif body.kind == "person":
            draft.reason = f"an office under {body.name}, whose holder is not named"
        elif body.kind != "community" and sector in (*_OFFICIAL, "UNK", "PTY"):
            world.settle(draft, body, "office", f"it speaks for {whose[1]}")
        return
    if _definite(world, draft) and draft.office.id in _STATE_OFFICES:
        about = world.state_about(world.reading.tokens[draft.head].sentence)
        if about is not None:
            reason = f"an office of the state: {about[1]}"
            world.settle(draft, world.cast.organ(about[0], sector, "", reason), "office", reason)
            return
    if _definite(world, draft) and (local := known_office(world, draft)) is not None:
        world.settle(draft, local, "office", "the one office of this title that the document told of")
        return
    draft.reason = "an office whose holder the document does not name"


def predicative(world: World, draft: Draft) -> bool:
    """Whether a noun says what somebody is or becomes: "she was minister", "to become president"."""
    t = world.reading.tokens[draft.head]
    return t.deprel == "xcomp" or any(True for _ in world.phrases.kids_by(draft.head, "cop"))


def _organ_of_state(body: Member) -> bool:
    return body.kind in ("government", "military", "police") and body.id[3:4] == "-"


def _holder(world: World, draft: Draft, title: str, whose: str | None) -> Member | None:
    """The person whom the document introduces with this title, of the same state or body."""
    assert draft.office is not None
    if whose is None and not _definite(world, draft):
        return None
    country = world.country_of(whose)
    of_state = draft.office.id in _STATE_OFFICES and whose is None
    for person in world.cast:
        if person.kind != "person":
            continue
        for office, called, body in person.offices:
            same = called.split()[-1] == title and office == draft.office.id
            if title == "leader" and whose is not None and body == whose:
                same = same or office.startswith("head-of-")
            if not same or (of_state and body and world.cast[body].kind not in _RULERS):
                continue  # "the president" is not the president of a fund
            if whose is None or body == whose:
                return person
            organ = whose[3:4] == "-" and body == country  # president of a council, not of the state
            if body and world.country_of(body) == country and not organ:
                return person
    return None


def _owned(world: World, draft: Draft, nominal: NominalEntry, actor: str, words: str) -> None:
    """A description with an owner: an organ of a state, or people of a movement."""
    body = world.cast[actor]
    if nominal.id == "state" and body.kind not in ("state", "state group", "de facto state"):
        country = world.cast.by_id(body.country or "", f"the country of {body.name}")
        reason = f"the country of {body.name}" if country else f"described by {words}, but of no known state"
        world.settle(draft, country, "coreference", reason)
        return
    lemma = world.reading.tokens[draft.head].lemma.lower()
    if body.kind in ("state", "de facto state", "state group"):
        _of_state(world, draft, nominal, body, words)
    elif body.kind == "community":
        draft.reason = f"people of a community, {words}, not named otherwise"
    elif body.kind == "person":
        if nominal.id in ("forces", "army", "soldiers") and body.sector in ("GOV", "MIL") and body.country:
            organ = world.cast.organ(body.country, "MIL", "", f"forces under {body.name}")
            world.settle(draft, organ, "codebook", f"forces under {body.name}, who holds office there")
        elif (led := _led_group(world, body)) is not None and (nominal.id in _MEMBERS or lemma in _MEN):
            world.settle(draft, led, "codebook", f"people of {led.name}, whom {body.name} leads")
        else:
            draft.reason = f"belongs to {body.name}"
    elif nominal.id in _MEMBERS or lemma in _MEMBER_LEMMAS:
        world.settle(draft, body, "codebook", f"people of {body.name}: {words}")
        arm(world, draft, body)
    else:
        draft.reason = f"described by {words}, but not {body.name} itself"


def _led_group(world: World, person: Member) -> Member | None:
    """The armed group or movement that the text says a person leads or speaks for."""
    for _, _, whose in person.offices:
        body = world.cast.get(whose)
        if body is not None and body.kind in ("armed group", "movement", "criminal organisation"):
            return body
    return None


def _of_state(world: World, draft: Draft, nominal: NominalEntry, body: Member, words: str) -> None:
    group = body.kind == "state group"
    if nominal.id == "state" or (group and nominal.id in ("leaders", "government")):
        world.settle(draft, body, "codebook", f"states described by {words}")
        return
    sector = "GOV" if nominal.sector == "GOV" else nominal.sector or ""
    if nominal.type in ("person", "organisation", "igo") and nominal.id != "opposition":
        draft.reason = f"of {body.name}, but not named"
        return
    if (local := local_body(world, draft, body.country)) is not None:
        world.settle(draft, local, "introduced", f"a body of the place in {words}")
        return
    organ = world.cast.organ(body.id, sector, nominal.kind, f"“{nominal.id}” of {words}")
    world.settle(draft, organ, "codebook", f"{nominal.id} of {body.name}: {words}")
    if organ is None:
        draft.reason = f"of {body.name}, but not named"


def _unowned(world: World, draft: Draft, nominal: NominalEntry) -> None:
    """A description without an owner: organs of a state belong to the state that the text is about."""
    tokens = world.reading.tokens
    modifiers = {t.text.lower() for t in tokens[draft.first : draft.head]}
    lemma = tokens[draft.head].lemma.lower()
    if modifiers & _NEGATED:
        draft.reason = "a description that leaves open who it is"
        return
    marked = bool(modifiers & _MARKED)
    official = nominal.id in _OF_A_STATE and (
        marked or _definite(world, draft) or (lemma in _BARE_LEMMAS and draft.last - draft.first == 1)
    )
    if not official or nominal.sector is None:
        draft.reason = "a description without a name or an owner"
        return
    about = world.state_about(tokens[draft.head].sentence)
    local = local_body(world, draft, about[0] if about is not None else None)
    if local is not None:
        world.settle(draft, local, "introduced", "a body of the place that it names")
        return
    if about is None:
        draft.reason = "of a state, but the text does not say of which"
        return
    if of_some_place(world, draft, about[0]):
        draft.reason = "of a place, but the text does not say of which"
        return
    reason = f"of {world.cast[about[0]].name if about[0] in world.cast else about[0]}: {about[1]}"
    world.settle(
        draft, world.cast.organ(about[0], nominal.sector, nominal.kind, reason), "coreference", reason
    )


def _definite(world: World, draft: Draft) -> bool:
    return world.reading.tokens[draft.first].text.lower() in _DEFINITE
