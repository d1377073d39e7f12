"""Examples as batches, a step of training, what teachers give, and the export, on sentences of our own:
``python -m pytest lab/tests`` in the lab's environment (see lab/README.md), which has torch; the package's
own suite runs without it."""

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.corpora import Example, Frame, Pair
from lab.export import FULL, FULL_PAIRS, export, no_linking, pack
from lab.fit import Fit, Halved, Plan, fit
from lab.labels import EVENT_TYPES, MASK, TIE_TYPES
from lab.network import ReaderNet, Shape, load_run
from lab.objective import alike, answer, taught, teach, told
from lab.prepare import flat, write
from lab.pretrained import wordpieces
from lab.store import WORD_LABELS, Batch, Store
from saydo.reading.network import Network
from saydo.reading.pieces import PieceMaker

CPU = torch.device("cpu")
DEPRELS = ["nsubj", "root"]
RAIN = Example(["Rain", "fell"], "own", upos=[7, 15], heads=[2, 0], deprels=["nsubj", "root"])
WAR = Example(
    ["Huns", "raided", "Gaul"], "own",
    pairs=[Pair((0, 1), (2, 3), {"event": (16,), "tie": (5,)}), Pair((2, 3), (0, 1), {}, 0.5)],
)  # fmt: skip
SPEECH = Example(
    ["Attila", "denied", "it"], "own", cues=[0, 1, 0], sources=[1, 0, 0], contents=[0, 0, 1],
    frames=[Frame(1, [1, 0, 3], 2)],
)  # fmt: skip


def store(*examples: Example) -> Store:
    pieces = PieceMaker(wordpieces()).encode([e.words for e in examples])
    return Store(flat(examples, pieces, DEPRELS), CPU)


def net(seed: int = 0, marked: bool = False) -> ReaderNet:
    torch.manual_seed(seed)
    return ReaderNet(Shape(layers=2, deprels=DEPRELS, marked=marked)).eval()


@st.composite
def examples(draw: st.DrawFn) -> Example:
    size = draw(st.integers(2, 9))
    words = draw(st.lists(st.sampled_from(["Mali", "troops", "overran", "reoccupied", "it"]), min_size=size,
                          max_size=size))  # fmt: skip
    labels = st.lists(st.sampled_from([MASK, 0, 1]), min_size=size, max_size=size)
    example = Example(words, "own", upos=draw(st.none() | labels), triggers=draw(st.none() | labels))
    if draw(st.booleans()):
        example.frames.append(Frame(draw(st.integers(0, size - 1)), draw(labels)))
    cut = draw(st.integers(1, size - 1))
    example.pairs = [Pair((0, cut), (cut, size), {"event": (draw(st.integers(0, 16)),)}, 0.25)]
    return example


@given(found=st.lists(examples(), min_size=1, max_size=6), data=st.data())
@settings(deadline=None, max_examples=60)
def test_a_batch_holds_what_its_examples_tell(found: list[Example], data: st.DataObject) -> None:
    """In whatever order and company they are asked for."""
    group = data.draw(st.lists(st.integers(0, len(found) - 1), min_size=1, max_size=6))
    batch = store(*found).batch(group)
    pieces = PieceMaker(wordpieces()).encode([e.words for e in found])
    for row, i in enumerate(group):
        size = len(found[i].words)
        assert batch.ids[row][batch.ids[row] > 0].tolist() == pieces[i].ids
        assert batch.first[row, :size].tolist() == pieces[i].first
        assert batch.there[row].sum() == size
        for name in WORD_LABELS:
            values = getattr(found[i], name)
            if name in batch.targets:
                assert batch.targets[name][row, :size].tolist() == (values or [MASK] * size)
                assert (batch.targets[name][row, size:] == MASK).all()
            else:
                assert set(values or [MASK]) == {MASK}
    frames = [(row, f.anchor, f.roles) for row, i in enumerate(group) for f in found[i].frames]
    rows, anchors, roles = batch.frames
    assert [
        (int(r), int(a), line[: len(f[2])].tolist())
        for r, a, line, f in zip(rows, anchors, roles, frames, strict=True)
    ] == frames
    for k, (row, pair) in enumerate((row, p) for row, i in enumerate(group) for p in found[i].pairs):
        marks, size = batch.pairs.marks[k].tolist(), len(found[group[row]].words)
        assert batch.pairs.rows[k] == row and batch.pairs.weights[k] == 0.25
        assert [m for m in marks if m >= 0] == [0] + [1] * pair.actor[1] + [2] * (size - pair.actor[1])
        assert batch.pairs.told["event"][k].nonzero().flatten().tolist() == list(pair.told["event"])
        assert not batch.pairs.told["tie"][k].any()


def _total(network: ReaderNet, batch: Batch) -> torch.Tensor:
    return torch.stack(list(told(answer(network, batch, batch.frames[:2]).answers, batch).values())).sum()


@pytest.mark.parametrize("marked", [False, True])
def test_a_step_lowers_the_loss(marked: bool) -> None:
    batch, network = store(RAIN, WAR, SPEECH).batch([0, 1, 2]), net(marked=marked)
    found = told(answer(network, batch, batch.frames[:2]).answers, batch)
    assert {"upos", "heads", "deprels", "cues", "roles", "event", "tie"} <= found.keys()
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3)
    before = _total(network, batch)
    before.backward()
    optimiser.step()
    assert _total(network, batch) < before


def test_only_the_encoder_of_a_teacher_sees_who_is_marked() -> None:
    batch = store(WAR).batch([0])
    seen = answer(net(marked=True), batch, batch.frames[:2])
    plain = answer(net(marked=False), batch, batch.frames[:2])
    assert torch.equal(seen.words, plain.words), "the sentence itself is read without marks"
    assert not torch.allclose(seen.answers["event"], plain.answers["event"])


def test_a_pupil_that_answers_as_its_teachers_do_has_nothing_to_learn() -> None:
    batch = store(RAIN, WAR, SPEECH).batch([0, 1, 2])
    first, second = net(1), net(2)
    for teachers, pupil, far in (([first], first, False), ([first, second], first, True)):
        wanted, cues, governors = teach(teachers, batch)
        told_too = (torch.cat([batch.frames[0], cues[0]]), torch.cat([batch.frames[1], cues[1]]))
        answers = answer(pupil, batch, told_too, governors).answers
        losses = taught(answers, wanted, batch, cues)
        assert set(losses) >= {"upos", "heads", "deprels", "event", "realis"}
        total = torch.stack(list(losses.values())).sum()
        assert (total > 0.01) if far else (abs(total) < 1e-4)
    assert governors[0].tolist()[:2] == [2, 0], "relations are asked for the governors that are told"


def test_sentence_vectors_teach_the_encoder_nothing() -> None:
    batch, network = store(RAIN).batch([0]), net()
    seen = answer(network, batch, batch.frames[:2])
    alike(network, seen.words, batch, torch.ones(1, network.shape.hidden)).backward()
    assert network.vector.weight.grad is not None and network.pool.weight.grad is None


def test_half_precision_learns_into_full_precision() -> None:
    batch, network = store(RAIN, WAR, SPEECH).batch([0, 1, 2]), net()
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(not name.startswith("word_embedding"))
    halved = Halved(network)
    _total(halved.net, batch).backward()
    halved.gather()
    gathered = network.pool.weight.grad
    assert gathered is not None and gathered.dtype == torch.float32 and gathered.abs().sum() > 0
    assert all(p.grad is None for p in halved.net.parameters())
    with torch.no_grad():
        network.pool.weight += 1.0
    halved.follow()
    assert torch.equal(halved.net.pool.weight, network.pool.weight.bfloat16())


def test_training_stops_and_goes_on(tmp_path: Path) -> None:
    """A teacher, then a pupil; a finished network is not trained again."""
    write([RAIN, WAR, SPEECH], DEPRELS, tmp_path / "learn.npz")
    write([RAIN, WAR], DEPRELS, tmp_path / "held.npz")
    fit(tmp_path, tmp_path / "teacher", Plan(0.005, marked=True))
    fit(tmp_path, tmp_path / "pupil", Plan(0.005), [tmp_path / "teacher"])
    learn = Store.load(tmp_path / "learn.npz", CPU)
    again = Fit(learn, tmp_path / "pupil", Plan(0.005), [load_run(tmp_path / "teacher")])
    steps, weights = again.step, again.net.pool.weight.clone()
    assert steps > 0
    again.run()
    assert again.step == steps and torch.equal(again.net.pool.weight, weights)
    longer = Fit(learn, tmp_path / "pupil", Plan(again.spent / 60 + 0.1), [load_run(tmp_path / "teacher")])
    longer.run()
    assert longer.step > steps


def test_the_export_reads_as_the_network_does(tmp_path: Path) -> None:
    network = net()
    export(network, tmp_path, no_linking())
    small = Network(tmp_path, "reader-en")
    pack(tmp_path / FULL, tmp_path / FULL_PAIRS, tmp_path / "reader-en.zip")
    full = Network(tmp_path, "reader-en")
    batch = store(RAIN, WAR).batch([1])
    with torch.no_grad():
        exact = network.features(batch.ids, batch.case, batch.first, batch.last)[0][0, :4].numpy()
        event = torch.softmax(
            network.pair_scores(torch.tensor(exact[None]), torch.tensor([[0, 1, 0, 2]]))["event"], -1
        )
    for reads, most, mean in ((small, 1.0, 0.1), (full, 1e-3, 1e-3)):
        scores, other = reads.score([RAIN.words, WAR.words])
        assert scores.arcs.shape == (2, 3) and scores.roles.shape == (4, 2, 2)
        far = abs(other.words - exact)
        assert far.max() < most and far.mean() < mean
        (pair,) = reads.pairs([(other.words, (0, 1), (2, 3))])
        assert pair.event.shape == (len(EVENT_TYPES),) and pair.tie.shape == (len(TIE_TYPES),)
        assert abs(pair.event - event[0].numpy()).max() < most / 5
