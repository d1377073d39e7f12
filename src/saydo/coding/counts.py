"""How many: numbers of people in noun phrases, as closed ranges ("at least 12", "dozens", "10 to 15")."""

from __future__ import annotations

from saydo.coding.clauses import Clauses
from saydo.model.records import Count

_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_VAGUE: dict[str, tuple[int, int | None]] = {
    "a": (1, 1), "an": (1, 1), "another": (1, 1), "single": (1, 1), "no": (0, 0), "none": (0, 0),
    "both": (2, 2), "couple": (2, 2), "pair": (2, 2), "few": (2, 9), "several": (3, 9), "some": (2, None),
    "many": (10, None), "dozen": (12, 12), "dozens": (24, 99), "score": (20, 20), "scores": (40, 99),
    "hundreds": (200, 999), "thousands": (2000, 9999), "tens": (20, 99), "numerous": (10, None),
}  # fmt: skip
"""Low and high bound per vague word; "dozens" as 24–99 follows the reading that a coder may defend: at least
two of the unit, fewer than the next unit up."""
_QUANTIFIERS = frozenset({
    "at", "least", "more", "than", "up", "to", "most", "over", "nearly", "between", "fewer", "less", "as",
    "many", "and", "or", "from", "some", "about", "around", "almost", "roughly", "approximately", "-", "–",
})  # fmt: skip


def number(word: str) -> int | None:
    """The value of a number word or figure ("1,200", "twenty-one"); None where it is none."""
    text = word.lower().replace(",", "").replace("\u00a0", "")
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    if text in _UNITS:
        return _UNITS[text]
    if text in _TENS:
        return _TENS[text]
    tens, _, unit = text.partition("-")
    if tens in _TENS and unit in _UNITS:
        return _TENS[tens] + _UNITS[unit]
    return _POWERS.get(text)


def count_of(clauses: Clauses, noun: int) -> Count | None:
    """The number that a noun phrase states of its head, or None where it states none."""
    tokens = clauses.tokens
    head = tokens[noun]
    if head.upos == "NUM":
        return _read(clauses, [noun])
    if head.text.lower() in ("none", "nobody") or head.text.lower() == "no-one":
        return Count(low=0, high=0, text=head.text)
    if (
        head.lemma.lower() in ("dozen", "score", "hundred", "thousand", "couple", "ten")
        and head.upos == "NOUN"
    ):
        return _read(clauses, [noun, *clauses.with_rel(noun, "nummod", "det", "amod")])
    numerals = clauses.with_rel(noun, "nummod")
    if numerals:
        return _read(clauses, numerals)
    vague = [c for c in clauses.with_rel(noun, "det", "amod") if tokens[c].text.lower() in _VAGUE]
    strong = [c for c in vague if tokens[c].text.lower() not in ("a", "an", "another")]
    if strong and tokens[strong[0]].text.lower() == "no" and _beside(clauses, noun):
        return None  # "no one else has died" tells of those who have
    if strong:
        return _read(clauses, strong[:1])
    if vague and head.text.lower() == head.lemma.lower():
        return _read(clauses, vague[:1])
    before = noun - 1
    while before >= 0 and tokens[before].head == noun and tokens[before].upos in ("ADJ", "NOUN", "PROPN"):
        before -= 1
    if before >= 0 and number(tokens[before].text) is not None and tokens[before].sentence == head.sentence:
        return _read(clauses, [before])
    return None


def _beside(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is of those apart from others."""
    return any(
        clauses.tokens[c].text.lower() in _MORE for c in clauses.with_rel(noun, "amod", "advmod", "det")
    )


_MORE = frozenset({"other", "else", "further", "more", "additional"})
_COUNTING = frozenset({"number", "toll", "figure", "count", "total", "tally"})
_PUTTING = frozenset({
    "put", "place", "set", "estimate", "give", "revise", "raise", "report", "rise", "climb", "stand", "reach",
    "jump", "grow", "pass", "exceed", "mount", "fall", "drop", "bring", "lower", "total", "remain",
})  # fmt: skip


def count_put(clauses: Clauses, nouns: tuple[int, ...]) -> Count | None:
    """The number that a verb gives for a toll: "put *the number* of inmates killed at nine", "the toll has
    risen to sixty", "the death toll was eleven"."""
    tokens = clauses.tokens
    for noun in nouns:
        i = noun
        if tokens[i].lemma.lower() not in _COUNTING and tokens[tokens[i].head].lemma.lower() in _COUNTING:
            i = tokens[i].head
        if tokens[i].lemma.lower() not in _COUNTING:
            continue
        for c in clauses.with_rel(i, "nmod"):
            if clauses.preposition(c) == "of" and tokens[c].upos == "NUM":
                return count_of(clauses, c)
        over = tokens[i].head
        if tokens[over].upos == "NUM" and clauses.with_rel(over, "cop"):
            return count_of(clauses, over)
        if tokens[over].lemma.lower() not in _PUTTING:
            continue
        for c in clauses.with_rel(over, "obl", "obj", "xcomp", "nmod", "obl:unmarked"):
            given = clauses.preposition(c) in ("at", "to", "as", "")
            if c != i and given and (found := count_of(clauses, c)) is not None:
                return found
        for c in clauses.subtree(i):  # "killed in the riot at nine", where the number hangs too low
            low = tokens[c].upos == "NUM" and clauses.preposition(c) == "at"
            if low and c > noun and (found := count_of(clauses, c)) is not None:
                return found
    return None


def _read(clauses: Clauses, numerals: list[int]) -> Count | None:
    """Reads numeral tokens with the run of quantifying words before them ("at least", "between 10 and").

    The run is read off the surface, since parsers hang "between 10 and 15 miners" in many ways.
    """
    tokens = clauses.tokens
    head = numerals[0]
    span = set(numerals)
    for n in numerals:
        if clauses.with_rel(n, "cop"):
            continue  # "the toll after the raid is nine": the whole clause hangs on the number
        span.update(c for c in clauses.subtree(n) if tokens[c].deprel != "punct" and abs(c - n) <= 6)
    k = min(span) - 1
    while k >= 0 and tokens[k].sentence == tokens[head].sentence and _quantifies(tokens[k].text):
        span.add(k)
        k -= 1
    words = [i for i in sorted(span) if tokens[i].sentence == tokens[head].sentence]
    while words and tokens[words[0]].text.lower() in ("and", "to", "or", "than", "as", ","):
        words = words[1:]
    values = _values([tokens[i].text for i in words])
    if not values:
        return None
    low, high = min(v[0] for v in values), _highest(values)
    lowered = {tokens[i].text.lower() for i in words}
    if len(values) == 1:
        ahead = tokens[words[0] - 1].text.lower() if words[0] else ""
        if ahead in ("no", "not") and ({"more", "than"} <= lowered or "over" in lowered):
            low = 0  # "no more than 25"
        elif "least" in lowered or {"more", "than"} <= lowered or "over" in lowered:
            high = None
        elif "most" in lowered or {"up", "to"} <= lowered or {"fewer", "than"} <= lowered:
            low = 0
    return Count(low=low, high=high, text=" ".join(tokens[i].text for i in words))


def _quantifies(word: str) -> bool:
    return word.lower() in _QUANTIFIERS or number(word) is not None


def _highest(values: list[tuple[int, int | None]]) -> int | None:
    highs = [v[1] for v in values]
    return None if any(h is None for h in highs) else max(h for h in highs if h is not None)


def _values(words: list[str]) -> list[tuple[int, int | None]]:
    """The numbers in a run of words, compound ones joined ("two hundred", "twenty five")."""
    found: list[tuple[int, int | None]] = []
    current: int | None = None
    for k, word in enumerate(words):
        lowered = word.lower()
        value = number(word)
        if value is not None and lowered in _POWERS:
            # "two thousand three hundred": a smaller power counts what stands before it alone
            ones = (current or 1) % value if current and current > value else current or 1
            current = (
                (current or 1) - ones + (ones or 1) * value if current and current > value else ones * value
            )
        elif value is not None and current is not None and _goes_on(words, k, current, value):
            current += value
        elif lowered == "dozen" and current is not None:
            current *= 12
        elif value is not None:
            if current is not None and current in _TENS.values() and value < 10:
                current += value
            else:
                if current is not None:
                    found.append((current, current))
                current = value
        elif lowered in _VAGUE and lowered not in ("a", "an", "some") and current is None:
            found.append(_VAGUE[lowered])
        elif lowered in ("a", "an") and not found and len(words) == 1:
            found.append((1, 1))
    if current is not None:
        found.append((current, current))
    return found


def _goes_on(words: list[str], k: int, current: int, value: int) -> bool:
    """Whether a number adds to the one before it: "two hundred and ten", "one thousand forty"; in figures
    ("200 and 10", "1,200 to 30") it is another."""
    before = words[k - 1].lower() if k else ""
    spelt = not any(c.isdigit() for c in words[k])
    return (
        spelt
        and before in ("and", "hundred", "thousand", "million")
        and value < 100 <= current
        and not current % 100
    )
