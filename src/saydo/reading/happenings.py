"""What the network takes for events in a sentence: the words that tell them, and who has which part in
them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from saydo.model.reading import Party, Sentence, Trigger
from saydo.reading.network import Labels, Scores
from saydo.reading.spans import typed_spans

LEAST = 0.1
"""Below this probability a word is not worth a look. In ordinary news two sentences of five hold a word above
it, of the PLOVER dyads 99 in a hundred (measured on PolNeAR-dev and the training dyads)."""


def triggers(scores: Sequence[Scores], placed: Sequence[Sentence], labels: Labels) -> Iterator[Trigger]:
    """Words that may be the trigger of some event, in order."""
    for score, sentence in zip(scores, placed, strict=True):
        seen = (score.triggers[:, 0] < 1 - LEAST).nonzero()[0]
        if not len(seen):
            continue
        kinds = score.triggers[seen, 1:].argmax(axis=1).tolist()
        realis, polarity = (
            score.realis[seen].argmax(axis=1).tolist(),
            score.polarity[seen].argmax(axis=1).tolist(),
        )
        for n, i in enumerate(seen.tolist()):
            yield Trigger(
                sentence.first + i,
                labels.triggers[1 + kinds[n]],
                labels.realis[realis[n]],
                labels.polarity[polarity[n]],
                round(1.0 - float(score.triggers[i, 0]), 4),
            )


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
