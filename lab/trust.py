"""Fits the weights from which an event's probability follows: ``python -m lab.trust``.

It learns from the events of ordinary news that were judged one by one (``lab/gold/judged.jsonl``: is it an
event of the type, are the actors right, are the recipients) and, at small weights, from the PLOVER dyads of
the training part as true ones and from the codebook's examples. The method is a logistic regression with an
L2 penalty (scikit-learn). The figures printed are of folds by article that the fit has not seen: log loss and
Brier score (mean squared error of the probabilities), a reliability table (events by probability, and the
share of them that is right), precision and share of right events kept by probability. Events that are
arguable are left out.

``--write`` puts the weights into the codebook, ``--diagram FILE.svg`` draws the reliability diagram.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
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
from saydo.coding.trust import facts
from saydo.coding.voices import Voices
from saydo.linking import link
from saydo.model.document import Document, text_sha256
from saydo.model.linked import LinkedMention
from saydo.model.reading import Reading
from saydo.reading import load_reader

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = Path(__file__).parent / "gold" / "judged.jsonl"
WEIGHTS = Path(__file__).parents[1] / "src/saydo/codebook/data/weights/events.yaml"
FOLDS = 5
COUNTS = {"dyad": 0.2, "example": 1.0}
"""What a dyad and an example of the codebook count beside a judged event: both are plainer than news, and the
dyads tell what is true, but never what is not."""
PENALTY = 0.3
"""scikit-learn's C."""

Facts = dict[str, float]
Span = tuple[int, int]


class Row(NamedTuple):
    """An event, whether it is right, and the article that it is from."""

    facts: Facts
    right: bool
    article: str


class Judge:
    """The events of readings as the coder sees them before any is left out."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._units = index_units(codebook.events.items())
        self._cues = ModalityCues.of(codebook)

    def events(self, reading: Reading) -> tuple[Scene, list[Judged]]:
        linked = link(reading, self.codebook)
        scene = Scene.of(linked)
        voices = Voices.of(find_statements(linked, self.codebook))
        return scene, judged_events(scene, self._units, voices, self._cues, self.codebook)[0]


def judged_rows(judge: Judge) -> Iterator[Row]:
    """The judged events as the coder finds them now; of those whose parties have changed since, the ones that
    are no event of the type at all."""
    verdicts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in corpora.jsonl(GOLD):
        verdicts[row["sha256"]].append(row)
    texts = {}
    for name in sorted({row["source"] for rows in verdicts.values() for row in rows}):
        for row in corpora.jsonl(DATA / name):
            texts[text_sha256(row["text"])] = row["text"]
    documents = [Document(sha, texts[sha], date="2016-10-01") for sha in verdicts]
    for reading in load_reader(pairs=True).read_all(documents):
        scene, found = judge.events(reading)
        for one in found:
            right = _verdict(scene, one, verdicts[reading.document.id])
            if right is not None:
                yield Row(dict(facts(scene, one.told)), right, reading.document.id)


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
    """Events of the right type between the marked pair, of the dyads that training has seen."""
    documents, wanted = [], []
    for n, row in enumerate(corpora.jsonl(DATA / "events" / "plover-dyads-train.jsonl")):
        text, spans = marked.unmarked(row["marked"])
        if len(spans) == 2 and not held_out(row["sentence"], marked.DYAD_SHARE):
            documents.append(Document(f"dyad{n}", text))
            wanted.append((marked.event_names(row["type"]), spans))
    for reading, (names, spans) in zip(load_reader(pairs=True).read_all(documents), wanted, strict=True):
        scene, found = judge.events(reading)
        for one in found:
            actor = any(_touch(s, spans["s"]) for s in _spans(scene, one.draft.actors))
            recipient = any(_touch(s, spans["t"]) for s in _spans(scene, one.draft.recipients))
            if one.told.type in names and actor and recipient:
                yield Row(dict(facts(scene, one.told)), True, reading.document.id)


def example_rows(judge: Judge) -> Iterator[Row]:
    """The codebook's own examples: what a positive one asks for is right, of a negative one nothing is."""
    book = judge.codebook
    entries = [(e.id, e) for e in book.events.values()]
    entries += [(mode.id.partition(".")[0], mode) for mode in book.modes.values()]
    examples = [(kind, x, right) for kind, e in entries for right in (True, False)
                for x in (e.positive if right else e.negative)]  # fmt: skip
    documents = [Document(f"example{n}", x.text, date=x.date) for n, (_, x, _) in enumerate(examples)]
    for reading, (kind, example, right) in zip(
        load_reader(pairs=True).read_all(documents), examples, strict=True
    ):
        scene, found = judge.events(reading)
        for one in found:
            named = _named(scene, one.draft.actors, example.actor) and _named(
                scene, one.draft.recipients, example.recipient
            )
            if one.told.type == kind and (named or not right):
                yield Row(dict(facts(scene, one.told)), right, reading.document.id)


def _named(scene: Scene, mentions: Sequence[LinkedMention], name: str | None) -> bool:
    text = scene.linked.reading.document.text
    return name is None or any(name in text[start:end] for start, end in _spans(scene, mentions))


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def fitted(rows: Sequence[Row], beside: Sequence[Row]) -> dict[str, float]:
    """The weights of the facts; those that hardly count are left out. ``beside``: what counts less."""
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([r.facts for r in (*rows, *beside)])
    counts = [1.0] * len(rows) + [COUNTS[r.article.rstrip("0123456789")] for r in beside]
    model = LogisticRegression(C=PENALTY, max_iter=5000, fit_intercept=False)
    model.fit(matrix, [r.right for r in (*rows, *beside)], sample_weight=counts)
    named = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return {name: round(float(weight), 3) for name, weight in named if abs(weight) >= 0.01}


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
                total = sum(weights.get(name, 0.0) * value for name, value in row.facts.items())
                found[k] = 1 / (1 + np.exp(-total))
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
    options = parser.parse_args(arguments)
    judge = Judge(load())
    rows, beside = list(judged_rows(judge)), [*dyad_rows(judge), *example_rows(judge)]
    probabilities = crossed(rows, beside)
    print(*report(rows, probabilities), sep="\n")
    if options.diagram:
        right = np.array([r.right for r in rows])
        options.diagram.write_text(diagram(list(reliability(probabilities, right))), encoding="utf-8")
    if options.write:
        entry = {
            "id": "events",
            "definition": "How much each fact counts for or against an event, in log odds; see lab/trust.py.",
            "weights": fitted(rows, beside),
        }
        WEIGHTS.write_text(yaml.safe_dump(entry, sort_keys=False, width=110), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
