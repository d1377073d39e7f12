"""Propositions: what a clause says somebody does, in its own words.

Event types stand for a few dozen kinds of doing; people promise and deny thousands. A proposition keeps the
clause itself, active or passive, verb or noun: who, which verb (or the list of words for one doing that it
stands in, ``cues/deeds.yaml``), to whom or what, whether it is so. Weighing compares them as it compares
events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from saydo.codebook.entries import Codebook
from saydo.coding.match import Scene
from saydo.coding.modality import Modality, ModalityCues, modality
from saydo.coding.propositions_clauses import ClauseReader
from saydo.coding.propositions_deeds import Clause, Deeds, deeds
from saydo.coding.propositions_implied import Implied
from saydo.coding.propositions_sides import Sides, side_words
from saydo.coding.propositions_stances import judged
from saydo.coding.setting import Setting, setting
from saydo.coding.tallies import Tally, TallyWords, tallies, tally_words
from saydo.coding.voices import Voices
from saydo.model.linked import LinkedMention
from saydo.model.records import Proposition

_NEVER_ACT = frozenset({"weapon", "money", "quantity"})
_ASIDE = frozenset({
    "under", "according to", "as part of", "despite", "in spite of", "contrary to", "notwithstanding",
    "in defiance of", "in violation of", "in breach of", "in return for", "in exchange for", "because of",
})  # fmt: skip
"""Prepositions of phrases that are no part of what is done."""
_PLACES = frozenset({"place", "nationality"})
_CONTENT = frozenset({"NOUN", "PROPN"})
_ANYBODY = frozenset({"nobody", "none", "nothing", "anybody", "anyone", "anything", "everybody", "everyone"})
"""Pronouns that stand for nothing told before."""
_MOST_WORDS = 8
_SCORE = 0.7
_TELLING = 2
"""Nouns that a clause without a known doer must name to be kept."""


def find_propositions(
    scene: Scene, voices: Voices, cues: ModalityCues, codebook: Codebook
) -> tuple[Proposition, ...]:
    """The propositions of a document in text order: those of its own voice where somebody known, or a body,
    does something; those of statements whoever does it."""
    implied = Implied.of(scene, voices, codebook)
    listed = deeds(codebook)
    sides = Sides(scene.clauses, side_words(codebook), listed.of, listed.nouns)
    finder = _Finder(scene, voices, cues, listed, sides, implied, tally_words(codebook))
    return tuple(made.model_copy(update={"id": f"p{k}"}) for k, made in enumerate(finder.found()))


@dataclass(frozen=True, slots=True)
class _Finder:
    scene: Scene
    voices: Voices
    cues: ModalityCues
    deeds: Deeds
    sides: Sides
    implied: Implied
    counting: TallyWords

    def found(self) -> Iterator[Proposition]:
        """Every proposition, numbered later."""
        for clause in (
            *ClauseReader(self.scene, self.voices, self.deeds, self.sides).read(),
            *self.implied.read(),
            *self._judged(),
        ):
            made = self._proposition(clause)
            if made is not None:
                yield made
        for tally in tallies(self.scene, self.counting):
            made = self._tallied(tally)
            if made is not None:
                yield made

    def _tallied(self, tally: Tally) -> Proposition | None:
        """A number of dead, taken, gathered …, as a proposition of its own. "Four had died of their burns",
        without a noun, are some of those told before."""
        scene, clauses = self.scene, self.scene.clauses
        voice = self.voices.of_token(tally.trigger)
        within = self.voices.content(voice)
        frame = clauses.frame(tally.trigger)
        how = modality(clauses, frame, self.cues, self.voices.cue_tokens)
        where: Setting = setting(scene, frame, within)
        heads = (tally.trigger, *tally.counted)
        if tally.counted and voice is None and not self._words(tally.counted, within):
            return None
        return Proposition(
            id="p",
            verb=tally.measure,
            trigger=(clauses.tokens[tally.trigger].start, clauses.tokens[tally.trigger].end),
            recipients=tuple(m.id for m in self._mentions((*tally.counted, *tally.owners), _NEVER_ACT)),
            objects=self._words(tally.counted, within),
            count=tally.people,
            place=where.place,
            time=where.time if self._dated(tally.trigger) else None,
            realis=how.realis,
            polarity="positive" if tally.people.low == 0 else how.polarity,
            attributed_to=None if voice is None else f"s{voice}",
            evidence=(clauses.tokens[min(heads)].start, clauses.tokens[max(heads)].end),
            score=_SCORE,
        )

    def _dated(self, i: int) -> bool:
        """Whether a sentence names a time; one carried over from another may be that of saying."""
        tokens = self.scene.clauses.tokens
        return any(tokens[t.head].sentence == tokens[i].sentence for t in self.scene.linked.times)

    def _judged(self) -> Iterator[Clause]:
        """The sides that speakers take without a word for it."""
        for token in self.scene.clauses.tokens:
            if self.voices.of_token(token.i) is not None:
                clause = judged(self.scene, self.sides, token.i)
                if clause is not None:
                    yield clause

    def _proposition(self, clause: Clause) -> Proposition | None:
        scene, clauses = self.scene, self.scene.clauses
        voice = self.voices.of_token(clause.trigger)
        within = self.voices.content(voice)
        aside = frozenset(
            i for h in clause.others if clauses.preposition(h) in _ASIDE for i in clauses.subtree(h)
        )
        clause = clause._replace(others=tuple(h for h in clause.others if h not in aside))
        if within is not None:
            clause = clause._replace(
                direct=tuple(h for h in clause.direct if h in within),
                others=tuple(h for h in clause.others if h in within),
            )
        actors = self._mentions(clause.doers, _NEVER_ACT)
        doers = () if any(m.named or m.actor for m in actors) else self._words(clause.doers, None)
        name = "" if actors else self._name(clause.doers)
        doers = (name, *doers) if name else doers
        how = self._how(clause, voice)
        if clause.stance:
            how = Modality("actual", "negative" if how.polarity == "negative" else "positive", "stance")
        own = clause.stance or self._of_speaker(voice, actors, how)
        if not any(_acts(m) for m in actors) and not own and not name:
            # "bread prices were raised": what is done may be told without the one who does it
            told = {*doers, *self._words(clause.direct, None), *self._words(clause.others, None)}
            if not clause.direct and (voice is None or not doers or clause.verb not in self.deeds.listed):
                return None
            if clause.direct and len(told) < _TELLING:
                return None
        if any(m.named or m.actor for m in actors):
            actors = tuple(m for m in actors if m.named or m.actor or _acts(m))
        held = {m.id for m in actors} | {m.actor for m in actors if m.actor}
        recipients = tuple(
            m
            for m in self._mentions((*clause.direct, *clause.others), frozenset({"money", "quantity"}))
            if m.id not in held and m.actor not in held and (within is None or m.head in within)
        )
        objects = self._words((self._object_of(clause, h) for h in clause.direct), within)
        # a pronoun stays beside what it seems to stand for: of that nobody can be sure
        objects += tuple(
            t.text.lower() for h in clause.direct if (t := scene.clauses.tokens[h]).upos == "PRON"
        )
        others = self._words((self._object_of(clause, h) for h in clause.others), within)
        others += tuple(w for h in clause.direct for w in self._told_of(h, within))
        others = tuple(w for w in others if w not in objects)
        where: Setting = setting(scene, clause.frame, within)
        tokens = clauses.tokens
        inside = [
            m for m in (*actors, *recipients) if tokens[m.head].sentence == tokens[clause.trigger].sentence
        ]
        heads = [
            h
            for h in (*clause.direct, *clause.others)
            if tokens[h].sentence == tokens[clause.trigger].sentence
        ]
        first = min([clause.trigger, *(m.first for m in inside), *heads])
        last = max([clause.trigger + 1, *(m.last for m in inside), *(h + 1 for h in heads)])
        return Proposition(
            id="p",
            verb=clause.verb,
            trigger=(tokens[clause.trigger].start, tokens[clause.trigger].end),
            actors=tuple(m.id for m in actors),
            doers=doers,
            recipients=tuple(m.id for m in recipients),
            objects=objects,
            others=others,
            place=None
            if where.place is None or scene.linked.places[where.place].tokens[0] in aside
            else where.place,
            time=where.time,
            realis=how.realis,
            polarity=how.polarity,
            attributed_to=None if voice is None else f"s{voice}",
            evidence=(tokens[first].start, tokens[last - 1].end),
            score=_SCORE,
        )

    def _of_speaker(self, voice: int | None, actors: tuple[LinkedMention, ...], how: Modality) -> bool:
        """Whether nobody is named as the doer in what somebody says: "there would be no strike", "the huts
        would not be torn down", "inmates are never beaten". Whose doing it is follows from who says so."""
        if voice is None or actors:
            return False
        return how.polarity == "negative" or self.voices.kind(voice) in ("pledge", "denial")

    def _mentions(self, heads: Iterable[int], barred: frozenset[str]) -> tuple[LinkedMention, ...]:
        found: dict[str, LinkedMention] = {}
        for head in heads:
            mention = self.scene.mention_of(head)
            if mention is not None and mention.type not in barred and self._fit(mention, barred):
                found.setdefault(mention.id, mention)
        return tuple(found.values())

    def _fit(self, mention: LinkedMention, barred: frozenset[str]) -> bool:
        """A place does nothing, unless it stands for those who rule it."""
        return barred is not _NEVER_ACT or mention.type not in _PLACES or mention.actor is not None

    def _name(self, heads: tuple[int, ...]) -> str:
        """The name of a doer for which there is no mention: "Lado Front"; empty for plain nouns."""
        tokens = self.scene.clauses.tokens
        for head in heads:
            if tokens[head].upos != "PROPN" or head in self.scene.timed:
                continue
            parts = [i for i in self._below(head) if abs(i - head) < 4 and tokens[i].upos in ("PROPN", "ADJ")]
            run = [i for i in parts if tokens[i].text[:1].isupper()]
            if len(run) > 1 and run[-1] - run[0] == len(run) - 1:
                return " ".join(tokens[i].text for i in run)
        return ""

    def _how(self, clause: Clause, voice: int | None) -> Modality:
        clauses = self.scene.clauses
        how = modality(clauses, clause.frame, self.cues, self.voices.cue_tokens)
        i = clause.trigger
        if clauses.tokens[i].upos == "NOUN" and how.polarity == "positive":
            # "there would be no strike": the noun's own article denies it
            below = [b for c in clauses.children[i] if c < i for b in (c, *clauses.children[c])]
            if any(clauses.tokens[b].text.lower() == "no" and b < i for b in below):
                how = how._replace(polarity="negative")
        if how.polarity == "positive" and self._no_more(clause):
            how = how._replace(polarity="negative")
        if clause.turned:
            how = how._replace(polarity="negative" if how.polarity == "positive" else "positive")
        if voice is not None and how.realis == "hypothetical" and self._ought(i):
            how = how._replace(realis="future")
        if voice is not None and how.realis == "actual" and (clause.rule or self.voices.future(voice)):
            how = how._replace(realis="future")
        return how

    def _ought(self, i: int) -> bool:
        """ "Should recognise", "must leave": what the speaker wants to be done."""
        clauses = self.scene.clauses
        modals = {clauses.tokens[c].lemma.lower() for c in clauses.with_rel(i, "aux")}
        return bool(modals & {"should", "must", "ought"}) and not modals & {"have"}

    def _no_more(self, clause: Clause) -> bool:
        """ "Will discharge no more waste", "fired no live rounds": read off the words, since parsers hang "no
        more" in many ways."""
        clauses = self.scene.clauses
        tokens, i = clauses.tokens, clause.trigger
        negated = clauses.with_rel(i, "advmod")
        if any(tokens[c].lemma.lower() in ("not", "never", "n't", "n’t") for c in negated):
            return False
        if tokens[i].upos == "NOUN":
            before = tokens[max(0, i - 4) : i]
            return any(
                t.text.lower() == "no" and all(u.upos not in ("VERB", "PUNCT") for u in before[k:])
                for k, t in enumerate(before)
            )
        return any(
            t.text.lower() == "no" and tokens[t.i + 1].text.lower() not in ("longer", "doubt", "less")
            for head in clause.direct
            if head > i
            for t in tokens[i + 1 : head]
            if t.upos != "VERB"
        )

    def _words(self, heads: Iterable[int], within: frozenset[int] | None) -> tuple[str, ...]:
        """The nouns of some arguments, heads first, as lemmas (names in lower case); a pronoun by the words
        that it stands for."""
        clauses = self.scene.clauses
        found: dict[str, None] = {}
        below: dict[str, None] = {}
        for head in heads:
            if head in self.scene.timed:
                continue
            for i in self._below(head):
                token = clauses.tokens[i]
                if within is not None and head in within and i not in within:
                    continue
                noun = token.upos in _CONTENT or (
                    i == head and token.upos == "ADJ"
                )  # "no civilian", "the dead"
                if noun and i not in self.scene.timed and len(token.text) > 1:
                    (found if i == head else below).setdefault(token.lemma.lower())
        return tuple(dict.fromkeys((*found, *below)))[:_MOST_WORDS]

    def _below(self, head: int) -> list[int]:
        """A noun and what stands with it, relative clauses left out."""
        clauses = self.scene.clauses
        found, stack = [head], [head]
        while stack:
            for c in clauses.children[stack.pop()]:
                if clauses.tokens[c].deprel == "nmod:poss" and clauses.tokens[c].upos == "PRON":
                    owner = self._stood_for(c)  # "its lorries" are those of the convoy
                    if owner != c and owner not in found:
                        found.append(owner)
                    continue
                if clauses.tokens[c].deprel.split(":")[0] in (
                    "nmod", "compound", "conj", "flat", "amod", "appos", "nummod",
                ):  # fmt: skip
                    found.append(c)
                    stack.append(c)
        return sorted(found)

    def _told_of(self, head: int, within: frozenset[int] | None) -> tuple[str, ...]:
        """What tells those apart who have no name: "those who leave *the embassy*"."""
        clauses = self.scene.clauses
        token = clauses.tokens[head]
        if token.upos not in ("PRON", "DET") or token.lemma.lower() in _ANYBODY:
            return ()
        below = [clauses.frame(c) for c in clauses.with_rel(head, "acl:relcl", "acl")]
        return self._words(
            (h for f in below for r, found in f.args.items() if r != "subj" for h in found), within
        )

    def _stood_for(self, head: int) -> int:
        """The noun that a pronoun stands for, as the reader links them."""
        tokens = self.scene.clauses.tokens
        if tokens[head].upos != "PRON":
            return head
        reading = self.scene.linked.reading
        for _ in range(4):
            k = next((k for k, m in enumerate(reading.mentions) if m.head == head), None)
            link = next((x for x in reading.links if x.mention == k), None) if k is not None else None
            if link is None or link.antecedent < 0:
                break
            head = reading.mentions[link.antecedent].head
            if tokens[head].upos != "PRON":
                break
        return head

    def _object_of(self, clause: Clause, head: int) -> int:
        """What an object stands for; a pronoun never for who does it ("the council will not evict *them*"),
        rather for the last noun of its number at the head of a sentence before."""
        tokens = self.scene.clauses.tokens
        found = self._stood_for(head)
        if tokens[head].upos != "PRON" or tokens[head].lemma.lower() in _ANYBODY:
            return found
        doers = {self._stood_for(d) for d in clause.doers}
        thing = tokens[head].text.lower() in ("it", "which", "that", "this")
        mention = self.scene.mention_of(found)
        person = mention is not None and mention.type == "person"
        if found not in doers and tokens[found].upos != "PRON" and not (thing and person):
            return found
        many = tokens[head].text.lower() in ("them", "they", "these", "those")
        sentence = tokens[head].sentence
        for t in reversed(tokens[:head]):
            if t.sentence < sentence - 2:
                break
            plural = t.text.lower() != t.lemma.lower()
            if t.sentence < sentence and t.deprel in ("nsubj", "nsubj:pass", "obj") and t.upos in _CONTENT:
                if plural == many and t.i not in doers:
                    return t.i
        return head


def _acts(mention: LinkedMention) -> bool:
    """Whether what a mention does is worth keeping: somebody known, or a body of people."""
    return mention.actor is not None or mention.named or mention.type != "person"
