"""Ties that office titles tell of: "Gabonese interior minister X", "X, leader of the Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.entries import OfficeEntry
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.match import Scene
from saydo.coding.ties_ends import NO_ACTOR
from saydo.model.linked import LinkedMention

ENDED = frozenset({"former", "ex", "late", "erstwhile", "one-time", "onetime", "ousted", "deposed", "then"})


class Titled(NamedTuple):
    """A tie read off a title: its type, its ends, the title's frame and words, and whether it is over."""

    type: str
    person: LinkedMention
    whole: LinkedMention
    frame: Frame
    title: str
    ended: bool


def titled_ties(scene: Scene, titles: dict[str, OfficeEntry]) -> Iterator[Titled]:
    """Office and leadership of named or known people; ``titles`` as ``title_index`` gives them."""
    for token in scene.clauses.tokens:
        if token.upos not in ("NOUN", "PROPN"):
            continue
        entry, title = _title(scene.clauses, titles, token.i)
        if entry is None or _not_held(scene.clauses, token.i):
            continue
        frame = scene.clauses.frame(token.i)
        person = _holder(scene, frame)
        whole = _whole(scene, frame, person, entry)
        if person is None or whole is None or not _is_somebody(scene, person):
            continue
        if whole.type == "nationality" and whole.actor is None:
            continue  # "the Democratic nominee": no state
        if entry.sector in _CALLINGS and whole.type in ("nationality", "place"):
            continue  # "a Danish surgeon" holds no office of Denmark; "a Reuters correspondent" has a post
        tie: str = entry.tie
        if tie == "none":
            if whole.type not in _BODIES:
                continue
            tie = "affiliation"  # "Navy lieutenant Ana Duarte", "Corporal Sow of the Desert Guard"
        if tie == "office" and whole.type == "group":
            tie = "leadership" if title in _HEADS else "office"
        elif tie == "leadership" and (
            whole.type in ("place", "government", "nationality") and entry.sector != "REB"
        ):
            tie = "office"
        if whole.type == "nationality" and (told := _party(scene, whole)) is not None:
            tie = told  # "a Democratic congressman" holds no office of the party
        if title.endswith("member"):
            tie = "affiliation"
        if inside(scene, token.i, whole):
            tie = "affiliation"
        words = {scene.clauses.tokens[c].lemma.lower() for c in scene.clauses.children[token.i]}
        words |= {scene.clauses.tokens[token.i - 1].lemma.lower()} if token.i else set()
        yield Titled(tie, person, whole, frame, title, bool(words & ENDED))


def _not_held(clauses: Clauses, title: int) -> bool:
    """Whether a title is only aspired to or thought of: "the next president", "should not be minister"."""
    children = [clauses.tokens[c] for c in clauses.children[title]]
    lemmas = {t.lemma.lower() for t in children}
    if lemmas & _YET_TO_COME:
        return True
    copula = any(t.deprel == "cop" for t in children)
    return copula and any(
        t.lemma.lower() in _THOUGHT_OF or (t.deprel == "mark" and t.lemma.lower() in ("to", "if"))
        for t in children
    )


_YET_TO_COME = frozenset({"next", "future", "prospective", "would-be", "possible", "potential"})
_THOUGHT_OF = frozenset(
    {"should", "would", "could", "can", "may", "might", "will", "shall", "must", "not", "n't", "n’t", "never"}
)


def _party(scene: Scene, whole: LinkedMention) -> str | None:
    actor = scene.actors.get(whole.actor or "")
    return "affiliation" if actor is not None and actor.kind in ("party", "movement") else None


def inside(scene: Scene, title: int, whole: LinkedMention) -> bool:
    """Whether a leader's title names a place in a body, not the lead of it: "commander *in* the navy", "a
    League *gang* leader"."""
    clauses = scene.clauses
    if clauses.tokens[whole.head].head == title and clauses.preposition(whole.head) == "in":
        return whole.type in ("military", "group", "organisation")
    part = clauses.tokens[title - 1] if title else None
    return part is not None and part.head == title and part.lemma.lower() in _PARTS and whole.last <= part.i


_PARTS = frozenset(
    {"gang", "cell", "crew", "squad", "team", "unit", "section", "platoon", "branch", "district"}
)
_BODIES = ("military", "group", "organisation", "igo")
_CALLINGS = frozenset({"JRN", "EDU", "MED", "CVL", "BUS", "LAB", "AGR", "REL"})
"""Sectors whose titles are callings, not offices of a state."""
_HEADS = frozenset({"leader", "commander", "head", "chief", "founder", "emir", "chairman", "president"})


def _title(clauses: Clauses, titles: dict[str, OfficeEntry], i: int) -> tuple[OfficeEntry | None, str]:
    """The longest office title that ends at this word."""
    tokens = clauses.tokens
    for length in (3, 2, 1):
        first = i - length + 1
        if first < 0 or tokens[first].sentence != tokens[i].sentence:
            continue
        words = [t.text.lower() for t in tokens[first:i]] + [tokens[i].lemma.lower()]
        joined = " ".join(words)
        if entry := titles.get(joined) or titles.get(joined.replace(" - ", "-")):
            return entry, joined
    return None, ""


def _is_somebody(scene: Scene, person: LinkedMention) -> bool:
    """A name, or a description that is resolved to a person: "the president" alone holds no office."""
    return person.named or any(a.id == person.actor and a.kind == "person" for a in scene.linked.actors)


def _holder(scene: Scene, frame: Frame) -> LinkedMention | None:
    denoted = frame.get("self")
    if scene.clauses.tokens[frame.trigger].deprel == "appos":
        # "X, Y and Z, chairman of the board": of those before it the nearest is meant
        denoted = tuple(sorted(denoted, key=lambda i: (i > frame.trigger, abs(i - frame.trigger))))
    for i in denoted:
        mention = scene.mention_of(i)
        if mention is not None and mention.type == "person":
            return mention
    for i in scene.clauses.subtree(frame.trigger):
        # "the governor of the province of X, Ana Brnabić, …": parsers hang the name on the province
        mention = scene.by_head.get(i)
        if mention is not None and mention.named and mention.type == "person":
            if scene.clauses.tokens[i].deprel == "appos":
                return mention
    mention = scene.covering.get(frame.trigger)
    if mention is not None and mention.type == "person":
        token = scene.clauses.tokens[frame.trigger]
        # inside "Prime Minister Ana Brnabić" the title hangs on the name; deeper in ("envoy of the
        # president") it is somebody else's
        if mention.head == frame.trigger or token.head == mention.head:
            return mention
    return None


def _whole(
    scene: Scene,
    frame: Frame,
    person: LinkedMention | None,
    entry: OfficeEntry,
    passed: frozenset[int] = frozenset(),
) -> LinkedMention | None:
    """The state or organisation of an office: possessor, "of …", adjective or compound before the title.
    ``passed``: titles from which the way led here, since two people may each stand with the other's."""
    passed |= {frame.trigger}
    for role in ("poss", "obl:of|for|in", "mod"):
        for i in frame.get(role):
            if found := _owner(scene, frame, i, person, entry, passed):
                return found
    tokens = scene.clauses.tokens
    governor = tokens[frame.trigger]
    if governor.deprel in ("compound", "nmod:desc", "flat") and governor.head != governor.i:
        # "Iranian President Hassan Rouhani": the adjective may hang on the name
        above = scene.clauses.frame(governor.head)
        for i in above.get("mod"):
            mention = scene.by_head.get(i)
            if mention is not None and _owns(mention) and i < frame.trigger:
                return mention
    follows = frame.trigger + 1
    if follows + 2 < len(tokens) and tokens[follows].text.lower() == "of":
        # the phrase right behind the title is its own, wherever the parser hung it
        behind = next(
            (m for m in scene.linked.mentions if follows < m.first <= follows + 2 and m.head < follows + 6),
            None,
        )
        if behind is not None and not _of_another(scene.clauses, behind):
            return _owner(scene, frame, behind.head, person, entry, passed)
    if follows + 1 < len(tokens) and tokens[follows].text == "," and governor.deprel == "appos":
        # "General Ana Duarte, commander, Southern Corps"
        named = next((m for m in scene.linked.mentions if m.first == follows + 1 and m.named), None)
        if named is not None and named.type in ("military", "group", "organisation", "government"):
            return named
    return None


def _of_another(clauses: Clauses, mention: LinkedMention) -> bool:
    """Whether a mention only says what kind or whose another noun is: a chairman "of the *Kenyan* branch" has
    no office of Kenya."""
    token = clauses.tokens[mention.head]
    return token.deprel in ("amod", "compound", "nmod:poss") and token.head >= mention.last


def _owns(mention: LinkedMention) -> bool:
    return mention.type not in NO_ACTOR and mention.type != "person"


def _owner(
    scene: Scene,
    frame: Frame,
    i: int,
    person: LinkedMention | None,
    entry: OfficeEntry,
    passed: frozenset[int],
) -> LinkedMention | None:
    mention = scene.by_head.get(i) or scene.mention_of(i)
    if mention is None or (person is not None and mention.id == person.id):
        return None
    if mention.type == "person" and mention.head != frame.trigger:
        # "the special envoy of the Russian president": the office is the state's
        if mention.head in passed:
            return None
        return _whole(scene, scene.clauses.frame(mention.head), None, entry, passed)
    return mention if _owns(mention) else None
