"""Whose "I" and "we" it is: the speakers of attributed words, and the authors of statements and videos."""

from __future__ import annotations

from saydo.linking.actors_videos import shown_speaker
from saydo.linking.actors_world import BODY_KINDS, World
from saydo.linking.drafts import Draft

HE_OR_SHE = frozenset("he him his himself she her hers herself".split())
_TURN = 6
"""Sentences of one quotation that are looked back over for its beginning."""
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
    speaker = _speakers(world)
    for draft in late:
        a_index = speaker.get(draft.head)
        if a_index is None:
            a_index = _cue_nearby(world, draft.head)
        if a_index is None:
            a_index = _goes_on(world, draft.head)
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


def resolve_ahead(world: World, late: list[Draft]) -> None:
    """Pronouns that stand for nobody before them, in words whose speaker follows: "Claims that it hires boys
    are lies, the League said"."""
    tokens = world.reading.tokens
    speaker = _speakers(world)
    for draft in late:
        a = speaker.get(draft.head)
        source = _source(world, a) if a is not None else None
        member = world.cast.get(source.actor) if source is not None else None
        if source is None or member is None or source.head < draft.head:
            continue
        person = tokens[draft.head].text.lower() in HE_OR_SHE
        if person != (member.kind == "person") or member.kind in ("state", "state group"):
            continue
        draft.type = source.type
        words = world.text(source.first, source.last)
        world.settle(draft, member, "coreference", f"the speaker, “{words}”, who follows")


def _speakers(world: World) -> dict[int, int]:
    """Token → the attribution in whose content it stands, the innermost where there are several."""
    speaker: dict[int, int] = {}
    attributions = world.reading.attributions
    for a in sorted(range(len(attributions)), key=lambda a: -sum(e - s for s, e in attributions[a].content)):
        if attributions[a].source:
            for first, last in attributions[a].content:
                speaker.update(dict.fromkeys(range(first, last), a))
    return speaker


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


def _goes_on(world: World, i: int) -> int | None:
    """The attribution whose speaker goes on: in quotation marks that open the sentence behind it, or in the
    further sentences of a turn that a name and a colon begin."""
    reading = world.reading
    here = reading.tokens[i].sentence
    first = here
    while first > 0 and not _opens_quote(world, first) and first > here - _TURN:
        first -= 1
    quoted = _opens_quote(world, first) and not _closed(world, first, i)
    best: tuple[int, int] | None = None
    for a, attribution in enumerate(reading.attributions):
        at = max((e for s, e in attribution.cue), default=0) - 1
        if not attribution.source or at < 0 or at >= i:
            continue
        told = reading.tokens[at].sentence
        turn = reading.tokens[at].text.endswith(":") and _same_paragraph(world, told, here)
        if (turn or (quoted and first - 1 <= told < first)) and (best is None or at > best[0]):
            best = at, a
    return best[1] if best is not None else None


def _opens_quote(world: World, sentence: int) -> bool:
    return world.reading.tokens[world.reading.sentences[sentence].first].text in ("“", "``", '"')


def _closed(world: World, sentence: int, i: int) -> bool:
    """Whether the quotation that opens a sentence ends before a token."""
    first = world.reading.sentences[sentence].first
    return any(t.text in ("”", "''", '"') for t in world.reading.tokens[first + 1 : i])


def _same_paragraph(world: World, one: int, other: int) -> bool:
    return world.reading.sentences[one].paragraph == world.reading.sentences[other].paragraph


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
