"""Ties: how two actors stand to each other, from matched units and from office titles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from saydo.codebook.entries import Codebook, OfficeEntry
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.drafts import DraftEvent
from saydo.coding.match import Index, Match, Scene, matches
from saydo.coding.modality import Modality, ModalityCues, modality
from saydo.coding.setting import setting
from saydo.coding.ties_derived import derived_ties
from saydo.coding.ties_ends import able, best_name, ends_fit, with_instances
from saydo.coding.ties_owned import owned_ties
from saydo.coding.ties_proposed import proposed_ties
from saydo.coding.ties_titles import ENDED, inside, titled_ties
from saydo.coding.voices import Voices
from saydo.model.linked import LinkedMention
from saydo.model.records import TieState, When

_END_VERBS = frozenset({
    "break", "sever", "cut", "end", "dissolve", "renounce", "terminate", "abandon", "revoke", "withdraw",
    "collapse", "cease", "stop", "halt", "lapse", "dismantle", "close", "annul", "discontinue",
})  # fmt: skip


_STANDING = frozenset({"leadership", "office", "affiliation", "composition", "succession"})
"""Ties that a noun tells of in passing, also inside a pledge: "swore allegiance to the group's *emir*"."""


class DraftTie(NamedTuple):
    """A tie in terms of the scene."""

    type: str
    source: LinkedMention
    target: LinkedMention
    trigger: int
    frame: Frame
    role: str | None
    state: TieState
    modality: Modality
    time: When | None
    voice: int | None
    rule: str
    score: float


def find_ties(
    scene: Scene,
    index: Index,
    titles: dict[str, OfficeEntry],
    voices: Voices,
    cues: ModalityCues,
    codebook: Codebook,
    events: Sequence[DraftEvent] = (),
) -> list[DraftTie]:
    """All ties of a scene in text order, one per (type, ends, voice) and sentence; also those that the
    scene's ``events`` show."""
    drafts: list[DraftTie] = []
    for match in matches(scene, index):
        drafts.extend(_from_match(scene, match, voices, cues, codebook))
    drafts.extend(_from_titles(scene, titles, voices))
    drafts.extend(_from_owners(scene, voices))
    civil = frozenset(n for e in codebook.nominals.values() if e.kind == "civilians" for n in e.lemmas)
    drafts.extend(_from_events(scene, events))
    drafts.extend(_from_reader(scene, voices, cues, drafts, civil))
    drafts = [_named(scene, d) for d in drafts]
    both = {kind for kind, entry in codebook.ties.items() if entry.undirected}
    return _distinct(scene, drafts, both)


def _named(scene: Scene, draft: DraftTie) -> DraftTie:
    """The draft with its ends as the sentence names them, if they stay two."""
    source, target = best_name(scene, draft.source), best_name(scene, draft.target)
    return draft._replace(source=source, target=target) if source.id != target.id else draft


def title_index(codebook: Codebook) -> dict[str, OfficeEntry]:
    """Office titles by their last word's lemma and by the whole title, lower-case."""
    return {title.lower(): entry for entry in codebook.offices.values() for title in entry.titles}


def _from_match(
    scene: Scene, match: Match, voices: Voices, cues: ModalityCues, codebook: Codebook
) -> list[DraftTie]:
    entry = codebook.ties[match.concept]
    sources = with_instances(scene, [m for m in match.roles.get("from", ()) if able(scene, m)])
    if match.concept in ("leadership", "affiliation"):
        sources = _own_title(scene, match.frame.trigger, sources)
    targets = with_instances(
        scene, [m for m in match.roles.get("to", ()) if able(scene, m) or match.concept == "presence"]
    )
    if entry.undirected and len(sources) == 1 and len(targets) > 1:
        pairs = [(sources[0], t) for t in targets]
    else:
        pairs = [(s, t) for s in sources for t in targets]
    found: list[DraftTie] = []
    if match.concept == "rivalry" and _several_wars(scene, match, pairs):
        return []
    for source, target in pairs:
        if source.id == target.id or (source.actor is not None and source.actor == target.actor):
            continue
        if not ends_fit(scene, match.concept, source, target):
            continue
        draft = _draft(scene, match, source, target, voices, cues)
        if match.concept == "leadership" and inside(scene, draft.trigger, target):
            draft = draft._replace(type="affiliation", rule=f"affiliation/{match.name}")
        found.append(draft)
    return found


def _several_wars(scene: Scene, match: Match, pairs: list[tuple[LinkedMention, LinkedMention]]) -> bool:
    """Whether those before the noun had a war each: "the Korean and Algerian wars"."""
    token = scene.clauses.tokens[match.frame.trigger]
    modifiers = match.frame.get("mod")
    plural = token.upos == "NOUN" and token.text.lower() != token.lemma.lower()
    return plural and any(s.head in modifiers and t.head in modifiers for s, t in pairs)


def _own_title(scene: Scene, title: int, people: list[LinkedMention]) -> list[LinkedMention]:
    """Of coordinated people the one whom a title tells of: in "chairman Kaya and chairwoman Sow" each has a
    body of her own, in "Kaya and Sow, head of the board" Sow has."""
    token = scene.clauses.tokens[title]
    if token.deprel in ("compound", "nmod:desc", "nmod:unmarked", "flat"):
        return [m for m in people if m.head in (token.head, title) or m.first <= title < m.last]
    if token.deprel == "appos" and token.text.lower() == token.lemma.lower():
        before = [m for m in people if m.head < title]
        return [max(before, key=lambda m: m.head)] if before else people
    return people


def _draft(
    scene: Scene,
    match: Match,
    source: LinkedMention,
    target: LinkedMention,
    voices: Voices,
    cues: ModalityCues,
) -> DraftTie:
    frame = match.frame
    voice = voices.of_token(frame.trigger)
    told = _had(scene.clauses, frame)
    how = modality(scene.clauses, told, cues, voices.cue_tokens)
    if match.unit.polarity == "negative":
        how = how._replace(polarity="negative" if how.polarity == "positive" else "positive")
    if match.unit.realis:
        how = how._replace(realis=match.unit.realis)
    standing = match.concept in _STANDING and scene.clauses.tokens[frame.trigger].upos in ("NOUN", "PROPN")
    if voice is not None and how.realis == "actual" and voices.future(voice) and not standing:
        how = how._replace(realis="future", reason=f"future: content of a {voices.kind(voice)}")
    state = match.unit.state or _state(scene.clauses, told, how)
    if state == "ended" and how.reason.startswith("negated") and _ends(scene.clauses, frame):
        how = how._replace(polarity="positive")  # "ended its alliance": the tie held, and is over
    here = setting(scene, frame, voices.content(voice))
    time = None if here.time_reason.startswith("carried") else here.time
    score = min(1.0, match.unit.score + (0.1 if source.actor and target.actor else -0.1))
    role = match.unit.mode
    return DraftTie(
        match.concept, source, target, frame.trigger, frame, role, state, how, time, voice,
        f"{match.concept}/{match.name}", round(score, 3),
    )  # fmt: skip


def _had(clauses: Clauses, frame: Frame) -> Frame:
    """ "*Has* nothing to do with the sect": the verb by which it is seen whether a tie holds."""
    token = clauses.tokens[frame.trigger]
    thing = clauses.tokens[token.head]
    if token.deprel.startswith("acl") and thing.upos == "PRON" and clauses.tokens[thing.head].lemma == "have":
        return clauses.frame(thing.head)
    return frame


def _ends(clauses: Clauses, frame: Frame) -> bool:
    """Whether the verb over the tie's noun says that it ended."""
    return clauses.tokens[clauses.tokens[frame.trigger].head].lemma.lower() in _END_VERBS


def _state(clauses: Clauses, frame: Frame, how: Modality) -> TieState:
    """``ended`` where the text says so ("former", "ties have been broken"), else ``current`` for the
    present and perfect, ``unknown`` for the plain past."""
    here = [frame.trigger] + ([frame.support] if frame.support is not None else [])
    for i in here:
        token = clauses.tokens[i]
        if any(clauses.tokens[c].lemma.lower() in ENDED for c in clauses.with_rel(i, "amod", "compound")):
            return "ended"
        governor = clauses.tokens[token.head]
        if governor.lemma.lower() in _END_VERBS and token.deprel in ("obj", "nsubj", "nsubj:pass", "xcomp"):
            return "ended"
        if any(clauses.tokens[c].text.lower() == "longer" for c in clauses.children[i]):
            return "ended"
        if any(clauses.tokens[c].lemma == "use" for c in clauses.with_rel(i, "aux")):
            return "ended"
    if how.realis != "actual":
        return "unknown"
    verb = clauses.tokens[here[-1]]
    words = {clauses.tokens[c].text.lower() for c in clauses.children[verb.i]}
    if verb.text.lower().endswith("ed") and not words & {"has", "have", "is", "are", "been", "'s", "’s"}:
        return "unknown"
    return "current"


def _from_titles(scene: Scene, titles: dict[str, OfficeEntry], voices: Voices) -> list[DraftTie]:
    """Office and leadership from titles, in the voice that they stand in."""
    how = Modality("actual", "positive", "")
    return [
        DraftTie(
            t.type, t.person, t.whole, t.frame.trigger, t.frame, t.title,
            "ended" if t.ended else "current", how,
            None, voices.of_token(t.frame.trigger), f"{t.type}/title", 0.8 if t.person.named else 0.55,
        )
        for t in titled_ties(scene, titles)
    ]  # fmt: skip


def _from_owners(scene: Scene, voices: Voices) -> list[DraftTie]:
    """Ties between a name and its possessor, in the voice that they stand in."""
    how = Modality("actual", "positive", "")
    return [
        DraftTie(
            o.type, o.source, o.target, o.trigger, scene.clauses.frame(o.trigger), None, "current", how, None,
            voices.of_token(o.trigger), f"{o.type}/possessor", 0.6,
        )
        for o in owned_ties(scene)
    ]  # fmt: skip


def _from_events(scene: Scene, events: Sequence[DraftEvent]) -> list[DraftTie]:
    """Ties that events show, with the event's word, time, voice and modality."""
    return [
        DraftTie(
            d.type, d.source, d.target, d.event.trigger, d.event.match.frame, None, d.state, d.event.modality,
            None if d.event.setting.time_reason.startswith("carried") else d.event.setting.time,
            d.event.voice, f"{d.type}/{d.name}", d.score,
        )
        for d in derived_ties(scene, events)
    ]  # fmt: skip


def _from_reader(
    scene: Scene, voices: Voices, cues: ModalityCues, drafts: Sequence[DraftTie], civil: frozenset[str]
) -> list[DraftTie]:
    """Ties that the reader proposes between two of whom no rule tells a tie."""
    found: list[DraftTie] = []
    for p in sorted(proposed_ties(scene, voices.cue_tokens, civil), key=lambda p: -p.score):
        if any(_between(d, p.source, p.target) for d in (*drafts, *found)) or not _may_tie(
            p.type, p.source, p.target, scene
        ):
            continue
        frame = p.standing.frame
        voice = voices.of_token(frame.trigger)
        how = modality(scene.clauses, frame, cues, voices.cue_tokens)
        here = setting(scene, frame, voices.content(voice))
        time = None if here.time_reason.startswith("carried") else here.time
        found.append(
            DraftTie(
                p.type, p.source, p.target, frame.trigger, frame, None,
                _state(scene.clauses, frame, how), how, time, voice, f"{p.type}/reader", round(p.score, 3),
            )
        )  # fmt: skip
    return found


def _between(draft: DraftTie, a: LinkedMention, b: LinkedMention) -> bool:
    """Whether a draft ties the two, or mentions that they lie in or hold."""
    ends = draft.source, draft.target
    return any(_touch(a, ends[k]) and _touch(b, ends[1 - k]) for k in (0, 1))


def _touch(a: LinkedMention, b: LinkedMention) -> bool:
    return a.first < b.last and b.first < a.last


def _may_tie(tie: str, source: LinkedMention, target: LinkedMention, scene: Scene) -> bool:
    if not (able(scene, source) and able(scene, target)) or not ends_fit(scene, tie, source, target):
        return False
    if source.actor is None and target.actor is None:
        tokens = scene.clauses.tokens
        return not (tokens[source.head].upos == tokens[target.head].upos == "PRON")
    return source.actor != target.actor


def _distinct(scene: Scene, drafts: list[DraftTie], undirected: Collection[str]) -> list[DraftTie]:
    """One tie per type, ends, voice and sentence: the best scored, then the first."""
    best: dict[tuple[object, ...], DraftTie] = {}
    verbs = {(d.type, d.trigger) for d in drafts}
    for draft in drafts:
        if (draft.type, draft.frame.support) in verbs:
            continue  # the light verb over this noun has coded it: "pledged allegiance"
        ends = [draft.source.actor or draft.source.id, draft.target.actor or draft.target.id]
        if ends[0] == ends[1]:
            continue
        if draft.type in undirected:
            ends.sort()
        key = (draft.type, *ends, draft.voice, scene.clauses.tokens[draft.trigger].sentence)
        if key not in best or draft.score > best[key].score:
            best[key] = draft
    return sorted(best.values(), key=lambda d: (d.trigger, d.type, d.source.id, d.target.id))
