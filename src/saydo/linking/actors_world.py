"""What the steps of actor resolution share: one document, its drafts, its cast, and whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from saydo.linking.cast import Cast, Member
from saydo.linking.drafts import Draft, Drafts
from saydo.linking.lexicon import Lexicon
from saydo.linking.phrases import Phrases
from saydo.model.linked import LinkedPlace
from saydo.model.names import OF_DOCUMENT, OF_SENTENCE
from saydo.model.reading import Reading

ARMED_KINDS = frozenset(["armed group", "criminal organisation"])
BODY_KINDS = frozenset(
    [
        "armed group", "criminal organisation", "movement", "party", "organisation", "igo", "coalition",
        "media", "government", "military", "police", "de facto state", "intelligence service", "company",
    ]
)  # fmt: skip
TYPE_OF_KIND = {
    "state": "place", "de facto state": "place", "state group": "government", "government": "government",
    "military": "military", "police": "military", "armed group": "group", "movement": "group",
    "criminal organisation": "group", "party": "organisation", "igo": "igo", "coalition": "igo",
    "media": "media", "organisation": "organisation", "company": "organisation", "community": "nationality",
    "person": "person", "parliament": "government", "judiciary": "government",
    "intelligence service": "government",
}  # fmt: skip
"""The type of mention that a name of an actor makes."""

LINKED_TO = frozenset(
    "led backed run held based linked affiliated aligned controlled occupied allied owned"
    " inspired funded born"
    " made supported sponsored trained dominated style brokered mediated administered".split()
)
"""Second halves of compounds whose first half is somebody else: "Turkish-backed rebels"."""

_SENDING_AWAY = frozenset(["deport", "expel", "repatriate", "extradite", "return"])
_NEVER = 1 << 31
_PARTICIPANTS = frozenset(["nsubj", "obj", "iobj"])
_NO_FIRST_NAMES = frozenset(["Miss", "Mother", "Mr", "Mr.", "Mrs", "Mrs.", "Team", "Captain", "Air", "Radio"])
_STATELY = ("country", "admin1")
_SURE = 0.8
"""Score from which on a town within another name tells a state."""


@dataclass(slots=True)
class World:
    """One document on its way through actor resolution."""

    reading: Reading
    lexicon: Lexicon
    phrases: Phrases
    drafts: Drafts
    cast: Cast
    places: Sequence[LinkedPlace] = ()
    _placed: dict[int, LinkedPlace] = field(default_factory=dict)
    surnames: set[str] = field(default_factory=set)
    """Words of persons' names of two words or more."""
    weights: dict[str, float] = field(default_factory=dict)
    """How often each state is named in the document."""
    in_sentence: dict[int, list[str]] = field(default_factory=dict)
    """States that a sentence is set in or describes by, not those that act in it or are acted on."""

    def text(self, first: int, last: int) -> str:
        """The text of tokens ``[first, last)``."""
        tokens = self.reading.tokens
        return self.reading.document.text[tokens[first].start : tokens[last - 1].end]

    def settle(self, draft: Draft, member: Member | None, how: str, reason: str) -> None:
        """Gives a draft its actor, or the reason for none."""
        draft.reason = reason
        if member is not None:
            if draft.named and draft.type not in ("nationality", "place", "person"):
                draft.type = TYPE_OF_KIND.get(member.kind, draft.type)
            draft.actor = member.id
            draft.resolved_by = how

    def note_surnames(self) -> None:
        """Collects the words of full names, so that a surname is not taken for a body's or a place's name."""
        tokens = self.reading.tokens
        last: dict[str, int] = {}
        for draft in self.drafts:
            if draft.named and draft.type == "person" and len(draft.name) > 1:
                self.surnames.update(tokens[i].text for i in draft.name)
                whole = draft.last if self._two_names(draft) else _NEVER
                last[tokens[draft.name[-1]].text] = min(whole, last.get(tokens[draft.name[-1]].text, _NEVER))
        for draft in self.drafts:
            if draft.known and last.get(tokens[draft.head].text, _NEVER) <= draft.first:
                self._as_surname(draft)
            held = [i for i in draft.name or range(draft.first, draft.last) if tokens[i].text[0].isalpha()]
            if draft.named and not draft.known and draft.type in ("place", "group", "organisation"):
                if len(held) == 1 and tokens[held[0]].text in last:
                    draft.type = "person"

    def _two_names(self, draft: Draft) -> bool:
        """Whether a person's name has a first and a last name: not "Hassan of Jordan", "Miss Venezuela"."""
        words = [self.reading.tokens[i] for i in draft.name]
        titled = self.lexicon.office(words[-2].text.lower().rstrip("."), ()) is not None
        return words[-2].upos == "PROPN" and not titled and words[-2].text not in _NO_FIRST_NAMES

    def _as_surname(self, draft: Draft) -> None:
        """Takes a bare "French" or "Jordan" for the person of that last name whom the report has named."""
        token = self.reading.tokens[draft.head]
        bare = draft.last - draft.first == 1 and draft.known[0].entry.kind == "state"
        determined = any(True for _ in self.phrases.kids_by(token.i, "det", "amod", "compound"))
        if bare and token.deprel.partition(":")[0] in _PARTICIPANTS and not determined:
            draft.known, draft.type, draft.origin, draft.name = (), "person", "name", (token.i,)

    def note_states(self) -> None:
        """Counts which states the document speaks of, by their names and by its places."""
        for draft in self.drafts:
            if draft.actor is None or len(draft.actor) != 3 or not draft.actor.isupper():
                continue
            self._note(draft.actor, draft.head, 1.0)
        for place in self.places:
            country = place.place.country
            at = place.tokens[0]
            held = self.drafts.at(at)
            if place.metonym and place.place.precision not in _STATELY and place.place.score < _SURE:
                continue  # "the Savanna Defence Movement": one of many towns of that name, if any
            if country and country in self.lexicon.actors and not any(d.actor for d in held):
                self._note(country, at, 0.7)

    def _note(self, state: str, i: int, weight: float) -> None:
        self.weights[state] = self.weights.get(state, 0.0) + weight
        t = self.reading.tokens[i]
        party = t.deprel.partition(":")[0] in ("nsubj", "obj", "iobj") or (
            t.deprel in ("obl", "nmod") and self.phrases.case(i) in ("with", "against", "to", "by", "between")
        )
        above = self.reading.tokens[t.head]
        if t.deprel == "amod" and above.deprel in ("obj", "nsubj:pass"):
            # those whom a state sends away are not its own: "deported nine Afghan families"
            party = self.reading.tokens[above.head].lemma.lower() in _SENDING_AWAY
        if not party:
            held = self.in_sentence.setdefault(t.sentence, [])
            if state not in held:
                held.append(state)

    def main_state(self) -> str | None:
        """The state that the document is mostly about; None where no state stands out."""
        ranked = sorted(self.weights.items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            return None
        if len(ranked) == 1 or ranked[0][1] >= 1.4 * ranked[1][1]:
            return ranked[0][0]
        return None

    def state_about(self, sentence: int) -> tuple[str, str] | None:
        """The state that an unmarked "the government" or "police" belongs to, and why; None where open."""
        here = self.in_sentence.get(sentence, [])
        main = self.main_state()
        if len(here) == 1:
            return here[0], OF_SENTENCE
        if main is not None and (not here or main in here):
            return main, OF_DOCUMENT
        if not here:
            first = self.reading.sentences[sentence].paragraph
            near = sentence - 1
            while near >= 0 and self.reading.sentences[near].paragraph >= first - 1:
                held = self.in_sentence.get(near, [])
                if len(held) == 1:
                    return held[0], "the state named last before it"
                if held:
                    return None
                near -= 1
        return None

    def country_of(self, actor: str | None) -> str | None:
        """The ISO code of the state that an actor belongs to."""
        member = self.cast.get(actor)
        return member.country if member is not None else None

    def place_at(self, i: int) -> LinkedPlace | None:
        """The place whose name covers a token."""
        if not self._placed and self.places:
            for place in self.places:
                for covered in range(*place.tokens):
                    self._placed[covered] = place
        return self._placed.get(i)
