"""Fits the weights from which an event's probability follows: ``python -m lab.trust``.

It learns from the events of ordinary news that were judged one by one (``lab/gold/judged.jsonl``: is it an
event of the type, are the actors right, are the recipients) and, at smaller weights, from the PLOVER dyads
of the training part, from the other pairs that the reader proposes for the word of a dyad as wrong ones, and
from the codebook's examples. The method is a logistic regression with an L2 penalty (scikit-learn) over plain
facts and over the reader's vectors of trigger, actor and recipient. The figures printed are of folds by
article that the fit has not seen: log loss and Brier score (mean squared error of the probabilities), a
reliability table (events by probability, and the share of them that is right), precision and share of right
events kept by probability. Events that are arguable are left out.

``--write`` puts the weights into the codebook and beside the reader's model, ``--diagram FILE.svg`` draws the
reliability diagram.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from lab import corpora, marked
from lab.corpora import held_out
from lab.reliability import diagram, reliability
from saydo.codebook import load
from saydo.codebook.entries import Codebook
from saydo.coding.events import judged_events
from saydo.coding.joining import Judged
from saydo.coding.match import Scene, index_units
from saydo.coding.modality import ModalityCues
from saydo.coding.statements import find_statements
from saydo.coding.trust import LOOKS, facts, looked_at
from saydo.coding.voices import Voices
from saydo.linking import link
from saydo.model.document import Document, text_sha256
from saydo.model.linked import LinkedMention
from saydo.model.reading import Reading
from saydo.reading.looks import PARTS
from saydo.reading.network import HIDDEN, Network, Scores, packaged
from saydo.reading.reader import OnnxReader

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = Path(__file__).parent / "gold" / "judged.jsonl"
WEIGHTS = Path(__file__).parents[1] / "src/saydo/codebook/data/weights/events.yaml"
MODEL = Path(__file__).parents[1] / "src/saydo/reading/data/reader-en.json"
FOLDS = 5
COUNTS = {"dyad": 0.5, "rival": 0.3, "example": 4.0}
"""What a dyad, another pair at the word of a dyad and an example of the codebook count beside a judged event:
dyads are plainer than news, and some of the other pairs are right; examples must hold, as tests."""
PENALTY = 0.3
"""scikit-learn's C."""
STEP = 0.06
"""What word vectors are multiplied with, so that the penalty holds their 1,152 weights down."""

Facts = dict[str, float]
Span = tuple[int, int]
Vector = NDArray[np.float32]


class Row(NamedTuple):
    """An event, whether it is right, and the article that it is from."""

    facts: Facts
    vector: Vector
    """The word vectors of trigger, actor and recipient, one behind the other; zero for who is missing."""
    right: bool
    article: str


class Weights(NamedTuple):
    """What is fitted."""

    facts: Facts
    vector: Vector


class Recalling(OnnxReader):
    """A reader that keeps the word vectors of what it has read, by document, until they are taken."""

    def __init__(self) -> None:
        super().__init__(Network(packaged(), "reader-en"), pairs=True)
        self.words: dict[str, Vector] = {}

    def _with_pairs_told(self, readings: Sequence[Reading], scores: Sequence[Scores]) -> list[Reading]:
        at = 0
        for reading in readings:
            here = [s.words[1:] for s in scores[at : at + len(reading.sentences)]]
            self.words[reading.document.id] = np.concatenate(here or [np.zeros((0, HIDDEN), np.float32)])
            at += len(here)
        return super()._with_pairs_told(readings, scores)


class Judge:
    """The events of readings as the coder sees them before any is left out."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.reader = Recalling()
        self._units = index_units(codebook.events.items())
        self._cues = ModalityCues.of(codebook)

    def read(self, documents: Sequence[Document]) -> Iterator[tuple[Scene, list[Judged]]]:
        """Of each document in order; its word vectors are to be had until the next is asked for."""
        for reading in self.reader.read_all(documents):
            linked = link(reading, self.codebook)
            scene = Scene.of(linked)
            voices = Voices.of(find_statements(linked, self.codebook))
            yield scene, judged_events(scene, self._units, voices, self._cues, self.codebook)[0]
            del self.reader.words[reading.document.id]

    def row(self, scene: Scene, one: Judged, right: bool, source: str = "") -> Row:
        article = scene.linked.reading.document.id
        words = self.reader.words[article]
        none = np.zeros(HIDDEN, np.float32)
        vector = np.concatenate([none if w is None else words[w] for w in looked_at(one.told)])
        plain = {name: value for name, value in facts(scene, one.told) if name not in LOOKS}
        return Row(plain, vector, right, source + article)


def judged_rows(judge: Judge, gold: Path = GOLD, data: Path = DATA) -> Iterator[Row]:
    """The judged events as the coder finds them now; of those whose parties have changed since, the ones that
    are no event of the type at all. ``data`` is the folder of the texts that ``gold`` names."""
    verdicts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in corpora.jsonl(gold):
        verdicts[row["sha256"]].append(row)
    texts, dates = {}, {}
    for name in sorted({row["source"] for rows in verdicts.values() for row in rows}):
        for row in corpora.jsonl(data / name):
            sha = text_sha256(row["text"])
            texts[sha], dates[sha] = row["text"], row.get("date") if data != DATA else None
    documents = [Document(sha, texts[sha], date=dates[sha] or "2016-10-01") for sha in verdicts]
    for scene, found in judge.read(documents):
        for one in found:
            right = _verdict(scene, one, verdicts[scene.linked.reading.document.id])
            if right is not None:
                yield judge.row(scene, one, right)


def _verdict(scene: Scene, one: Judged, rows: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether an event was judged to be right; None where it was not judged or is arguable."""
    here = [
        r
        for r in rows
        if r["type"] == one.told.type and r["trigger"][0] == scene.clauses.tokens[one.draft.trigger].start
    ]
    for row in here:
        verdict = row["verdict"]
        if verdict["event"] == "n":
            return False
        spans = [_spans(scene, m) for m in (one.draft.actors, one.draft.recipients)]
        if spans == [[tuple(s) for s in row["actors"]], [tuple(s) for s in row["recipients"]]]:
            if "n" in (verdict["actors"], verdict["recipients"]):
                return False
            return True if verdict["event"] == "y" else None
    return None


def _spans(scene: Scene, mentions: Sequence[LinkedMention]) -> list[Span]:
    tokens = scene.clauses.tokens
    return [(tokens[m.first].start, tokens[m.last - 1].end) for m in mentions]


def dyad_rows(judge: Judge) -> Iterator[Row]:
    """Events of the right type between the marked pair, of the dyads that training has seen; and, as wrong
    ones, those of that type between other pairs that the reader proposes for the same word."""
    documents, wanted = [], []
    for n, row in enumerate(corpora.jsonl(DATA / "events" / "plover-dyads-train.jsonl")):
        text, spans = marked.unmarked(row["marked"])
        if len(spans) == 2 and not held_out(row["sentence"], marked.DYAD_SHARE):
            documents.append(Document(f"dyad{n}", text))
            wanted.append((marked.event_names(row["type"]), spans))
    for (scene, found), (names, spans) in zip(judge.read(documents), wanted, strict=True):
        of_type = [one for one in found if one.told.type in names]
        right = [one for one in of_type if _between(scene, one, spans["s"], spans["t"])]
        yield from (judge.row(scene, one, True) for one in right)
        words = {(one.draft.trigger, one.told.type) for one in right}
        for one in of_type:
            touches = any(_between(scene, one, spans[a], spans[b]) for a, b in ("st", "ts"))
            if one.told.unit is None and not touches and (one.draft.trigger, one.told.type) in words:
                yield judge.row(scene, one, False, "rival ")


def _between(scene: Scene, one: Judged, actor: Span, recipient: Span) -> bool:
    return any(_touch(s, actor) for s in _spans(scene, one.draft.actors)) and any(
        _touch(s, recipient) for s in _spans(scene, one.draft.recipients)
    )


def example_rows(judge: Judge) -> Iterator[Row]:
    """The codebook's own examples: what a positive one asks for is right, of a negative one nothing is."""
    book = judge.codebook
    entries = [(e.id, e) for e in book.events.values()]
    entries += [(mode.id.partition(".")[0], mode) for mode in book.modes.values()]
    examples = [(kind, x, right) for kind, e in entries for right in (True, False)
                for x in (e.positive if right else e.negative)]  # fmt: skip
    documents = [Document(f"example{n}", x.text, date=x.date) for n, (_, x, _) in enumerate(examples)]
    for (scene, found), (kind, example, right) in zip(judge.read(documents), examples, strict=True):
        for one in found:
            named = _named(scene, one.draft.actors, example.actor) and _named(
                scene, one.draft.recipients, example.recipient
            )
            if one.told.type == kind and (named or not right):
                yield judge.row(scene, one, right)


def _named(scene: Scene, mentions: Sequence[LinkedMention], name: str | None) -> bool:
    text = scene.linked.reading.document.text
    return name is None or any(name in text[start:end] for start, end in _spans(scene, mentions))


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def fitted(rows: Sequence[Row], beside: Sequence[Row]) -> Weights:
    """The weights; of facts those that hardly count are left out. ``beside``: what counts less."""
    every = [*rows, *beside]
    vectorizer = DictVectorizer(sort=True)
    plain = vectorizer.fit_transform([r.facts for r in every])
    matrix = hstack([plain, csr_matrix(STEP * np.array([r.vector for r in every]))]).tocsr()
    counts = [1.0] * len(rows) + [COUNTS[_source(r)] for r in beside]
    model = LogisticRegression(C=PENALTY, max_iter=5000, fit_intercept=False)
    model.fit(matrix, [r.right for r in every], sample_weight=counts)
    of_facts, of_vector = np.split(model.coef_[0], [plain.shape[1]])
    named = zip(vectorizer.feature_names_, of_facts, strict=True)
    kept = {name: round(float(weight), 3) for name, weight in named if abs(weight) >= 0.01}
    return Weights(kept, (STEP * of_vector).round(5))


def _source(row: Row) -> str:
    return row.article.split()[0].rstrip("0123456789")


def crossed(rows: Sequence[Row], beside: Sequence[Row]) -> NDArray[np.float64]:
    """Each row's probability by weights fitted without the articles of its fold."""
    articles = sorted({r.article for r in rows})
    random.Random(0).shuffle(articles)
    fold = {article: n % FOLDS for n, article in enumerate(articles)}
    found = np.zeros(len(rows))
    for n in range(FOLDS):
        weights = fitted([r for r in rows if fold[r.article] != n], beside)
        for k, row in enumerate(rows):
            if fold[row.article] == n:
                total = sum(weights.facts.get(name, 0.0) * value for name, value in row.facts.items())
                found[k] = 1 / (1 + np.exp(-total - row.vector @ weights.vector))
    return found


def report(rows: Sequence[Row], probabilities: NDArray[np.float64]) -> Iterator[str]:
    right = np.array([r.right for r in rows])
    clipped = probabilities.clip(1e-6, 1 - 1e-6)
    loss = -np.where(right, np.log(clipped), np.log(1 - clipped)).mean()
    brier = ((probabilities - right) ** 2).mean()
    yield f"{len(rows)} judged events, {right.sum()} right; log loss {loss:.3f}, Brier score {brier:.3f}"
    for mean, share, count in reliability(probabilities, right, 5):
        yield f"  probability {mean:.2f}: right {share:.2f} of {count}"
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = probabilities >= least
        share = right[kept].sum() / right.sum()
        yield f"  from {least}: precision {right[kept].mean():.3f}, kept {share:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="put the weights into the codebook")
    parser.add_argument("--diagram", type=Path, metavar="FILE.svg", help="draw the reliability diagram")
    parser.add_argument(
        "--reviewed", type=Path, action="append", default=[], metavar="FOLDER",
        help="also learn from events that people judged: what saydo train-export wrote; may be repeated",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    judge = Judge(load())
    rows = list(judged_rows(judge))
    for folder in options.reviewed:
        rows += judged_rows(judge, folder / "train" / "judged.jsonl", folder / "train")
    beside = [*dyad_rows(judge), *example_rows(judge)]
    probabilities = crossed(rows, beside)
    print(*report(rows, probabilities), sep="\n")
    if options.diagram:
        right = np.array([r.right for r in rows])
        options.diagram.write_text(diagram(list(reliability(probabilities, right))), encoding="utf-8")
    if options.write:
        write(fitted(rows, beside))
    return 0


def write(weights: Weights) -> None:
    """The weights of facts into the codebook, those of word vectors beside the model."""
    entry = {
        "id": "events",
        "definition": "How much each fact counts for or against an event, in log odds; see lab/trust.py.",
        "weights": dict(sorted((weights.facts | dict.fromkeys(LOOKS, 1.0)).items())),
    }
    WEIGHTS.write_text(yaml.safe_dump(entry, sort_keys=False, width=110), encoding="utf-8")
    told = json.loads(MODEL.read_text(encoding="utf-8"))
    told["looks"] = dict(zip(PARTS, weights.vector.reshape(len(PARTS), -1).tolist(), strict=True))
    MODEL.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
