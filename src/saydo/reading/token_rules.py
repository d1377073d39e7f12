"""The rules by which text is split into words: those of spaCy for English, and a few of our own.

A wheel carries them as they were when it was built, so that reading needs no spaCy, and the same saydo splits
the same text the same way whatever spaCy is installed. Where that file is missing, or was made with other
rules of our own, they are made from the spaCy at hand, which takes a second more.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from saydo.reading.abbreviations import ABBREVIATIONS
from saydo.reading.splitting import TokenRules

FURTHER_INFIXES = (r"(?<=\w)\.(?=\[)", r"\[", r"\]")
FORM = 1
"""Of the file; another form is another number."""


def key() -> str:
    """What the file must have been made with: our own rules and the form."""
    own = json.dumps([FORM, list(ABBREVIATIONS), FURTHER_INFIXES])
    return hashlib.sha256(own.encode()).hexdigest()


def token_rules() -> TokenRules:
    """The rules of the installation; from spaCy where the installation has none that are right."""
    kept = _kept(files("saydo.reading") / "built" / "tokens.json")
    return kept if kept is not None else made()


def _kept(file: Any) -> TokenRules | None:
    """The rules in a file; None where it is not there or was made with other rules of our own."""
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(held, dict) or held.get("key") != key():
        return None
    rules = dict(held["rules"])
    special = {run: tuple(words) for run, words in rules.pop("special").items()}
    return TokenRules(**rules, special=special)


def written() -> str:
    """The content of the file, made anew: the same bytes each time, though spaCy gathers its rules from
    sets."""
    from importlib.metadata import version

    held = {"key": key(), "spacy": version("spacy"), "rules": asdict(made())}
    return json.dumps(held, ensure_ascii=True, indent=0, sort_keys=True) + "\n"


def made() -> TokenRules:
    """The rules from spaCy's own. No pipeline is made of them, which would load every component that is
    installed."""
    from spacy.lang.en import English
    from spacy.symbols import ORTH
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    theirs: Any = English.Defaults
    special = {run: tuple(w[ORTH] for w in words) for run, words in theirs.tokenizer_exceptions.items()}
    return TokenRules(
        prefix=compile_prefix_regex(theirs.prefixes).pattern,
        suffix=compile_suffix_regex(theirs.suffixes).pattern,
        infix=compile_infix_regex([*theirs.infixes, *FURTHER_INFIXES]).pattern,
        whole=theirs.url_match.__self__.pattern,
        special={**special, **{abbreviation: (abbreviation,) for abbreviation in ABBREVIATIONS}},
    )
