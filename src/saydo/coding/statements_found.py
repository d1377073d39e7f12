"""Which speech acts of a scene count, and what their content is: trees, quotation marks and the reader's
attributions put together, one statement to a cue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from saydo.coding.match import Scene
from saydo.coding.reporting import Reporting
from saydo.coding.statements_asides import asides
from saydo.coding.statements_cues import Spoken
from saydo.coding.statements_ear import Ear
from saydo.coding.statements_spans import Quotation, members
from saydo.model.reading import Attribution
from saydo.model.records import Note


class Heard(NamedTuple):
    """A speech act that counts, with its whole content."""

    spoken: Spoken
    content: frozenset[int]
    quotes: tuple[int, ...]
    """Indices of the quotations that the content holds or stands in."""
    read: Attribution | None
    """The reader's attribution, where it found the act too."""


class Hearing(NamedTuple):
    """What was heard in a scene, and what was withheld and why."""

    heard: tuple[Heard, ...]
    acts: dict[int, Spoken]
    quotations: tuple[Quotation, ...]
    notes: tuple[Note, ...]


def hear(scene: Scene, lexicon: Reporting) -> Hearing:
    """All speech acts of a scene with their contents, in text order of their cues."""
    ear = Ear.of(scene, lexicon)
    notes: list[Note] = []
    acts: dict[int, Spoken] = {}
    refused: dict[int, str] = {}
    for spoken in (*ear.cues.read(), *asides(scene, lexicon, ear.cues)):
        reason = ear.refusal(spoken)
        if reason is not None:
            refused[spoken.cue] = reason
            notes.append(_note(scene, spoken.cue_tokens, reason))
        elif spoken.cue not in acts or spoken.form == "contrast":
            acts[spoken.cue] = ear.named(spoken)
    contents = {cue: ear.content(spoken, acts) for cue, spoken in acts.items()}
    heard: dict[int, Heard] = {}
    read: dict[int, Attribution] = {}
    for attribution in scene.linked.reading.attributions:
        cue = members(attribution.cue)
        match = next((i for i in sorted(cue) if i in acts), None)
        if match is not None and acts[match].form != "contrast":
            acts[match], contents[match] = ear.merged(acts[match], contents[match], attribution)
            if match not in read or read[match].score < attribution.score:
                read[match] = attribution
            continue
        if match is not None or cue & refused.keys():
            continue
        unlisted = ear.unlisted(attribution)
        if isinstance(unlisted, str):
            notes.append(_note(scene, cue or members(attribution.content), unlisted))
        elif unlisted.cue not in acts:
            acts[unlisted.cue] = unlisted
            contents[unlisted.cue] = unlisted.content
            read[unlisted.cue] = attribution
    for i, spoken in sorted(acts.items()):
        reason = ear.empty(spoken, contents[i], read.get(i))
        if reason is not None:
            if contents[i]:
                notes.append(_note(scene, spoken.cue_tokens, reason))
            continue
        heard[i] = Heard(spoken, contents[i], ear.touching(contents[i]), read.get(i))
    kept = {i: spoken for i, spoken in acts.items() if i in heard}
    return Hearing(tuple(heard.values()), kept, ear.quotes, tuple(notes))


def _note(scene: Scene, tokens: Iterable[int], reason: str) -> Note:
    span = sorted(tokens)
    words = scene.clauses.tokens
    text = " ".join(words[i].text for i in span[:6])
    start, end = words[span[0]].start, words[span[-1]].end
    return Note(about=f"statement “{text}”", reason=reason, start=start, end=end)


def continued(heard: Sequence[Heard], quotes: Sequence[Quotation], scene: Scene) -> dict[int, frozenset[int]]:
    """Cue → further quoted sentences that follow with no cue of their own: the same speaker goes on."""
    tokens = scene.clauses.tokens
    sentences = scene.linked.reading.sentences
    taken = {
        n for h in heard for n in h.quotes if not quotes[n].first <= h.spoken.cue < quotes[n].last
    }  # what is told inside a quotation does not take it from whom it quotes
    more: dict[int, frozenset[int]] = {}
    ends: list[tuple[int, Heard]] = sorted(
        ((max((*h.content, h.spoken.cue)), h) for h in heard if h.quotes and _loud(h, quotes)),
        key=lambda pair: pair[0],
    )
    for n, quote in enumerate(quotes):
        if n in taken:
            continue
        first, last = tokens[quote.first].sentence, tokens[quote.last - 1].sentence
        start, end = sentences[first].first, sentences[last].last
        outside = [
            i for i in (*range(start, quote.first), *range(quote.last, end)) if tokens[i].upos != "PUNCT"
        ]
        if outside or quote.first != start:
            continue
        before = [pair for pair in ends if pair[0] < quote.first]
        if not before:
            continue
        reached, speaker = before[-1]
        if tokens[reached].sentence < first - 1 or _said_behind(scene, last + 1):
            continue
        addition = frozenset(range(quote.first, quote.last))
        more[speaker.spoken.cue] = more.get(speaker.spoken.cue, frozenset()) | addition
        ends = sorted([*ends, (quote.last - 1, speaker)], key=lambda pair: pair[0])
    return more


def _said_behind(scene: Scene, number: int) -> bool:
    """Whether a sentence only says whose the words before it are, cut off from them: "*Sall said.*" """
    sentences, tokens = scene.linked.reading.sentences, scene.clauses.tokens
    if number >= len(sentences) or sentences[number].paragraph != sentences[number - 1].paragraph:
        return False
    words = [t for t in tokens[sentences[number].first : sentences[number].last] if t.upos != "PUNCT"]
    root = next((t for t in words if t.deprel == "root"), None)
    if root is None or root.upos != "VERB" or len(words) > _BARE:
        return False
    return bool(scene.clauses.with_rel(root.i, "nsubj")) and not scene.clauses.with_rel(
        root.i, "obj", "ccomp"
    )


def going_on(heard: Sequence[Heard], quotes: Sequence[Quotation], scene: Scene) -> list[Heard]:
    """Whole sentences in quotation marks behind words that were told without any: "X, he said. “Y.”" The
    same speaker says them, as a statement of its own."""
    tokens, sentences = scene.clauses.tokens, scene.linked.reading.sentences
    taken = {n for h in heard for n in h.quotes}
    last: dict[int, Heard] = {}
    for h in sorted(heard, key=lambda h: h.spoken.cue):
        main = tokens[h.spoken.cue].upos == "VERB" and _main_clause(scene, h.spoken.cue)
        if h.spoken.sources and h.spoken.form != "contrast" and main:
            last[tokens[h.spoken.cue].sentence] = h
    found: list[Heard] = []
    for n, quote in enumerate(quotes):
        first, end = tokens[quote.first].sentence, tokens[quote.last - 1].sentence
        speaker = last.get(first - 1)
        if n in taken or speaker is None or (speaker.quotes and _loud(speaker, quotes)):
            continue
        around = (*range(sentences[first].first, quote.first), *range(quote.last, sentences[end].last))
        if any(tokens[i].upos != "PUNCT" for i in around) or quote.last - quote.first < _LEAST:
            continue
        if not any(t.text.islower() for t in tokens[quote.first : quote.last]):
            continue  # a heading
        inside = frozenset(range(quote.first, quote.last))
        heads = tuple(i for i in sorted(inside) if tokens[i].head not in inside or tokens[i].head == i)
        act = speaker.spoken._replace(
            kind="assertion", name="assertion/goes on", heads=heads, content=inside, form="direct",
            addressees=(), score=_GOES_ON * speaker.spoken.score,
        )  # fmt: skip
        found.append(Heard(act, inside, (n,), None))
        last[end] = found[-1]
    return found


def _main_clause(scene: Scene, cue: int) -> bool:
    """Whether a cue is the verb of its sentence, or stands beside it: not "a letter asking them to come"."""
    token = scene.clauses.tokens[cue]
    while token.deprel in ("conj", "parataxis") and token.head != token.i:
        token = scene.clauses.tokens[token.head]
    return token.deprel == "root"


_LEAST = 4
_BARE = 6
"""Words at most of a sentence that only names a speaker."""
_GOES_ON = 0.9


def _loud(heard: Heard, quotes: Sequence[Quotation]) -> bool:
    """Whether most of the content stands in quotation marks and the cue outside them."""
    inside = members((quotes[n].first, quotes[n].last) for n in heard.quotes)
    return heard.spoken.cue not in inside and 2 * len(heard.content & inside) > len(heard.content)
