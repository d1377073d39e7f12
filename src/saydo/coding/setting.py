"""When and where: the time and the place that govern a trigger, read off the tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.coding.clauses import Clauses, Frame
from saydo.coding.match import Scene
from saydo.coding.taken_up import TAKEN_UP, taken_up
from saydo.model.linked import LinkedTime
from saydo.model.records import When

_LOCATIVE = frozenset({
    "in", "at", "near", "on", "outside", "inside", "around", "across", "off", "along", "within", "throughout",
    "over", "above", "north of", "south of", "east of", "west of", "close to", "next to", "into", "through",
    "toward", "towards", "to",
})  # fmt: skip
_CLAUSES_BELOW = ("acl", "acl:relcl", "ccomp", "advcl")
OWN_CLAUSE = "stands in the event's own clause"
_SETTING_A_DATE = frozenset({"schedule", "plan", "set", "slate", "due", "time", "hold", "begin", "start"})
_MOTION = frozenset({"to", "into", "through", "toward", "towards"})
TRANSPARENT_PLACES = frozenset({
    "province", "region", "district", "city", "town", "village", "area", "part", "capital", "state", "county",
    "suburb", "north", "south", "east", "west", "outskirts", "border", "mountain", "valley", "neighbourhood",
    "neighborhood", "island", "coast", "port", "airport", "camp", "base", "street", "square", "market",
    "department", "municipality", "governorate", "oblast", "countryside", "highlands", "slum", "quarter",
})  # fmt: skip


class Setting(NamedTuple):
    """The time and the index of the place of a trigger, each with the reason."""

    time: When | None
    time_reason: str
    place: int | None
    place_reason: str


def setting(scene: Scene, frame: Frame, within: frozenset[int] | None, material: bool = True) -> Setting:
    """Where and when the frame's event is set. ``within``: the tokens of the statement content that the
    trigger stands in; nothing outside is asked then, since the frame of saying has a time of its own.
    ``material``: the event is a deed, which happens where those are who do and suffer it; words are
    spoken anywhere."""
    time, why_time = _time(scene, frame, within, material)
    place, why_place = _place(scene, frame, within, material)
    return Setting(time, why_time, place, why_place)


def when(time: LinkedTime) -> When:
    """The record form of a resolved expression, open where its preposition opens it ("since 2014")."""
    return time.opened or When(from_=time.time.from_, to=time.time.to, precision=time.time.precision)


def _governors(clauses: Clauses, i: int) -> list[int]:
    """The predicates and triggers above a token, near to far."""
    return [
        a for a in clauses.ancestors(i) if clauses.tokens[a].upos in ("VERB", "AUX", "NOUN", "ADJ", "PROPN")
    ]


def _time(
    scene: Scene, frame: Frame, within: frozenset[int] | None, material: bool
) -> tuple[When | None, str]:
    clauses = scene.clauses
    own = {frame.trigger} | ({frame.support} if frame.support is not None else set())
    sentence = clauses.tokens[frame.trigger].sentence
    here = [
        t
        for t in scene.linked.times
        if clauses.tokens[t.head].sentence == sentence
        and t.time.precision != "duration"
        and (within is None or t.head in within)
        and (t.time.from_ or t.time.to)
    ]
    for t in here:
        above = _governors(clauses, t.head)
        if above and (above[0] in own or (len(above) > 1 and above[1] in own and _dates(clauses, above[0]))):
            return when(t), OWN_CLAUSE
    above_trigger = set(_same_clause(clauses, frame.trigger)) | own
    for t in here:
        governors = _governors(clauses, t.head)
        verbs = [g for g in governors if clauses.tokens[g].upos in ("VERB", "AUX") or clauses.is_root(g)]
        if verbs and verbs[0] in above_trigger:
            return when(t), "stands in the clause that governs the event"
    for t in here:
        if own & {clauses.tokens[c].head for c in _at_that_time(clauses, t.head)}:
            return when(t), "stands in a clause that tells when it was"
    beyond = set(clauses.ancestors(frame.trigger)) - above_trigger
    alone = len(here) == 1 and not _of_a_clause_below(clauses, here[0].head, own)
    if alone and not beyond & set(_governors(clauses, here[0].head)[:1]):
        return when(here[0]), "the only time in the sentence"
    if within is None and not here and _told(clauses, frame, material):
        return _carried(scene, sentence)
    if within is not None and not here and (back := taken_up(scene, frame, within)) is not None:
        return _of_sentence(scene, back)
    return None, "no time in the clause" if not here else "several times in the sentence, none governing"


def _same_clause(clauses: Clauses, i: int) -> Iterator[int]:
    """What governs a trigger, up to the noun that its relative clause or participle stands on: a mayor
    "killed in May was buried *on Sunday*"."""
    for a in (i, *clauses.ancestors(i)):
        yield a
        if clauses.tokens[a].deprel in ("acl", "acl:relcl") and clauses.tokens[a].upos in ("VERB", "AUX"):
            return


def _at_that_time(clauses: Clauses, i: int) -> Iterator[int]:
    """The clauses above a time that tell when something else was: four were killed "*when* troops fired on
    Monday"."""
    for a in clauses.ancestors(i):
        if clauses.tokens[a].deprel == "advcl" and clauses.tokens[a].upos in ("VERB", "AUX"):
            marks = {clauses.tokens[m].text.lower() for m in clauses.with_rel(a, "mark", "advmod")}
            if marks & {"when", "as", "while"}:
                yield a
            return


def _of_a_clause_below(clauses: Clauses, i: int, own: set[int]) -> bool:
    """Whether a time belongs to a clause under the event, which says what else was done and when: who "is
    accused of killing nine *in June*" may be accused at any time."""
    for a in (i, *clauses.ancestors(i)):
        if a in own:
            return False
        if clauses.tokens[a].deprel in _CLAUSES_BELOW and clauses.tokens[a].upos in ("VERB", "AUX"):
            return bool(own & set(clauses.ancestors(a)))
    return False


def _dates(clauses: Clauses, i: int) -> bool:
    """Whether what stands between a time and the event only sets the time: a phrase, or a participle that
    says when something is to be ("talks *scheduled* for May")."""
    token = clauses.tokens[i]
    return _inner(clauses, i) or (token.deprel in _CLAUSES_BELOW and token.lemma.lower() in _SETTING_A_DATE)


def _inner(clauses: Clauses, i: int) -> bool:
    return clauses.tokens[i].upos in ("NOUN", "ADJ") and clauses.tokens[i].deprel.startswith(
        ("obl", "nmod", "advmod")
    )


def _told(clauses: Clauses, frame: Frame, material: bool) -> bool:
    """Whether the event is told on the narrative's time line: in the past, or, a deed, in the historical
    present ("then a gunman fires"); "continues to coordinate" is said of now."""
    verb = frame.support if frame.support is not None else frame.trigger
    if clauses.past(verb):
        return True
    token = clauses.tokens[verb]
    return (
        material
        and token.upos == "VERB"
        and token.deprel in ("root", "conj", "parataxis", "ccomp", "advcl", "acl:relcl")
        and not token.text.lower().endswith("ing")
        and not clauses.with_rel(verb, "aux", "aux:pass")
        and not any(clauses.tokens[c].text.lower() == "to" for c in clauses.with_rel(verb, "mark"))
    )


def _carried(scene: Scene, sentence: int) -> tuple[When | None, str]:
    """The narrative time: the last time expression of an earlier sentence of the same paragraph."""
    sentences = scene.linked.reading.sentences
    paragraph = sentences[sentence].paragraph
    for t in reversed(scene.linked.times):
        its = scene.clauses.tokens[t.head].sentence
        if its >= sentence:
            continue
        if sentences[its].paragraph != paragraph:
            break
        if t.time.from_ and t.time.to and t.opened is None:
            return when(t), "carried over from an earlier sentence of the paragraph"
    return None, "no time in the paragraph so far"


def _of_sentence(scene: Scene, sentence: int) -> tuple[When | None, str]:
    """The last time that a sentence before names."""
    for t in reversed(scene.linked.times):
        if scene.clauses.tokens[t.head].sentence == sentence and t.time.from_ and t.time.to and not t.opened:
            return when(t), TAKEN_UP
    return None, "no time in the sentence that it takes up"


def _place(
    scene: Scene, frame: Frame, within: frozenset[int] | None, material: bool
) -> tuple[int | None, str]:
    clauses = scene.clauses
    own = {frame.trigger} | ({frame.support} if frame.support is not None else set())
    over = set(clauses.ancestors(frame.trigger))
    sentence = clauses.tokens[frame.trigger].sentence
    ranked: list[tuple[int, int, str]] = []
    for k, place in enumerate(scene.linked.places):
        if place.metonym or clauses.tokens[place.tokens[0]].sentence != sentence:
            continue
        head = _head(clauses, place.tokens)
        if within is not None and head not in within:
            continue
        anchor = _anchor(clauses, head)
        prep = clauses.preposition(anchor) or _before(clauses, place.tokens[0])
        above = _governors(clauses, anchor)
        if not above:
            continue
        if above[0] in own and (prep in _LOCATIVE or prep == "of"):
            ranked.append(
                (2 if prep in _MOTION or prep == "of" else 0, k, "stands in the event's own clause")
            )
        elif above[0] in own and clauses.tokens[anchor].deprel == "obj":
            ranked.append((1, k, "is the object of the event"))
        elif prep not in _LOCATIVE or prep in _MOTION:
            continue
        elif material and own & set(above):
            ranked.append((1, k, "stands with one who does or suffers it"))
        elif above[0] in over and clauses.tokens[above[0]].upos in ("VERB", "AUX"):
            ranked.append((3, k, "stands in the clause that governs the event"))
    if ranked:
        best = min(ranked)
        return best[1], best[2]
    if material and (back := taken_up(scene, frame, within)) is not None:
        for k, place in enumerate(scene.linked.places):
            prep = clauses.preposition(_anchor(clauses, _head(clauses, place.tokens)))
            here = clauses.tokens[place.tokens[0]].sentence == back and not place.metonym
            if here and (prep or _before(clauses, place.tokens[0])) in _LOCATIVE - _MOTION:
                return k, TAKEN_UP
    return None, "no place in the clause"


def _head(clauses: Clauses, tokens: tuple[int, int]) -> int:
    first, last = tokens
    for i in range(first, last):
        if not first <= clauses.tokens[i].head < last or clauses.tokens[i].head == i:
            return i
    return last - 1


def _before(clauses: Clauses, first: int) -> str:
    """The preposition right before a name whose own tree lost it ("the strike on Wadi Suf")."""
    token = clauses.tokens[first - 1] if first else None
    return token.text.lower() if token is not None and token.upos == "ADP" else ""


def _anchor(clauses: Clauses, i: int) -> int:
    """The noun whose preposition locates: "province" in "in the province of Kunduz"."""
    for _ in range(4):
        token = clauses.tokens[i]
        governor = clauses.tokens[token.head]
        inside = token.deprel.split(":")[0] in ("nmod", "compound", "appos", "amod", "flat", "conj")
        if (
            token.head != i
            and inside
            and (governor.lemma.lower() in TRANSPARENT_PLACES or token.deprel in ("conj", "flat"))
        ):
            i = token.head
        else:
            break
    return i
