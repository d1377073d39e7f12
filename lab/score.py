"""Measure the installed reader: ``python -m lab.score TASK --gold FILE``.

syntax
    UPOS, UAS and LAS on the gold words of a CoNLL-U file, punctuation included and relations with their
    subtypes: the accuracies of the CoNLL 2018 shared task (universaldependencies.org/conll18) for gold
    segmentation.
sentences
    F1 of words and of sentences from raw text, spans compared by the characters that are no space: the
    Words and Sentences metrics of the same task. Sentences of a paragraph are joined by a space, paragraphs
    by a blank line.
attribution
    Exact-span precision, recall and F1 of source, cue and content, sentence by sentence, over the sentences
    that hold an attribution: the measure of CofeNet (Wang et al., COLING 2022) on PolNeAR. Spans that cross
    a sentence end are cut there; each part of a discontinuous content counts.
mentions
    Exact-span micro-F1 of mentions in re3d's held-out documents, with re3d's own types (all our types of
    organisation count as Organisation), and of spans alone. Gold: entities that an annotator confirmed
    (confidence 0.5 or more), pronouns and parts of longer mentions included as far as re3d marks them.
speed
    Words a second through the whole reader, one thread, over the texts of a JSON Lines file, and the time
    that loading takes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path

from lab import corpora, entities
from lab.corpora import DataAbsent
from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading import load_reader
from saydo.reading.attributions import attributions
from saydo.reading.network import Labels, Network, packaged
from saydo.reading.reader import relations
from saydo.reading.tokens import Tokenizer
from saydo.reading.trees import heads

Figures = dict[str, float]


class Tally:
    """Counts of right, found and wanted things, and what follows from them."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0

    def add(self, found: Iterable[Hashable], wanted: Iterable[Hashable]) -> None:
        have, want = Counter(found), Counter(wanted)
        self.right += sum((have & want).values())
        self.found += sum(have.values())
        self.wanted += sum(want.values())

    def figures(self, name: str) -> Figures:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        both = precision + recall
        return {
            f"{name} precision": precision,
            f"{name} recall": recall,
            f"{name} F1": 2 * precision * recall / both if both else 0.0,
        }


def syntax(gold: Path, network: Network) -> Figures:
    right: Counter[str] = Counter()
    chunk: list[list[list[str]]] = []
    for rows in corpora.conllu(gold):
        chunk.append(rows)
        if len(chunk) == 200:
            right += _syntax(chunk, network)
            chunk = []
    right += _syntax(chunk, network)
    return {name: right[name] / right["words"] for name in ("UPOS", "UAS", "LAS")}


def _syntax(chunk: Sequence[Sequence[Sequence[str]]], network: Network) -> Counter[str]:
    labels: Labels = network.labels
    right: Counter[str] = Counter()
    for rows, scores in zip(chunk, network.score([[r[1] for r in rows] for rows in chunk]), strict=True):
        found = heads(scores.arcs)
        upos = [labels.upos[i] for i in scores.upos.argmax(axis=1).tolist()]
        named = relations(scores, found, labels.deprels, upos)
        for row, tag, head, relation in zip(rows, upos, found, named, strict=True):
            same = int(row[6]) == head
            right.update(words=1, UPOS=int(tag == row[3]), UAS=int(same))
            right.update(LAS=int(same and row[7] == relation))
    return right


def segmentation(gold: Path, network: Network) -> Figures:
    tokenizer = Tokenizer()
    words, whole = Tally(), Tally()
    for text, wanted in _documents(gold):
        found_words, found_sentences = [], []
        squeezed = _squeeze(text)
        for here in corpora.split(text, tokenizer):
            found_words += [(squeezed[w.start], squeezed[w.end]) for w in here]
            found_sentences.append((squeezed[here[0].start], squeezed[here[-1].end]))
        words.add(found_words, [w for sentence in wanted for w in sentence])
        whole.add(found_sentences, [(s[0][0], s[-1][1]) for s in wanted])
    return words.figures("words") | whole.figures("sentences")


def _squeeze(text: str) -> list[int]:
    """For every position the number of characters before it that are no space."""
    counts = [0]
    for character in text:
        counts.append(counts[-1] + (not character.isspace()))
    return counts


def _documents(gold: Path) -> Iterable[tuple[str, list[list[tuple[int, int]]]]]:
    """Raw texts with the words of their sentences as ranges of characters that are no space."""
    text, wanted, at = "", [], 0
    with corpora.need(gold).open(encoding="utf-8") as lines:
        fresh, until = False, 0
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc") and wanted:
                yield text, wanted
                text, wanted, at = "", [], 0
            elif line.startswith("# newpar"):
                fresh = True
            elif line.startswith("# text = "):
                text += ("\n\n" if fresh else " " if text else "") + line[9:].rstrip("\n")
                wanted.append([])
                fresh = False
            elif "-" in columns[0] and len(columns) == 10:
                until = int(columns[0].split("-")[1])
                at = _clitics(wanted[-1], at, columns[1])
            elif columns[0].isdigit() and int(columns[0]) > until:
                size = len("".join(columns[1].split()))
                wanted[-1].append((at, at + size))
                at += size
            elif not line.strip():
                until = 0
    if wanted:
        yield text, wanted


def _clitics(sentence: list[tuple[int, int]], at: int, form: str) -> int:
    """A contracted word as the pieces that the treebanks cut it into, where they are cut in the text."""
    low = form.lower().replace("’", "'")
    size = len(form)
    cut = size
    if low.endswith("n't"):
        cut = size - 3
    elif "'" in low:
        cut = low.rindex("'")
    elif low in ("cannot", "gonna", "gotta", "wanna"):
        cut = size - (3 if low == "cannot" else 2)
    sentence += [piece for piece in ((at, at + cut), (at + cut, at + size)) if piece[0] < piece[1]]
    return at + size


def attribution(gold: Path, network: Network) -> Figures:
    tallies = {role: Tally() for role in ("source", "cue", "content")}
    examples = [e for e in corpora.polnear(gold, Tokenizer()) if e.frames]
    for start in range(0, len(examples), 50):
        group = examples[start : start + 50]
        found = attributions(network.score([e.words for e in group]))
        for i, example in enumerate(group):
            mine = [f for f in found if f.sentence == i]
            told = {
                "source": {s for f in mine for s in f.source},
                "cue": {f.cue for f in mine},
                "content": {c for f in mine for c in f.content},
            }
            tags = {"source": example.sources, "cue": example.cues, "content": example.contents}
            for role, tally in tallies.items():
                tally.add(told[role], corpora.tagged(tags[role] or []))
    figures: Figures = {"sentences": float(len(examples))}
    for role, tally in tallies.items():
        figures |= tally.figures(role)
    return figures


_COARSE = {
    "person": "Person", "place": "Location", "nationality": "Nationality", "weapon": "Weapon",
    "platform": "MilitaryPlatform", "money": "Money", "quantity": "Quantity",
}  # fmt: skip


def mentions(gold: Path, network: Network) -> Figures:
    reader = load_reader()
    typed, spans = Tally(), Tally()
    kinds = {*_COARSE.values(), "Organisation"}
    for document in corpora.jsonl(gold):
        if not entities.re3d_held_out(document):
            continue
        wanted = {
            (e["start"], e["end"], e["type"])
            for e in document["entities"] if e["confidence"] >= 0.5 and e["type"] in kinds
        }  # fmt: skip
        reading = reader.read(Document(document["id"], document["text"]))
        found = _mentions(reading)
        typed.add(found, wanted)
        spans.add({f[:2] for f in found}, {w[:2] for w in wanted})
    return typed.figures("typed") | spans.figures("span")


def _mentions(reading: Reading) -> set[tuple[int, int, str]]:
    tokens = reading.tokens
    return {
        (tokens[m.first].start, tokens[m.last - 1].end, _COARSE.get(m.type, "Organisation"))
        for m in reading.mentions
    }


def speed(gold: Path, network: Network) -> Figures:
    started = time.perf_counter()
    reader = load_reader()
    loaded = time.perf_counter() - started
    documents = [Document(str(i), row["text"]) for i, row in enumerate(corpora.jsonl(gold))][:200]
    reader.read(documents[0])
    started, busy = time.perf_counter(), time.process_time()
    words = sum(len(reading.tokens) for reading in reader.read_all(documents))
    spent, busy = time.perf_counter() - started, time.process_time() - busy
    return {
        "words": float(words),
        "words a second": words / spent,
        "words a processor second": words / busy,
        "seconds to load": loaded,
    }


TASKS: dict[str, Callable[[Path, Network], Figures]] = {
    "syntax": syntax,
    "sentences": segmentation,
    "attribution": attribution,
    "mentions": mentions,
    "speed": speed,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("--gold", type=Path, required=True, help="gold file of the task")
    parser.add_argument("--model", type=Path, help="folder of another model than the installed one")
    options = parser.parse_args(arguments)
    network = Network(options.model or packaged(), "reader-en")
    try:
        figures = TASKS[options.task](options.gold, network)
    except DataAbsent as absent:
        print(f"error: {absent}", file=sys.stderr)
        return 2
    for name, value in figures.items():
        share = options.task != "speed" and value <= 1
        print(f"{name:28} {100 * value if share else value:8.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
