"""What the network takes for events in a sentence: the words that tell them, and who has which part in
them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from saydo.model.reading import Party, Sentence, Trigger
from saydo.reading.mentions import Tree
from saydo.reading.network import Labels, Scores
from saydo.reading.spans import typed_spans


def triggers(
    trees: Sequence[Tree], scores: Sequence[Scores], placed: Sequence[Sentence], labels: Labels
) -> Iterator[Trigger]:
    """Words that are more likely the trigger of some event than of none; of neighbours under one type the
    head."""
    for tree, score, sentence in zip(trees, scores, placed, strict=True):
        seen = (score.triggers[:, 0] < 0.5).nonzero()[0].tolist()
        if not seen:
            continue
        kinds = score.triggers[:, 1:].argmax(axis=1).tolist()
        for kind, first, last in _runs(seen, kinds):
            i = tree.head_of(first, last)
            yield Trigger(
                sentence.first + i,
                labels.triggers[1 + kind],
                labels.realis[int(score.realis[i].argmax())],
                labels.polarity[int(score.polarity[i].argmax())],
                round(1.0 - float(score.triggers[first:last, 0].min()), 4),
            )


def _runs(words: Sequence[int], kinds: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring words of one kind, as kind and range."""
    for (kind, _), run in groupby(enumerate(words), key=lambda pair: (kinds[pair[1]], pair[1] - pair[0])):
        inside = [word for _, word in run]
        yield kind, inside[0], inside[-1] + 1


def parties(scores: Sequence[Scores], placed: Sequence[Sentence], labels: Labels) -> Iterator[Party]:
    """Spans of those who act, are acted upon or have another part, sentence by sentence."""
    roles = [tag[2:] for tag in labels.parties[1::2]]
    for score, sentence in zip(scores, placed, strict=True):
        for span in typed_spans(score.parties):
            yield Party(
                sentence.first + span.first,
                sentence.first + span.last,
                roles[span.label],
                round(span.score, 4),
            )
