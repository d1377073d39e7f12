"""What the lab makes of its sources: labels where a source tells, masks where it does not."""

import json
import random
from pathlib import Path

import pytest

from lab import corpora, entities, labels, treebanks
from lab.corpora import DataAbsent, Example
from lab.labels import MASK
from lab.measures.tally import Tally
from lab.score import main
from lab.substitution import named_spans
from saydo.reading.tokens import Tokenizer

GUM = """# newdoc id = own
1\tAna\tAna\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tEntity=(1-person-new-n-cf1-1-coref
2\tSol\tSol\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tEntity=1)
3\tled\tlead\tVERB\tVBD\t_\t0\troot\t_\t_
4\tthe\tthe\tDET\tDT\t_\t5\tdet\t_\tEntity=(2-person-new-n-cf2-2-coref
5\trebels\trebel\tNOUN\tNNS\tNumber=Plur\t3\tobj\t_\tEntity=2)
6\ton\ton\tADP\tIN\t_\t7\tcase\t_\t_
7\tMonday\tMonday\tPROPN\tNNP\tNumber=Sing\t3\tobl\t_\tEntity=(3-time-new-n-cf3-1-sgl)

"""


def test_entities_of_a_treebank_become_names_and_heads(tmp_path: Path) -> None:
    path = tmp_path / "own.conllu"
    path.write_text(GUM, encoding="utf-8")
    (example,) = treebanks.treebank(path, "gum")
    assert example.heads == [3, 1, 0, 5, 3, 7, 3]
    assert named_spans(example.names or []) == [(0, 2, "person")]
    assert (example.nominals or [])[4] == labels.HEAD_TYPES.index("group")
    assert (example.names or [])[6] == 0


def test_attributions_are_cut_at_sentence_ends(tmp_path: Path) -> None:
    text = "Sol said: “We left. Nobody stayed.” It rained."
    content = [text.index("“"), text.index("”") + 1]
    row = {"text": text, "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [content]}]}
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    first, second, third = corpora.polnear(path, Tokenizer())
    assert corpora.tagged(first.cues or []) == [(1, 2)]
    assert corpora.tagged(first.contents or []) == [(3, 7)]
    assert first.frames[0].anchor == 1 and first.frames[0].roles[:2] == [1, 0]
    assert corpora.tagged(second.contents or []) == [(0, 4)] and not second.frames
    assert not any(third.contents or [])


def test_entities_of_evaluation_only_documents_are_held_out() -> None:
    assert entities.re3d_held_out({"id": "x", "licence": "CC BY-NC (evaluation only)"})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the Interior Ministry", "government"),
        ("the Northern Army", "military"),
        ("the United Nations", "igo"),
        ("the Evening Post", "media"),
        ("the Hill People's Front", "group"),
        ("Haddad Cement", "organisation"),
        ("who", "organisation"),
    ],
)
def test_organisations_are_told_apart_by_their_words(text: str, kind: str) -> None:
    assert labels.organisation_type(text) == kind


def test_masked_words_stay_masked_when_names_are_replaced() -> None:
    from lab.substitution import _copy

    fresh = Example([], "made", names=[], nominals=[])
    _copy(fresh, Example(["A", "b"], "x", names=[MASK, 0]), 0, 2)
    assert fresh.names == [MASK, 0] and fresh.nominals == [MASK, MASK]


def test_figures_count_each_span_once() -> None:
    tally = Tally()
    tally.add(found=[(0, 1), (2, 3)], wanted=[(0, 1), (4, 5), (6, 7)])
    figures = tally.figures("x")
    assert figures["x precision"] == 0.5
    assert round(figures["x recall"], 3) == 0.333


def test_absent_data_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DataAbsent, match="--data"):
        corpora.need(tmp_path / "none.conllu")
    assert main(["attribution", "--gold", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl is not there" in capsys.readouterr().err


def test_documents_are_held_out_by_their_name_alone() -> None:
    ids = [str(random.Random(i).random()) for i in range(900)]
    share = sum(corpora.held_out(i, 9) for i in ids)
    assert 60 < share < 140 and share == sum(corpora.held_out(i, 9) for i in ids)
