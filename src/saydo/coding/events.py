"""Events: who did what to whom, from matched units; PLOVER types and modes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from saydo.codebook.entries import Codebook
from saydo.coding.blame import with_culprits
from saydo.coding.clauses import Frame
from saydo.coding.contexts import Contexts
from saydo.coding.counts import count_of, count_put
from saydo.coding.drafts import DraftEvent
from saydo.coding.figurative import WordsOfAttack, verbal
from saydo.coding.folding import fold_casualties, fold_light_verbs
from saydo.coding.harmless import harmless
from saydo.coding.joining import READER, Judged, candidates, settled, with_names
from saydo.coding.match import Index, Match, Scene, matches
from saydo.coding.modality import IS_TO, Modality, ModalityCues, modality
from saydo.coding.setting import OWN_CLAUSE, Setting, setting
from saydo.coding.tolls import with_tolls
from saydo.coding.voices import Voices
from saydo.model.linked import LinkedMention
from saydo.model.records import Count, Note, Polarity, Realis

_NEVER_ACT = frozenset({"weapon", "platform", "money", "quantity"})
_NEVER_SUFFER = frozenset({"money", "quantity", "weapon"})


_SHOT_UP = frozenset({"shooting", "massacre", "siege", "murder", "killing", "stabbing"})
_NAMED_FOR_PLACES = _SHOT_UP | {"attack", "bombing", "blast", "explosion", "clash", "ambush"}
"""Deeds that are named for where they were done."""
_PERFECT = frozenset({"has", "have", "had", "'ve", "’ve", "been", "being"})
_TELLING = frozenset({"announce", "declare", "publish", "release", "report", "confirm", "propose", "fear"})


def find_events(
    scene: Scene, index: Index, voices: Voices, cues: ModalityCues, codebook: Codebook
) -> tuple[list[DraftEvent], list[Note]]:
    """All events of a scene in text order, and what was withheld.

    The rules' events; where the reader tells of events, its own, too, each with the probability that both
    together give it, and without those that are improbable.
    """

    def make(match: Match) -> DraftEvent:
        return _draft(scene, match, voices, cues, codebook)

    def completed(drafts: list[DraftEvent]) -> list[DraftEvent]:
        counted = with_tolls(scene, drafts, make, _accidents(scene, codebook), codebook)
        return with_culprits(scene, counted, voices, make, codebook)

    if scene.linked.reading.triggers is None:
        drafts, notes = _by_rules(scene, index, voices, cues, codebook)
        return completed(drafts), notes
    judged, notes = judged_events(scene, index, voices, cues, codebook)
    stands, rest = settled(judged)
    found = []
    for one in stands:
        other = rest.pop(one.draft.trigger, None)
        differs = other is not None and other.told.type != one.told.type
        found.append(
            one.draft._replace(
                match=_with_mode(scene, index, one.draft.match),
                score=round(one.probability, 3),
                actors=with_names(scene, one.draft.actors),
                recipients=with_names(scene, one.draft.recipients),
                doubt=f"{other.told.type} by {_teller(other)}, {other.probability:.2f}"
                if other is not None and differs
                else "",
            )
        )
    notes += [
        _note(scene, one.draft, f"{_teller(one)} sees it, but it is improbable: {one.probability:.2f}")
        for one in rest.values()
    ]
    return completed(found), sorted(notes, key=lambda n: (n.start or 0, n.about))


def judged_events(
    scene: Scene, index: Index, voices: Voices, cues: ModalityCues, codebook: Codebook
) -> tuple[list[Judged], list[Note]]:
    """All that rules and reader take for events, with its probability; and what the rules withhold."""
    drafts, notes = _by_rules(scene, index, voices, cues, codebook)
    weights = codebook.weights["events"].weights
    quads = {name: entry.quad for name, entry in codebook.events.items()}

    def make(match: Match) -> DraftEvent:
        return _draft(scene, match, voices, cues, codebook)

    return candidates(scene, drafts, make, weights, quads, voices.cue_tokens), notes


def _with_mode(scene: Scene, index: Index, match: Match) -> Match:
    """A match of the reader's with the mode that all units of its word have ("a *ceasefire*")."""
    if match.name != READER or match.unit.mode is not None:
        return match
    token = scene.clauses.tokens[match.frame.trigger]
    kind = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}.get(token.upos, "")
    units = index.get((kind, token.lemma.lower()), ())
    modes = {unit.mode for concept, unit, rest in units if concept == match.concept and not rest}
    mode = modes.pop() if len(modes) == 1 else None
    return match if mode is None else match._replace(unit=match.unit.model_copy(update={"mode": mode}))


def _teller(one: Judged) -> str:
    return "the reader" if one.told.unit is None else "a rule"


def _note(scene: Scene, draft: DraftEvent, reason: str) -> Note:
    token = scene.clauses.tokens[draft.trigger]
    about = f"event {draft.match.concept.lower()}/{draft.match.name}"
    return Note(about=about, reason=reason, start=token.start, end=token.end)


def _by_rules(
    scene: Scene, index: Index, voices: Voices, cues: ModalityCues, codebook: Codebook
) -> tuple[list[DraftEvent], list[Note]]:
    notes: list[Note] = []
    drafts: list[DraftEvent] = []
    words = WordsOfAttack.of(codebook)
    accidents = frozenset(codebook.phrases("accident-words"))
    for match in _best_per_trigger(matches(scene, index, owned=True)):
        if verbal(scene, match, words):
            match = match._replace(
                concept="ACCUSE",
                unit=match.unit.model_copy(update={"mode": "disapprove", "name": "verbal attack"}),
            )
        draft = _draft(scene, match, voices, cues, codebook)
        reason = (
            _withheld(scene, draft)
            or _accident(scene, draft, accidents, words.violence, words.attacks)
            or harmless(scene, draft, words.violence)
        )
        if reason:
            notes.append(_note(scene, draft, reason))
        else:
            drafts.append(draft)
    return fold_casualties(scene, fold_light_verbs(drafts)), notes


def _best_per_trigger(found: Iterable[Match]) -> list[Match]:
    """One event per trigger word: the unit with the most conditions, then with more roles, then score."""
    best: dict[int, Match] = {}
    for match in found:
        i = match.frame.trigger
        if i not in best or _rank(match) > _rank(best[i]):
            best[i] = match
    return [best[i] for i in sorted(best)]


def _rank(match: Match) -> tuple[int, int, float]:
    specific = 2 * len(match.unit.where) + sum(" " in lemma for lemma in match.unit.verb + match.unit.noun)
    return (specific, sum(bool(m) for m in match.roles.values()), match.unit.score)


def _draft(scene: Scene, match: Match, voices: Voices, cues: ModalityCues, codebook: Codebook) -> DraftEvent:
    frame = match.frame
    voice = voices.of_token(frame.trigger)
    within = voices.content(voice)
    how = modality(scene.clauses, frame, cues, voices.cue_tokens)
    kind = voices.kind(voice) if voice is not None else ""
    how = _seen(scene, frame.trigger, how, denied=kind == "denial", charged=kind == "accusation")
    if match.unit.realis:
        how = how._replace(realis=match.unit.realis)
    if match.unit.polarity == "negative":
        how = how._replace(polarity="negative" if how.polarity == "positive" else "positive")
    if (
        voice is not None
        and how.realis == "actual"
        and voices.future(voice)
        and not _told(scene, frame, within)
    ):
        how = how._replace(realis="future", reason=f"future: content of a {voices.kind(voice)}")
    actors = tuple(
        m for m in match.roles.get("actor", ()) if m.type not in _NEVER_ACT and (m.type != "place" or m.actor)
    )
    if match.concept == "ASSAULT" and actors:
        actors = _without_scenes(scene, match, _without_tellers(scene, match, actors))
    doers = {m.actor for m in actors if m.actor}
    recipients = tuple(  # "defended himself": what one does to oneself is no event between actors
        m for m in match.roles.get("recipient", ()) if m.type not in _NEVER_SUFFER and m.actor not in doers
    )
    killed, injured = _casualties(scene, match)
    both = bool(actors) + bool(recipients)
    score = min(1.0, max(0.05, match.unit.score + (0.1, 0.0, 0.15)[both] - (0.2 if both == 0 else 0.0)))
    where = setting(scene, frame, within, codebook.events[match.concept].quad in (2, 4))
    how, where = _agreed(scene, how, where)
    return DraftEvent(
        match, actors, recipients, how, where, killed, injured, _weapon(scene, match), voice,
        Contexts.of(codebook).at(scene.linked, frame.trigger), round(score, 3),
    )  # fmt: skip


def _told(scene: Scene, frame: Frame, within: frozenset[int] | None) -> bool:
    """Whether the event stands in the past tense inside what somebody asks, pledges or foretells: a long
    speech that makes a demand also tells what has been."""
    verb = frame.trigger if scene.clauses.tokens[frame.trigger].upos == "VERB" else frame.support
    if verb is None or verb not in (within or ()):
        return False
    helpers = {scene.clauses.tokens[c].text.lower() for c in scene.clauses.with_rel(verb, "aux", "aux:pass")}
    perfect = helpers <= _PERFECT and helpers & {"has", "have", "had", "'ve", "’ve"}
    return bool(perfect) or scene.clauses.past(verb)


def _seen(scene: Scene, trigger: int, how: Modality, denied: bool, charged: bool) -> Modality:
    """Realis as the reader sees it where it sees the event, which it does better than the rules (own set of
    realis, of 145 events 133 right against 110); polarity negative where either says so, but in the content
    of a denial, which has the polarity of what is denied. What somebody is ``charged`` with is the accuser's
    word, not a mere possibility."""
    heard = next((t for t in scene.linked.reading.triggers or () if t.token == trigger), None)
    if heard is None or (how.sure and heard.realis != "historical"):
        return how
    if charged and how.realis == "actual" and heard.realis == "hypothetical":
        return how
    agreed = how.reason.startswith(f"future: {IS_TO}")
    realis = "future" if agreed else heard.realis
    polarity = heard.polarity if how.polarity == "positive" and not denied else how.polarity
    if (realis, polarity) == (how.realis, how.polarity):
        return how
    seen = f"{realis}, {polarity} as the reader sees it"
    return Modality(cast(Realis, realis), cast(Polarity, polarity), seen)


def _without_tellers(
    scene: Scene, match: Match, actors: tuple[LinkedMention, ...]
) -> tuple[LinkedMention, ...]:
    """Who announces a death has not killed: the subject of a verb of telling over the noun is no actor."""
    support = match.frame.support
    if support is None or scene.clauses.tokens[support].lemma.lower() not in _TELLING:
        return actors
    heads = set(scene.clauses.verb_args(support).get("subj", ()))
    return tuple(m for m in actors if m.head not in heads)


def _without_scenes(
    scene: Scene, match: Match, actors: tuple[LinkedMention, ...]
) -> tuple[LinkedMention, ...]:
    """A town or a church that a shooting is named for has not shot: "the *Emanuel Church* shooting"."""
    tokens = scene.clauses.tokens
    trigger = tokens[match.frame.trigger]
    if trigger.upos != "NOUN" or trigger.lemma.lower() not in _NAMED_FOR_PLACES:
        return actors
    return tuple(
        m
        for m in actors
        if m.type not in ("place", "organisation")
        or tokens[m.head].deprel != "compound"
        or tokens[m.head].head != trigger.i
        or (m.type == "organisation" and trigger.lemma.lower() not in _SHOT_UP)
    )


def _agreed(scene: Scene, how: Modality, where: Setting) -> tuple[Modality, Setting]:
    """Realis and time that do not gainsay each other: what ended long ago is historical; what has happened
    has no time after the report, unless that stands in its own clause ("the talks *next week*")."""
    if how.realis != "actual" or where.time is None:
        return how, where
    if _long_ago(where, scene):
        return how._replace(
            realis="historical", reason="historical: more than a year before publication"
        ), where
    date = scene.linked.reading.document.date
    if date and len(date) >= 10 and where.time.from_ and where.time.from_ > date[:10]:
        if where.time_reason == OWN_CLAUSE and not how.sure:
            return how._replace(realis="future", reason="future: its time is after the report"), where
        return how, where._replace(time=None, time_reason="the time is after the report, and it has happened")
    return how, where


def _long_ago(where: Setting, scene: Scene) -> bool:
    """Told as background: it ended more than a year before the report came out."""
    date = scene.linked.reading.document.date
    if not date or where.time is None or not where.time.to or len(date) < 10:
        return False
    return int(where.time.to[:4]) * 12 + int(where.time.to[5:7]) < int(date[:4]) * 12 + int(date[5:7]) - 12


def _withheld(scene: Scene, draft: DraftEvent) -> str | None:
    for role, filled in (("actor", draft.actors), ("recipient", draft.recipients)):
        if role in draft.match.unit.needs and not filled:
            return f"what stands as its {role} cannot be one"
    if draft.actors or draft.recipients:
        return None
    if draft.killed or draft.injured:
        return None
    if (
        draft.match.concept == "ASSAULT"
        and draft.setting.place is not None
        and draft.modality.realis == "actual"
    ):
        return None
    return "names neither who did it nor to whom"


_MISHAPS = frozenset({"crash", "collide", "derail", "drown", "fall", "slip", "collapse", "capsize", "flood"})
"""Words of accidents that are so as verbs, too: who storms a hall is no storm."""


def _accident(
    scene: Scene,
    draft: DraftEvent,
    accidents: frozenset[str],
    violence: frozenset[str],
    attack: frozenset[str],
) -> str | None:
    """Harm that nobody is said to have done, among words of accidents and none of violence."""
    if draft.match.unit.casualty is None or draft.actors:
        return None
    if _by_no_one(scene, draft, violence | attack):
        return "what did the harm is nobody's deed"
    reading = scene.linked.reading
    number = reading.tokens[draft.trigger].sentence
    here = reading.sentences[max(0, number - 1) : number + 2]
    lemmas = {
        t.lemma.lower() if t.upos != "PROPN" else t.lemma.lower().removesuffix("s")
        for sentence in here
        for t in reading.tokens[sentence.first : sentence.last]
        if (sentence.paragraph == reading.sentences[number].paragraph or sentence is here[0])
        and (t.upos != "VERB" or t.lemma.lower() in _MISHAPS or t.lemma.lower() in violence)
    }
    harm = {"kill", "wound", "injure", "die", "dead", "death", "blood", "hospital", "victim", "casualty"}
    if draft.match.unit.name == "toll" and not lemmas & (violence | attack) - harm:
        return "a toll, but nobody's violence is told of"
    if lemmas & accidents and not lemmas & (violence - harm - {"police", "policeman", "officer", "civilian"}):
        return "people came to harm in an accident, as the words around it say"
    return None


def _accidents(scene: Scene, codebook: Codebook) -> Callable[[DraftEvent], bool]:
    """Tells harm that came by accident."""
    words = WordsOfAttack.of(codebook)
    accidents = frozenset(codebook.phrases("accident-words"))
    return lambda draft: _accident(scene, draft, accidents, words.violence, words.attacks) is not None


def _by_no_one(scene: Scene, draft: DraftEvent, violence: frozenset[str]) -> bool:
    """Whether a plain noun that is no act or means of violence did it: "the outbreak killed three"."""
    tokens = scene.clauses.tokens
    heads = draft.match.frame.get("subj")
    return bool(heads) and all(
        tokens[h].upos == "NOUN"
        and scene.mention_of(h) is None
        and not {tokens[i].lemma.lower() for i in scene.clauses.subtree(h)} & violence
        and tokens[h].lemma.lower() not in violence
        for h in heads
    )


def _casualties(scene: Scene, match: Match) -> tuple[Count | None, Count | None]:
    if match.unit.casualty is None:
        return None, None
    heads = match.bare.get("recipient", ()) or match.frame.get("obj")
    counts = [c for h in heads if (c := count_of(scene.clauses, h))]
    if not counts:
        put = count_put(scene.clauses, (match.frame.trigger, *heads))
        counts = [put] if put is not None else []
    if not counts:
        return None, None
    total = counts[0]
    for more in counts[1:]:
        high = None if total.high is None or more.high is None else total.high + more.high
        total = Count(low=total.low + more.low, high=high, text=f"{total.text} + {more.text}")
    if match.unit.casualty == "injured":
        return None, total
    return total, _hurt_besides(scene, match.frame.trigger)


def _hurt_besides(scene: Scene, trigger: int) -> Count | None:
    """The second number of "left 14 dead and 30 wounded"."""
    clauses = scene.clauses
    for i in clauses.subtree(trigger):
        if i != trigger and clauses.tokens[i].text.lower() in ("wounded", "injured", "hurt"):
            if clauses.with_rel(i, "nummod"):
                return count_of(clauses, i)
    return None


def _weapon(scene: Scene, match: Match) -> LinkedMention | None:
    """A weapon or platform in the event's own clause."""
    clauses = scene.clauses
    for i in clauses.subtree(match.frame.trigger):
        mention = scene.by_head.get(i)
        if mention and mention.type in ("weapon", "platform") and abs(i - match.frame.trigger) < 25:
            if any(m.id == mention.id for m in match.roles.get("recipient", ())):
                continue
            near = next((a for a in clauses.ancestors(i) if clauses.tokens[a].upos in ("VERB", "AUX")), None)
            if (
                near in (match.frame.trigger, match.frame.support, None)
                or clauses.tokens[i].head == match.frame.trigger
            ):
                return mention
    return None
