"""Attributions that outgrow their sentence: quotations that go on, and quotations that stand alone.

The network reads sentence by sentence. Where a quotation that somebody's words open in one sentence is
closed in a later one, all of it belongs to the content; where a wholly quoted sentence
follows an attributed quotation in the same paragraph, its words are the same speaker's.
"""

from __future__ import annotations

from collections.abc import Sequence

from saydo.model.reading import Attribution, Sentence, Token, TokenRange

_OPENING = frozenset(["“", "«", "„"])
_CLOSING = frozenset(["”", "»"])
_STRAIGHT = frozenset(['"', "''", "``", "＂"])
_FARTHEST = 12
"""Sentences that an open quotation is followed through; a mark that never closes stops there."""


def quotations(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[TokenRange]:
    """Quoted stretches of the document, marks included, in order and without overlap.

            A stretch may run over several sentences and, as news does it, over paragraphs that each open
    anew. Straight marks are paired within their paragraph.
    """
    found: list[TokenRange] = []
    start = opened_in = -1
    for token in tokens:
        mark = token.text
        if start >= 0 and _begins_paragraph(token, sentences):
            if mark in _OPENING or mark in _STRAIGHT:
                continue
            start = -1
        if start >= 0 and token.sentence - opened_in > _FARTHEST:
            start = -1
        if start < 0:
            if mark in _OPENING or mark in _STRAIGHT:
                start, opened_in = token.i, token.sentence
        elif mark in _CLOSING or (mark in _STRAIGHT and tokens[start].text in _STRAIGHT):
            found.append((start, token.i + 1))
            start = -1
    return found


def _begins_paragraph(token: Token, sentences: Sequence[Sentence]) -> bool:
    here = sentences[token.sentence]
    return token.i == here.first and (
        token.sentence == 0 or here.paragraph != sentences[token.sentence - 1].paragraph
    )


def extended(
    attributions: Sequence[Attribution], tokens: Sequence[Token], sentences: Sequence[Sentence]
) -> list[Attribution]:
    """The attributions with contents that follow their quotations, and those of quotations that stand
    alone."""
    quoted = quotations(tokens, sentences)
    grown = [_grown(attribution, quoted, tokens) for attribution in attributions]
    return _with_followers(grown, quoted, tokens, sentences)


def _grown(attribution: Attribution, quoted: Sequence[TokenRange], tokens: Sequence[Token]) -> Attribution:
    """Content that touches a quotation of several sentences takes the whole of it.

        Where the cue stands inside the quotation the speaker is somebody whom the quoted person speaks of,
    and the content stays as it is.
    """
    content = list(attribution.content)
    cue = attribution.cue[0][0] if attribution.cue else -1
    for first, last in quoted:
        if first <= cue < last or tokens[first].sentence == tokens[last - 1].sentence:
            continue
        touching = [c for c in content if c[0] < last and c[1] > first]
        if touching:
            merged = (min(first, touching[0][0]), max(last, touching[-1][1]))
            content = [c for c in content if c not in touching]
            content.append(merged)
    return attribution._replace(content=_without(sorted(content), attribution))


def _without(content: list[TokenRange], attribution: Attribution) -> tuple[TokenRange, ...]:
    """The ranges without the words of source and cue, which stand between the parts of a quotation."""
    for first, last in (*attribution.source, *attribution.cue):
        content = [
            piece
            for a, b in content
            for piece in ((a, min(b, first)), (max(a, last), b))
            if piece[0] < piece[1]
        ]
    return tuple(content)


def _with_followers(
    attributions: Sequence[Attribution],
    quoted: Sequence[TokenRange],
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
) -> list[Attribution]:
    """Each attributed quotation takes the wholly quoted sentences that follow it in its paragraph."""
    taken = {tokens[i].sentence for a in attributions for i, _ in (*a.cue, *a.content)}
    result = list(attributions)
    last_in: dict[int, int] = {}
    for position, attribution in enumerate(result):
        if attribution.content and _is_quoted(attribution, quoted):
            last_in[max(tokens[b - 1].sentence for _, b in (*attribution.cue, *attribution.content))] = (
                position
            )
    for sentence_index in sorted(last_in):
        position = last_in[sentence_index]
        speaker = result[position]
        following = sentence_index + 1
        while following < len(sentences) and following not in taken:
            span = _whole_quotation(sentences[following], quoted)
            same = sentences[following].paragraph == sentences[sentence_index].paragraph
            if span is None or not same:
                break
            speaker = speaker._replace(content=(*speaker.content, span))
            following = tokens[span[1] - 1].sentence + 1
        result[position] = speaker
    return result


def _is_quoted(attribution: Attribution, quoted: Sequence[TokenRange]) -> bool:
    """Whether some part of the content lies in quotation marks."""
    return any(a < d and c < b for a, b in attribution.content for c, d in quoted)


def _whole_quotation(sentence: Sentence, quoted: Sequence[TokenRange]) -> TokenRange | None:
    """The quotation that begins with the sentence and leaves nothing of it outside."""
    for first, last in quoted:
        if first == sentence.first and last >= sentence.last - 1:
            return (first, last)
    return None
