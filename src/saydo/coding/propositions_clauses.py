"""Clauses that may be propositions: verbs, nouns for a doing, stances and states, each with who and what.

A proposition compares by its doing: the list of words (``cues/deeds.yaml``) that the verb or noun stands in,
or else its lemma.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from saydo.coding.clauses import Frame
from saydo.coding.match import Scene
from saydo.coding.propositions_deeds import Clause, Deeds, phrases
from saydo.coding.propositions_sides import STANDS, Side, Sides
from saydo.coding.propositions_states import keeps, state
from saydo.coding.propositions_words import Doing, in_its_words
from saydo.coding.setting import TRANSPARENT_PLACES
from saydo.coding.voices import Voices

_CONTENT = frozenset({"NOUN", "PROPN"})
_SOMETHING = "sth"
"""Behind a verb of a list: only with an object."""
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
_ORDERS = frozenset({"order", "instruction", "behest", "command", "request", "direction", "authority"})
_OCCURRING = frozenset({"occur", "follow", "resume", "issue", "serve", "take", "send", "hand"})


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """Reads the clauses of a scene."""

    scene: Scene
    voices: Voices
    deeds: Deeds
    sides: Sides

    def read(self) -> Iterator[Clause]:
        """Every clause that says what is done, in text order."""
        scene, clauses = self.scene, self.scene.clauses
        said = {i for d in self.voices.drafts for a, b in d.cue for i in range(a, b)}
        for token in clauses.tokens:
            if token.i in scene.timed:
                continue
            stands = self.deeds.verb(token.lemma.lower(), clauses.particle(token.i)) in STANDS
            stance = self._stance(token.i)
            accepted = self.sides.accepted(token.i)
            if accepted is not None:
                yield self._sided(token.i, accepted)
            if token.i in said and not stands and stance is None:
                continue
            lasting = state(scene, self.deeds, token.i) or self._presence(token.i)
            if lasting is not None:
                yield lasting
            elif stance is not None:
                yield stance
            elif token.upos == "VERB" or (token.upos == "ADJ" and clauses.with_rel(token.i, "aux:pass")):
                to_it = clauses.with_rel(token.i, "obj", "nsubj:pass")
                felled = token.lemma.lower() == "fall" and to_it
                lemma = "fell" if felled else token.lemma.lower()  # "would fell no trees"
                if to_it and f"{lemma} {_SOMETHING}" in self.deeds.of:
                    lemma = f"{lemma} {_SOMETHING}"
                verb = self.deeds.verb(lemma, clauses.particle(token.i) or self._result(token.i))
                told, avoided = in_its_words(clauses, self.deeds.of, token.i), self._avoids(token.i)
                if told is not None and self._suits(token.i, told) and (told.taken or avoided is None):
                    yield self._phrased(token.i, told)
                elif avoided is not None:
                    yield self._verbal(token.i, avoided)._replace(turned=True)
                elif verb is not None and not keeps(clauses, token.i):
                    yield self._verbal(token.i, verb)
            elif token.upos == "NOUN" and token.deprel != "compound":
                doing = self._noun_for(token.i)
                if doing in STANDS and self.sides.of(token.head) is not None:
                    doing = None  # "withdrew its *support* for the plan": the verb has told it
                if doing is not None:
                    yield self._nominal(token.i, doing)

    def _result(self, i: int) -> str:
        """ "Set the market *alight*": what a verb that says too little makes of its object."""
        clauses = self.scene.clauses
        lemma = clauses.tokens[i].lemma.lower()
        if lemma not in self.deeds.empty:
            return ""
        near = (clauses.tokens[c].text.lower() for c in clauses.with_rel(i, "xcomp", "advmod", "obl"))
        return next((w for w in near if f"{lemma} {w}" in self.deeds.of), "")

    def _noun_for(self, i: int) -> str | None:
        """The doing that a noun stands for; with some prepositions another ("a strike on the works")."""
        clauses = self.scene.clauses
        lemma = clauses.tokens[i].lemma.lower()
        behind = (clauses.preposition(c) for c in clauses.with_rel(i, "nmod"))
        longer = [f"{lemma} {p}" for p in behind if p]
        # "redundancy notices", "pay cuts"
        longer += [f"{clauses.tokens[c].lemma.lower()} {lemma}" for c in clauses.with_rel(i, "compound")]
        narrower = (self.deeds.nouns.get(phrase) for phrase in longer)
        return next((d for d in narrower if d is not None), self.deeds.nouns.get(lemma))

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
        """ "Keep out of", "stay away from", "steer clear of": not to enter; "touch a tree": not to spare it;
        "hold fire": not to shoot."""
        clauses = self.scene.clauses
        objects = {clauses.tokens[o].lemma.lower() for o in clauses.frame(i).get("obj")}
        if clauses.tokens[i].lemma.lower() == "touch" and objects:
            return "protect"
        if clauses.tokens[i].lemma.lower() in ("hold", "cease", "halt") and "fire" in objects:
            return "fire"
        if clauses.tokens[i].lemma.lower() not in ("keep", "stay", "steer", "remain", "hold"):
            return None
        near = {clauses.tokens[c].text.lower() for c in clauses.children[i]}
        near |= {
            clauses.tokens[k].text.lower() for c in clauses.children[i] for k in clauses.with_rel(c, "case")
        }
        return "enter" if near & {"out", "outside", "away", "clear", "off"} else None

    def _suits(self, i: int, told: Doing) -> bool:
        """Whether what a verb would be done to is a thing, and nobody who does it ("the bank closed")."""
        if not told.undone_by:
            return True
        found = [self.scene.mention_of(s) for s in self.scene.clauses.with_rel(i, "nsubj")]
        return all(m is None or (m.actor is None and m.type != "person") for m in found)

    def _phrased(self, i: int, told: Doing) -> Clause:
        """ "Set foot in the town", "took part in the raid": what follows the two is the object."""
        frame = self.scene.clauses.frame(i)
        if told.undone_by:
            return Clause(i, told.verb, frame, (), frame.get("subj"), phrases(frame, (), but=told.taken))
        if told.taken:
            left = frame.get("iobj") or tuple(o for o in frame.get("obj") if o not in told.taken)
            rest = phrases(frame, (), but=told.taken)
            direct, others = (left, rest) if left else (rest, ())
            return Clause(i, told.verb, frame, self._doers(frame, frame.get("subj")), direct, others)
        return self._verbal(i, told.verb)

    def _verbal(self, i: int, verb: str) -> Clause:
        frame = self.scene.clauses.frame(i)
        doers, direct = frame.get("subj"), (*frame.get("obj"),)
        if had := self._had_done(i):
            agents = tuple(self.scene.clauses.with_rel(i, "obl:agent"))
            own = any(
                self.scene.clauses.tokens[c].upos == "PRON"
                for o in had
                for c in self.scene.clauses.with_rel(o, "nmod:poss")
            )
            doers, direct = agents or (() if own else doers), had
        if verb == "take" and direct and all(self._people(d) for d in direct):
            verb = "hold"  # "the men were seized at the airport"
        if verb in STANDS:  # "opposes the abolition of the levy": is for the levy
            about = self.sides.about(Side(verb, (), direct))
            verb, direct = about.verb, about.matter
        doers = self._behind(i, self._doers(frame, doers))
        others = phrases(frame, ("iobj",), but=direct)
        if verb in STANDS:  # "as a senator she opposed it", "supports it without reservation"
            others = tuple(h for h in others if self.scene.clauses.preposition(h) not in ("as", "without"))
        return Clause(i, verb, frame, doers, direct, others)

    def _doers(self, frame: Frame, doers: tuple[int, ...]) -> tuple[int, ...]:
        if all(self.scene.clauses.tokens[d].lemma.lower() in _ORDERS for d in doers):
            return self._on_orders(frame)  # nobody is named, or "by order of" somebody
        return doers

    def _people(self, i: int) -> bool:
        mention = self.scene.mention_of(i)
        return mention is not None and mention.type in ("person", "group", "military")

    def _on_orders(self, frame: Frame) -> tuple[int, ...]:
        """Who had something done of which nobody is named as the doer: "on the orders of *the mayor*"."""
        clauses = self.scene.clauses
        ordered = (*frame.get("subj"), *frame.get("obl:on"), *frame.get("obl:at"), *frame.get("obl:under"))
        return tuple(
            o
            for h in ordered
            if clauses.tokens[h].lemma.lower() in _ORDERS
            for o in (*clauses.frame(h).get("poss"), *clauses.with_rel(h, "nmod"))
            if self.scene.mention_of(o) is not None and clauses.preposition(o) in ("", "of", "from")
        )

    def _behind(self, i: int, doers: tuple[int, ...]) -> tuple[int, ...]:
        """Who fired what hit: "*rebels* fired the shells that struck the ward", or "the shells that struck it
        were fired by *rebels*"."""
        clauses = self.scene.clauses
        tokens = clauses.tokens
        if len(doers) != 1 or tokens[doers[0]].lemma.lower() not in _SHOTS:
            return doers
        over = tokens[tokens[doers[0]].head]
        fired = over.lemma.lower() in _FIRING and over.i != i
        return (clauses.frame(over.i).get("subj") if fired else ()) or doers

    def _had_done(self, i: int) -> tuple[int, ...]:
        """What somebody has done by others: "had *the slops* dumped at the roadside". What "had his car
        stolen" tells was done to him."""
        clauses = self.scene.clauses
        token = clauses.tokens[i]
        over = clauses.tokens[token.head]
        done = (
            token.deprel == "xcomp" and clauses.is_participle(i) and token.text.lower() != token.lemma.lower()
        )
        if not done or over.lemma.lower() not in ("have", "get"):
            return ()
        return tuple(clauses.with_rel(over.i, "obj"))

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
        others = phrases(frame, ("mod",), but=direct)
        over = self.scene.clauses.tokens[i].head
        if not direct and not others and self._takes_place(i, over):
            above = self.scene.clauses.frame(over)
            direct = above.get("obl:to|at|on|for")
            others = phrases(above, (), but=direct)
        return Clause(i, verb, frame, doers, direct, others)

    def _takes_place(self, i: int, over: int) -> bool:
        """Whether a noun is the subject of a verb that only says it was done: "notices *went out* to"."""
        token = self.scene.clauses.tokens[over]
        subject = self.scene.clauses.tokens[i].deprel in ("nsubj", "nsubj:pass")
        return subject and token.upos == "VERB" and token.lemma.lower() in self.deeds.empty | _OCCURRING

    def _stance(self, i: int) -> Clause | None:
        """ "He is against the dam", "the dam has the support of the union"."""
        side = self.sides.of(i)
        return None if side is None else self._sided(i, side)

    def _sided(self, i: int, side: Side) -> Clause:
        frame = self.scene.clauses.frame(i)
        if self.scene.clauses.tokens[i].upos != "VERB" and side.subjects:
            frame = Frame(i, {"subj": side.subjects}, None)
        return Clause(i, side.verb, frame, side.subjects, side.matter, (), side.turned, side.held)


_SHOTS = frozenset(
    {"shell", "rocket", "missile", "bomb", "mortar", "grenade", "round", "bullet", "shot", "projectile"}
)
_FIRING = frozenset({"fire", "launch", "drop", "lob", "throw", "shoot", "hurl", "release"})
_POSSESSED = frozenset({
    "destruction", "demolition", "closure", "eviction", "expulsion", "arrest", "release", "dismissal",
    "sacking",
    "seizure", "sale", "removal", "deportation", "detention", "abolition", "execution", "shutdown", "killing",
})  # fmt: skip
"""Nouns whose possessor, where it is the only one named, is the one to whom it is done."""
