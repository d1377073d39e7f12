"""Which names may be one actor's: proposals, found by looking names up and never by comparing all pairs.

Each rule gives for one actor (or for one actor of one report) all those whom it may be, each with what speaks
for it and on what that stands. Whether anything is merged is decided where all proposals are seen together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from saydo.model.identity import Sight
from saydo.model.ids import fold
from saydo.model.names import sound
from saydo.weighing.likeness import Census, Groups, Node, objection
from saydo.weighing.sightings import Key, Lore, Seen, Short, body_key, letters_of, spells

_GENERIC = frozenset(
    sound(word)
    for word in "force forces fighter fighters militia militias militant militants rebel rebels troops "
    "gunmen guerrillas faction party movement group organisation organization company inc corp corporation "
    "ltd llc co plc federation republic emirate kingdom sultanate principality state mining oil gas energy "
    "petroleum bank airline airlines airways shipping lines steel industries holdings holding telecom "
    "international limited foundation".split()
)
"""Words that a body's name may have or lack without being another's."""
_ALIKE = 0.6
"""Share of letters in common, by the longest matching blocks, of two spellings of one name."""
_LONG = 6
"""Letters of a last name from which on another spelling of it is looked for."""
_MANY = 12
_GENERATIONS = frozenset(["jr", "sr", "junior", "senior", "ii", "iii", "iv"])
_NOBODY = "nobody else is named with both"


class Proposal(NamedTuple):
    """That ``one`` may be ``other``."""

    rule: str
    one: str
    other: str
    document: str | None
    reason: str
    evidence: tuple[Sight, ...]
    against: str = ""


Proposals = Iterator[list[Proposal]]
"""For one actor at a time, all whom it may be."""


def same_spelling(census: Census, groups: Groups, lore: Lore) -> Proposals:
    """Names that sound alike: transliterations, accents, articles, titles before a name. Where one and the
    same name has two ids, somebody told the two apart."""
    classes: dict[tuple[bool, Key], list[Node]] = {}
    aside = frozenset(census.aside.values())
    for node in census.nodes.values():
        if node.id in aside:
            continue
        plain = node.letters is None and len(node.key) > 1
        for key in {node.key} | (_listed_keys(node) if node.listed else set()):
            if plain or (node.listed and len(key) > 1):
                classes.setdefault((node.person, key), []).append(node)
    for _, nodes in sorted(classes.items()):
        if len(nodes) < 2:
            continue
        head = min(nodes, key=lambda n: (not n.listed, -len(n.documents), n.id))
        for node in sorted(nodes, key=lambda n: n.id):
            if node is not head and not node.listed and fold(node.name) != fold(head.name):
                reason = f"“{node.name}” is another writing of “{head.name}”"
                made = _between("spelling", node, head, reason)
                if not _spelled_alike(node.name, head.name, lore):
                    made = made._replace(
                        against=made.against or "they sound alike, but are spelled otherwise"
                    )
                yield [made]


def _spelled_alike(one: str, other: str, lore: Lore) -> bool:
    """Whether the words that only one of two names has are much the same letter by letter: "Qaddafi" and
    "Gadhafi" are, "Murray" and "Moore" are not. Titles and function words do not count."""
    a, b = ([w for w in fold(name).split() if w not in lore.common] for name in (one, other))
    left, right = "".join(w for w in a if w not in b), "".join(w for w in b if w not in a)
    return not left or not right or SequenceMatcher(None, left, right, autojunk=False).ratio() >= _ALIKE


def _listed_keys(node: Node) -> set[Key]:
    """The names under which reports know an actor of the codebook; states and their organs go by words that
    are nobody's name."""
    if node.person or node.id[:3].isupper():
        return set()
    return {body_key(s.words) for seen in node.seen for s in seen.forms if letters_of(s.words) is None}


def _between(rule: str, one: Node, other: Node, reason: str, *, names: bool = True) -> Proposal:
    against = objection(one, other, names=names)
    if one.person and other.person and _generation(one) != _generation(other):
        against = against or "only one of them is called Jr. or the like"
    return Proposal(rule, one.id, other.id, None, reason, (one.sight, other.sight), against)


def _generation(node: Node) -> frozenset[str]:
    """What tells father from son: both have one name."""
    return _GENERATIONS & frozenset(fold(node.name).split()[1:])


def also_known_as(census: Census, groups: Groups) -> Proposals:
    """Names that a report itself says are one actor's."""
    for roll in census.rolls.values():
        for called in roll.called:
            one, other = census.nodes.get(called.one), census.nodes.get(called.other)
            if one is None or other is None:
                continue
            first, second = called.first.words, called.second.words
            reason = f"{roll.document} says that “{first}” is also known as “{second}”"
            lesser, greater = sorted((one, other), key=lambda n: (n.listed, len(n.documents), n.id))
            evidence = (called.first, called.second)
            against = "one is a person, the other is not" if one.person != other.person else ""
            yield [Proposal("also known as", lesser.id, greater.id, None, reason, evidence, against)]


def wordings(census: Census, groups: Groups) -> Proposals:
    """Names of bodies with and without such words as "forces" or "party"."""
    surnames = {n.key[-1] for n in census.nodes.values() if n.person and len(n.key) > 1}
    classes: dict[Key, list[tuple[Key, Node]]] = {}
    bodies = (n for n in census.nodes.values() if not n.person or _lone_word(n))
    for node in bodies:
        if node.letters or not node.key:
            continue
        core = tuple(piece for piece in node.key if piece not in _GENERIC)
        if core and max(map(len, core)) > 3 and not (len(core) == 1 and core[0] in surnames):
            classes.setdefault(core, []).append((node.key, node))
    for core, held in sorted(classes.items()):
        plain = [n for key, n in held if key == core]
        longer = [n for key, n in held if key != core]
        for node in plain:
            if node.listed or not longer:
                yield from ([_wording(n, node)] for n in longer if not n.listed)
            else:
                yield [_wording(node, n) for n in longer]


def _wording(one: Node, other: Node) -> Proposal:
    reason = f"“{one.name}” and “{other.name}” differ in common words only"
    lone = (one.person or other.person) and not one.documents & other.documents
    return _between("wording", one, other, reason, names=not lone)


def _lone_word(node: Node) -> bool:
    """Whether only a lone name makes it a person: "Tarn" may be the Federation of Tarn."""
    return len(node.key) == 1 and not node.listed and not any(s.human for s in node.seen)


def shorter_names(census: Census, groups: Groups) -> Proposals:
    """Full names of persons with and without what stands in the middle, or in front."""
    people = [n for n in census.nodes.values() if n.person and len(n.key) > 1]
    ends: dict[tuple[str, str], list[Node]] = {}
    tails: dict[Key, list[Node]] = {}
    for node in people:
        key = node.key
        for first in {key[0], key[0][0]} if len(key) > 2 else ():
            ends.setdefault((first, key[-1]), []).append(node)
        for length in range(2, len(key)):
            tails.setdefault(key[-length:], []).append(node)
    for node in sorted(people, key=lambda n: (-len(n.key), n.id)):
        yield [
            _between("shorter name", node, n, f"“{n.name}” is “{node.name}” in full")
            for n in ends.get((node.key[0], node.key[-1]), ())
            if len(n.key) > len(node.key) and _within(node.key, n.key)
        ]
        backed = [_backed(census, node, n) for n in tails.get(node.key, ())]
        yield [p for p in backed if p is not None]


def _within(short: Key, long: Key) -> bool:
    rest = iter(long)
    return all(any(_alike(piece, other) for other in rest) for piece in short)


def _alike(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _backed(census: Census, node: Node, longer: Node) -> Proposal | None:
    """The end of a longer name, which is a name of its own as long as no common company backs it."""
    reason = f"“{node.name}” is a part of “{longer.name}”"
    made = _between("shorter name", node, longer, reason)
    shared = census.shared(node.documents, longer.documents, (node.id, longer.id))
    return made._replace(reason=f"{reason}, and both are named with {shared}") if shared else None


def abbreviations(census: Census, groups: Groups, lore: Lore) -> Proposals:
    """Abbreviations that stand alone in one report and with their name in another."""
    given = _given(census)
    spelled: dict[str, list[Node]] = {}
    for node in census.nodes.values():
        if not node.person and not node.letters and len(node.name.split()) > 2:
            for letters in _initials(node.name):
                spelled.setdefault(letters, []).append(node)
    for node in sorted(census.nodes.values(), key=lambda n: n.id):
        if node.letters is None or node.listed:
            continue
        found = list(_abbreviated(census, node, given.get(node.letters, {}), lore))
        if not found and len(node.letters) > 2:
            reason = f"“{node.letters}” are the initials of"
            found = [
                _between("abbreviation", node, other, f"{reason} “{other.name}”", names=False)._replace(
                    against="no report gives the one with the other"
                )
                for other in spelled.get(node.letters, ())
            ]
        if found:
            yield found


def _abbreviated(census: Census, node: Node, given: Mapping[str, Short], lore: Lore) -> Iterator[Proposal]:
    """Those to whom a report, or else the codebook, gives an abbreviation."""
    for id, short in sorted(given.items()):
        if id != node.id:
            made = _between("abbreviation", node, census.nodes[id], _given_in(short), names=False)
            yield made._replace(evidence=(node.sight, short.short, short.whole))
    for id in lore.letters.get(node.letters or "", ()) if not given else ():
        if id in census.nodes:
            reason = f"the codebook gives it “{node.letters}”"
            yield _between("abbreviation", node, census.nodes[id], reason, names=False)


def _given(census: Census) -> dict[str, dict[str, Short]]:
    """Letters → actor → where a report gives it these letters, in brackets if any does."""
    given: dict[str, dict[str, Short]] = {}
    for node in census.nodes.values():
        if node.letters:
            continue
        for seen in sorted(node.seen, key=lambda s: s.document):
            for short in seen.shorts:
                held = given.setdefault(short.letters, {})
                if node.id not in held or (short.bracketed and not held[node.id].bracketed):
                    held[node.id] = short
    return given


def _given_in(short: Short) -> str:
    how = "in brackets" if short.bracketed else "for it"
    return f"{short.whole.document} gives “{short.whole.words}” the abbreviation “{short.short.words}” {how}"


def _initials(name: str) -> Iterator[str]:
    capitals = "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())
    if spells(capitals, name):
        yield capitals


def misread_abbreviations(census: Census, groups: Groups) -> Proposals:
    """Abbreviations that the codebook knows, in reports that have nothing else of the codebook's actor, where
    another report gives them to an actor of this case."""
    given = _given(census)
    for roll in census.rolls.values():
        for seen in roll.seen:
            letters = {letters_of(s.words) for s in seen.forms}
            if not seen.listed or len(letters) != 1:
                continue
            own = given.get(next(iter(letters)) or "", {})
            own = {id: short for id, short in own.items() if not census.nodes[id].listed}
            if own and not _spoken_of(roll.seen, seen):
                yield [_misread(census, seen, census.nodes[id], short) for id, short in sorted(own.items())]


def _spoken_of(others: Iterable[Seen], seen: Seen) -> bool:
    """Whether a report speaks of the country of the actor besides naming it."""
    return any(o.id != seen.id and o.country and o.country == seen.country for o in others)


def _matter(seen: Seen, node: Node, but: set[str]) -> list[str]:
    """The words around an actor of one report that stand around another in any."""
    return sorted({w for s in node.seen for w in s.around}.intersection(seen.around) - but)


def _misread(census: Census, seen: Seen, node: Node, short: Short) -> Proposal:
    reason = f"{_given_in(short)}, and nothing here is of {seen.country or 'the codebook’s ' + seen.name}"
    shared = census.shared((seen.document,), node.documents, (seen.id, node.id))
    if not shared:
        matter = _matter(seen, node, set(node.key))
        shared = ", ".join(matter[:3]) if len(matter) > _MATTER else ""
    against = "" if shared else f"the codebook has “{seen.name}”, and nobody else is named with both"
    if shared:
        reason += f"; both are named with {shared}"
    evidence = (seen.sight, short.short, short.whole)
    return Proposal("abbreviation", seen.id, node.id, seen.document, reason, evidence, against)


def last_names(census: Census, groups: Groups, lore: Lore) -> Proposals:
    """Persons whom one report calls by the last name alone and another by the full name."""
    bearers: dict[str, list[Node]] = {}
    for node in census.nodes.values():
        if node.person and _full(node, lore):
            bearers.setdefault(node.key[-1], []).append(node)
    for roll in census.rolls.values():
        for seen in roll.seen:
            held = bearers.get(seen.key[0], ()) if _lone(seen, lore) else ()
            if not held or len(held) > _MANY:
                continue  # of so many nobody could choose one
            found = [p for n in held if (p := _last_name(census, seen, n)) is not None]
            beside = [s for s in roll.seen if s is not seen and _lone(s, lore)]
            found = [_with_others(p, census, beside, bearers) for p in found]
            if not seen.human and not any(s.human for p in found for s in census.nodes[p.other].seen):
                continue  # no report shows any to be a person: "Jazz" and "Modern Jazz"
            roots = {groups.root(p.other) for p in found}
            if len(roots) == 1 or any(not p.against for p in found):
                yield found


def _with_others(
    found: Proposal, census: Census, beside: Iterable[Seen], bearers: Mapping[str, list[Node]]
) -> Proposal:
    """Two last names that stand together speak for each other where both full names stand together, too."""
    if found.against != _NOBODY:
        return found
    where = set(census.nodes[found.other].documents)
    for other in beside:
        for bearer in bearers.get(other.key[0], ()):
            if bearer.id != found.other and where & set(bearer.documents):
                reason = f"{found.reason}, and “{other.name}” beside it that of “{bearer.name}”"
                return found._replace(reason=reason, against="")
    return found


def _full(node: Node, lore: Lore) -> bool:
    """Whether a person's name is a full one: "Senator Lund" and "Lund-Berg" are none."""
    words = fold(node.name).split()
    if len(node.key) < 2 or " " not in node.name or words[-1] in lore.common:
        return False
    return any(word not in lore.common for word in words[:-1])


def _lone(seen: Seen, lore: Lore) -> bool:
    """Whether a report has nothing but the last name of a person."""
    if not seen.person or seen.listed or len(seen.key) != 1 or letters_of(seen.name) is not None:
        return False
    return len(seen.key[0]) > 2 and fold(seen.name) not in lore.common


_MATTER = 2
"""Words that two passages must share for a last name to be taken for the full one by its matter alone."""


def _last_name(census: Census, seen: Seen, node: Node) -> Proposal | None:
    last = [w for w in fold(node.name).split() if w not in _GENERATIONS][-1]
    alike = SequenceMatcher(None, fold(seen.name), last, autojunk=False).ratio()
    if fold(seen.name) != last and (len(last) < _LONG or alike < _ALIKE):
        return None
    alone = Node(seen.id, [seen])
    against = objection(alone, node)
    shared = census.shared((seen.document,), node.documents, (seen.id, node.id))
    reason = f"“{seen.name}” is the last name of “{node.name}”"
    if shared:
        reason += f", and both are named with {shared}"
    elif not against:
        own = {*node.key, *fold(node.name).split()}
        matter = _matter(seen, node, own)
        if len(matter) < _MATTER:
            against = _NOBODY
        else:
            reason += f", and both passages speak of {', '.join(matter[:3])}"
    if fold(seen.name) != last:
        against = against or "the two are not spelled alike"
    evidence = (seen.sight, node.sight)
    return Proposal("last name", seen.id, node.id, seen.document, reason, evidence, against)
