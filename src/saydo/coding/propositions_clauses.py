"""Clauses that may be propositions: verbs, nouns for a doing, stances and states, each with who and what.

A proposition compares by its doing: the list of words (``cues/deeds.yaml``) that the verb or noun stands in,
or else its lemma.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Frame
from saydo.coding.match import Scene
from saydo.coding.setting import TRANSPARENT_PLACES
from saydo.coding.voices import Voices

_PREFIX = "deed-"
_NOUNS = "noun-"
_EMPTY = "empty"
_CONTENT = frozenset({"NOUN", "PROPN"})
_FAVOUR = MappingProxyType(
    {"favour": "support", "favor": "support", "support": "support", "opposition": "oppose"}
)
_STATES = MappingProxyType({
    "closed": "close", "shut": "close", "sealed": "close", "shuttered": "close", "open": "open",
    "blocked": "block", "barred": "block", "jailed": "hold", "detained": "hold", "imprisoned": "hold",
})  # fmt: skip
_SOMETHING = "sth"
"""Behind a verb of a list: only with an object."""
_LASTING = frozenset({"remain", "stay", "keep", "be", "stand"})
_THERE = frozenset({"in", "at", "inside", "near", "on"})
_SEEN = frozenset({
    "see", "spot", "sight", "photograph", "film", "observe", "station", "base", "camp", "encamp", "deploy",
    "post", "garrison", "quarter", "billet",
})  # fmt: skip
_KEEPING = frozenset({"have", "keep", "maintain", "station", "base", "deploy", "retain", "leave"})
"""Verbs by which somebody has forces in a place."""
_FORCES = frozenset(
    "troop soldier force unit battalion brigade regiment contingent adviser advisor instructor fighter "
    "combatant mercenary guerrilla rebel militiaman militant gunman guard garrison base camp outpost tank "
    "personnel operative agent policeman commando legionnaire paratrooper gendarme conscript serviceman "
    "airman marine".split()
)
_BODIES = frozenset(
    "number group company column platoon battalion unit detachment force contingent band".split()
)
"""What so many people are called together."""
_STANDS = frozenset({"support", "oppose"})
_HAVING = frozenset({"have", "enjoy", "win", "find", "get", "receive", "command"})
_STANCES = MappingProxyType({
    "for": "support", "in favour of": "support", "in favor of": "support", "in support of": "support",
    "behind": "support", "against": "oppose", "in opposition to": "oppose",
})  # fmt: skip
_SPEAKING = frozenset("speak come campaign vote argue stand rally protest march lobby plead preach".split())


@dataclass(frozen=True, slots=True)
class Deeds:
    """The lists of words for one doing, by word."""

    of: Mapping[str, str]
    nouns: Mapping[str, str]
    empty: frozenset[str]

    @property
    def listed(self) -> frozenset[str]:
        """The names of all lists."""
        return frozenset(self.of.values())

    def verb(self, lemma: str, particle: str) -> str | None:
        """What a verb is compared as; None for one that says too little."""
        phrase = f"{lemma} {particle}" if particle else lemma
        if phrase in self.of:
            return self.of[phrase]
        if lemma in self.of and not particle:
            return self.of[lemma]
        return None if phrase in self.empty or lemma in self.empty else phrase


@lru_cache(maxsize=4)
def deeds(codebook: Codebook) -> Deeds:
    """The lists of a codebook; built once for each and kept."""
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    empty: frozenset[str] = frozenset()
    for name, entry in codebook.cues.items():
        if not name.startswith(_PREFIX):
            continue
        doing = name.removeprefix(_PREFIX)
        if doing == _EMPTY:
            empty = frozenset(p.lower() for p in entry.phrases)
            continue
        words = nouns if doing.startswith(_NOUNS) else verbs
        for phrase in entry.phrases:
            words.setdefault(phrase.lower(), doing.removeprefix(_NOUNS))
    return Deeds(MappingProxyType(verbs), MappingProxyType(nouns), empty)


class Clause(NamedTuple):
    """A clause in tokens: its word, the doing it stands for, who does it and to what."""

    trigger: int
    verb: str
    frame: Frame
    doers: tuple[int, ...]
    direct: tuple[int, ...]
    others: tuple[int, ...]
    turned: bool = False
    """Whether the words say that it is not done ("to keep out of the town")."""
    stance: bool = False
    """Whether it is the speaker's own side on a matter, which no word for taking sides tells."""


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """Reads the clauses of a scene."""

    scene: Scene
    voices: Voices
    deeds: Deeds

    def read(self) -> Iterator[Clause]:
        """Every clause that says what is done, in text order."""
        scene, clauses = self.scene, self.scene.clauses
        said = {i for d in self.voices.drafts for a, b in d.cue for i in range(a, b)}
        for token in clauses.tokens:
            if token.i in scene.timed:
                continue
            stands = self.deeds.of.get(token.lemma.lower()) in _STANDS
            stance = self._stance(token.i)
            if token.i in said and not stands and stance is None:
                continue
            state = self._state(token.i) or self._presence(token.i)
            if state is not None:
                yield state
            elif stance is not None:
                yield stance
            elif token.upos == "VERB" or (token.upos == "ADJ" and clauses.with_rel(token.i, "aux:pass")):
                to_it = clauses.with_rel(token.i, "obj", "nsubj:pass")
                felled = token.lemma.lower() == "fall" and to_it
                lemma = "fell" if felled else token.lemma.lower()  # "would fell no trees"
                if to_it and f"{lemma} {_SOMETHING}" in self.deeds.of:
                    lemma = f"{lemma} {_SOMETHING}"
                verb = self.deeds.verb(lemma, clauses.particle(token.i))
                if (phrase := self._set_phrase(token.i)) is not None:
                    yield phrase
                elif (avoided := self._avoids(token.i)) is not None:
                    yield self._verbal(token.i, avoided)._replace(turned=True)
                elif verb is not None:
                    yield self._verbal(token.i, verb)
            elif token.upos == "NOUN" and token.deprel != "compound":
                doing = self._noun_for(token.i)
                if doing is not None:
                    yield self._nominal(token.i, doing)

    def _noun_for(self, i: int) -> str | None:
        """The doing that a noun stands for; with some prepositions another ("a strike on the works")."""
        clauses = self.scene.clauses
        lemma = clauses.tokens[i].lemma.lower()
        behind = (clauses.preposition(c) for c in clauses.with_rel(i, "nmod"))
        narrower = (self.deeds.nouns.get(f"{lemma} {p}") for p in behind if p)
        return next((d for d in narrower if d is not None), self.deeds.nouns.get(lemma))

    def _state(self, i: int) -> Clause | None:
        """ "The crossing remains closed": what was done to it lasts."""
        clauses = self.scene.clauses
        token = clauses.tokens[i]
        verb = _STATES.get(token.text.lower())
        if verb is None or token.deprel not in (
            "xcomp",
            "root",
            "ccomp",
            "conj",
            "parataxis",
            "advcl",
            "acl:relcl",
        ):
            return None
        over = clauses.tokens[token.head]
        lasting = token.deprel == "xcomp" and over.lemma.lower() in _LASTING
        if not lasting and not (token.upos == "ADJ" and clauses.with_rel(i, "cop")):
            return None
        matter = tuple(clauses.with_rel(over.i if lasting else i, "nsubj", "nsubj:pass"))
        if not matter:
            return None
        frame = Frame(i, {"obj": matter}, None)
        return Clause(i, verb, frame, (), matter, _phrases(clauses.frame(i), ()))

    def _presence(self, i: int) -> Clause | None:
        """ "The soldiers were in the town", "advisers had been seen at the port", "there are no troops in the
        valley": that somebody is there."""
        clauses = self.scene.clauses
        token = clauses.tokens[i]
        where: tuple[int, ...] = ()
        if token.upos == "PROPN" and clauses.with_rel(i, "cop") and clauses.preposition(i) in _THERE:
            where, subjects = (i,), clauses.with_rel(i, "nsubj")
        elif (  # "were in the town of Kindu"
            token.lemma.lower() in TRANSPARENT_PLACES
            and clauses.with_rel(i, "cop")
            and clauses.preposition(i) in _THERE
        ):
            named = [c for c in clauses.with_rel(i, "nmod", "appos", "flat") if self._is_place(c)]
            where, subjects = tuple(named[:1]), clauses.with_rel(i, "nsubj")
        elif token.lemma.lower() in _SEEN and clauses.with_rel(i, "aux:pass"):
            where, subjects = self._where(i), clauses.with_rel(i, "nsubj:pass")
        else:
            where, subjects = self._kept(i)
        where = tuple(h for h in where if self._is_place(h))
        if not where or not subjects:
            return None
        # "any of its soldiers", "a company of Chadian soldiers": who is meant stands in the phrase
        heads = tuple(
            next((c for c in clauses.with_rel(s, "nmod") if clauses.preposition(c) == "of"), s)
            if clauses.tokens[s].upos != "NOUN" or clauses.tokens[s].lemma.lower() in _BODIES
            else s
            for s in subjects
        )
        return Clause(i, "be-there", Frame(i, {"subj": heads}, None), heads, where, ())

    def _kept(self, i: int) -> tuple[tuple[int, ...], list[int]]:
        """Where somebody has forces, and who: "Chad *has* no soldiers in Birao", "there *are* no Ugandan
        troops in Watsa"."""
        clauses = self.scene.clauses
        token = clauses.tokens[i]
        lemma = token.lemma.lower()
        if lemma == "be" and clauses.with_rel(i, "expl"):
            forces, owners = clauses.with_rel(i, "nsubj"), clauses.with_rel(i, "nsubj")
        elif lemma in _KEEPING and token.upos == "VERB":
            forces, owners = clauses.with_rel(i, "obj"), list(clauses.frame(i).get("subj"))
        else:
            return (), []
        if not any(clauses.tokens[f].lemma.lower() in _FORCES for f in forces):
            return (), []
        return (*self._where(i), *(c for f in forces for c in self._where(f))), owners

    def _where(self, i: int) -> tuple[int, ...]:
        clauses = self.scene.clauses
        return tuple(c for c in clauses.with_rel(i, "obl", "nmod") if clauses.preposition(c) in _THERE)

    def _is_place(self, head: int) -> bool:
        mention = self.scene.mention_of(head)
        return (mention is not None and mention.type == "place") or any(
            a <= head < b for a, b in (p.tokens for p in self.scene.linked.places)
        )

    def _avoids(self, i: int) -> str | None:
        """ "Keep out of", "stay away from", "steer clear of": not to enter."""
        clauses = self.scene.clauses
        if clauses.tokens[i].lemma.lower() not in ("keep", "stay", "steer", "remain", "hold"):
            return None
        near = {clauses.tokens[c].text.lower() for c in clauses.children[i]}
        near |= {
            clauses.tokens[k].text.lower() for c in clauses.children[i] for k in clauses.with_rel(c, "case")
        }
        return "enter" if near & {"out", "away", "clear", "off"} else None

    def _set_phrase(self, i: int) -> Clause | None:
        """ "Set foot in the town", "took part in the raid": a verb that with its object is one word of a
        list, and what then follows is its object."""
        clauses = self.scene.clauses
        frame = clauses.frame(i)
        for o in frame.get("obj"):
            verb = self.deeds.of.get(f"{clauses.tokens[i].lemma.lower()} {clauses.tokens[o].lemma.lower()}")
            if verb is not None:
                return Clause(i, verb, frame, frame.get("subj"), _phrases(frame, (), but=(o,)), ())
        return None

    def _verbal(self, i: int, verb: str) -> Clause:
        frame = self.scene.clauses.frame(i)
        direct = (*frame.get("obj"),)
        return Clause(i, verb, frame, frame.get("subj"), direct, _phrases(frame, ("iobj",)))

    def _nominal(self, i: int, verb: str) -> Clause:
        """ "The demolition of the huts by the city", "its sale of heavy water to Libya"."""
        frame = self.scene.clauses.frame(i)
        doers = frame.get("subj")
        direct = frame.get("obl:of") or frame.get("obj")
        poss = tuple(p for p in frame.get("poss") if p not in doers)
        if not doers and not (poss and not direct and self.scene.clauses.tokens[i].lemma in _POSSESSED):
            doers = poss
        elif poss and not direct:
            direct = poss
        return Clause(i, verb, frame, doers, direct, _phrases(frame, ("mod",), but=direct))

    def _stance(self, i: int) -> Clause | None:
        """ "He is against the dam", "the dam has the support of the union"."""
        clauses = self.scene.clauses
        token = clauses.tokens[i]
        verb = _STANCES.get(clauses.preposition(i)) if token.upos in _CONTENT else None
        if token.lemma.lower() in _FAVOUR and clauses.preposition(i) == "in" and clauses.with_rel(i, "cop"):
            subjects = tuple(clauses.with_rel(i, "nsubj"))
            matter = tuple(c for c in clauses.with_rel(i, "nmod") if clauses.preposition(c) in ("of", "to"))
            if not matter:  # "is in favour of lowering the age"
                matter = tuple(
                    o for c in clauses.with_rel(i, "acl", "advcl") for o in clauses.frame(c).get("obj")
                )
            if subjects and matter:  # "is in favour of the dam"
                return Clause(
                    i, _FAVOUR[token.lemma.lower()], Frame(i, {"subj": subjects}, None), subjects, matter, ()
                )
        if token.lemma.lower() == "opposed" and clauses.with_rel(i, "cop"):
            subjects = tuple(clauses.with_rel(i, "nsubj"))
            matter = tuple(c for c in clauses.with_rel(i, "obl") if clauses.preposition(c) == "to")
            if subjects and matter:
                return Clause(i, "oppose", Frame(i, {"subj": subjects}, None), subjects, matter, ())
        if token.upos == "VERB" and token.lemma.lower() in _SPEAKING:
            for c in clauses.with_rel(i, "obl"):
                side = _STANCES.get(clauses.preposition(c).removeprefix("out "))
                if side is not None and clauses.frame(i).get("subj"):
                    frame = clauses.frame(i)
                    return Clause(i, side, frame, frame.get("subj"), (c,), ())
        if verb is not None and clauses.with_rel(i, "cop"):
            subjects = tuple(clauses.with_rel(i, "nsubj"))
            if subjects:
                return Clause(i, verb, Frame(i, {"subj": subjects}, None), subjects, (i,), ())
        if (
            token.upos == "NOUN"
            and token.deprel == "obj"
            and self.deeds.nouns.get(token.lemma.lower()) in _STANDS
        ):
            over = clauses.tokens[token.head]
            behind = tuple(c for c in clauses.with_rel(i, "nmod") if clauses.preposition(c) in ("of", "from"))
            if over.lemma.lower() in _HAVING and behind:
                frame = clauses.frame(i)
                matter = clauses.frame(over.i).get("subj")
                return Clause(i, self.deeds.nouns[token.lemma.lower()], frame, behind, matter, ())
        return None


_POSSESSED = frozenset({
    "destruction", "demolition", "closure", "eviction", "expulsion", "arrest", "release", "dismissal",
    "sacking",
    "seizure", "sale", "removal", "deportation", "detention", "abolition", "execution", "shutdown", "killing",
})  # fmt: skip
"""Nouns whose possessor, where it is the only one named, is the one to whom it is done."""


def _phrases(frame: Frame, roles: tuple[str, ...], but: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The heads of all phrases on a word."""
    heads = [h for role in roles for h in frame.get(role)]
    heads += [h for role, found in frame.args.items() if role.startswith("obl") for h in found]
    return tuple(dict.fromkeys(h for h in heads if h not in but))
