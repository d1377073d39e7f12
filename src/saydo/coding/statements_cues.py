"""Finds reporting words in the trees and reads off who says what to whom by the codebook's units.

Content roles of statement units, beside the frame's own: ``clause`` (finite complement or direct speech),
``inf`` (infinitive), ``comp`` (either, and gerunds); parts joined by ``+`` must all be there, and the
content then runs from the first to the last. In ``where``, ``@actor`` asks for somebody who can speak, and
``obj>obl:for`` for a phrase on the object. A unit whose ``needs`` names ``attribution`` counts only where the
reader has an attribution with that cue: "seek" and "attack" as often tell of deeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from saydo.codebook.entries import Unit
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.match import Scene
from saydo.coding.reporting import ACTOR_TYPES, Reporting
from saydo.coding.statements_cut import cut_off, taken_in
from saydo.coding.statements_spans import clause_tokens, filled
from saydo.model.records import StatementKind

_CLASS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "verb"}
_FINITE = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl", "aux", "cop")
_ASKED = frozenset({"how", "whether", "what", "where", "when", "why", "which", "who"})
_CLAUSAL = frozenset({"clause", "inf", "comp"})
_RELATING = frozenset({"which", "whom", "whereby", "wherein"})
_EXPLETIVE = frozenset({"it", "there"})


class Spoken(NamedTuple):
    """A speech act as its cue tells it, in tokens."""

    cue: int
    """Head token of the cue."""
    cue_tokens: frozenset[int]
    kind: StatementKind
    """The kind of the unit; the content may yet change it."""
    name: str
    sources: tuple[int, ...]
    """Head tokens of who speaks."""
    addressees: tuple[int, ...]
    heads: tuple[int, ...]
    """Head tokens of the content."""
    content: frozenset[int]
    form: str
    """``clause``, ``inf``, ``comp``, ``object``, ``direct`` (nothing in the tree: look for quotation marks),
    ``contrast`` (words that the clause beside them contradicts)."""
    score: float
    listed: bool = True
    """Whether the codebook has the cue; else the reader alone takes it for one."""


@dataclass(frozen=True, slots=True)
class CueReader:
    """Reads cues off one scene."""

    scene: Scene
    lexicon: Reporting

    @property
    def clauses(self) -> Clauses:
        return self.scene.clauses

    def read(self) -> Iterator[Spoken]:
        """Every reporting word with who, what and to whom, in text order; whether anything was really said
        is not asked yet."""
        for token in self.clauses.tokens:
            kind = _CLASS.get(token.upos)
            units = self.lexicon.units.get((kind, token.lemma.lower()), ()) if kind else ()
            outer = self._reported_by_aside(token.i) if units else None
            aside = (outer is not None and outer < token.i) or bool(self.clauses.with_rel(token.i, "ccomp"))
            found = [
                (self._rank(s, unit, rest, aside), s)
                for concept, unit, rest in units
                if (s := self._unit(token.i, cast(StatementKind, concept), unit, rest)) is not None
            ]
            if found:
                yield max(found, key=lambda pair: pair[0])[1]

    def _rank(self, s: Spoken, unit: Unit, rest: str, aside: bool) -> tuple[bool, bool, int, float]:
        """Units that find their content go first; of an aside ("…, she insisted on the radio"), or where
        there is a clause, those that take it; then those that ask for more, then the surer."""
        clausal = aside and s.form in ("clause", "comp")
        return (s.form != "direct", clausal, sum(role != "subj" for role in unit.where) + bool(rest), s.score)

    def listed(
        self, i: int, cue: set[int], forms: set[str], heads: Sequence[int]
    ) -> tuple[StatementKind, Unit] | None:
        """The plainest unit of a word whose conditions hold and whose further words stand in the reader's
        cue, whatever of its arguments the tree has. ``forms``: the content roles that the reader's content
        could fill (``clause``, ``inf``, ``comp``, ``object``); ``heads``: its nominal heads."""
        token = self.clauses.tokens[i]
        kind = _CLASS.get(token.upos)
        units = self.lexicon.units.get((kind, token.lemma.lower()), ()) if kind else ()
        frame = self.clauses.frame(i)
        fitting = [
            (len(unit.where), -unit.score, n)
            for n, (_, unit, rest) in enumerate(units)
            if (extra := self._rest(i, frame, rest)) is not None
            and cue.issuperset(extra)
            and self._conditions(frame, unit)
            and not any(self._fits(h, unit.without.get("obj", ())) for h in heads)
            and forms & {c if c in _CLAUSAL else "object" for c in unit.roles.get("content", ())}
            and (token.upos != "NOUN" or forms & _CLAUSAL)
        ]
        if not fitting:
            return None
        concept, unit, _ = units[min(fitting)[2]]
        return cast(StatementKind, concept), unit

    # --- units ------------------------------------------------------------------------------------------

    def _unit(self, i: int, kind: StatementKind, unit: Unit, rest: str) -> Spoken | None:
        frame = self.clauses.frame(i)
        extra = self._rest(i, frame, rest)
        if extra is None or "attribution" in unit.needs or not self._conditions(frame, unit):
            return None
        nominal = bool(unit.noun)
        sources = self._sources(frame, unit, nominal)
        form, heads, content = self._content(frame, unit, nominal)
        if not nominal and not sources and (speaker := taken_in(self.scene, i)):
            sources, content = speaker[:1], content - set(range(min(speaker), i))
        if form == "direct" and (nominal or "content" in unit.needs):
            return None
        if "source" in unit.needs and not any(self.speaker(h) for h in sources):
            return None
        addressees = next((a for role in unit.roles.get("addressee", ()) if (a := frame.get(role))), ())
        if "addressee" in unit.needs and not addressees:
            return None
        name = f"{kind}/{unit.name or self.clauses.tokens[i].lemma.lower()}{' ' + rest if rest else ''}"
        cue = frozenset({i, *extra, *self._fixed_object(frame, unit, heads)})
        left = frozenset(content - cue)
        return Spoken(i, cue, kind, name, sources, addressees, heads, left, form, unit.score)

    def _rest(self, i: int, frame: Frame, rest: str) -> tuple[int, ...] | None:
        """The tokens of the remaining words of a multi-word lemma; None where one is missing."""
        found: list[int] = []
        for word in rest.split():
            here = [
                c
                for c in self.clauses.children[i]
                if word in (self.clauses.tokens[c].text.lower(), self.clauses.tokens[c].lemma.lower())
                and self.clauses.tokens[c].deprel not in ("mark", "cc", "punct")
            ]
            if not here:
                here = [
                    c
                    for h in frame.args.get(f"obl:{word}", ())
                    if h not in self.scene.timed  # "insisted on Tuesday"
                    for c in self.clauses.with_rel(h, "case")
                    if self.clauses.tokens[c].text.lower() == word
                ]
            if not here:
                return None
            found.append(here[0])
        return tuple(found)

    def _fixed_object(self, frame: Frame, unit: Unit, heads: tuple[int, ...]) -> tuple[int, ...]:
        """The object that makes the cue ("claimed responsibility"), where it is not the content's head."""
        wanted = unit.where.get("obj", ())
        if not wanted or wanted[0].startswith("@") or wanted == ("*",):
            return ()
        return tuple(
            h for h in frame.get("obj") if h not in heads and self.clauses.tokens[h].lemma.lower() in wanted
        )

    def _conditions(self, frame: Frame, unit: Unit) -> bool:
        for role, lemmas in unit.where.items():
            if not any(self._fits(i, lemmas) for i in self._path(frame, role)):
                return False
        return not any(
            self._fits(i, lemmas) for role, lemmas in unit.without.items() for i in self._path(frame, role)
        )

    def _path(self, frame: Frame, role: str) -> tuple[int, ...]:
        role, _, further = role.partition(">")
        heads = frame.get(role) or self._gerunds(frame, role)
        if not further:
            return heads
        return tuple(i for h in heads for i in self._path(self.clauses.frame(h), further))

    def _fits(self, i: int, lemmas: tuple[str, ...]) -> bool:
        token = self.clauses.tokens[i]
        for lemma in lemmas:
            if lemma == "*" or lemma in (token.lemma.lower(), token.text.lower()):
                return True
            if lemma == "@actor" and self.speaker(i):
                return True
            mention = self.scene.mention_of(i) if lemma.startswith("@") else None
            if mention is not None and mention.type == lemma[1:]:
                return True
        return False

    def speaker(self, i: int) -> bool:
        """Whether a noun or pronoun stands for somebody who can speak."""
        token = self.clauses.tokens[i]
        mention = self.scene.mention_of(i)
        if mention is not None:
            return mention.type in ACTOR_TYPES
        if token.upos in ("PRON", "DET"):
            return self.lexicon.has("reporting-human-pronouns", token.lemma, token.text)
        lemma = token.lemma.lower()
        return self.lexicon.has("speakers", lemma) or self.message(i)

    def message(self, i: int) -> bool:
        """Whether a noun is a statement, video, letter …, which speaks for whoever issued it."""
        token = self.clauses.tokens[i]
        return token.upos == "NOUN" and self.lexicon.has("reporting-message-nouns", token.lemma)

    def _sources(self, frame: Frame, unit: Unit, nominal: bool) -> tuple[int, ...]:
        for role in unit.roles.get("source", ()):
            heads = [h for h in frame.get(role) if self._can_source(h, role, nominal)]
            if heads:
                return tuple(heads)
        return ()

    def _can_source(self, h: int, role: str, nominal: bool) -> bool:
        token = self.clauses.tokens[h]
        if token.lemma.lower() in _EXPLETIVE and (
            token.deprel == "expl" or any(self.clauses.with_rel(token.head, "csubj", "csubj:pass"))
        ):
            return False
        if (
            token.upos in ("VERB", "AUX", "ADV", "NUM")
            and role == "subj"
            and token.deprel.startswith("csubj")
        ):
            return False
        if nominal and role in ("mod", "subj"):
            mention = self.scene.mention_of(h)
            return mention is not None and mention.type in ACTOR_TYPES
        return True

    # --- content ----------------------------------------------------------------------------------------

    def _content(self, frame: Frame, unit: Unit, nominal: bool) -> tuple[str, tuple[int, ...], set[int]]:
        for spec in unit.roles.get("content", ()):
            parts = [self._part(frame, part, unit, nominal) for part in spec.split("+")]
            if not all(heads for heads, _ in parts):
                continue
            heads = tuple(h for part, _ in parts for h in part)
            content: set[int] = set()
            for _, tokens in parts:
                content |= tokens
            barred = {frame.trigger, *self._beside(frame, heads)}
            form = spec if spec in ("clause", "inf", "comp") else "object"
            return form, heads, filled(content, self.clauses, barred)
        return "direct", (), set()

    def _beside(self, frame: Frame, heads: tuple[int, ...]) -> set[int]:
        """Tokens of the cue's other arguments, which no gap may be closed over."""
        return {
            t
            for c in self.clauses.children[frame.trigger]
            if c not in heads and self.clauses.tokens[c].deprel != "punct"
            for t in self.clauses.subtree(c)
        } - {t for h in heads for t in self.clauses.subtree(h)}

    def _part(self, frame: Frame, part: str, unit: Unit, nominal: bool) -> tuple[tuple[int, ...], set[int]]:
        i = frame.trigger
        if part == "clause":
            return self._clause(frame, unit, nominal)
        if part == "inf":
            heads = tuple(c for c in self._complements(frame, nominal) if self.infinitive(c))
        elif part == "comp":
            heads = self._complements(frame, nominal)
            if not heads:
                return self._clause(frame, unit, nominal)
        else:
            found = frame.get(part) or (frame.get("iobj") if part == "obj" else self._gerunds(frame, part))
            heads = tuple(h for h in found if h not in frame.get("comp"))
            heads = tuple(h for h in heads if self.clauses.tokens[h].lemma.lower() not in _EXPLETIVE or h > i)
        tokens = {t for h in heads for t in clause_tokens(self.clauses, h, {i})}
        return heads, tokens - {i}

    def _clausal(self, c: int) -> bool:
        """Not a bare noun that the parser took for a clause ("denied the girl a refund")."""
        token = self.clauses.tokens[c]
        return token.upos not in ("NOUN", "PROPN") or bool(
            self.clauses.with_rel(c, "cop", "mark", "aux") or token.head > c or token.deprel == "xcomp"
        )

    def _gerunds(self, frame: Frame, part: str) -> tuple[int, ...]:
        """ "Of arming" and "for saving", which are clauses to the tree, on the verb or its object."""
        role, _, prepositions = part.partition(":")
        wanted = set(prepositions.split("|")) if role == "obl" else set()
        below = [
            c
            for h in (frame.trigger, *frame.get("obj"))
            for c in self.clauses.with_rel(h, "advcl", "acl", "ccomp", "xcomp")
        ]
        return tuple(
            c
            for c in below
            if wanted & {self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(c, "mark")}
        )

    def infinitive(self, c: int) -> bool:
        marks = {self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(c, "mark")}
        below = [self.clauses.tokens[s] for s in self.clauses.children[c]]
        asked = any(t.lemma.lower() in _ASKED and t.i < c for t in below)  # "how to leave" urges nobody
        return "to" in marks and not asked and not any(t.deprel.startswith("nsubj") for t in below)

    def _complements(self, frame: Frame, nominal: bool) -> tuple[int, ...]:
        i = frame.trigger
        if not nominal:
            late = [
                c
                for c in self.clauses.with_rel(i, "advcl")
                if self.infinitive(c) and frame.get("obl:on|upon|to")
            ]
            on_object = [
                c
                for h in (*frame.get("obj"), *frame.get("obl:on|upon|to"))
                for c in self.clauses.with_rel(h, "acl")
                if self.infinitive(c) and self.speaker(h)
            ]
            return tuple(sorted({*filter(self._clausal, frame.get("comp")), *late, *on_object}))
        out: list[int] = []
        for c in frame.get("comp"):
            token = self.clauses.tokens[c]
            marks = {self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(c, "mark")}
            if token.head == i and marks & {"that", "to"}:
                out.append(c)
        out += [*self.clauses.with_rel(i, "ccomp"), *self._hung_higher(i)]
        return tuple(sorted(set(out)))

    def _hung_higher(self, i: int) -> list[int]:
        """A "that"-clause of a noun which the parser hung on the verb over it, or on a participle between the
        two: "rebutted the mayor's charge *that* …", "her remarks, made in May, *that* …"."""
        clauses = self.clauses
        over = [clauses.tokens[i].head] if clauses.tokens[i].deprel == "obj" else []
        return [
            c
            for verb in (*over, *(a for a in clauses.with_rel(i, "acl") if clauses.passive(a)))
            for c in clauses.with_rel(verb, "ccomp", "conj", "advcl")
            if c > i and any(clauses.tokens[m].text.lower() == "that" for m in clauses.with_rel(c, "mark"))
        ]

    def _clause(self, frame: Frame, unit: Unit, nominal: bool) -> tuple[tuple[int, ...], set[int]]:
        i = frame.trigger
        complements = tuple(c for c in self._complements(frame, nominal) if not self.infinitive(c))
        if complements:
            return complements, self._below(complements, i)
        if nominal:
            return (), set()
        if raised := self._raised(frame, unit):
            return raised, self._below(raised, i)
        clausal = tuple(c for c in self.clauses.with_rel(i, "csubj:pass"))
        if clausal:
            return clausal, self._below(clausal, i)
        if (outer := self._reported_by_aside(i)) is not None:
            return (outer,), clause_tokens(self.clauses, outer, {i})
        beside = tuple(
            c
            for c in self.clauses.with_rel(i, "parataxis")
            if self._sentence_like(c) and not self._reports(c)
        )
        return beside, self._below(beside, i)

    def _below(self, heads: Iterable[int], i: int) -> set[int]:
        return {t for h in heads for t in clause_tokens(self.clauses, h, {i})} - {i}

    def _raised(self, frame: Frame, unit: Unit) -> tuple[int, ...]:
        """Subject and infinitive of "the men are said to have fled"."""
        i = frame.trigger
        if not self.clauses.passive(i) or "obj" in unit.roles.get("addressee", ()):
            return ()
        infinitives = [c for c in frame.get("comp") if self.infinitive(c)]
        subjects = self.clauses.with_rel(i, "nsubj:pass")
        return (*subjects, *infinitives) if infinitives and subjects else ()

    def _reported_by_aside(self, i: int) -> int | None:
        """The clause that an aside reports: "the talks failed, he said", "as the envoy put it"."""
        token = self.clauses.tokens[i]
        if token.head == i:
            return None
        if any(self.clauses.tokens[c].text.lower() in _RELATING for c in self.clauses.children[i]):
            return None  # "signed a plan *in which* it undertakes to …"
        if token.deprel == "parataxis":
            return token.head if self._sentence_like(token.head) or token.head < i else None
        if token.deprel == "advcl":
            marks = {self.clauses.tokens[m].text.lower() for m in self.clauses.with_rel(i, "mark", "advmod")}
            behind = not marks and token.head < i and self._sentence_like(token.head)
            if ("as" in marks or behind) and self.clauses.with_rel(i, "nsubj"):
                return token.head
        outer = cut_off(self.scene, i)
        return outer if outer is not None and self._sentence_like(outer) else None

    def _sentence_like(self, c: int) -> bool:
        token = self.clauses.tokens[c]
        return token.upos in ("VERB", "AUX") or bool(self.clauses.with_rel(c, *_FINITE))

    def _reports(self, c: int) -> bool:
        token = self.clauses.tokens[c]
        return bool(self.lexicon.units.get(("verb", token.lemma.lower()))) and not self.clauses.with_rel(
            c, "obj", "ccomp", "xcomp", "obl"
        )
