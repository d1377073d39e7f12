"""Ties: how two actors stand to each other, from matched units and from office titles."""

from __future__ import annotations

from typing import NamedTuple

from saydo.codebook.entries import Codebook, OfficeEntry
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.match import Index, Match, Scene, matches
from saydo.coding.modality import Modality, ModalityCues, modality
from saydo.coding.setting import setting
from saydo.coding.ties_owned import owned_ties
from saydo.coding.voices import Voices
from saydo.model.linked import LinkedMention
from saydo.model.records import TieState, When

_NO_ACTOR = frozenset({"weapon", "platform", "money", "quantity"})
_ENDED = frozenset({"former", "ex", "late", "erstwhile", "one-time", "onetime", "ousted", "deposed", "then"})
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
) -> list[DraftTie]:
    """All ties of a scene in text order, one per (type, ends, voice) and sentence."""
    drafts: list[DraftTie] = []
    for match in matches(scene, index):
        drafts.extend(_from_match(scene, match, voices, cues, codebook))
    drafts.extend(_from_titles(scene, titles, voices, cues))
    drafts.extend(_from_owners(scene, voices))
    return _distinct(scene, drafts)


def title_index(codebook: Codebook) -> dict[str, OfficeEntry]:
    """Office titles by their last word's lemma and by the whole title, lower-case."""
    return {title.lower(): entry for entry in codebook.offices.values() for title in entry.titles}


def _from_match(
    scene: Scene, match: Match, voices: Voices, cues: ModalityCues, codebook: Codebook
) -> list[DraftTie]:
    entry = codebook.ties[match.concept]
    sources = _with_instances(scene, [m for m in match.roles.get("from", ()) if _actor(m)])
    targets = _with_instances(
        scene, [m for m in match.roles.get("to", ()) if _actor(m) or match.concept == "presence"]
    )
    if entry.undirected and len(sources) == 1 and len(targets) > 1:
        pairs = [(sources[0], t) for t in targets]
    else:
        pairs = [(s, t) for s in sources for t in targets]
    found: list[DraftTie] = []
    for source, target in pairs:
        if source.id == target.id or (source.actor is not None and source.actor == target.actor):
            continue
        if not _ends_fit(match.concept, source, target):
            continue
        if match.concept == "affiliation" and scene.clauses.tokens[target.head].upos == "PRON":
            continue  # "belongs to all of us"
        found.append(_draft(scene, match, source, target, voices, cues))
    return found


def _actor(mention: LinkedMention) -> bool:
    return mention.type not in _NO_ACTOR and (mention.type != "place" or mention.actor is not None)


def _with_instances(scene: Scene, mentions: list[LinkedMention]) -> list[LinkedMention]:
    """ "Groups including A and B" stands for A and B, where the description itself is nobody known."""
    found: list[LinkedMention] = []
    for mention in mentions:
        instances = [
            named
            for i in scene.clauses.frame(mention.head).get("instance")
            if (named := scene.mention_of(i)) is not None and named.actor is not None
        ]
        found.extend(instances if instances and mention.actor is None else [mention])
    return found


def _ends_fit(tie: str, source: LinkedMention, target: LinkedMention) -> bool:
    if tie == "presence":
        return target.type == "place" and source.type != "person" and source.actor != target.actor
    if tie in ("leadership", "office"):
        return source.type == "person" and target.type != "person"
    if tie == "rivalry" and "person" in (source.type, target.type):
        # two politicians are opponents, no enemies at war; a person against an armed group may be
        return {source.type, target.type} & {"group", "military"} != set()
    if tie == "composition":
        return target.type in ("nationality", "group", "place", "person") and source.type != "person"
    if tie == "succession":
        return source.type != "person" or target.type != "person"
    return True


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
    how = modality(scene.clauses, frame, cues, voices.cue_tokens)
    if match.unit.polarity == "negative":
        how = how._replace(polarity="negative" if how.polarity == "positive" else "positive")
    if match.unit.realis:
        how = how._replace(realis=match.unit.realis)
    standing = match.concept in _STANDING and scene.clauses.tokens[frame.trigger].upos in ("NOUN", "PROPN")
    if voice is not None and how.realis == "actual" and voices.future(voice) and not standing:
        how = how._replace(realis="future", reason=f"future: content of a {voices.kind(voice)}")
    state = match.unit.state or _state(scene.clauses, frame, how)
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


def _ends(clauses: Clauses, frame: Frame) -> bool:
    """Whether the verb over the tie's noun says that it ended."""
    return clauses.tokens[clauses.tokens[frame.trigger].head].lemma.lower() in _END_VERBS


def _state(clauses: Clauses, frame: Frame, how: Modality) -> TieState:
    """``ended`` where the text says so ("former", "ties have been broken"), else ``current`` for the
    present and perfect, ``unknown`` for the plain past."""
    here = [frame.trigger] + ([frame.support] if frame.support is not None else [])
    for i in here:
        token = clauses.tokens[i]
        if any(clauses.tokens[c].lemma.lower() in _ENDED for c in clauses.with_rel(i, "amod", "compound")):
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


def _from_titles(
    scene: Scene, titles: dict[str, OfficeEntry], voices: Voices, cues: ModalityCues
) -> list[DraftTie]:
    """Office and leadership from titles: "Gabonese interior minister X", "X, leader of the Y"."""
    found: list[DraftTie] = []
    for token in scene.clauses.tokens:
        if token.upos not in ("NOUN", "PROPN"):
            continue
        entry, title = _title(scene.clauses, titles, token.i)
        if entry is None:
            continue
        frame = scene.clauses.frame(token.i)
        person = _holder(scene, frame)
        whole = _whole(scene, frame, person, entry)
        if person is None or whole is None or not _is_somebody(scene, person):
            continue
        if entry.tie == "none" or (entry.sector in _CALLINGS and whole.type in ("nationality", "place")):
            continue  # "a Danish surgeon" holds no office of Denmark; "a Reuters correspondent" has a post
        tie = entry.tie
        if tie == "office" and whole.type == "group":
            tie = "leadership" if title in _HEADS else "office"
        elif tie == "leadership" and (
            whole.type in ("place", "government", "nationality") and entry.sector != "REB"
        ):
            tie = "office"
        voice = voices.of_token(token.i)
        how = Modality("actual", "positive", "")
        words = {scene.clauses.tokens[c].lemma.lower() for c in scene.clauses.children[token.i]}
        words |= {scene.clauses.tokens[token.i - 1].lemma.lower()} if token.i else set()
        ended = bool(words & _ENDED)
        found.append(
            DraftTie(
                tie,
                person,
                whole,
                token.i,
                frame,
                title,
                "ended" if ended else "current",
                how,
                None,
                voice,
                f"{tie}/title",
                0.8 if person.named else 0.55,
            )
        )
    return found


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


_CALLINGS = frozenset({"JRN", "EDU", "MED", "CVL", "BUS", "LAB", "AGR", "REL"})
"""Sectors whose titles are callings, not offices of a state."""
_HEADS = frozenset({"leader", "commander", "head", "chief", "founder", "emir", "chairman", "president"})


def _title(clauses: Clauses, titles: dict[str, OfficeEntry], i: int) -> tuple[OfficeEntry | None, str]:
    """The longest office title that ends at this word."""
    tokens = clauses.tokens
    for length in (3, 2, 1):
        first = i - length + 1
        if first < 0 or tokens[first].sentence != tokens[i].sentence:
            continue
        words = [t.text.lower() for t in tokens[first:i]] + [tokens[i].lemma.lower()]
        joined = " ".join(words)
        if entry := titles.get(joined) or titles.get(joined.replace(" - ", "-")):
            return entry, joined
    return None, ""


def _is_somebody(scene: Scene, person: LinkedMention) -> bool:
    """A name, or a description that is resolved to a person: "the president" alone holds no office."""
    return person.named or any(a.id == person.actor and a.kind == "person" for a in scene.linked.actors)


def _holder(scene: Scene, frame: Frame) -> LinkedMention | None:
    for i in frame.get("self"):
        mention = scene.mention_of(i)
        if mention is not None and mention.type == "person":
            return mention
    for i in scene.clauses.subtree(frame.trigger):
        # "the governor of the province of X, Ana Brnabić, …": parsers hang the name on the province
        mention = scene.by_head.get(i)
        if mention is not None and mention.named and mention.type == "person":
            if scene.clauses.tokens[i].deprel == "appos":
                return mention
    mention = scene.covering.get(frame.trigger)
    if mention is not None and mention.type == "person":
        token = scene.clauses.tokens[frame.trigger]
        # inside "Prime Minister Ana Brnabić" the title hangs on the name; deeper in ("envoy of the
        # president") it is somebody else's
        if mention.head == frame.trigger or token.head == mention.head:
            return mention
    return None


def _whole(
    scene: Scene, frame: Frame, person: LinkedMention | None, entry: OfficeEntry
) -> LinkedMention | None:
    """The state or organisation of an office: possessor, "of …", adjective or compound before the title."""
    for role in ("poss", "obl:of|for|in", "mod"):
        for i in frame.get(role):
            if found := _owner(scene, frame, i, person, entry):
                return found
    tokens = scene.clauses.tokens
    governor = tokens[frame.trigger]
    if governor.deprel in ("compound", "nmod:desc", "flat") and governor.head != governor.i:
        # "Iranian President Hassan Rouhani": the adjective may hang on the name
        above = scene.clauses.frame(governor.head)
        for i in above.get("mod"):
            mention = scene.by_head.get(i)
            if mention is not None and _owns(mention) and i < frame.trigger:
                return mention
    follows = frame.trigger + 1
    if follows + 2 < len(tokens) and tokens[follows].text.lower() == "of":
        # the phrase right behind the title is its own, wherever the parser hung it
        behind = next(
            (m for m in scene.linked.mentions if follows < m.first <= follows + 2 and m.head < follows + 6),
            None,
        )
        if behind is not None:
            return _owner(scene, frame, behind.head, person, entry)
    return None


def _owns(mention: LinkedMention) -> bool:
    return mention.type not in _NO_ACTOR and mention.type != "person"


def _owner(
    scene: Scene, frame: Frame, i: int, person: LinkedMention | None, entry: OfficeEntry
) -> LinkedMention | None:
    mention = scene.by_head.get(i) or scene.mention_of(i)
    if mention is None or (person is not None and mention.id == person.id):
        return None
    if mention.type == "person" and mention.head != frame.trigger:
        # "the special envoy of the Russian president": the office is the state's
        return _whole(scene, scene.clauses.frame(mention.head), None, entry)
    return mention if _owns(mention) else None


def _distinct(scene: Scene, drafts: list[DraftTie]) -> list[DraftTie]:
    """One tie per type, ends, voice and sentence: the best scored, then the first."""
    best: dict[tuple[object, ...], DraftTie] = {}
    verbs = {(d.type, d.trigger) for d in drafts}
    for draft in drafts:
        if (draft.type, draft.frame.support) in verbs:
            continue  # the light verb over this noun has coded it: "pledged allegiance"
        ends = (draft.source.actor or draft.source.id, draft.target.actor or draft.target.id)
        key = (draft.type, *ends, draft.voice, scene.clauses.tokens[draft.trigger].sentence)
        if key not in best or draft.score > best[key].score:
            best[key] = draft
    return sorted(best.values(), key=lambda d: (d.trigger, d.type, d.source.id, d.target.id))
