"""One step of training and the export, on a sentence of our own: ``python -m pytest lab/tests`` in the lab's
environment (see lab/README.md), which has torch; the package's own suite runs without it."""

from pathlib import Path

import torch


def test_a_step_lowers_the_loss_and_the_export_reads(tmp_path: Path) -> None:
    from lab.batches import collate, encode
    from lab.corpora import Example
    from lab.export import export
    from lab.network import ReaderNet, Shape
    from lab.pretrained import wordpieces
    from lab.train import losses
    from saydo.reading.network import Network
    from saydo.reading.pieces import PieceMaker

    torch.manual_seed(0)
    examples = [Example(["Rain", "fell"], "own", upos=[7, 15], heads=[2, 0], deprels=["nsubj", "root"])]
    net = ReaderNet(Shape(layers=1, deprels=["nsubj", "root"]))
    batch = collate(examples, encode(examples, PieceMaker(wordpieces())), {"nsubj": 0, "root": 1})
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3)

    def loss() -> torch.Tensor:
        return torch.stack([total for total, _ in losses(net, batch).values()]).sum()

    before = loss()
    before.backward()
    optimiser.step()
    net.eval()
    assert loss() < before
    export(net, tmp_path)
    (scores,) = Network(tmp_path, "reader-en").score([["Rain", "fell"]])
    assert scores.arcs.shape == (2, 3) and scores.roles.shape == (4, 2, 2)
