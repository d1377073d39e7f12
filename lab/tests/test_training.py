"""One step of training and the export, on a sentence of our own: ``python -m pytest lab/tests`` in the lab's
environment (see lab/README.md), which has torch; the package's own suite runs without it."""

from pathlib import Path

import torch


def test_a_step_lowers_the_loss_and_the_export_reads(tmp_path: Path) -> None:
    from lab.batches import collate, encode
    from lab.corpora import Example, Pair
    from lab.export import FULL, export, no_linking
    from lab.network import ReaderNet, Shape
    from lab.pretrained import wordpieces
    from lab.train import losses
    from saydo.reading.network import Network
    from saydo.reading.pieces import PieceMaker

    torch.manual_seed(0)
    rain = Example(["Rain", "fell"], "own", upos=[7, 15], heads=[2, 0], deprels=["nsubj", "root"])
    war = Example(
        ["Huns", "raided", "Gaul"], "own", pairs=[Pair((0, 1), (2, 3), {"event": (16,), "tie": (5,)})]
    )
    net = ReaderNet(Shape(layers=2, deprels=["nsubj", "root"]))
    pieces = encode([rain, war], PieceMaker(wordpieces()))
    batch = collate([rain, war], pieces, {"nsubj": 0, "root": 1})
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3)

    def loss() -> torch.Tensor:
        return torch.stack([total for total, _ in losses(net, batch).values()]).sum()

    before = loss()
    before.backward()
    optimiser.step()
    net.eval()
    assert loss() < before
    assert {"upos", "heads", "deprels", "event", "tie"} <= losses(net, batch).keys()

    export(net, tmp_path, no_linking())
    small = Network(tmp_path, "reader-en")
    (tmp_path / FULL).replace(tmp_path / "reader-en.onnx")
    full = Network(tmp_path, "reader-en")
    sentences = [["Rain", "fell"], ["Huns", "raided", "Gaul"]]
    for network in (small, full):
        (scores, other) = network.score(sentences)
        assert scores.arcs.shape == (2, 3) and scores.roles.shape == (4, 2, 2)
        (pair,) = network.pairs([(other.words, (0, 1), (2, 3))])
        assert abs(float(pair.event.sum()) - 1) < 1e-4
    # int8 against full precision, and both against torch
    exact = [
        torch.tensor([part]) for part in (pieces[1].ids, pieces[1].shapes, pieces[1].first, pieces[1].last)
    ]
    with torch.no_grad():
        words = net.features(*exact)[0][0].numpy()
    assert abs(full.score(sentences)[1].words - words).max() < 1e-3
    assert abs(small.score(sentences)[1].words - words).mean() < 0.1
