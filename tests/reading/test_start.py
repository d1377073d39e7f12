"""What makes reading begin quickly gives the same answers as what it stands for."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex

from saydo.codebook.dictionary import dictionary
from saydo.reading import token_rules
from saydo.reading.abbreviations import ABBREVIATIONS
from saydo.reading.splitting import Splitter
from saydo.reading.tokens import Tokenizer

RULES = token_rules.made()
SPLITTER = Splitter(RULES)


@pytest.fixture(scope="module")
def spacys() -> object:
    """spaCy's tokenizer with our rules added, as its documentation says to add them."""
    theirs = English().tokenizer
    theirs.infix_finditer = compile_infix_regex(
        [*English.Defaults.infixes, *token_rules.FURTHER_INFIXES]
    ).finditer
    for abbreviation in ABBREVIATIONS:
        theirs.add_special_case(abbreviation, [{ORTH: abbreviation}])
    return theirs


PIECES = st.one_of(
    st.sampled_from(sorted(RULES.special)).filter(lambda run: not run.isspace()),
    st.sampled_from(
        [
            "https://a.example/b?c=d",
            "10km",
            "3.5",
            "U.S.",
            "co-operate",
            "Gen.",
            "C-in-C",
            "5:30pm",
            "$40",
            "non-state",
        ]
    ),
    st.text("abZ19.,;:!?'’\"()[]{}-–—…/\\@#$%&*+=<>|~^`_€°çéß漢ж", min_size=1, max_size=6),
)


@given(st.lists(PIECES, min_size=1, max_size=6))
def test_a_run_is_split_as_spacy_splits_it(spacys: object, pieces: list[str]) -> None:
    run = "".join(pieces)
    split = SPLITTER.split(run)
    assert list(split) == [token.text for token in spacys(run)]  # type: ignore[operator]
    assert "".join(split) == run


def test_the_rules_are_made_anew_where_none_are_kept_or_ours_have_changed(tmp_path: Path) -> None:
    kept = tmp_path / "tokens.json"
    assert token_rules._kept(kept) is None
    kept.write_text(token_rules.written(), encoding="utf-8")
    assert token_rules._kept(kept) == RULES == token_rules.token_rules()
    kept.write_text(kept.read_text(encoding="utf-8").replace(token_rules.key(), "0" * 64), encoding="utf-8")
    assert token_rules._kept(kept) is None
    kept.write_text("not JSON", encoding="utf-8")
    assert token_rules._kept(kept) is None


def test_words_are_remembered_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tokenizer, "_MOST_KNOWN", 3)
    tokenizer = Tokenizer()
    text = " ".join(f"(word{n})" for n in range(20))
    assert [word.text for word in tokenizer.words(text)] == [
        p for n in range(20) for p in ("(", f"word{n}", ")")
    ]
    assert len(tokenizer._known) <= 3


def test_dictionary_forms_are_lemminflects_own() -> None:
    """For words in its table, words that are not, and every part of speech; and lemminflect itself is left
    as it was."""
    ours = dictionary()
    lemminflect = importlib.import_module("lemminflect")
    assert lemminflect.Lemmatizer() is not ours
    table = lemminflect.Lemmatizer()._getLemmaDict()
    words = [
        *list(table)[::40],
        "were",
        "mice",
        "shelled",
        "checkpointed",
        "zorgs",
        "unblorking",
        "fedayeens",
    ]
    for word in words:
        for part in ("NOUN", "VERB", "ADJ", "ADV"):
            assert ours.getLemma(word, part) == lemminflect.getLemma(word, part), (word, part)


def test_our_dictionary_is_no_module_that_others_would_find() -> None:
    dictionary()
    assert "saydo_lemminflect.core.Lemmatizer" in sys.modules
    assert sys.modules.get("lemminflect") is not sys.modules["saydo_lemminflect"]
