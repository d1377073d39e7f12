"""Matches codebook units on clause frames and finds the mentions that fill their roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from saydo.codebook.entries import Concept, Unit
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.clauses_verbs import TRANSPARENT
from saydo.model.linked import LinkedMention, LinkedReading
from saydo.model.records import Actor

Index = dict[tuple[str, str], tuple[tuple[str, Unit, str], ...]]
"""(``verb`` | ``noun`` | ``adj``, head lemma) → (concept id, unit, particle or rest of the lemma)."""

_OPEN = TRANSPARENT | {
    "province", "region", "district", "city", "town", "village", "state", "island", "territory", "capital",
    "department", "governorate", "country", "republic", "port", "municipality", "valley", "mountain", "north",
    "south", "east", "west", "outskirt", "area", "border", "heart", "coast", "hill", "suburb", "center",
    "centre",
}  # fmt: skip
"""Nouns behind which the one that is meant stands: "dozens of villagers", "the province of Herat"."""
_CLASS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


_HOLDINGS = frozenset({
    "position", "post", "outpost", "base", "camp", "checkpoint", "convoy", "headquarters", "barrack", "house",
    "vehicle", "patrol", "stronghold", "hideout", "depot", "garrison", "office", "compound", "station",
    "building", "truck", "pickup", "tank", "trench", "bunker", "facility", "target", "installation",
})  # fmt: skip
"""What one holds: an attack on it is an attack on its holder."""


_OWNING = frozenset({
    "person", "group", "government", "military", "organisation", "igo", "media", "place", "nationality",
})  # fmt: skip


class Match(NamedTuple):
    """A unit that stands in the text, and who fills its roles."""

    concept: str
    unit: Unit
    frame: Frame
    roles: dict[str, tuple[LinkedMention, ...]]
    bare: dict[str, tuple[int, ...]]
    """Role → head tokens that fill it without being a mention ("the attack *on the village*")."""

    @property
    def name(self) -> str:
        lemmas = self.unit.verb + self.unit.noun + self.unit.adj
        return self.unit.name or (lemmas[0] if lemmas else "unit")


def index_units(concepts: Iterable[tuple[str, Concept]]) -> Index:
    """The units of all concepts by the part of speech and lemma of their head word."""
    found: dict[tuple[str, str], list[tuple[str, Unit, str]]] = {}
    for concept_id, concept in concepts:
        for unit in concept.units:
            for kind in ("verb", "noun", "adj"):
                roles = unit.roles or concept.roles.get(kind, {})
                full = unit.model_copy(update={"roles": roles}) if roles is not unit.roles else unit
                for lemma in getattr(unit, kind):
                    head, _, rest = lemma.partition(" ")
                    *before, head = head.split("-")  # "cease-fire" is read as three words, headed by the last
                    found.setdefault((kind, head), []).append(
                        (concept_id, full, " ".join([*before, rest]).strip())
                    )
    return {key: tuple(units) for key, units in found.items()}


@dataclass(frozen=True, slots=True)
class Scene:
    """A linked reading prepared for coding: its clauses and its mentions by head and by token."""

    linked: LinkedReading
    clauses: Clauses
    by_head: dict[int, LinkedMention]
    covering: dict[int, LinkedMention]
    actors: dict[str, Actor]
    timed: frozenset[int]
    """Tokens of temporal expressions: "March" in them is no march."""

    @classmethod
    def of(cls, linked: LinkedReading) -> Scene:
        by_head: dict[int, LinkedMention] = {}
        covering: dict[int, LinkedMention] = {}
        for mention in sorted(linked.mentions, key=lambda m: m.last - m.first):
            by_head.setdefault(mention.head, mention)
            for i in range(mention.first, mention.last):
                covering.setdefault(i, mention)
        timed = frozenset(i for t in linked.times for i in range(*t.tokens))
        actors = {a.id: a for a in linked.actors}
        return cls(linked, Clauses.of(linked.reading), by_head, covering, actors, timed)

    def mention_of(self, token: int, depth: int = 0) -> LinkedMention | None:
        """The mention that a noun stands for: headed by it, or behind a transparent noun
        ("dozens of villagers"), or, for a noun that is no mention itself, its name in apposition."""
        clauses = self.clauses
        own = self.by_head.get(token)
        lemma = clauses.tokens[token].lemma.lower()
        vague = own is not None and (
            (lemma in TRANSPARENT and self._bare(own)) or (not own.named and lemma in _OPEN)
        )
        if own and own.actor is None and not own.named and own.type == "place" and lemma in _HOLDINGS:
            return self._holder(token) or own
        if own and not vague:
            return own
        if own is None and lemma in _HOLDINGS and (held := self._holder(token)) is not None:
            return held
        if depth < 3:
            if lemma in _OPEN or clauses.tokens[token].upos in ("NUM", "DET", "PRON"):
                for c in clauses.with_rel(token, "nmod"):
                    if clauses.preposition(c) == "of" and (found := self.mention_of(c, depth + 1)):
                        return found
            for c in clauses.with_rel(token, "appos", "flat", "flat:name"):
                if found := self.mention_of(c, depth + 1):
                    return found
        if own:
            return own
        mention = self.covering.get(token)
        return mention if mention and mention.first <= token < mention.last and mention.named else None

    def _bare(self, mention: LinkedMention) -> bool:
        """Whether a mention is its head with at most an article or a numeral ("a group")."""
        tokens = self.clauses.tokens[mention.first : mention.last]
        return all(t.i == mention.head or t.upos in ("DET", "NUM") for t in tokens)

    def owner(self, token: int, prepositions: tuple[str, ...]) -> LinkedMention | None:
        """Whose thing a noun names: the possessor, a name or adjective before it, or who stands behind one of
        the prepositions, the first of which counts most."""
        clauses = self.clauses
        own = self.by_head.get(token)
        if clauses.tokens[token].upos not in ("NOUN", "PROPN") or (own is not None and own.actor):
            return None
        phrases = [(clauses.preposition(c), c) for c in clauses.with_rel(token, "nmod")]
        for participle in clauses.with_rel(token, "acl"):
            phrases += [(clauses.preposition(c), c) for c in clauses.with_rel(participle, "obl", "obl:agent")]
        below = clauses.with_rel(token, *_OWNERS)
        below += [c for wanted in prepositions for prep, c in phrases if prep == wanted]
        for c in below:
            mention = self.mention_of(c)
            if mention is None or mention.type not in _OWNING or (own is not None and mention.id == own.id):
                continue
            if mention.actor is not None or clauses.tokens[c].upos != "PRON":  # nobody knows whose "his" is
                return mention
        return None

    def _holder(self, token: int) -> LinkedMention | None:
        """Whose a post, a camp or a convoy is: its owner, the body before it, or the one behind "of"."""
        clauses = self.clauses
        near = [c for c in clauses.with_rel(token, "nmod:poss", "compound", "amod") if c in self.by_head]
        near += [c for c in clauses.with_rel(token, "nmod") if clauses.preposition(c) == "of"]
        for c in near:
            found = self.by_head.get(c)
            if found is not None and found.type in (
                "group",
                "military",
                "organisation",
                "government",
                "person",
            ):
                return found
        return None


def matches(scene: Scene, index: Index, owned: bool = False) -> Iterator[Match]:
    """Every unit that stands in the text, in text order; several units of one word may match. ``owned``: a
    role in which a thing stands is filled by whose thing it is."""
    for token in scene.clauses.tokens:
        kind = _CLASS.get(token.upos)
        if kind is None or token.i in scene.timed:
            continue
        if kind == "noun" and token.deprel == "compound":
            continue  # "attack helicopter", "peace talks venue": the head noun is what is spoken of
        if owned and _in_name(scene, token.i):
            continue  # the March of Dimes does not march
        found = index.get((kind, token.lemma.lower()), ())
        if kind == "adj":
            found = found + index.get(("verb", token.lemma.lower()), ())
        if not found:
            continue
        frame = scene.clauses.frame(token.i)
        for concept, unit, rest in found:
            if rest and not _has_rest(scene.clauses, token.i, rest):
                continue
            if match := _match(scene, concept, unit, frame, owned):
                yield match


def _in_name(scene: Scene, i: int) -> bool:
    """Whether a word stands inside the name of somebody, and is written as a part of it."""
    covering = scene.covering.get(i)
    return (
        covering is not None
        and covering.named
        and covering.last - covering.first > 1
        and scene.clauses.tokens[i].upos == "PROPN"
    )


def _has_rest(clauses: Clauses, i: int, rest: str) -> bool:
    """Whether the remaining words of a multi-word lemma hang on the trigger (particle, fixed object…)."""
    wanted = rest.split()
    here = {clauses.tokens[c].text.lower() for c in clauses.children[i]}
    here |= {clauses.tokens[c].lemma.lower() for c in clauses.children[i]}
    for phrase in clauses.with_rel(i, "obl"):
        first, *more = clauses.with_rel(phrase, "case") or [i]
        if more:  # "pulled *out* of the valley", but not "gave *in* March"
            here.add(clauses.tokens[first].text.lower())
    return all(word in here for word in wanted)


def _match(scene: Scene, concept: str, unit: Unit, frame: Frame, owned: bool) -> Match | None:
    for role, lemmas in unit.where.items():
        # "pledged that it would not attack" is no threat: what is negated says the contrary
        if not any(
            _fits(scene, i, lemmas) and not (role == "comp" and _negated(scene, i)) for i in frame.get(role)
        ):
            return None
    for role, lemmas in unit.without.items():
        if any(_fits(scene, i, lemmas) for i in frame.get(role)):
            return None
    roles: dict[str, tuple[LinkedMention, ...]] = {}
    bare: dict[str, tuple[int, ...]] = {}
    for role, wanted in unit.roles.items():
        blamed = concept == "ACCUSE" and role == "recipient" and unit.mode != "investigate"
        mentions, heads = _fill(scene, frame, wanted, roles, owned, blamed)
        roles[role] = mentions
        bare[role] = heads
    if unit.symmetric:
        roles = _split(roles)
    if any(not roles.get(need) for need in unit.needs):
        return None
    return Match(concept, unit, frame, roles, bare)


def _negated(scene: Scene, i: int) -> bool:
    return any(
        scene.clauses.tokens[c].lemma.lower() in ("not", "n't", "n’t", "never")
        for c in scene.clauses.with_rel(i, "advmod")
    )


def _fits(scene: Scene, i: int, lemmas: tuple[str, ...]) -> bool:
    if i in scene.timed:
        return False  # "fired on Tuesday" says nothing of whom
    token = scene.clauses.tokens[i]
    for lemma in lemmas:
        if lemma == "*":
            return True
        if lemma.startswith("@"):
            mention = scene.mention_of(i)
            if mention is not None and mention.type == lemma[1:]:
                return True
        elif token.lemma.lower() == lemma or token.text.lower() == lemma:
            return True
    return False


def _fill(
    scene: Scene,
    frame: Frame,
    wanted: tuple[str, ...],
    taken: dict[str, tuple[LinkedMention, ...]],
    owned: bool,
    blamed: bool = False,
) -> tuple[tuple[LinkedMention, ...], tuple[int, ...]]:
    """The mentions in the first of the wanted arguments that holds any which no other role has; where none
    does, those whose thing stands there ("rejected *the minister's* plan"). ``blamed``: of a harm that stands
    there those count who did it ("condemned the raid *by* the League *on* Hama")."""
    others = [m for mentions in taken.values() for m in mentions]
    used: set[str | None] = {*(m.id for m in others), *(m.actor for m in others if m.actor)}
    bare: tuple[int, ...] = ()
    for argument in wanted:
        heads = frame.get(argument)
        if blamed:
            heads = tuple(h for h in heads if not suffered(scene, frame, h))
        beside = owned and argument.startswith("obl:") and "with" not in argument
        if beside and (owners := _owners_before(scene, frame, heads, used)):
            return owners, frame.get("obj")
        found: dict[str, LinkedMention] = {}
        for head in heads:
            mention = scene.mention_of(head)
            if mention and mention.id not in used:
                found[mention.id] = mention
        if found:
            return tuple(found.values()), heads
        bare = bare or heads
    for argument in wanted:
        prepositions = _MADE if argument == "subj" else _MEANT
        thing = owned and argument.partition(":")[0] in ("subj", "obj", "iobj", "obl")
        heads = frame.get(argument) if thing else ()
        harms = tuple(h for h in heads if blamed and scene.clauses.tokens[h].lemma.lower() in _HARMS)
        if owners := _owners(scene, tuple(h for h in heads if h not in harms), used, prepositions):
            return owners, heads
        if owners := _culprits(scene, harms, used):
            return owners, heads
    return (), bare


_MADE = ("by", "from", "of")
_MEANT = (*_MADE, "on", "against", "with", "for", "to", "between", "among", "in")
"""Behind which prepositions those stand who made a thing, or who are meant by it; the first counts most."""
_SUFFERED = frozenset({
    "killing", "murder", "slaying", "death", "assassination", "execution", "kidnapping", "abduction",
    "capture", "arrest", "detention", "imprisonment", "jailing", "torture", "beating", "rape", "persecution",
    "destruction", "deportation", "expulsion",
})  # fmt: skip
"""Harms that are called by those to whom they are done: "the mayor's murder"."""
_HARMS = _SUFFERED | {
    "attack", "assault", "raid", "strike", "airstrike", "bombing", "shelling", "bombardment", "shooting",
    "massacre", "slaughter", "genocide", "seizure", "violence", "siege", "invasion", "occupation", "blast",
    "explosion", "campaign", "crackdown",
}  # fmt: skip
"""What is done to people: whose it is said to be, or where, does not tell who did it."""
_OWNERS = ("nmod:poss", "compound", "amod")


def _owners(
    scene: Scene, heads: tuple[int, ...], used: set[str | None], prepositions: tuple[str, ...]
) -> tuple[LinkedMention, ...]:
    """Whose things the heads are; ``used``: mentions and actors in another role."""
    found: dict[str, LinkedMention] = {}
    for head in heads:
        mention = scene.owner(head, prepositions)
        if mention is not None and not used & {mention.id, mention.actor}:
            found[mention.id] = mention
    return tuple(found.values())


def suffered(scene: Scene, frame: Frame, i: int) -> bool:
    """Whether a noun stands with a harm below the trigger as those to whom it is done: "condemned the murder
    *of two nuns*". A state in which it is done may be blamed for it."""
    clauses = scene.clauses
    over = clauses.tokens[i].head
    if over == i or clauses.tokens[over].lemma.lower() not in _HARMS or clauses.tokens[over].upos != "NOUN":
        return False
    if clauses.tokens[i].deprel != "nmod" or over in clauses.ancestors(frame.trigger):
        return False
    mention = scene.mention_of(i)
    state = mention is not None and mention.actor is not None and clauses.preposition(i) == "in"
    return not state and clauses.preposition(i) not in ("by", "from")


def _culprits(scene: Scene, harms: tuple[int, ...], used: set[str | None]) -> tuple[LinkedMention, ...]:
    """Who did a harm, as far as its own phrase says so: behind "by", or whose attack it is, but not whose
    murder, and not the town that an attack is named for."""
    clauses = scene.clauses
    found: list[LinkedMention] = []
    for harm in harms:
        for mention in _owners(scene, (harm,), used, ("by", "from", "in")):
            stands = clauses.tokens[mention.head].deprel
            suffered = stands == "nmod:poss" and clauses.tokens[harm].lemma.lower() in _SUFFERED
            town = stands == "compound" and mention.type == "place"
            if not suffered and not town:
                found.append(mention)
    return tuple(found)


def _owners_before(
    scene: Scene, frame: Frame, heads: tuple[int, ...], used: set[str | None]
) -> tuple[LinkedMention, ...]:
    """The possessors of an object, where the heads stand in a phrase on that object: in "rejected *May's*
    plan for leaving the *Union*" the one is refused, not the other."""
    objects = frame.get("obj")
    if not objects or not heads:
        return ()
    clauses = scene.clauses
    possessed = [o for o in objects if scene.by_head.get(o) is None and clauses.with_rel(o, "nmod:poss")]
    inside = {i for o in possessed for i in clauses.subtree(o)}
    return _owners(scene, tuple(possessed), used, _MADE) if inside.issuperset(heads) else ()


def _split(roles: dict[str, tuple[LinkedMention, ...]]) -> dict[str, tuple[LinkedMention, ...]]:
    """For symmetric units: the second and later actors of one role fill the other, if it is empty."""
    names = list(roles)
    if len(names) != 2:
        return roles
    first, second = names
    for full, empty in ((first, second), (second, first)):
        if len(roles[full]) > 1 and not roles[empty]:
            return {first: roles[full][:1], second: roles[full][1:]}
    return roles
