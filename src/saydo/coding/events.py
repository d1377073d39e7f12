"""Events: who did what to whom, from matched units; PLOVER types and modes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from saydo.codebook.entries import Codebook
from saydo.coding.contexts import Contexts
from saydo.coding.counts import count_of, count_put
from saydo.coding.drafts import DraftEvent
from saydo.coding.figurative import WordsOfAttack, verbal
from saydo.coding.joining import Judged, candidates, settled, with_names
from saydo.coding.match import Index, Match, Scene, matches
from saydo.coding.modality import IS_TO, Modality, ModalityCues, modality
from saydo.coding.setting import Setting, setting
from saydo.coding.voices import Voices
from saydo.model.linked import LinkedMention
from saydo.model.records import Count, Note, Polarity, Realis

_NEVER_ACT = frozenset({"weapon", "platform", "money", "quantity"})
_NEVER_SUFFER = frozenset({"money", "quantity", "weapon"})


_TELLING = frozenset({"announce", "declare", "publish", "release", "report", "confirm", "propose", "fear"})


def find_events(
    scene: Scene, index: Index, voices: Voices, cues: ModalityCues, codebook: Codebook
) -> tuple[list[DraftEvent], list[Note]]:
    """All events of a scene in text order, and what was withheld.

    The rules' events; where the reader tells of events, its own, too, each with the probability that both
    together give it, and without those that are improbable.
    """
    if scene.linked.reading.triggers is None:
        return _by_rules(scene, index, voices, cues, codebook)
    judged, notes = judged_events(scene, index, voices, cues, codebook)
    stands, rest = settled(judged)
    found = []
    for one in stands:
        other = rest.pop(one.draft.trigger, None)
        differs = other is not None and other.told.type != one.told.type
        found.append(
            one.draft._replace(
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
    return found, sorted(notes, key=lambda n: (n.start or 0, n.about))


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
        reason = _withheld(scene, draft) or _accident(scene, draft, accidents, words.violence, words.attacks)
        if reason:
            notes.append(_note(scene, draft, reason))
        else:
            drafts.append(draft)
    return _fold_casualties(scene, _fold_light_verbs(drafts)), notes


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
    if voice is not None and how.realis == "actual" and voices.future(voice):
        how = how._replace(realis="future", reason=f"future: content of a {voices.kind(voice)}")
    actors = tuple(
        m for m in match.roles.get("actor", ()) if m.type not in _NEVER_ACT and (m.type != "place" or m.actor)
    )
    if match.concept == "ASSAULT" and actors:
        actors = _without_tellers(scene, match, actors)
    doers = {m.actor for m in actors if m.actor}
    recipients = tuple(  # "defended himself": what one does to oneself is no event between actors
        m for m in match.roles.get("recipient", ()) if m.type not in _NEVER_SUFFER and m.actor not in doers
    )
    killed, injured = _casualties(scene, match)
    both = bool(actors) + bool(recipients)
    score = min(1.0, max(0.05, match.unit.score + (0.1, 0.0, 0.15)[both] - (0.2 if both == 0 else 0.0)))
    where = setting(scene, frame, within, codebook.events[match.concept].quad in (2, 4))
    if how.realis == "actual" and _long_ago(where, scene):
        how = how._replace(realis="historical", reason="historical: more than a year before publication")
    return DraftEvent(
        match, actors, recipients, how, where, killed, injured, _weapon(scene, match), voice,
        Contexts.of(codebook).at(scene.linked, frame.trigger), round(score, 3),
    )  # fmt: skip


def _seen(scene: Scene, trigger: int, how: Modality, denied: bool, charged: bool) -> Modality:
    """Realis as the reader sees it where it sees the event, which it does better than the rules (own set of
    realis, of 145 events 133 right against 110); polarity negative where either says so, but in the content
    of a denial, which has the polarity of what is denied. What somebody is ``charged`` with is the accuser's
    word, not a mere possibility."""
    heard = next((t for t in scene.linked.reading.triggers or () if t.token == trigger), None)
    if heard is None:
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


def _fold_light_verbs(drafts: list[DraftEvent]) -> list[DraftEvent]:
    """ "Held negotiations" is one event: the noun's goes where the verb over it has the same type."""
    by_trigger = {d.trigger: k for k, d in enumerate(drafts)}
    out: list[DraftEvent | None] = list(drafts)
    for k, draft in enumerate(drafts):
        support = draft.match.frame.support
        host = by_trigger.get(support) if support is not None else None
        if host is None or host == k:
            continue
        over = out[host]
        if over is not None and over.match.concept == draft.match.concept:
            out[host] = over._replace(
                match=_with_mode(over.match, draft.match),
                actors=over.actors or draft.actors,
                recipients=over.recipients or draft.recipients,
            )
            out[k] = None
    return [d for d in out if d is not None]


def _with_mode(verb: Match, noun: Match) -> Match:
    """The verb's match with the mode that its noun tells: "an *air strike* killed", "on *hunger
    strike*". Where the noun is the subject, a mode of the verb itself goes first."""
    if noun.unit.mode is None or (verb.unit.mode and noun.frame.trigger in verb.frame.get("subj")):
        return verb
    return verb._replace(unit=verb.unit.model_copy(update={"mode": noun.unit.mode}))


def _fold_casualties(scene: Scene, drafts: list[DraftEvent]) -> list[DraftEvent]:
    """ "Attacked a post, killing four" is one event: the casualty verb's numbers go to the attack."""
    out: list[DraftEvent] = []
    for draft in drafts:
        host = _host(scene, draft, drafts) if draft.match.unit.casualty else None
        if host is None:
            out.append(draft)
            continue
        for k, other in enumerate(out):
            if other.trigger == host.trigger:
                out[k] = _merged(other, draft)
                break
        else:
            out.append(draft)
    return out


def _host(scene: Scene, draft: DraftEvent, drafts: list[DraftEvent]) -> DraftEvent | None:
    clauses = scene.clauses
    above = set(clauses.ancestors(draft.trigger))
    for other in drafts:
        if other is draft or other.match.concept != "ASSAULT":
            continue
        if other.match.unit.casualty:
            # "killed four and wounded nine": the second count joins the first
            if (
                clauses.tokens[draft.trigger].deprel == "conj"
                and clauses.tokens[draft.trigger].head == other.trigger
                and other.match.unit.casualty != draft.match.unit.casualty
            ):
                return other
            continue
        if clauses.tokens[other.trigger].sentence != clauses.tokens[draft.trigger].sentence:
            continue
        governs = other.trigger in above or (other.match.frame.support in above)
        # "a bombing killed four": the attack is the subject of the casualty verb; "died in the raid"
        agent = other.trigger in draft.match.frame.get("subj")
        within = clauses.tokens[other.trigger].deprel.startswith(("obl", "nmod")) and (
            clauses.tokens[other.trigger].head == draft.trigger
        )
        same = {m.actor or m.id for m in other.actors} & {m.actor or m.id for m in draft.actors}
        if agent or within or (governs and (same or not draft.actors)):
            return other
    return None


def _merged(host: DraftEvent, casualty: DraftEvent) -> DraftEvent:
    return host._replace(
        killed=host.killed or casualty.killed,
        injured=host.injured or casualty.injured,
        recipients=host.recipients or casualty.recipients,
        actors=host.actors or casualty.actors,
        weapon=host.weapon or casualty.weapon,
        setting=host.setting._replace(
            time=host.setting.time or casualty.setting.time,
            place=host.setting.place if host.setting.place is not None else casualty.setting.place,
        ),
    )
