"""Units and roles of a codebook as a person reads them, for the reference and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from saydo.codebook.entries import KINDS, Example, Unit

_PARTS = {"verb": "verb", "noun": "noun", "adj": "adjective"}
_ARGUMENTS = {
    "subj": "subject",
    "obj": "object",
    "iobj": "indirect object",
    "comp": "what the complement says",
    "clause": "the clause",
    "inf": "the infinitive",
    "mod": "word before it",
    "poss": "owner",
    "self": "whom it denotes",
    "itself": "the word itself",
    "head": "noun it stands on",
    "instance": "example named after it",
    "governor": "subject of the verb above",
    "attending": "who attends it",
    "under": "who acts under it",
    "advcl": "clause beside it",
    "advmod": "adverb",
    "obl": "phrase beside it",
}


def argument(name: str) -> str:
    """An argument of a trigger word in words: ``obl:on|at`` → “on” or “at” ….

    What the codebook writes is explained in :mod:`saydo.codebook.entries`.
    """
    if "+" in name:
        return " with ".join(argument(part) for part in name.split("+"))
    outer, above, inner = name.partition(">")
    if above:
        of = {"comp": "of the complement", "obj": "of the object"}[outer]
        return f"{argument(inner) if inner in _ARGUMENTS or ':' in inner else f'“{inner}” …'} {of}"
    kind, _, words = name.partition(":")
    if kind == "stance":
        return f"who is {words} it"
    if words:
        return " or ".join(f"“{word}”" for word in words.split("|")) + " …"
    return _ARGUMENTS.get(kind, kind)


def triggers(unit: Unit) -> str:
    """The words of a unit with their part of speech: ``shell, bombard (verb)``."""
    return "; ".join(
        f"{', '.join(getattr(unit, kind))} ({_PARTS[kind]})" for kind in KINDS if getattr(unit, kind)
    )


def roles(given: Mapping[str, Sequence[str]]) -> str:
    """Who fills which role, the first argument that holds somebody first."""
    return "; ".join(
        f"{role}: {', else '.join(argument(each) for each in wanted) if wanted else 'nobody'}"
        for role, wanted in given.items()
    )


def conditions(unit: Unit) -> list[str]:
    """What must hold, and what must not, for the unit to be coded."""
    found = [f"{argument(name)} is {_words(words)}" for name, words in unit.where.items()]
    found += [
        f"no {argument(name)}" if words == ("*",) else f"{argument(name)} is not {_words(words)}"
        for name, words in unit.without.items()
    ]
    if unit.needs:
        found.append(f"somebody is {' and '.join(unit.needs)}")
    return found


def outcome(unit: Unit) -> list[str]:
    """What a unit says of the finding beside its roles."""
    found = [f"mode {unit.mode}"] if unit.mode else []
    found += [str(each) for each in (unit.realis, unit.polarity, unit.state) if each]
    if unit.casualty:
        found.append(f"counts the {unit.casualty}")
    if unit.symmetric:
        found.append("both sides alike")
    return found


def example(given: Example) -> str:
    """An example sentence with what is expected of it in brackets."""
    said = [f"{name}: {value}" for name, value in (("from", given.actor), ("to", given.recipient)) if value]
    said += [str(value) for value in (given.mode, given.realis, given.polarity) if value]
    tail = given.because or ", ".join(said)
    return f"{given.text} ({tail})" if tail else given.text


def _words(words: Iterable[str]) -> str:
    shown = [
        "anything" if word == "*" else f"any {word[1:]}" if word.startswith("@") else word for word in words
    ]
    return ", ".join(shown)
