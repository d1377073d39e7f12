"""Bodies that only a document names, and the abbreviations that it gives them."""

from __future__ import annotations

from saydo.linking.actors_kinds import described_kind
from saydo.linking.actors_names import Names, initials_of
from saydo.linking.actors_world import TYPE_OF_KIND, World
from saydo.linking.cast import Member
from saydo.linking.drafts import Draft
from saydo.model.names import significant, sound

BODY_TYPES = frozenset(["group", "organisation", "government", "military", "igo", "media"])
_KIND_OF_TYPE = {
    "group": "movement", "organisation": "organisation", "government": "government", "military": "military",
    "igo": "igo", "media": "media",
}  # fmt: skip
_WHERE = frozenset(["in", "for", "of", "to"])
_COMMON = frozenset(
    sound(word)
    for word in """
    army party front movement union force forces organisation organization group council committee
    league brigade people peoples popular national revolutionary liberation democratic united resistance
    defence defense command federation congress alliance coalition state
    """.split()
)
"""Words that names of many bodies have in common."""
_LONGEST_TAIL = 7
"""Words from a name to the bracket that gives its abbreviation."""
_SECTOR_OF_TYPE = {"government": "GOV", "military": "MIL", "media": "JRN"}


def introduce(world: World, draft: Draft, text: str) -> Member:
    """A new actor, with what the document says of it."""
    told = described_kind(world, draft)
    kind = told.kind or _KIND_OF_TYPE.get(draft.type, "organisation")
    sector = told.sector or _SECTOR_OF_TYPE.get(draft.type)
    if told.type:
        draft.type = told.type
    how, reason = ("introduced", told.reason) if told.reason else ("name", "named, but in no codebook")
    return world.cast.add(text, kind, how, reason, told.country, sector)  # type: ignore[arg-type]


def name_text(world: World, draft: Draft) -> str:
    at = draft.name or tuple(range(draft.first, draft.last))
    return " ".join(world.text(at[0], at[-1] + 1).split())


def pair_abbreviations(world: World, names: Names) -> None:
    """Joins "the Northern Resistance Army (NRA)" and "the NRA (Northern Resistance Army)": one actor, the
    codebook's where it has one."""
    tokens = world.reading.tokens
    for draft in list(world.drafts):
        if not draft.named or draft.type not in BODY_TYPES:
            continue
        inside = _aside(world, draft.last) or _aside_behind_place(world, names, draft)
        if inside is None:
            _pair_spelled_out(world, names, draft)
            continue
        short = next((d for d in world.drafts.at(inside) if d.head == inside), None)
        if short is not None and short.known and short.actor and draft.actor is None:
            if _another(world, names, draft, short):
                member = introduce(world, draft, name_text(world, draft))
                names.learn(member.name, member.id)
                world.settle(draft, member, member.resolved_by, member.reason)
                _take_over(world, short, member, draft)
                continue
            member = world.cast[short.actor]
            world.settle(draft, member, "alias", f"{member.name} by the abbreviation after it")
            names.learn(name_text(world, draft), member.id)
            continue
        if draft.actor is None:
            member = introduce(world, draft, name_text(world, draft))
            names.learn(name_text(world, draft), member.id)
            world.settle(draft, member, member.resolved_by, member.reason)
        if short is None:
            short = Draft(inside, inside + 1, inside, draft.type, True, "name", name=(inside,))
            if world.drafts.add(short) is None:
                continue
        if draft.actor is not None and (not short.known or draft.known):
            member = world.cast[draft.actor]
            short.type = draft.type
            names.learn(tokens[inside].text, member.id)
            world.settle(short, member, "alias", f"the abbreviation of {member.name}, given after its name")


def _pair_spelled_out(world: World, names: Names, short: Draft) -> None:
    """Joins an abbreviation to the name in brackets after it that spells it out."""
    tokens = world.reading.tokens
    at = short.last + 1
    if len(short.name) != 1 or at >= len(tokens) or tokens[short.last].text != "(" or short.actor is not None:
        return
    whole = next((d for d in world.drafts.at(at) if d.named and d.first == at), None)
    if whole is None or whole.actor is not None or whole.type not in BODY_TYPES:
        return
    if initials_of(names.key(whole)) != tokens[short.name[0]].text.lower():
        return
    member = introduce(world, short, name_text(world, whole))
    names.learn(member.name, member.id)
    names.learn(tokens[short.name[0]].text, member.id)
    world.settle(whole, member, member.resolved_by, member.reason)
    world.settle(short, member, "alias", f"the abbreviation of {member.name}, given before its name")


def _aside(world: World, at: int) -> int | None:
    """The token of an abbreviation in brackets at ``at``."""
    tokens = world.reading.tokens
    if at + 2 >= len(tokens) or tokens[at].text != "(" or tokens[at + 2].text != ")":
        return None
    word = tokens[at + 1].text
    caseless = word.islower() and 1 < len(word) < 7 and word.isalpha()
    capital = sum(c.isupper() for c in word) > 1 and len(word) < 11 and not word.isdigit()
    return at + 1 if capital or caseless else None


def _aside_behind_place(world: World, names: Names, draft: Draft) -> int | None:
    """The same behind where a body is: "the United Nations Mission in Lower Saba (UNMILS)" begins with the
    initials of its name."""
    tokens, at = world.reading.tokens, draft.last
    if at >= len(tokens) or tokens[at].text not in _WHERE:
        return None
    at += 1
    while at < min(len(tokens), draft.last + _LONGEST_TAIL) and tokens[at].text != "(":
        if not tokens[at].text[0].isupper() and tokens[at].text not in ("the", "and"):
            return None
        at += 1
    inside = _aside(world, at)
    initials = initials_of(names.key(draft))
    if inside is None or len(initials) < 2 or not tokens[inside].text.lower().startswith(initials):
        return None
    return inside


def _another(world: World, names: Names, whole: Draft, short: Draft) -> bool:
    """Whether an abbreviation that the codebook knows is here that of another body, whose name before it has
    these initials and a word that the codebook's body lacks: the Northern Resistance Army (NRA) is not the
    National Resistance Army, and the Peasant Army (EPS) of Peru none of Nicaragua."""
    key = names.key(whole)
    entry = short.known[0].entry
    told = {sound(piece) for name in (entry.name, *entry.aliases) for piece in significant(name.split())}
    if initials_of(key) == world.reading.tokens[short.name[0]].text.lower():
        return any(sound(piece) not in told for piece in key)
    # an abbreviation of another language: another body's where nothing in the name or the text is that one's
    own = {sound(piece) for piece in key} - _COMMON
    elsewhere = entry.country is not None and entry.country not in world.weights
    return elsewhere and bool(own) and bool(told - _COMMON) and not own & told


def _take_over(world: World, short: Draft, member: Member, whole: Draft) -> None:
    """Gives an abbreviation, wherever the document has it, to the body whose name it stands behind."""
    text = name_text(world, short)
    for draft in world.drafts:
        if draft.form == "abbreviation" and name_text(world, draft) == text:
            draft.known, draft.type = (), whole.type
            world.settle(draft, member, "alias", f"the abbreviation of {member.name} in this document")


def own_abbreviations(world: World, names: Names) -> None:
    """Gives abbreviations that the codebook knows, of bodies of which this document has nothing else, to a
    body that only this document names, and whose initials they are."""
    full = {d.actor for d in world.drafts if d.actor is not None and d.form not in ("", "abbreviation")}
    for draft in world.drafts:
        if draft.form != "abbreviation" or draft.actor is None or draft.actor in full or len(draft.name) != 1:
            continue
        entry = draft.known[0].entry
        if entry.kind == "state" or (entry.country or "") in world.weights:
            continue
        own = names.initials(name_text(world, draft), own=True)
        member = world.cast.get(own)
        if member is not None and member.id not in world.lexicon.actors:
            draft.known, draft.type = (), TYPE_OF_KIND.get(member.kind, draft.type)
            world.settle(draft, member, "alias", f"the initials of {member.name} in this document")
