"""Judges speech acts: which count, what belongs to their content, and what the reader's attributions add."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from saydo.codebook.entries import Unit
from saydo.coding.clauses import RELATIVE
from saydo.coding.match import Scene
from saydo.coding.reporting import Reporting
from saydo.coding.reporting_actual import not_said
from saydo.coding.statements_cues import CueReader, Spoken
from saydo.coding.statements_spans import (
    Quotation,
    clause_tokens,
    connected,
    filled,
    members,
    outermost,
    quotations,
    speech,
)
from saydo.model.reading import Attribution
from saydo.model.records import StatementKind

_SURE = 0.5
"""Score from which the reader's content is preferred to the clause of the tree."""
_POSSIBLE = 0.3
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "INTJ"})
_UNLISTED, _UNLISTED_OBJECT = 0.5, 0.65
"""Scores from which an attribution counts whose cue the codebook does not list: with a clause or words in
quotation marks as its content, and with a bare noun."""
_CITED = 0.6
"""Score from which a source may be what cannot speak: a poll that shows, an article that argues."""
_WORDS = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "INTJ"})
_INSIDE = frozenset({"flat", "flat:name", "compound", "nmod", "nmod:poss", "amod", "appos", "conj", "nummod"})
"""Relations that lead from a word up to the head of its noun phrase."""
_WORTH = 0.6
"""What the score of such an attribution is worth."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Judges the speech acts of one scene: which count, and what their content is."""

    scene: Scene
    lexicon: Reporting
    cues: CueReader
    quotes: tuple[Quotation, ...]
    spoken_quotes: frozenset[int]
    """Quotations that hold words somebody said."""
    quote_at: dict[int, int]
    """Token → the quotation it stands in."""

    @classmethod
    def of(cls, scene: Scene, lexicon: Reporting) -> Ear:
        quotes = quotations(scene.linked.reading)
        at = {i: n for n, q in enumerate(quotes) for i in range(q.first, q.last)}
        loud = frozenset(n for n, q in enumerate(quotes) if speech(q, scene.clauses))
        return cls(scene, lexicon, CueReader(scene, lexicon), quotes, loud, at)

    # --- what counts --------------------------------------------------------------------------------------

    def refusal(self, spoken: Spoken) -> str | None:
        """Why a cue tells of no speech act, or None."""
        clauses = self.scene.clauses
        token = clauses.tokens[spoken.cue]
        if spoken.form == "contrast" or token.upos in ("ADP", "PUNCT", "ADV"):
            return None
        if self.lexicon.has("reporting-raising-verbs", token.lemma) and any(
            self.cues.infinitive(c) and ("verb", clauses.tokens[c].lemma.lower()) in self.lexicon.units
            for c in clauses.children[spoken.cue]
        ):
            return "only leads up to the verb of saying behind it"
        return not_said(self.scene.clauses, self.lexicon, spoken.cue, spoken.cue in self.quote_at)

    def empty(self, spoken: Spoken, content: frozenset[int], read: Attribution | None) -> str | None:
        """Why a cue with what was found for it is no statement, or None."""
        token = self.scene.clauses.tokens[spoken.cue]
        quoted = any(n in self.spoken_quotes for n in self.touching(content))
        if not content:
            return "what was said is not told"
        if not any(self.scene.clauses.tokens[i].upos in _TELLING for i in content):
            return "what was said is only a pronoun"
        if spoken.kind == "assertion" and token.upos == "VERB":
            outside = quoted and spoken.cue not in self.quote_at
            if self.lexicon.has("reporting-direct-only", token.lemma) and not outside:
                return "no quotation marks beside a verb that reports only direct speech"
        if not spoken.sources or (spoken.form != "contrast" and content.issuperset(spoken.sources)):
            return self._sourceless(spoken)
        if self._nobody_else(spoken):
            return "the one who speaks is the one quoted, or nobody in particular"
        if any(self._may_speak(i) for i in spoken.sources) or quoted:
            return None
        if token.upos == "ADP":  # "according to" a poll, a plan
            heads = [self.scene.clauses.tokens[i].lemma for i in spoken.sources]
            return "what it accords to says nothing" if self.lexicon.has("reporting-mute", *heads) else None
        if read is not None:  # a poll that shows, an article that argues
            heads = [self.scene.clauses.tokens[i].lemma for i in spoken.sources]
            cited = spoken.listed or self.lexicon.has("reporting-cited-nouns", *heads)
            if (cited and read.score >= _CITED) or token.lemma.lower() in ("say", "tell", "add"):
                return None
        return "what stands beside the cue cannot speak"

    def _nobody_else(self, spoken: Spoken) -> bool:
        """Whether the source is "you", or the "I" of the one who is being quoted already or who writes."""
        words = {self.scene.clauses.tokens[i].lemma.lower() for i in spoken.sources}
        if words <= {"you", "one", "who", "what"}:
            return True
        return words <= {"i", "we"} and spoken.kind == "assertion" and spoken.form != "contrast"

    def _may_speak(self, i: int) -> bool:
        return self.cues.speaker(i) or self.scene.clauses.tokens[i].upos == "PROPN"

    def _sourceless(self, spoken: Spoken) -> str | None:
        clauses = self.scene.clauses
        token = clauses.tokens[spoken.cue]
        if token.upos == "ADV" or (token.upos in ("VERB", "ADJ") and clauses.passive(spoken.cue)):
            return None
        return "nobody is named as the speaker"

    # --- content ------------------------------------------------------------------------------------------

    def touching(self, content: Iterable[int]) -> tuple[int, ...]:
        """The quotations that the tokens reach into."""
        return tuple(sorted({self.quote_at[i] for i in content if i in self.quote_at}))

    def content(self, spoken: Spoken, acts: dict[int, Spoken]) -> frozenset[int]:
        """The content in the tree, completed by the quotations that belong to the cue."""
        outer = self.quote_at.get(spoken.cue)
        if outer is not None:  # somebody quoted tells what somebody said
            quote = self.quotes[outer]
            return frozenset(i for i in spoken.content if quote.first <= i < quote.last)
        if spoken.form == "contrast":
            return spoken.content
        content = set(spoken.content)
        own = self._own_tokens(spoken)
        for n in self.touching(content):
            if n in self.spoken_quotes:
                content |= set(range(self.quotes[n].first, self.quotes[n].last))
        if spoken.form in ("direct", "clause"):
            content |= self._beside(spoken, content, acts)
        whole = filled(content - own, self.scene.clauses, own)
        if any(n in self.spoken_quotes for n in self.touching(whole)):
            return frozenset(whole)
        return frozenset(connected(whole, spoken.heads, self.scene.clauses, own))

    def _own_tokens(self, spoken: Spoken) -> set[int]:
        """Cue, sources and addressees: never part of the content of direct speech."""
        clauses = self.scene.clauses
        own = set(spoken.cue_tokens)
        for i in spoken.sources:
            if i not in spoken.content:
                own |= set(clauses.subtree(i)) - spoken.content
        return own

    def _beside(self, spoken: Spoken, content: set[int], acts: dict[int, Spoken]) -> set[int]:
        """Quotations next to the cue's clause in its sentence: before it, after it, or on both sides."""
        tokens = self.scene.clauses.tokens
        sentence = tokens[spoken.cue].sentence
        found: set[int] = set()
        quoted = any(n in self.spoken_quotes for n in self.touching(content))
        if content and not quoted:
            return found
        for n in sorted(self.spoken_quotes):
            quote = self.quotes[n]
            here = sentence in (tokens[quote.first].sentence, tokens[quote.last - 1].sentence)
            if not here or quote.first in content:
                continue
            if self._reaches(spoken, quote, content | found) and not self._other_cue_between(
                spoken.cue, quote, acts
            ):
                found |= set(range(quote.first, quote.last))
        return found

    def _reaches(self, spoken: Spoken, quote: Quotation, content: set[int]) -> bool:
        """Whether nothing but the cue's own words and what was found before stands between cue and quote."""
        clauses = self.scene.clauses
        apart = [
            c
            for c in clauses.children[spoken.cue]
            if clauses.tokens[c].deprel.split(":")[0] in ("advcl", "ccomp", "conj", "parataxis")
            and c not in content
        ]
        own = clause_tokens(clauses, spoken.cue, apart)
        for a in clauses.ancestors(spoken.cue):
            if clauses.tokens[spoken.cue].deprel != "xcomp" and not self.cues.infinitive(spoken.cue):
                break
            own |= {a, *(c for c in clauses.children[a] if c != spoken.cue)}
            break
        for i in spoken.sources:
            own |= set(clauses.subtree(i))
        low, high = (quote.last, spoken.cue) if quote.last <= spoken.cue else (spoken.cue + 1, quote.first)
        return all(
            i in own or i in content or clauses.tokens[i].upos in ("PUNCT", "CCONJ", "SCONJ")
            for i in range(low, high)
        )

    def _other_cue_between(self, cue: int, quote: Quotation, acts: dict[int, Spoken]) -> bool:
        between = range(quote.last, cue) if quote.last <= cue else range(cue + 1, quote.first)
        here = self.scene.clauses.tokens[cue].sentence
        rivals = [
            i
            for i in acts
            if i != cue and self.scene.clauses.tokens[i].sentence == here and i not in self.quote_at
        ]
        if any(i in between for i in rivals):
            return True
        # a rival on the far side that stands as near and has nothing else of its own
        near = min(abs(cue - quote.last), abs(quote.first - cue))
        return any(
            min(abs(i - quote.last), abs(quote.first - i)) < near and acts[i].form == "direct" for i in rivals
        )

    # --- the reader's attributions --------------------------------------------------------------------------

    def merged(
        self, spoken: Spoken, content: frozenset[int], attribution: Attribution
    ) -> tuple[Spoken, frozenset[int]]:
        """The act with what the reader's attribution adds: a missing source, a better content."""
        spoken = self._sourced(spoken, attribution)
        own = self._own_tokens(spoken) | members(attribution.source) | members(attribution.cue)
        told = frozenset(members(attribution.content) - own)
        if not told:
            return spoken, content
        if not content:
            form = "clause" if spoken.form == "direct" else spoken.form
            return (spoken._replace(form=form), told) if attribution.score >= _POSSIBLE else (spoken, content)
        if spoken.cue in self.quote_at:
            return spoken, content
        if any(n in self.spoken_quotes for n in self.touching(content)):
            whole = {
                i
                for n in self.touching(told)
                if n in self.spoken_quotes or self._covers(told, n)
                for i in range(self.quotes[n].first, self.quotes[n].last)
            }
            return spoken, content | frozenset(whole - own)
        if spoken.name == "assertion/colon":  # a turn is more than its first sentence
            return spoken, content | frozenset(told - own)
        spoken_to = {i for h in spoken.addressees for i in self.scene.clauses.subtree(h)}
        if attribution.score >= _SURE and not told <= spoken_to:  # "X would, he assured *the union*"
            if set(spoken.heads) & (members(attribution.cue) - told):
                told |= content  # "pledged allegiance", which the reader takes for the cue
            told |= self._up_to_comma(told, content, own)
            return spoken, frozenset(filled(told, self.scene.clauses, own))
        return spoken, content

    def _up_to_comma(self, told: frozenset[int], content: frozenset[int], own: set[int]) -> set[int]:
        """What of the tree's content follows on the reader's up to the comma before the speaker: "killed nine
        rebels in the valley *of Darin on Friday*, a spokesman said"."""
        tokens = self.scene.clauses.tokens
        more: set[int] = set()
        k = max(told) + 1
        while k < len(tokens) and k in content and k not in own and tokens[k].upos != "PUNCT":
            more.add(k)
            k += 1
        cut = k < len(tokens) and tokens[k].text in (",", "—", "–") and any(i > k for i in own)
        return more if cut else set()

    def _covers(self, told: Collection[int], n: int) -> bool:
        """Whether most of a quotation stands in the reader's content, be it short ("Nobody came.")."""
        quote = self.quotes[n]
        return 2 * sum(quote.first <= i < quote.last for i in told) > quote.last - quote.first

    def _sourced(self, spoken: Spoken, attribution: Attribution) -> Spoken:
        """The act with the reader's source where the tree has none, or another and the reader is sure; a
        relative pronoun is no better than the noun that it stands for."""
        clauses = self.scene.clauses
        if self._quoted_one(spoken.cue) or spoken.name == "assertion/colon":
            return spoken
        heads = tuple(outermost(r, clauses) for r in attribution.source)
        if not heads or set(heads) <= set(spoken.sources):
            return spoken
        relative = any(clauses.tokens[h].lemma.lower() in RELATIVE for h in heads)
        if not spoken.sources or (attribution.score >= _SURE and not relative):
            return self.named(spoken._replace(sources=heads))
        return spoken

    def named(self, spoken: Spoken) -> Spoken:
        """The act with those who really speak as its sources: whoever is quoted, not the one who quotes; the
        noun before a "who" that the parser hung elsewhere."""
        if quoted := self._quoted_one(spoken.cue):
            return spoken._replace(sources=quoted)
        tokens = self.scene.clauses.tokens
        if all(tokens[i].lemma.lower() in RELATIVE for i in spoken.sources):
            nouns = tuple(n for i in spoken.sources if (n := self._antecedent(i)) is not None)
            return spoken._replace(sources=nouns or spoken.sources)
        return spoken

    def _antecedent(self, i: int) -> int | None:
        """The noun that a relative pronoun stands for: right before it, at most a comma between."""
        tokens = self.scene.clauses.tokens
        before = next((k for k in (i - 1, i - 2) if k >= 0 and tokens[k].upos != "PUNCT"), None)
        if before is None or tokens[before].sentence != tokens[i].sentence:
            return None
        while tokens[before].deprel in _INSIDE and tokens[before].head < i:
            before = tokens[before].head
        return before if tokens[before].upos in ("NOUN", "PROPN", "PRON", "NUM") else None

    def _quoted_one(self, cue: int) -> tuple[int, ...]:
        """Who speaks in "quoted the army as saying": the object of the quoting verb, not its subject."""
        clauses = self.scene.clauses
        token = clauses.tokens[cue]
        quoting = clauses.tokens[token.head]
        marks = {clauses.tokens[m].text.lower() for m in clauses.with_rel(cue, "mark", "case")}
        if token.head == cue or not self.lexicon.has("reporting-quoting-verbs", quoting.lemma):
            return ()
        if clauses.with_rel(cue, "nsubj") or not (marks & {"as"} or token.deprel in ("xcomp", "ccomp")):
            return ()
        return tuple(clauses.frame(quoting.i).get("obj"))

    def unlisted(self, attribution: Attribution) -> Spoken | str:
        """An attribution whose cue the codebook does not list, as an act where its words stand in
        quotation marks; else why it is left out."""
        clauses = self.scene.clauses
        told = members(attribution.content) - members(attribution.cue) - members(attribution.source)
        cue = members(attribution.cue)
        if not cue or not told:
            return "an attribution without a cue" if told else "an attribution without content"
        head = outermost(attribution.cue[0], clauses)
        forms, nouns = self._forms(told)
        for i in sorted(cue):
            if attribution.score < _SURE or not attribution.source:
                break
            if found := self.cues.listed(i, cue, forms, nouns):
                return not_said(clauses, self.lexicon, i, i in self.quote_at) or self._told_by(
                    attribution, i, frozenset({i}), *found
                )
        if head in self.quote_at and (not attribution.source or self._loud(told)):
            return "words in quotation marks whose speaker is not named"
        loud = self._loud(told)
        if not loud and self.lexicon.has("reporting-desires", clauses.tokens[head].lemma):
            return "a wish or a feeling, not words"
        if not any(clauses.tokens[i].upos in _WORDS for i in cue):
            return "the cue is no word of saying"
        told_of = forms & {"clause", "inf", "comp"} or self.touching(told)
        if attribution.score < (_UNLISTED if told_of else _UNLISTED_OBJECT):
            return "the cue is no reporting word of the codebook and the reader is not sure of it"
        if not attribution.source and not loud:
            return "nobody is named whose view it is"
        if reason := not_said(clauses, self.lexicon, head, head in self.quote_at):
            return reason
        return self._told_by(attribution, head, frozenset(cue), "assertion", None)

    def _loud(self, told: set[int]) -> bool:
        loud = [n for n in self.touching(told) if n in self.spoken_quotes]
        return 2 * sum(self.quote_at.get(i) in loud for i in told) >= len(told) and bool(loud)

    def _forms(self, told: set[int]) -> tuple[set[str], list[int]]:
        """What the reader's content could be to a unit (infinitive, clause or speech, object), and the nouns
        that head it."""
        clauses = self.scene.clauses
        heads = [i for i in sorted(told) if clauses.tokens[i].head not in told]
        nouns = [h for h in heads if clauses.tokens[h].upos in ("NOUN", "PROPN")]
        nouns += [s for h in nouns for s in clauses.with_rel(h, "nsubj")]
        forms = {"object"} if nouns else set()
        if any(self.cues.infinitive(h) for h in heads):
            forms |= {"inf", "comp"}
        elif any(clauses.tokens[h].upos in ("VERB", "AUX") or clauses.with_rel(h, "cop") for h in heads):
            forms |= {"clause", "comp"}
        if any(n in self.spoken_quotes for n in self.touching(told)):
            forms |= {"clause", "comp"}
        return forms, nouns

    def _told_by(
        self,
        attribution: Attribution,
        cue: int,
        cue_tokens: frozenset[int],
        kind: StatementKind,
        unit: Unit | None,
    ) -> Spoken:
        """The act that an attribution tells of, as the reader has it."""
        clauses = self.scene.clauses
        told = frozenset(members(attribution.content) - members(attribution.source) - cue_tokens)
        sources = tuple(outermost(r, clauses) for r in attribution.source)
        if any(clauses.tokens[i].lemma.lower() in RELATIVE for i in sources):
            subjects = clauses.frame(cue).get("subj")
            sources = tuple(s for s in subjects if clauses.tokens[s].lemma.lower() not in RELATIVE) or sources
        heads = tuple(i for i in sorted(told) if clauses.tokens[i].head not in told)
        form = "inf" if any(self.cues.infinitive(h) for h in heads) else "clause"
        name, score = "attributed", round(_WORTH * attribution.score + 0.1, 3)
        addressees: tuple[int, ...] = ()
        if unit is not None:
            frame = clauses.frame(cue)
            name, score = unit.name or clauses.tokens[cue].lemma.lower(), round(0.8 * unit.score, 3)
            addressees = next((a for role in unit.roles.get("addressee", ()) if (a := frame.get(role))), ())
        told_by = Spoken(
            cue, cue_tokens, kind, f"{kind}/{name}", sources, addressees, heads, told, form, score,
            listed=unit is not None,
        )  # fmt: skip
        return self.named(told_by)
