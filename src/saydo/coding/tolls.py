"""Tolls: how many an incident killed or hurt, in whatever words the number comes.

"Twelve were killed in the raid" has its number where units look for it. "The death toll of the raid stands at
twelve", "twelve bodies were buried after the raid", "it put the number of dead at twelve" have not. A toll is
coded only where the text says by what violence people came to harm, in the same sentence or just before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from saydo.codebook.entries import Codebook, Unit
from saydo.coding.counts import count_of
from saydo.coding.drafts import DraftEvent
from saydo.coding.match import Match, Scene
from saydo.coding.tolls_occasions import TollWords, occasion, toll_words
from saydo.model.records import Count

TOLL = "toll"
"""The name of the rule of events that are told by nothing but their toll."""
SCORE = 0.7
_KILLS = frozenset({
    "kill", "murder", "slay", "massacre", "slaughter", "butcher", "gun", "die", "perish", "fall", "eliminate",
    "neutralise", "neutralize", "liquidate", "annihilate", "mow", "cut", "martyr",
})  # fmt: skip
_DOWN = frozenset({"gun", "mow", "cut"})
"""Verbs that kill with "down"."""
_HURTS = frozenset({"wound", "injure", "hurt", "maim"})
_TREATED = frozenset({"treat", "hospitalise", "hospitalize", "admit", "bandage"})
_BEARS = frozenset({"sustain", "suffer", "receive"})
_COSTS = frozenset({"cost", "claim", "take"})
_REACHES = frozenset({"at", "to", "as", "above", "over", "of", "near", "past", "beyond", ""})
_BEFORE = 2
"""Sentences back in which the violence may have been told that a bare toll counts."""


class Toll(NamedTuple):
    """A number of dead or hurt people as the text gives it."""

    trigger: int
    hurt: bool
    people: Count
    victims: tuple[int, ...]
    """Head tokens of those counted."""
    occasion: int | None
    """The noun of the incident, where the sentence names it."""


def with_tolls(
    scene: Scene,
    events: Sequence[DraftEvent],
    make: Callable[[Match], DraftEvent],
    barred: Callable[[DraftEvent], bool],
    codebook: Codebook,
) -> list[DraftEvent]:
    """The events with the tolls of their report: added to the event that a toll counts, or beside the others
    where none is coded. ``make`` gives a match its time, place, voice and modality; ``barred`` says of what
    it made whether it is nobody's deed."""
    out = list(events)
    words = toll_words(codebook)
    for toll in _tolls(scene, words):
        if _told(scene, out, toll):
            continue
        host = _host(scene, out, toll)
        if host is not None:
            out[host] = _counted(out[host], toll)
            continue
        if any(d.trigger == toll.trigger and d.match.concept == "ASSAULT" for d in out):
            continue
        before = _before(scene, out, toll)
        if toll.occasion is None and before is None:
            continue
        made = make(_matched(scene, toll))
        if before is not None and toll.occasion is None:
            where = made.setting
            made = made._replace(
                setting=where._replace(
                    time=before.setting.time or where.time,
                    place=before.setting.place if where.place is None else where.place,
                )
            )
        if _meant(scene, toll, words) or not barred(made):
            out.append(_counted(made._replace(score=SCORE), toll))
    return sorted(out, key=lambda d: d.trigger)


def _meant(scene: Scene, toll: Toll, words: TollWords) -> bool:
    """Whether the noun of its incident tells of intent: "in the raid", unlike "in the explosion"."""
    if toll.occasion is None:
        return False
    token = scene.clauses.tokens[toll.occasion]
    return token.lemma.lower() in words.meant or token.text.lower() in words.meant


def _counted(draft: DraftEvent, toll: Toll) -> DraftEvent:
    return draft._replace(injured=toll.people) if toll.hurt else draft._replace(killed=toll.people)


def _value(draft: DraftEvent, toll: Toll) -> Count | None:
    return draft.injured if toll.hurt else draft.killed


def _host(scene: Scene, events: Sequence[DraftEvent], toll: Toll) -> int | None:
    """The event that a toll counts: the one at its word, at the noun of its incident, or at a word under it
    ("the number of inmates *killed*"), if nobody has counted it yet."""
    below = set(scene.clauses.subtree(toll.trigger))
    for k, draft in enumerate(events):
        if draft.match.concept != "ASSAULT" or _value(draft, toll) is not None:
            continue
        casualty = draft.match.unit.casualty
        here = draft.trigger in (toll.trigger, toll.occasion)
        if here and casualty in (None, "injured" if toll.hurt else "killed"):
            return k
        if casualty == ("injured" if toll.hurt else "killed") and draft.trigger in below:
            return k
    return None


def _told(scene: Scene, events: Sequence[DraftEvent], toll: Toll) -> bool:
    """Whether the same sentence already has an event with this number; another number is of something else,
    or somebody else's word ("although the army speaks of two dead, nurses counted thirty")."""
    tokens = scene.clauses.tokens
    told = (_value(d, toll) for d in events if tokens[d.trigger].sentence == tokens[toll.trigger].sentence)
    return any(v is not None and not _apart(v, toll.people) for v in told)


def _apart(a: Count, b: Count) -> bool:
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def _before(scene: Scene, events: Sequence[DraftEvent], toll: Toll) -> DraftEvent | None:
    """The violence told last before a toll that names none."""
    tokens, sentences = scene.clauses.tokens, scene.linked.reading.sentences
    here = tokens[toll.trigger].sentence
    near = [
        d
        for d in events
        if d.match.concept == "ASSAULT"
        and d.modality.realis == "actual"
        and 0 < here - tokens[d.trigger].sentence <= _BEFORE
        and sentences[tokens[d.trigger].sentence].paragraph >= sentences[here].paragraph - 1
    ]
    return near[-1] if near else None


def _matched(scene: Scene, toll: Toll) -> Match:
    mentions = tuple(m for v in toll.victims if (m := scene.mention_of(v)) is not None)
    unit = Unit(name=TOLL, casualty="injured" if toll.hurt else "killed")
    frame = scene.clauses.frame(toll.trigger)
    return Match("ASSAULT", unit, frame, {"recipient": mentions}, {"recipient": toll.victims})


# --- finding tolls ------------------------------------------------------------------------------------------


def _tolls(scene: Scene, words: TollWords) -> Iterator[Toll]:
    taken: set[int] = set()
    for token in scene.clauses.tokens:
        i = token.i
        if i in taken or i in scene.timed:
            continue
        found = _measured(scene, i, words) or _left(scene, i, words) or _numbered(scene, i, words)
        found = found or _suffered(scene, i, words)
        if found is not None:
            taken.update(scene.clauses.subtree(i) if token.upos != "VERB" else (i,))
            yield found


def _measured(scene: Scene, i: int, words: TollWords) -> Toll | None:
    """ "The death toll stands at nine", "put the number of wounded at nine", "a body count of nine"."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    if token.upos not in ("NOUN", "PROPN") or token.lemma.lower() not in words.measures:
        return None
    kind = _kind(scene, i, words)
    value = value_of(scene, i) if kind is not None else None
    if kind is None or value is None:
        return None
    hurt, victims = kind
    return Toll(i, hurt, value, victims, occasion(scene, i, words))


def _kind(scene: Scene, i: int, words: TollWords) -> tuple[bool, tuple[int, ...]] | None:
    """Whether a measure counts the hurt, and whom; None where it counts neither dead nor hurt."""
    clauses = scene.clauses
    tokens = clauses.tokens
    word = tokens[i].lemma.lower()
    beside = [tokens[c].lemma.lower() for c in clauses.with_rel(i, "compound", "amod", "nmod:poss")]
    if words.hurt & set(beside) or {"casualty", "wound"} & set(beside):
        return (True, ()) if "casualty" not in beside else None
    if words.dead & set(beside):
        return False, ()
    over = clauses.with_rel(i, "acl", "acl:relcl")  # "the number of miners killed" may hang on the number
    for c in clauses.with_rel(i, "nmod"):
        if clauses.preposition(c) not in ("of", "for", "among"):
            continue
        for noun in clauses.coordinated(c):
            lemma, text = tokens[noun].lemma.lower(), tokens[noun].text.lower()
            harmed = [noun, *clauses.with_rel(noun, "acl", "amod", "acl:relcl"), *over]
            marks = {tokens[h].lemma.lower() for h in harmed} | {tokens[h].text.lower() for h in harmed}
            if marks & (words.dead | _KILLS | {"killed", "lost"}):
                return False, () if lemma in words.dead or text in words.dead else (noun,)
            if marks & (words.hurt | _HURTS):
                return True, () if lemma in words.hurt or text in words.hurt else (noun,)
    return (False, ()) if word == "toll" else None


def value_of(scene: Scene, i: int) -> Count | None:
    """The number that is said of a measure."""
    clauses = scene.clauses
    tokens = clauses.tokens
    for c in clauses.with_rel(i, "nmod", "appos", "nummod"):
        if clauses.preposition(c) in ("of", "at", "") and (found := _number(scene, c)):
            return found
    above = tokens[i].head
    if above == i:
        return None
    if tokens[i].deprel.startswith("nsubj") and tokens[above].upos not in ("VERB", "AUX"):
        return _number(scene, above)  # "the body count is eleven"
    if tokens[above].upos != "VERB" or tokens[i].deprel not in ("nsubj", "nsubj:pass", "obj"):
        return None
    best: Count | None = None
    for c in clauses.children[above]:
        rel = tokens[c].deprel
        if (
            c == i
            or c in scene.timed
            or not rel.startswith(("obl", "obj", "xcomp", "advmod", "advcl", "nummod"))
        ):
            continue
        if clauses.preposition(c) in _REACHES or rel in ("obj", "xcomp"):
            best = best or _number(scene, c)
    if best is None:  # "at nine" may hang on the noun before it
        for c in clauses.subtree(i):
            if c != i and c not in scene.timed and clauses.preposition(c) in ("at", "to", "as"):
                best = best or (_number(scene, c) if tokens[c].upos == "NUM" else None)
    return best


def _number(scene: Scene, i: int) -> Count | None:
    tokens = scene.clauses.tokens
    if i in scene.timed or tokens[i].lemma.lower() in ("percent", "%", "year", "month", "day", "dollar"):
        return None
    strong = tokens[i].upos == "NUM" or bool(scene.clauses.with_rel(i, "nummod"))
    vague = tokens[i].lemma.lower() in ("dozen", "hundred", "thousand", "score")
    return count_of(scene.clauses, i) if strong or vague else None


def _numbered(scene: Scene, i: int, words: TollWords) -> Toll | None:
    """ "Four fatalities in the strike", "forty bodies were buried after", "eleven dead", "cost two lives"."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    text, lemma = token.text.lower(), token.lemma.lower()
    if token.upos not in ("NOUN", "ADJ", "PROPN"):
        return None
    dead, hurt = {text, lemma} & words.dead, {text, lemma} & words.hurt
    cost = lemma == "life" and clauses.tokens[token.head].lemma.lower() in _COSTS and token.deprel == "obj"
    if not (dead or hurt or cost) or token.deprel in ("compound", "amod", "nmod:poss"):
        return None
    numbered = clauses.with_rel(i, "nummod") or (cost and clauses.with_rel(token.head, "iobj"))
    if not numbered and not _dozens(scene, i):
        return None
    paid = clauses.with_rel(token.head, "iobj") if cost else []  # "cost nine men their lives"
    counted = (i, *paid, *clauses.with_rel(i, "nummod"))
    count = next((c for h in counted if (c := count_of(clauses, h))), None)
    at = occasion(scene, i, words)
    if count is None or at is None:
        return None
    return Toll(i, bool(hurt) and not dead, count, (), at)


def _left(scene: Scene, i: int, words: TollWords) -> Toll | None:
    """ "The assault left 130 workers *injured*", "left nine *dead* and forty *wounded*"."""
    clauses = scene.clauses
    token = clauses.tokens[i]
    hurt = token.text.lower() in words.hurt
    if not (hurt or token.text.lower() in words.dead) or token.deprel not in _AS_LEFT:
        return None
    verb = clauses.tokens[token.head]
    if verb.lemma.lower() != "leave" or verb.upos != "VERB":
        return None
    own = clauses.with_rel(i, "nsubj:pass", "nsubj", "nummod", "obl:unmarked")
    people = own or (clauses.with_rel(verb.i, "obj") if token.deprel != "conj" else [])
    count = count_of(clauses, i) or next((c for h in people if (c := count_of(clauses, h))), None)
    at = occasion(scene, i, words)
    if count is None or at is None:
        return None
    victims = tuple(h for h in people if clauses.tokens[h].upos in ("NOUN", "PROPN"))
    return Toll(i, hurt, count, victims, at)


_AS_LEFT = ("xcomp", "advcl", "acl", "conj", "obj", "ccomp", "amod")


def _dozens(scene: Scene, i: int) -> bool:
    above = scene.clauses.tokens[scene.clauses.tokens[i].head]
    return above.lemma.lower() in ("dozen", "hundred", "score", "thousand")


def _suffered(scene: Scene, i: int, words: TollWords) -> Toll | None:
    """ "Twelve people were killed in the unrest", "lost their lives", "sustained injuries"."""
    clauses = scene.clauses
    tokens = clauses.tokens
    if tokens[i].upos not in ("VERB", "ADJ"):
        return None
    lemma = tokens[i].lemma.lower()
    objects = {tokens[o].lemma.lower() for o in clauses.with_rel(i, "obj")}
    near = [o for n in (i, *clauses.with_rel(i, "obj")) for o in clauses.with_rel(n, "obl", "nmod")]
    around = {tokens[o].lemma.lower() for o in near}
    passive = clauses.passive(i)
    if lemma in _DOWN and clauses.particle(i) != "down":
        return None
    if (lemma in _KILLS and (passive or lemma in ("die", "perish", "fall"))) or (
        lemma == "lose" and "life" in objects
    ):
        hurt = False
    elif (
        (lemma in _HURTS and passive)
        or (lemma in _BEARS and objects & {"injury", "wound"})
        or (lemma in _TREATED and around & {"injury", "wound"})
    ):
        hurt = True
    elif _to_death(scene, i):
        hurt = False
    else:
        return None
    heads = clauses.frame(i).get("obj") or clauses.frame(i).get("subj")
    heads = tuple(h for h in heads if tokens[h].lemma.lower() != "none")  # "none of them badly"
    if lemma in _BEARS or lemma == "lose":
        heads = clauses.frame(i).get("subj")
    count = _sum([c for h in heads if (c := count_of(clauses, h))])
    at = i if _to_death(scene, i) else occasion(scene, i, words)
    if count is None or at is None:
        return None
    return Toll(i, hurt, count, heads, at)


def _to_death(scene: Scene, i: int) -> bool:
    """ "Stabbed to death", "shot dead"."""
    clauses = scene.clauses
    following = clauses.tokens[i + 1].text.lower() if i + 1 < len(clauses.tokens) else ""
    if following == "dead":  # "shot *dead 34 miners*": parsers hang it on whoever follows
        return True
    return any(
        (clauses.tokens[c].lemma.lower() == "death" and clauses.preposition(c) == "to")
        or (
            clauses.tokens[c].text.lower() == "dead"
            and clauses.tokens[c].deprel in ("xcomp", "advmod", "amod")
        )
        for c in clauses.with_rel(i, "obl", "xcomp", "advmod")
    )


def _sum(counts: Sequence[Count]) -> Count | None:
    if not counts:
        return None
    total = counts[0]
    for more in counts[1:]:
        high = None if total.high is None or more.high is None else total.high + more.high
        total = Count(low=total.low + more.low, high=high, text=f"{total.text} + {more.text}")
    return total
