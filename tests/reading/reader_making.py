"""What the rooms of the reader hand to each other, by hand: words with mentions, scores, labels."""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.network import HIDDEN, Labels, Scores
from saydo.reading.scripted import scripted_reading

LABELS = Labels(
    upos=("NOUN", "VERB"),
    deprels=("nsubj", "root"),
    names=("O", "B-person", "I-person"),
    nominals=("O", "person"),
    entities=("O", "B-Person", "I-Person"),
    parties=("O", "B-source", "I-source", "B-target", "I-target", "B-related", "I-related"),
    triggers=("none", "AGREE", "AID", "ASSAULT"),
    realis=("actual", "historical", "future", "hypothetical"),
    polarity=("positive", "negative"),
    event=("none", "AID", "ASSAULT", "CONSULT"),
    tie=("none", "alliance", "rivalry"),
    relation=("none", "BelongsTo"),
)


def scores(words: int, **given: NDArray[np.float32]) -> Scores:
    """Scores of a sentence; what is not given is all zeros."""
    shapes = {
        "arcs": (words, words + 1),
        "relations": (words, len(LABELS.deprels)),
        "cues": (words, 3),
        "roles": (4, words, words),
        "ends": (words, 2),
        "links": (words, 128),
        "vector": (HIDDEN,),
        "words": (1 + words, HIDDEN),
    }
    made = {}
    for name in (f.name for f in fields(Scores)):
        shape = shapes.get(name) or (words, len(getattr(LABELS, name)))
        made[name] = np.asarray(given.get(name, np.zeros(shape)), dtype=np.float32)
        assert made[name].shape == shape, name
    return Scores(**made)


def told(*sentences: str) -> Reading:
    """A reading of sentences in which mentions stand in brackets, a star behind the type of those with a name:
    ``[Ana Sol/nsubj]person* met [the rebels]group``.

    A mention's head is its first word with a relation, or else its last word. Words in lower case with an s at their
    end are plurals.
    """
    texts, lines = [], []
    for sentence in sentences:
        words, found = _parsed(sentence)
        for i, (word, relation) in enumerate(words):
            plural = word.islower() and word.endswith("s") and word not in ("his", "its", "this")
            lines.append(
                f"{i + 1} {word} {word.lower().removesuffix('s') if plural else word} X {i} {relation}"
            )
        for first, last, kind in found:
            head = next((i for i in range(first, last) if words[i][1] != "dep"), last - 1)
            named = "named" if kind.endswith("*") else ""
            lines.append(f"# mention {first + 1}-{last} {kind.rstrip('*')} {named} head={head + 1}")
        lines.append("")
        texts += [word for word, _ in words]
    return scripted_reading(Document("d", " ".join(texts)), "\n".join(lines))


def _parsed(sentence: str) -> tuple[list[tuple[str, str]], list[tuple[int, int, str]]]:
    """Words with their relations, and mentions with their types."""
    words: list[tuple[str, str]] = []
    found: list[tuple[int, int, str]] = []
    opened: list[int] = []
    for piece in sentence.split():
        bare = piece.lstrip("[")
        opened += [len(words)] * (len(piece) - len(bare))
        whole, *closed = bare.split("]")
        word, _, relation = whole.partition("/")
        words.append((word, relation or "dep"))
        found += [(opened.pop(), len(words), kind) for kind in closed]
    return words, found
