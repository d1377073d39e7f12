"""Dictionary forms, looked up once for each word and part of speech."""

from __future__ import annotations

from saydo.codebook.dictionary import dictionary

_AUXILIARIES = {
    "'s": "be", "’s": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be", "'ve": "have", "’ve": "have",
    "'ll": "will", "’ll": "will", "'d": "would", "’d": "would", "ca": "can", "wo": "will", "sha": "shall",
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "be": "be",
    "has": "have", "had": "have", "having": "have", "have": "have", "does": "do", "did": "do", "do": "do",
    "done": "do", "would": "would", "could": "could", "should": "should", "might": "might", "may": "may",
    "must": "must", "can": "can", "will": "will", "shall": "shall", "got": "get", "getting": "get",
    "gets": "get", "get": "get", "ai": "be", "need": "need", "ought": "ought", "used": "use",
}  # fmt: skip
_PARTICLES = {"n't": "not", "n’t": "not", "not": "not", "na": "to", "'s": "'s", "’s": "'s"}
_PRONOUNS = {
    "me": "I", "my": "my", "him": "he", "her": "her", "us": "we", "them": "they", "i": "I", "whom": "who",
}  # fmt: skip
_FIXED = {"AUX": _AUXILIARIES, "PART": _PARTICLES, "PRON": _PRONOUNS}
_OPEN = frozenset(["NOUN", "VERB", "ADJ", "ADV"])
_PREFERRED = {
    ("found", "VERB"): "find", ("left", "VERB"): "leave", ("saw", "VERB"): "see", ("felt", "VERB"): "feel",
    ("wound", "VERB"): "wound", ("wounded", "VERB"): "wound", ("lay", "VERB"): "lie",
    ("shot", "VERB"): "shoot",
    ("troops", "NOUN"): "troop", ("forces", "NOUN"): "force", ("police", "NOUN"): "police",
    ("media", "NOUN"): "media", ("news", "NOUN"): "news", ("data", "NOUN"): "data",
    ("more", "ADV"): "more", ("more", "ADJ"): "more", ("most", "ADV"): "most", ("most", "ADJ"): "most",
    ("better", "ADJ"): "good", ("better", "ADV"): "well", ("best", "ADJ"): "good", ("best", "ADV"): "well",
    ("ground", "VERB"): "ground", ("bound", "VERB"): "bind", ("fell", "VERB"): "fall",
    ("held", "VERB"): "hold",
    ("as", "NOUN"): "as", ("us", "NOUN"): "us",
}  # fmt: skip


class Lemmatizer:
    """Remembers what it has looked up, up to a limit, so that a long run does not grow without end."""

    _LIMIT = 100_000

    def __init__(self) -> None:
        self._look_up = dictionary().getLemma
        self._known: dict[tuple[str, str], str] = {}

    def lemma(self, word: str, upos: str) -> str:
        """Lower-case dictionary form; proper nouns keep their case and form."""
        if upos == "PROPN":
            return word
        key = (word, upos)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= self._LIMIT:
                self._known.clear()
            known = self._known[key] = self._find(word.lower(), upos)
        return known

    def _find(self, low: str, upos: str) -> str:
        fixed = _FIXED.get(upos)
        if fixed is not None:
            return fixed.get(low, low)
        if upos not in _OPEN or not low.isascii() or not low.isalpha():
            return low
        preferred = _PREFERRED.get((low, upos))
        if preferred is not None:
            return preferred
        found: tuple[str, ...] = self._look_up(low, upos)
        return found[0].lower() if found and found[0] else low
