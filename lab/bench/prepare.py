"""What the peers take in, made once from ``texts.jsonl`` of a folder: ``python -m lab.bench.prepare FOLDER``.

``words.json`` says how many words each text has, by saydo's own count, which is the one count for all peers.
``feeds.pickle`` has the encoders' wordpieces, ``encoder.onnx`` and ``plain.onnx`` are the encoders;
``why.json`` says why one of them could not be made. ``parsed-N.xml`` are the first N texts as
UniversalPetrarch reads them: sentences with their trees, which are the reader's.
"""

from __future__ import annotations

import json
import pickle
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from lab import corpora
from lab.bench.encoders import Feeds, batches, write_own
from lab.bench.turns import sizes, turns
from saydo.model.document import Document
from saydo.model.reading import Reading
from saydo.reading.network import Network, packaged, unpacked
from saydo.reading.reader import OnnxReader


def read_texts(folder: Path) -> list[Document]:
    return [Document(r["id"], r["text"], date=r["date"]) for r in corpora.jsonl(folder / "texts.jsonl")]


def conllu(reading: Reading, first: int, last: int) -> str:
    """The first eight columns of CoNLL-U of the tokens of one sentence."""
    lines = []
    for t in reading.tokens[first:last]:
        head = 0 if t.head == t.i else t.head - first + 1
        word, lemma = "_".join(t.text.split()), "_".join(t.lemma.split())
        lines.append(f"{t.i - first + 1}\t{word}\t{lemma}\t{t.upos}\t{t.upos}\t_\t{head}\t{t.deprel}")
    return "\n".join(lines)


def petrarch_xml(readings: Sequence[Reading]) -> bytes:
    """Sentences with their trees, in the form that UniversalPetrarch reads."""
    root = ET.Element("Sentences")
    for number, reading in enumerate(readings):
        date = (reading.document.date or "2016-10-01")[:10].replace("-", "")
        for i, s in enumerate(reading.sentences):
            told = {"date": date, "id": f"d{number}_{i}", "source": "bench", "sentence": "True"}
            sentence = ET.SubElement(root, "Sentence", told)
            text = " ".join(reading.document.text[s.start : s.end].split())
            ET.SubElement(sentence, "Text").text = text
            ET.SubElement(sentence, "Parse").text = conllu(reading, s.first, s.last)
    return ET.tostring(root, encoding="utf-8")


def prepare(folder: Path) -> None:
    documents = read_texts(folder)
    network = Network(packaged(), "reader-en")
    readings = list(OnnxReader(network).read_all(documents))
    feeds: list[Feeds] = []
    for first, last in turns(len(documents)):
        told = [
            [t.text for t in r.tokens[s.first : s.last]] for r in readings[first:last] for s in r.sentences
        ]
        feeds.append(batches(network.pieces(told)))
    (folder / "feeds.pickle").write_bytes(pickle.dumps(feeds))
    (folder / "words.json").write_text(json.dumps([len(r.tokens) for r in readings]))
    for size in sizes(len(readings)):
        (folder / f"parsed-{size}.xml").write_bytes(petrarch_xml(readings[:size]))
    why = {}
    try:
        write_own(unpacked((packaged() / "reader-en.zip").read_bytes())[0], folder / "encoder.onnx")
    except ImportError as error:
        why["encoder"] = f"{error.name} is not installed"
    try:
        from lab.plain import write_plain

        write_plain(folder / "plain.onnx")
    except ImportError as error:
        why["plain"] = f"{error.name} is not installed"
    (folder / "why.json").write_text(json.dumps(why))


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
