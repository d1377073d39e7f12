"""Whose "I" and "we" it is: the speakers of attributed words, and the authors of statements and videos."""

from __future__ import annotations

from saydo.linking.actors_videos import shown_speaker
from saydo.linking.actors_world import BODY_KINDS, World
from saydo.linking.drafts import Draft

_WE = frozenset("we us our ours ourselves".split())
_SPEAKERS = frozenset(["person", "group", "government", "military", "organisation", "igo", "media", "place"])
_TEXT_NOUNS = frozenset(
    """
    statement communique communiqué letter message declaration video leaflet tape recording post
    tweet email
    """.split()
)


def resolve_first_person(world: World, late: list[Draft]) -> None:
    """The speaker of the words that an "I" or "we" stands in; the body spoken for, where "we" has one."""
    tokens = world.reading.tokens
    speaker: dict[int, int] = {}
    ranked = sorted(
        range(len(world.reading.attributions)),
        key=lambda a: -sum(e - s for s, e in world.reading.attributions[a].content),
    )
    for a in ranked:
        attribution = world.reading.attributions[a]
        if attribution.source:
            for first, last in attribution.content:
                speaker.update(dict.fromkeys(range(first, last), a))
    for draft in late:
        a_index = speaker.get(draft.head)
        if a_index is None:
            a_index = _cue_nearby(world, draft.head)
        source = _source(world, a_index) if a_index is not None else None
        if source is None or source is draft:
            draft.reason = "the words are nobody's that the document names"
            continue
        member = world.cast.get(source.actor)
        words = world.text(source.first, source.last)
        if tokens[draft.head].text.lower() in _WE and (shown := shown_speaker(world, source)) is not None:
            reason = f"“{words}” speaks in a {shown[1].lower()} of {shown[0].name}"
            world.settle(draft, shown[0], "coreference", reason)
            continue
        if member is None:
            draft.reason = f"the speaker, “{words}”, is not resolved"
            continue
        if tokens[draft.head].text.lower() in _WE and member.kind == "person":
            body = next((world.cast.get(b) for _, _, b in reversed(member.offices) if b), None)
            if body is not None and body.kind in BODY_KINDS:
                world.settle(draft, body, "coreference", f"the body that the speaker, “{words}”, speaks for")
                continue
        draft.type = source.type if source.type in _SPEAKERS else draft.type
        world.settle(draft, member, "coreference", f"the speaker, “{words}”")


def _cue_nearby(world: World, i: int) -> int | None:
    """The attribution whose cue stands before a token in its sentence, where a quotation lies open."""
    tokens = world.reading.tokens
    first = world.reading.sentences[tokens[i].sentence].first
    words = [t.text for t in tokens[first:i]]
    if sum(w in ("“", "``") for w in words) <= sum(w in ("”", "''") for w in words):
        return None
    for a, attribution in enumerate(world.reading.attributions):
        if attribution.source and any(first <= s < i for s, _ in attribution.cue):
            return a
    return None


def _author(world: World, head: int) -> Draft | None:
    """Whose statement, letter or video it is: its possessor, or who was said to issue it before."""
    tokens, phrases = world.reading.tokens, world.phrases
    lemma = tokens[head].lemma.lower()
    if lemma not in _TEXT_NOUNS:
        return None
    for k in phrases.kids_by(head, "nmod"):
        draft = world.drafts.headed(k)
        if draft is not None and draft.actor and (phrases.case(k) in ("of", "by", "from") or k < head):
            return draft
    for i in range(head - 1, max(-1, head - 160), -1):
        t = tokens[i]
        if t.lemma.lower() != lemma or t.deprel not in ("obj", "nsubj:pass") or tokens[t.head].upos != "VERB":
            continue
        for k in phrases.kids_by(t.head, "nsubj", "obl"):
            if k == i or (tokens[k].deprel.startswith("obl") and phrases.case(k) != "by"):
                continue
            draft = world.drafts.headed(k)
            if draft is not None and draft.actor:
                return draft
    return None


def _source(world: World, a: int) -> Draft | None:
    """The mention that is the source of an attribution, or whose text is."""
    best: Draft | None = None
    for first, last in world.reading.attributions[a].source:
        head = world.phrases.head_of(first, last)
        for draft in (world.drafts.headed(head), *world.drafts.touching(first, last)):
            if draft is None or not first <= draft.head < last or draft.type == "nationality":
                continue
            if draft.actor is not None:
                return draft
            best = best or draft
        if best is None:
            best = _author(world, head)
    return best
