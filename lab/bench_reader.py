"""How fast the reader is beside its bare encoder: ``python -m lab.bench_reader --texts FILE [--model
FOLDER]``.

Both do the same wordpieces in one run, in turns, so that the ratio holds on a noisy machine. The bare encoder
is given its input ready-made, in batches by length, and nothing is made of its output. Two of them are
measured: the reader's own encoder, in the reader's int8 arithmetic, and the pre-trained encoder under ONNX
Runtime's usual dynamic int8, which rounds whole batches (its weights come from the package named in
``requirements.in``). The reader takes text in and gives ``Reading`` out: sentence ends, words, all heads,
decoding.

``ratio`` is the reader's time by the encoder's; each time is the best of the rounds.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnx.utils
import onnxruntime

from lab import corpora
from saydo.model.document import Document
from saydo.reading.network import Network, packaged, unpacked
from saydo.reading.pieces import Pieces
from saydo.reading.reader import OnnxReader

_BUDGET = 4096


def batches(pieces: Sequence[Pieces]) -> list[dict[str, Any]]:
    """Sentences of like length together, padded to the longest of each batch."""
    ordered = sorted(pieces, key=lambda p: len(p.ids))
    found: list[dict[str, Any]] = []
    at = 0
    while at < len(ordered):
        group = [ordered[at]]
        while at + len(group) < len(ordered):
            longest = len(ordered[at + len(group)].ids)
            if longest * (len(group) + 1) > _BUDGET or longest > len(group[0].ids) + 3:
                break
            group.append(ordered[at + len(group)])
        at += len(group)
        ids = np.zeros((len(group), len(group[-1].ids)), dtype=np.int64)
        case = np.zeros_like(ids)
        for row, p in enumerate(group):
            ids[row, : len(p.ids)], case[row, : len(p.ids)] = p.ids, p.shapes
        found.append({"ids": ids, "case": case})
    return found


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def own_encoder(model: bytes, threads: int) -> onnxruntime.InferenceSession:
    """The reader's encoder alone, cut out of its model."""
    part = onnx.utils.Extractor(onnx.load_from_string(model)).extract_model(["ids", "case"], ["encoded"])
    return onnxruntime.InferenceSession(
        part.SerializeToString(), _options(threads), providers=["CPUExecutionProvider"]
    )


def plain_encoder(threads: int) -> onnxruntime.InferenceSession | None:
    """The pre-trained encoder under dynamic int8; None where torch or its weights are not installed."""
    try:
        from lab.plain import write_plain
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "plain.onnx"
        write_plain(path)
        return onnxruntime.InferenceSession(
            path.read_bytes(), _options(threads), providers=["CPUExecutionProvider"]
        )


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    return options


def measure(documents: Sequence[Document], model: Path | None, threads: int, rounds: int) -> None:
    network = Network(model or packaged(), "reader-en", threads)
    reader = OnnxReader(network)
    sentences = [
        [t.text for t in reading.tokens[s.first : s.last]]
        for reading in reader.read_all(documents)
        for s in reading.sentences
    ]
    pieces = network.pieces(sentences)
    feeds = batches(pieces)
    folder = model or packaged()
    encoder = own_encoder(unpacked((folder / "reader-en.zip").read_bytes())[0], threads)
    plain = plain_encoder(threads)
    ways: dict[str, Callable[[], object]] = {
        "reader": lambda: list(reader.read_all(documents)),
        "its encoder alone": lambda: [encoder.run(None, feed) for feed in feeds],
    }
    if plain is not None:
        ways["plain encoder, dynamic int8"] = lambda: [plain.run(None, {"ids": f["ids"]}) for f in feeds]
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            times[name].append(timed(work))
    words, count = sum(map(len, sentences)), sum(len(p.ids) for p in pieces)
    print(f"{threads} thread(s): {len(documents)} texts, {words} words, {count} wordpieces, {rounds} rounds")
    best = {name: min(found) for name, found in times.items()}
    for name, seconds in best.items():
        spread = max(times[name]) / seconds
        ratio = best["reader"] / seconds
        print(
            f"  {name:30}{seconds:8.2f} s {words / seconds:9.0f} words/s {count / seconds:9.0f} wordpieces/s"
            f"   reader/this {ratio:5.2f}   slowest/best {spread:4.2f}"
        )


_START = (
    "import time; t = time.perf_counter(); from saydo.reading import load_reader; load_reader(); "
    "print(time.perf_counter() - t)"
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, required=True, help="JSON Lines with a field text")
    parser.add_argument("--model", type=Path, help="folder of another model than the installed one")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args(arguments)
    documents = [Document(str(i), row["text"]) for i, row in enumerate(corpora.jsonl(options.texts))]
    for threads in options.threads:
        measure(documents, options.model, threads, options.rounds)
    starts = [float(subprocess.check_output([sys.executable, "-c", _START])) for _ in range(3)]
    print(f"import and load, best of 3 fresh processes: {min(starts):.2f} s")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
