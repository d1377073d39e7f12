"""What stands in the content of a statement: its main predicates, who is meant by them, what they assert."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from saydo.coding.clauses import Clauses
from saydo.coding.match import Scene
from saydo.coding.reporting import ACTOR_TYPES, Reporting
from saydo.coding.statements_cues import Spoken
from saydo.coding.statements_negated import negated
from saydo.model.linked import LinkedMention
from saydo.model.reading import Token
from saydo.model.records import StatementKind

_BRANCH = re.compile(r"^([A-Z]{3})-(?:GOV|MIL|COP)$")
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_BACKSHIFT = frozenset({"would", "'d", "’d"})
_POSSIBLE = frozenset({"may", "might", "could"})
_ASPECT = frozenset({"continue", "keep", "begin", "start", "proceed"})
_MOST = 8
"""Predicates of one content that are looked at."""
_OTHERS = frozenset({"he", "she", "they"})
BYSTANDERS = frozenset({"media", "igo"})
"""Speakers whose reports of violence are about others, whatever their pronouns."""
_BODIES = frozenset({"group", "organisation", "government", "military", "igo"})
_LEVEL = frozenset({"hit", "put", "shut", "cut", "set", "burst"})
"""Verbs whose past looks like their present."""
_BODIES_OF = {
    "MIL": "statement-bodies-military",
    "GOV": "statement-bodies-government",
    "COP": "statement-bodies-police",
    "REB": "statement-bodies-rebel",
    "UAF": "statement-bodies-rebel",
}
"""PLOVER sector of a speaker → the cue list of nouns for the body that it serves."""
_THIRD = frozenset({"he", "she", "it", "they"})
_THEIR = frozenset({"his", "her", "its", "their"})


def base_actor(actor: str | None) -> str | None:
    """A state for its government, military and police; any other actor for itself."""
    found = _BRANCH.match(actor or "")
    return found.group(1) if found else actor


class Words(NamedTuple):
    """A statement whose kind is asked: its cue, its tokens and its speaker."""

    spoken: Spoken
    content: frozenset[int]
    quoted: bool
    speaker: LinkedMention | None
    own: frozenset[str]
    """Base actor ids that the speaker speaks for."""
    medium: int | None


class Predicate(NamedTuple):
    """A main predicate of the content."""

    i: int
    lemma: str
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    own: bool
    """Its subject is the speaker or the speaker's side."""
    negated: bool
    future: bool
    possible: bool
    modal: bool
    passive: bool


@dataclass(frozen=True, slots=True)
class ContentReader:
    """Reads contents in one scene; ``acts`` are all speech acts of the scene by their cue."""

    scene: Scene
    lexicon: Reporting
    acts: Mapping[int, Spoken]

    @property
    def clauses(self) -> Clauses:
        return self.scene.clauses

    # --- predicates -----------------------------------------------------------------------------------

    def predicates(self, words: Words) -> list[Predicate]:
        """The main predicates of the content in text order, coordinated ones included."""
        tokens = self.clauses.tokens
        found: list[int] = []
        stack = [
            i
            for i in sorted(words.content)
            if tokens[i].upos != "PUNCT"
            and (tokens[i].head == i or tokens[i].head not in words.content)
            and tokens[i].deprel not in ("mark", "cc", "discourse", "vocative", "case", "aux")
        ]
        while stack:
            i = stack.pop(0)
            found.append(i)
            stack += [c for c in self.clauses.with_rel(i, "conj", "parataxis") if c in words.content]
            # "wishes to assure them that …": parsers also hang the clause on the verb of wishing
            assured = any(
                ("verb", self.clauses.tokens[c].lemma.lower()) in self.lexicon.units and c not in self.acts
                for c in self.clauses.with_rel(i, "xcomp")
            )
            stack += [c for c in self.clauses.with_rel(i, "ccomp") if assured and c in words.content]
        return [self._predicate(self._main(i), words) for i in sorted(set(found))[:_MOST]]

    def _main(self, i: int) -> int:
        """The verb that carries the sense: behind "going to", "continue to", "wishes to"."""
        for _ in range(3):
            lemma = self.clauses.tokens[i].lemma.lower()
            below = self.clauses.with_rel(i, "xcomp")
            polite = self.lexicon.has("reporting-polite-verbs", lemma) and any(c in self.acts for c in below)
            aspect = lemma in _ASPECT or (lemma == "go" and self.clauses.tokens[i].text.lower() == "going")
            if not below or not (aspect or polite):
                break
            i = below[0]
        return i

    def _predicate(self, i: int, words: Words) -> Predicate:
        chain = [i]
        while self.clauses.tokens[chain[-1]].deprel == "xcomp" and self.clauses.tokens[chain[-1]].head in (
            words.content
        ):
            chain.append(self.clauses.tokens[chain[-1]].head)
        frame = self.clauses.frame(i)
        passive = self._passive(i)
        subjects = frame.get("subj") or tuple(
            s for k in chain for s in self.clauses.with_rel(k, "nsubj", "nsubj:outer")
        )
        if not subjects and not passive:
            subjects = tuple(self.clauses.with_rel(i, "nsubj:pass"))
        subjects = tuple(self._meant(s) for s in subjects)
        auxiliaries = [self.clauses.tokens[c] for k in chain for c in self.clauses.with_rel(k, "aux")]
        auxiliaries += self._shared_auxiliaries(chain[-1])
        words_of = {a.lemma.lower() for a in auxiliaries} | {a.text.lower() for a in auxiliaries}
        perfect = any(a.lemma.lower() == "have" for a in auxiliaries)
        going = any(
            self.clauses.tokens[k].lemma == "go" and self.clauses.tokens[k].text.lower() == "going"
            for k in chain[1:]
        )
        present = self._says_now(words.spoken.cue)  # "they say they would vote" is a condition
        backshift = bool(words_of & _BACKSHIFT) and not words.quoted and not perfect and not present
        return Predicate(
            i,
            self.clauses.tokens[i].lemma.lower(),
            subjects,
            frame.get("obj"),
            any(self.is_own(s, words) for s in subjects),
            any(negated(self.clauses, self.lexicon, k) for k in chain),
            bool(words_of & _FUTURE) or going or (backshift and not words_of & {"had"}),
            bool(words_of & _POSSIBLE) and not perfect,
            bool(words_of & (_POSSIBLE | _BACKSHIFT | {"should", "must", "can", "ought"})),
            passive,
        )

    def _meant(self, i: int) -> int:
        """Those of whom "none of them" is said."""
        if self.clauses.tokens[i].lemma.lower() not in ("none", "neither"):
            return i
        return next((c for c in self.clauses.with_rel(i, "nmod") if self.clauses.preposition(c) == "of"), i)

    def _says_now(self, cue: int) -> bool:
        """Whether a verb of saying stands in the present tense."""
        token = self.clauses.tokens[cue]
        text, lemma = token.text.lower(), token.lemma.lower()
        helped = bool(self.clauses.with_rel(cue, "aux", "mark"))
        return (
            token.upos == "VERB"
            and not helped
            and text in (lemma, lemma + "s", lemma + "es", lemma[:-1] + "ies")
        )

    def _passive(self, i: int) -> bool:
        """As the tree has it, but a perfect without a form of "be" is active whatever the parser says."""
        perfect = any(self.clauses.tokens[c].lemma.lower() == "have" for c in self.clauses.with_rel(i, "aux"))
        return self.clauses.passive(i) and (bool(self.clauses.with_rel(i, "aux:pass")) or not perfect)

    def _shared_auxiliaries(self, i: int) -> list[Token]:
        token = self.clauses.tokens[i]
        if token.deprel != "conj" or self.clauses.with_rel(i, "aux", "nsubj", "nsubj:pass"):
            return []
        return [self.clauses.tokens[c] for c in self.clauses.with_rel(token.head, "aux")]

    # --- who is meant ---------------------------------------------------------------------------------

    def is_own(self, i: int, words: Words) -> bool:
        """Whether a noun or pronoun in the content means the speaker or the speaker's side."""
        token = self.clauses.tokens[i]
        lemma = token.lemma.lower()
        if i in words.spoken.sources:
            return True
        if self.lexicon.has("statement-own-pronouns", token.text):
            return True
        if words.quoted and lemma in _OTHERS:  # who speaks directly means others by them
            return False
        mention = self.scene.mention_of(i)
        if mention is not None and mention.actor is not None and base_actor(mention.actor) in words.own:
            return True
        if lemma == "they" and words.spoken.addressees:  # "told his guests they would not be paid"
            return False
        if lemma in _THIRD and not words.quoted and (mention is None or mention.actor is None):
            return bool(words.spoken.sources)
        if mention is not None and mention.type in _BODIES and self._spoken_for(lemma, words):
            return mention.actor is None and lemma not in _OTHERS
        if self._serves(i, words):
            return True
        for c in self.clauses.with_rel(i, "nmod:poss", "det"):
            child = self.clauses.tokens[c]
            if self.lexicon.has("statement-own-pronouns", child.text):
                return True
            owner = self.scene.mention_of(c) if child.deprel == "nmod:poss" else None
            if owner is not None and owner.actor is not None:
                if base_actor(owner.actor) in words.own:
                    return True
            elif child.text.lower() in _THEIR and not words.quoted and words.spoken.sources:
                lists = ("statement-representatives", "statement-own-means")
                if any(self.lexicon.has(name, lemma) for name in lists):  # "said its fighters had …"
                    return True
        return False

    def _spoken_for(self, body: str, words: Words) -> bool:
        """Whether the speaker is "a spokesman" of a body that only the content names ("the party"), or one of
        that very body ("a party spokesman")."""
        spokes = [
            i for i in words.spoken.sources if self.clauses.tokens[i].lemma.lower().startswith("spokes")
        ]
        if not spokes or words.own:
            return False
        of = [c for i in spokes for c in self.clauses.with_rel(i, "nmod", "nmod:poss", "compound", "amod")]
        return not of or any(self.clauses.tokens[c].lemma.lower() == body for c in of)

    def _serves(self, i: int, words: Words) -> bool:
        """Whether a speaker of a sector (a general, a minister) means the body it serves by "the army"."""
        speaker = self.scene.actors.get(words.speaker.actor or "") if words.speaker is not None else None
        listed = _BODIES_OF.get(speaker.sector or "") if speaker is not None else None
        if speaker is None or listed is None or not self.lexicon.has(listed, self.clauses.tokens[i].lemma):
            return False
        if self.clauses.with_rel(i, "amod", "compound", "nmod", "nmod:poss", "acl", "acl:relcl"):
            return False
        mention = self.scene.mention_of(i)
        body = self.scene.actors.get(mention.actor or "") if mention is not None else None
        return body is None or (body.country is not None and body.country == speaker.country)

    def is_other(self, i: int, words: Words) -> bool:
        """Whether it means an actor that is not the speaker's side."""
        mention = self.scene.mention_of(i)
        if mention is None or mention.type not in ACTOR_TYPES:
            return False
        return not self.is_own(i, words)

    # --- content tests --------------------------------------------------------------------------------

    def attacks(self, p: Predicate, words: Words) -> bool:
        """Whether a predicate is an act of violence against somebody."""
        if self.clauses.tokens[p.i].upos != "VERB":
            return False
        if self.lexicon.has("statement-hostile-verbs", p.lemma):
            if not self.lexicon.has("statement-soft-hostile-verbs", p.lemma):
                return True
            return any(
                self.scene.mention_of(o) is not None and self.is_other(o, words)
                for o in (*p.objects, *self.clauses.frame(p.i).get("obl:on|against|at"))
            )
        return self.lexicon.has("statement-light-verbs", p.lemma) and any(
            self.lexicon.has("statement-attack-nouns", self.clauses.tokens[o].lemma) for o in p.objects
        )

    def done(self, p: Predicate) -> bool:
        """Whether a predicate tells of something that has happened or is going on, no habit ("they kill")."""
        helped = bool(self.clauses.with_rel(p.i, "aux", "aux:pass"))
        return helped or self.clauses.past(p.i) or p.lemma in _LEVEL

    def answers_attack(self, p: Predicate) -> bool:
        """Whether a predicate tells what follows on an attack ("if they fire, we will answer")."""
        for c in self.clauses.with_rel(p.i, "advcl"):
            marks = {self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(c, "mark")}
            if "if" in marks and self.lexicon.has("statement-hostile-verbs", self.clauses.tokens[c].lemma):
                return not p.negated and self.lexicon.has("statement-answering-verbs", p.lemma)
        return False

    def with_consequence(self, p: Predicate) -> bool:
        """Whether something is to be met "with force", "by retaliation"."""
        heads = (*self.clauses.frame(p.i).get("obl:with"), *self.clauses.frame(p.i).get("obl:by"))
        heads += self.clauses.frame(p.i).get("subj") if p.passive else ()
        heads += p.objects if self.lexicon.has("statement-bringing-verbs", p.lemma) else ()
        return self.lexicon.has("statement-consequence-nouns", *(self.clauses.tokens[h].lemma for h in heads))

    def obliges(self, p: Predicate) -> bool:
        for c in self.clauses.with_rel(p.i, "aux"):
            if self.lexicon.has("statement-obligation-words", self.clauses.tokens[c].lemma):
                return self.clauses.tokens[c].lemma.lower() not in ("have", "need")
        token = self.clauses.tokens[p.i]
        governor = self.clauses.tokens[token.head]
        return (
            token.deprel == "xcomp"
            and governor.lemma.lower() in ("have", "need")
            and token.head != p.i
            and governor.upos in ("VERB", "AUX")
        )

    def hedged(self, p: Predicate) -> bool:
        """Whether the speaker leaves it open ("I will probably stay")."""
        adverbs = self.clauses.with_rel(p.i, "advmod")
        return self.lexicon.has("statement-hedges", *(self.clauses.tokens[c].lemma for c in adverbs))

    def evaluates(self, i: int) -> StatementKind | None:
        """``condemnation`` or ``praise`` where a predicate noun or adjective judges."""
        lemmas = [self.clauses.tokens[i].lemma]
        lemmas += [self.clauses.tokens[c].lemma for c in self.clauses.with_rel(i, "amod", "compound", "conj")]
        if self.lexicon.has("statement-condemning-words", *lemmas):
            return "condemnation"
        return "praise" if self.lexicon.has("statement-praising-words", *lemmas) else None

    def denies(self, p: Predicate, words: Words) -> bool:
        """Whether the speaker says that it did not do something or has no part or tie."""
        if p.future or p.modal:
            return False
        nouns = (*p.objects, *self.clauses.frame(p.i).get("obl:of"))
        no_such = any(
            self.lexicon.has("statement-denied-nouns", self.clauses.tokens[o].lemma)
            and (
                p.negated
                or any(self.clauses.tokens[d].lemma == "no" for d in self.clauses.with_rel(o, "det"))
            )
            for o in nouns
        )
        if no_such and p.lemma in ("have", "play", "be", "maintain", "hold", "take", "give"):
            return p.own
        if self._none_there(p):
            return True
        token = self.clauses.tokens[p.i]
        if p.negated and self._no_attack(p, words):
            return True
        if not (p.negated and p.own):
            return False
        if token.upos in ("ADJ", "VERB", "ADV") and self.lexicon.has(
            "statement-denied-adjectives", token.lemma, token.text
        ):
            return True
        acting = any(self._acts_itself(s) and self.is_own(s, words) for s in p.subjects)
        return token.upos == "VERB" and acting and not self.lexicon.has("statement-mental-verbs", p.lemma)

    def _no_attack(self, p: Predicate, words: Words) -> bool:
        """Whether one who takes sides says that nobody was attacked: "not a shot was fired"."""
        partisan = words.speaker is not None and words.speaker.type not in BYSTANDERS
        return partisan and p.passive and not p.subjects and p.lemma != "injure" and self.attacks(p, words)

    def _acts_itself(self, i: int) -> bool:
        """Whether a subject is somebody who acts, not a thing of theirs ("our approach")."""
        token = self.clauses.tokens[i]
        mention = self.scene.mention_of(i)
        known = mention is not None and mention.type in ACTOR_TYPES
        lists = ("speakers", "statement-own-means")
        acting = any(self.lexicon.has(name, token.lemma) for name in lists)
        return known or token.upos in ("PRON", "PROPN") or acting

    def _none_there(self, p: Predicate) -> bool:
        """ "There are no foreign troops": that something is not there, of which one is asked."""
        there = any(
            self.clauses.tokens[c].lemma.lower() == "there" for c in self.clauses.with_rel(p.i, "expl")
        )
        heads = (p.i, *p.subjects)
        listed = [
            h for h in heads if self.lexicon.has("statement-denied-nouns", self.clauses.tokens[h].lemma)
        ]
        return there and any(
            p.negated or any(self.clauses.tokens[d].lemma == "no" for d in self.clauses.with_rel(h, "det"))
            for h in listed
        )
