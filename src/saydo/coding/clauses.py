"""Normalised predicate–argument frames over Universal Dependencies trees.

A ``Frame`` says for a trigger word who stands in which role (``saydo.codebook.entries``), however it is put.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from saydo.coding.clauses_verbs import (
    BLAMING,
    INVERSE,
    OBJECT_CONTROL,
    OBLIQUE_SUPPORT,
    SUPPORT,
    TRANSPARENT,
    denied_towards,
)
from saydo.coding.tree import PASSIVE_SUBJECTS as _PASSIVE
from saydo.coding.tree import PREDICATES as _PREDICATES
from saydo.coding.tree import RELATIVE as RELATIVE
from saydo.coding.tree import Tree

_SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
_DEPTH = 6


class Frame(NamedTuple):
    """The arguments of a trigger: role → head tokens in text order, coordinated ones included."""

    trigger: int
    args: dict[str, tuple[int, ...]]
    support: int | None
    """The verb that governs a nominal trigger and carries its tense and negation."""

    def get(self, role: str) -> tuple[int, ...]:
        """The tokens in a role; ``obl:on|at`` asks for either preposition, in that order."""
        if "|" not in role:
            return self.args.get(role, ())
        kind, _, preps = role.partition(":")
        for prep in preps.split("|"):
            if found := self.args.get(f"{kind}:{prep}"):
                return found
        return ()


@dataclass(frozen=True, slots=True)
class Clauses(Tree):
    """The trees of one reading, and frames for any token."""

    _frames: dict[int, Frame] = field(default_factory=dict, repr=False, compare=False)

    def frame(self, i: int) -> Frame:
        """The frame of the trigger ``i``; made once."""
        if i not in self._frames:
            self._frames[i] = self._frame(i)
        return self._frames[i]

    def _frame(self, i: int) -> Frame:
        token = self.tokens[i]
        if token.upos in _PREDICATES or (token.upos == "ADJ" and self._verbal(i)):
            return Frame(i, self._expand(self.verb_args(i)), None)
        args, support = self._noun_args(i)
        if token.upos == "ADJ":
            self._adjective_phrases(i, args)
        return Frame(i, self._expand(args), support)

    def _verbal(self, i: int) -> bool:
        if self.with_rel(i, "aux:pass", *_PASSIVE):
            return True
        # a participle that was tagged as an adjective ("villagers killed by"), no "fighters loyal to"
        participle = self.tokens[i].text.lower().endswith(("ed", "en", "ing"))
        return participle and self.tokens[i].deprel in ("acl", "acl:relcl")

    def _expand(self, args: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
        out: dict[str, tuple[int, ...]] = {}
        for role, heads in args.items():
            seen: dict[int, None] = {}
            for head in heads:
                members = self.coordinated(head) if self.tokens[head].upos not in _PREDICATES else (head,)
                for member in members:
                    seen[member] = None
            out[role] = tuple(sorted(seen))
        return out

    def verb_args(self, i: int, depth: int = 0) -> dict[str, list[int]]:
        """Role → head tokens of a verb, before coordination is expanded."""
        args = self._own_args(i)
        if depth < _DEPTH:  # the upward and downward look may meet each other: the depth ends it
            self._inherit(i, args, depth)
        if depth == 0:
            self._complement_args(args)
            self._object_phrases(args)
        return args

    def _object_phrases(self, args: dict[str, list[int]]) -> None:
        """Phrases on the object serve the verb where it has none of its own: "suspended aid *to Malawi*"."""
        for noun in args.get("obj", ()):
            for c in self.with_rel(noun, "nmod"):
                prep = self.preposition(c)
                if prep and prep != "by":
                    args.setdefault(f"obl:{prep}", []).append(c)
                for deeper in self.with_rel(c, "nmod"):  # "swore an oath of loyalty *to the king*"
                    inner = self.preposition(deeper)
                    if inner and inner not in ("by", "of"):
                        args.setdefault(f"obl:{inner}", []).append(deeper)

    def _adjective_phrases(self, i: int, args: dict[str, list[int]]) -> None:
        """Phrases on the noun that an adjective takes serve the adjective: "ready for talks *with Juba*"."""
        for noun in self.with_rel(i, "obl"):
            for c in self.with_rel(noun, "nmod"):
                if (prep := self.preposition(c)) and prep != "of":
                    args.setdefault(f"obl:{prep}", []).append(c)

    def _complement_args(self, args: dict[str, list[int]]) -> None:
        """Who does and suffers what a complement clause says: "threatened to kill *the crew*"."""
        for c in args.get("comp", ()):
            if self.tokens[c].upos in _PREDICATES:
                inner = self.verb_args(c, 1)
                for role, heads in inner.items():
                    if heads and (role in ("subj", "obj") or role.startswith("obl:")):
                        args.setdefault(f"comp>{role}", []).extend(heads)
            else:
                for n in self.with_rel(c, "nmod"):
                    args.setdefault(f"comp>{self.preposition(n) or 'mod'}", []).append(n)

    def _own_args(self, i: int) -> dict[str, list[int]]:
        args: dict[str, list[int]] = {}
        passive = self.passive(i)
        for c in self.children[i]:
            rel = self.tokens[c].deprel
            if rel in _PASSIVE and not passive:
                args.setdefault("subj", []).append(c)
            elif rel in _SUBJECTS and not (passive and self.told_in_short(i)):
                args.setdefault("subj", []).append(c)
            elif rel in _PASSIVE or rel in _SUBJECTS or (rel == "obj" and not self.preposition(c)):
                args.setdefault("obj", []).append(c)
            elif rel == "iobj":
                args.setdefault("iobj", []).append(c)
            elif rel.startswith("obl") or rel in ("nmod", "obj"):
                prep = self.phrase(i, c)
                agent = (rel == "obl:agent" and prep in ("by", "")) or (prep == "by" and passive)
                matter = prep == "to" and self.stative(i)  # "is opposed *to the dam*"
                role = "subj" if agent else "obj" if matter else f"obl:{prep}" if prep else "obl"
                args.setdefault(role, []).append(c)
            elif rel in ("ccomp", "xcomp"):
                args.setdefault("comp", []).append(c)
                if rel == "xcomp":
                    args.setdefault("inf", []).append(c)
            elif rel in ("advcl", "advcl:relcl"):
                args.setdefault("advcl", []).append(c)
            elif rel == "advmod":
                args.setdefault("advmod", []).append(c)
        if "iobj" in args and "obj" not in args and "advcl" in args and "comp" not in args:
            args["obj"] = list(args["iobj"])  # "accused *the party* of …": one object is the object
        if "subj" not in args and (heads := self.hyphenated(i)):
            args["subj"] = heads
        self._resolve_relatives(i, args)
        return args

    def _resolve_relatives(self, i: int, args: dict[str, list[int]]) -> None:
        """Puts the antecedent where a relative pronoun stands, or into the gap."""
        governor = self.relative_governor(i)
        if governor is None:
            return
        found = False
        for role, heads in args.items():
            for k, head in enumerate(heads):
                token = self.tokens[head]
                if token.lemma.lower() in RELATIVE and token.upos in ("PRON", "DET", "SCONJ"):
                    heads[k] = governor
                    found = True
                    del role
                    break
        if not found and self.tokens[i].deprel == "acl:relcl":
            if "subj" not in args and not self.passive(i):
                args["subj"] = [governor]
            elif "obj" not in args and not self.passive(i):
                args["obj"] = [governor]

    def _inherit(self, i: int, args: dict[str, list[int]], depth: int) -> None:
        token = self.tokens[i]
        head = token.head
        rel = token.deprel
        missing = "obj" if self.passive(i) else "subj"
        if rel == "conj" and self.tokens[head].upos in _PREDICATES:
            above = self.verb_args(head, depth + 1)
            if missing not in args:
                role = "obj" if self.passive(head) else "subj"
                if heads := above.get(role):
                    args[missing] = list(heads)
            for role, heads in above.items():  # what follows both verbs belongs to both
                if role not in args and (role == "obj" or role.startswith("obl")) and min(heads) > i:
                    args[role] = list(heads)
        elif rel == "xcomp" and missing not in args:
            self._control(i, head, args, missing, depth)
        elif rel == "advcl" and missing not in args and not self._finite(i):
            above = self.verb_args(head, depth + 1) if self.tokens[head].upos in _PREDICATES else {}
            if heads := self._free_subject(i, head, above):
                args[missing] = list(heads)
        elif rel == "acl":
            self._modified_noun(i, head, args, depth)
        elif rel == "parataxis" and missing not in args and not self._finite(i):
            above = self.verb_args(head, depth + 1) if self.tokens[head].upos in _PREDICATES else {}
            if heads := above.get("subj"):
                args[missing] = list(heads)

    def _free_subject(self, i: int, head: int, above: dict[str, list[int]]) -> list[int]:
        """Whom a clause without a subject of its own tells of, from the arguments of the verb above."""
        if self.marked(i, "of", "for", "from", "into") and (blamed := above.get("obj")):
            return blamed  # "accused Doha of arming …"
        if self.marked(i, "to") and (asked := self.asked(head, above)):
            return asked
        marked = self.with_rel(i, "mark") or self.passive(i)
        if marked and self.passive(head) and (told := above.get("obj")):
            return told  # "*the mayor* was shot by a guard after leaving", but "shot by a guard, killing him"
        return above.get("subj") or above.get("obj") or []

    def _finite(self, i: int) -> bool:
        return bool(self.with_rel(i, *_SUBJECTS, *_PASSIVE))

    def _control(self, i: int, head: int, args: dict[str, list[int]], missing: str, depth: int) -> None:
        governor = self.tokens[head]
        if governor.upos in _PREDICATES:
            above = self.verb_args(head, depth + 1)
            asked = above.get("obj") or above.get("iobj") or self.asked(head, above)
            if governor.lemma in OBJECT_CONTROL and asked:
                args[missing] = list(asked)
            elif heads := above.get("subj") or above.get("obj"):
                args[missing] = list(heads)
        elif heads := self.with_rel(head, *_SUBJECTS):  # "is ready to attack"
            args[missing] = heads
        elif governor.deprel == "conj" and (
            heads := self.verb_args(governor.head, depth + 1).get("subj", [])
        ):
            args[missing] = list(heads)

    def _modified_noun(self, i: int, noun: int, args: dict[str, list[int]], depth: int) -> None:
        """A participle or infinitive on a noun: "fighters operating under", "plan to attack"."""
        to = self.marked(i, "to")
        if to or (self.with_rel(i, "mark") and self.tokens[i].text.lower().endswith("ing")):
            if "subj" not in args:  # "has no intention *of sending* troops", "is the first *to cross*"
                nominal, _ = self._noun_args(noun, depth + 1)
                heads = nominal.get("subj") or nominal.get("poss") or self.with_rel(noun, "nsubj")
                heads = heads or ([noun] if to else [])
                args |= {"subj": list(heads)} if heads else {}
        elif self.is_participle(i):
            args.setdefault("obj", [noun])
        else:
            args.setdefault("subj", [noun])

    def _noun_args(self, i: int, depth: int = 0) -> tuple[dict[str, list[int]], int | None]:
        args: dict[str, list[int]] = {}
        for c in self.children[i]:
            self._noun_child(i, c, args, depth)
        if "subj" not in args:
            args |= {"subj": above} if (above := self.agents_above(i)) else {}
        if depth == 0:  # nobody below asks for these, and they look upwards again
            self._self_args(i, args)
            self._standing_args(i, args)
        support = self._support(i, args, depth) if depth < _DEPTH else None
        return args, support

    def _noun_child(self, i: int, c: int, args: dict[str, list[int]], depth: int) -> None:
        token = self.tokens[c]
        rel = token.deprel
        if rel == "nmod:poss":
            args.setdefault("poss", []).append(self.owner_of(c))
        elif rel.startswith(("nmod", "obl")):
            prep = self.preposition(c)
            args.setdefault("subj" if prep == "by" else f"obl:{prep}" if prep else "mod", []).append(c)
        elif rel in ("amod", "compound"):
            args.setdefault("mod", []).append(c)
        elif rel in ("acl", "acl:relcl"):
            args.setdefault("comp", []).append(c)
            if self.tokens[c].lemma in SUPPORT and (heads := self.verb_args(c, _DEPTH).get("subj")):
                agents = [h for h in heads if h != i]
                if agents:
                    args.setdefault("subj", []).extend(agents)

    def _self_args(self, i: int, args: dict[str, list[int]]) -> None:
        """Whom a noun denotes: subject of the copula, either side of an apposition, the name it titles."""
        token = self.tokens[i]
        denoted = [self.antecedent(i, c) for c in self.with_rel(i, "nsubj", "appos", "flat", "flat:name")]
        denoted += [c for c in self.with_rel(i, "compound") if self.tokens[c].upos == "PROPN" and c > i]
        if token.deprel == "appos" or (
            token.deprel in ("compound", "nmod:desc", "nmod:unmarked")
            and self.tokens[token.head].upos == "PROPN"
        ):
            denoted.append(token.head)
        elif token.deprel.startswith("obl") and self.preposition(i) == "as":
            above = self.verb_args(token.head, _DEPTH - 1)
            denoted += above.get("obj", []) or above.get("subj", [])
        elif token.deprel == "xcomp" and self.tokens[token.head].upos in _PREDICATES:
            above = self.verb_args(token.head, _DEPTH - 1)
            denoted += above.get("obj", []) or above.get("subj", [])
        elif token.deprel == "conj" and self.tokens[token.head].upos in ("NOUN", "PROPN"):
            denoted += self.with_rel(token.head, "nsubj")
            if self.tokens[token.head].deprel == "appos":
                denoted.append(self.tokens[token.head].head)
        if denoted:
            args["self"] = denoted

    def _standing_args(self, i: int, args: dict[str, list[int]]) -> None:
        """``itself`` (the noun), ``head`` (what an adjective stands on), ``instance`` ("including …"),
        ``governor`` (subject of the verb above), ``under`` (who stands under the noun, in its name …)."""
        token = self.tokens[i]
        args["itself"] = [i]
        if token.upos == "ADJ" and token.deprel in ("amod", "acl", "acl:relcl"):
            args["head"] = [token.head]
        named = [
            c for c in self.with_rel(i, "nmod") if self.preposition(c) in ("including", "such as", "like")
        ]
        if named:
            args["instance"] = named
        verb = next((a for a in self.ancestors(i) if self.tokens[a].upos in _PREDICATES), None)
        if verb is not None and (heads := self.verb_args(verb, _DEPTH - 2).get("subj")):
            args["governor"] = list(heads)
        if verb is not None and token.deprel.startswith("obl") and token.head == verb and "governor" in args:
            args["attending"] = args["governor"]
        if self.preposition(i) in ("for", "against") and self.with_rel(i, "cop"):
            args[f"stance:{self.preposition(i)}"] = self.with_rel(
                i, *_SUBJECTS
            )  # "is against the sending of"
        if self.preposition(i) in ("under", "in", "on", "at", "through", "on behalf of"):
            args["under"] = self._standing_under(i)

    def _standing_under(self, i: int) -> list[int]:
        """Who does what is done "under the command of", "in the name of": the verb's subject (object of
        a passive), or the noun that the phrase stands on and who does that."""
        governor = self.tokens[self.first_noun(i)].head
        if self.with_rel(i, "cop") and (heads := self.with_rel(i, *_SUBJECTS)):
            return heads  # "the battalion is under the command of"
        if governor == i:
            return []
        if self.tokens[governor].upos in _PREDICATES:
            above = self.verb_args(governor, 1)
            for noun in above.get("obj", ()):  # "shows raids *by the group* under the command of"
                agents = [c for c in self.with_rel(noun, "nmod") if self.preposition(c) == "by"]
                if agents:
                    return agents
            doers = above.get("subj") or above.get("obj") or []
            return [d for d in doers if d != i]
        if self.tokens[governor].deprel in ("nmod", "obl") and self.preposition(governor) == "by":
            return [governor]
        agents = [
            c for c in self.with_rel(governor, "nmod", "nmod:poss") if self.preposition(c) in ("by", "")
        ]
        return [*agents, governor]

    def _blamed(self, i: int, verb: int, args: dict[str, list[int]], depth: int) -> None:
        """Who is blamed for what a noun names has done it: "blamed the raid on *the rebels*", "blamed *the
        rebels* for the raid"."""
        above = self.verb_args(verb, depth + 1)
        if self.tokens[i].deprel in ("obj", "nsubj:pass"):
            blamed = above.get("obl:on") or above.get("obl:to") or []
        elif self.preposition(i) in ("for", "of", "over", "in"):
            blamed = above.get("obj") or above.get("iobj") or []
        else:
            blamed = []
        if blamed:
            args.setdefault("subj", []).extend(h for h in blamed if h != i)

    def _support(self, i: int, args: dict[str, list[int]], depth: int) -> int | None:
        """Finds the light verb over a noun and takes its subject and obliques over."""
        token = self.tokens[i]
        governor = self.tokens[token.head]
        if token.deprel in ("nmod", "conj") and governor.upos in ("NOUN", "NUM", "PRON", "DET"):
            through = token.deprel == "conj" or governor.lemma in TRANSPARENT
            if through and token.head != i:
                return self._support(governor.i, args, depth)
            return None
        if governor.i == i or governor.upos not in _PREDICATES:
            return None
        if governor.lemma in BLAMING:
            self._blamed(i, governor.i, args, depth)
            return None
        nominal_object = token.deprel in ("obj", "nsubj:pass")
        oblique = token.deprel.startswith("obl") and governor.lemma in OBLIQUE_SUPPORT
        above = self.verb_args(governor.i, depth + 1)
        if governor.lemma in INVERSE and (nominal_object or oblique):
            args.setdefault("obj", []).extend(above.get("subj", []))
        elif nominal_object and denied_towards(governor.lemma, args):
            args.setdefault("subj", []).extend(h for h in above.get("subj", []) if h != i)
        elif oblique or (governor.lemma in SUPPORT and nominal_object):
            doers = [h for h in above.get("subj", []) if h != i]
            if doers:
                args.setdefault("subj", []).extend(doers)
            if nominal_object:
                for role, heads in above.items():
                    if role.startswith("obl:"):
                        args.setdefault(role, []).extend(h for h in heads if h not in args.get(role, []))
        elif token.deprel not in ("nsubj", "nsubj:pass", "obj") and not oblique:
            return None
        return governor.i
