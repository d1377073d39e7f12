"""Doings that a clause tells without a word for them: who received something was given it, boys in the ranks
of a militia were recruited, lorries that will be able to pass are let through, "never will" repeats a verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.match import Scene
from saydo.coding.propositions_deeds import Clause, Deeds, deeds
from saydo.coding.reporting import ACTOR_TYPES
from saydo.coding.voices import Voices

_GETTING = frozenset({"receive", "get", "obtain", "see", "collect", "accept", "pocket", "buy", "purchase"})
_REACHING = frozenset({"reach"})
_PASSING = frozenset({
    "travel", "pass", "leave", "enter", "return", "move", "cross", "go", "visit", "depart", "proceed",
})  # fmt: skip
_FREE = frozenset({"able", "free", "welcome"})
_RANKS = frozenset({"rank", "ranks"})
_SENDING = frozenset({"send", "deploy", "dispatch", "despatch", "commit", "station", "fly", "ship", "land"})
_COMING = frozenset({"arrive", "land", "disembark", "deploy"})


class Implied(NamedTuple):
    """Reads them off one scene."""

    scene: Scene
    voices: Voices
    deeds: Deeds
    troops: frozenset[str]
    """Nouns for people under arms."""

    @classmethod
    def of(cls, scene: Scene, voices: Voices, codebook: Codebook) -> Implied:
        return cls(scene, voices, deeds(codebook), frozenset(codebook.phrases("thing-troop")))

    @property
    def clauses(self) -> Clauses:
        return self.scene.clauses

    def read(self) -> Iterator[Clause]:
        """Every such clause, in text order."""
        for token in self.clauses.tokens:
            for told in (self._given, self._enlisted, self._repeated, self._let, self._deployed):
                clause = told(token.i)
                if clause is not None:
                    yield clause

    def _lemma(self, i: int) -> str:
        return self.clauses.tokens[i].lemma.lower()

    def _given(self, i: int) -> Clause | None:
        """ "Got the shells from Minsk", "have yet to see a penny from the company": Minsk gave them."""
        if self._lemma(i) not in _GETTING | _REACHING or self.clauses.tokens[i].upos != "VERB":
            return None
        frame = self.clauses.frame(i)
        givers = tuple(h for h in frame.get("obl:from") if self._somebody(h))
        things, takers = frame.get("obj"), frame.get("subj")
        if self._lemma(i) in _REACHING:  # "not one file has reached the court from the army"
            things, takers = takers, things
        if not givers or not things or not takers:
            return None
        turned = Frame(i, {**frame.args, "subj": givers, "obj": things}, frame.support)
        return Clause(i, "give", turned, givers, things, takers)

    def _somebody(self, i: int) -> bool:
        """Whether a noun stands for somebody, or is a name that nobody knows ("from *Delta Crude*")."""
        mention = self.scene.mention_of(i)
        if mention is None:
            return self.clauses.tokens[i].upos == "PROPN"
        return mention.type in ACTOR_TYPES or mention.actor is not None or mention.named

    def _enlisted(self, i: int) -> Clause | None:
        """ "Boys of 14 were seen in the ranks of the militia": it took them in."""
        if self._lemma(i) not in _RANKS or self.clauses.preposition(i) not in (
            "in",
            "into",
            "within",
            "among",
        ):
            return None
        verb = self.clauses.tokens[i].head
        bodies = tuple(
            c for c in self.clauses.with_rel(i, "nmod", "nmod:poss") if self.scene.mention_of(c) is not None
        )
        people = self.clauses.frame(verb).get("obj") or self.clauses.frame(verb).get("subj")
        if verb == i or not bodies or not people or self.clauses.tokens[verb].upos != "VERB":
            return None
        frame = self.clauses.frame(verb)
        turned = Frame(verb, {**frame.args, "subj": bodies, "obj": people}, frame.support)
        return Clause(verb, "hire", turned, bodies, people, ())

    def _repeated(self, i: int) -> Clause | None:
        """ "We do not sell data and *never will*": the verb before, for what is to come."""
        token, clauses = self.clauses.tokens[i], self.clauses
        if token.lemma.lower() not in ("will", "shall") or token.deprel != "conj" or token.head >= i:
            return None
        if self.voices.of_token(i) is None or clauses.with_rel(i, "nsubj", "xcomp", "ccomp"):
            return None
        frame = clauses.frame(token.head)
        verb = self.deeds.verb(self._lemma(token.head), clauses.particle(token.head))
        direct = frame.get("obj")
        if verb is None or not direct or not frame.get("subj"):
            return None
        again = Frame(i, {"subj": frame.get("subj"), "obj": direct}, None)
        return Clause(i, verb, again, frame.get("subj"), direct, (), rule=True)

    def _let(self, i: int) -> Clause | None:
        """ "The lorries will be able to pass": whoever says so will let them."""
        clauses = self.clauses
        if self._lemma(i) not in _FREE or self.voices.of_token(i) is None or not clauses.with_rel(i, "cop"):
            return None
        going = [c for c in clauses.with_rel(i, "xcomp", "advcl", "ccomp") if self._lemma(c) in _PASSING]
        who = tuple(clauses.with_rel(i, "nsubj"))
        if not going or not who:
            return None
        rest = (h for r, heads in clauses.frame(going[0]).args.items() if r.startswith("obl") for h in heads)
        rule = self._lemma(i) != "able"
        return Clause(i, "let-through", Frame(i, {"obj": who}, None), (), who, tuple(rest), rule=rule)

    def _deployed(self, i: int) -> Clause | None:
        """ "Sent troops to the border", "the first troops arrived there": whose they are sent them."""
        if self.clauses.tokens[i].upos != "VERB":
            return None
        frame = self.clauses.frame(i)
        sent = tuple(h for h in frame.get("obj") if self._lemma(h) in self.troops)
        came = tuple(h for h in frame.get("subj") if self._lemma(h) in self.troops)
        rest = tuple(h for r, heads in frame.args.items() if r.startswith("obl") for h in heads)
        if sent and self._lemma(i) in _SENDING:
            return Clause(i, "deploy", frame, frame.get("subj") or sent, sent, rest)
        if came and not frame.get("obj") and self._lemma(i) in _COMING:
            return Clause(i, "deploy", frame, came, came, rest)
        return None
