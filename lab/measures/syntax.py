"""Parts of speech, trees, lemmas, and where sentences end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from lab import corpora
from lab.measures.tally import Figures, Tally
from saydo.reading.lemmas import Lemmatizer
from saydo.reading.network import Network
from saydo.reading.reader import relations
from saydo.reading.sentences import inner_sentences, sure_of
from saydo.reading.tokens import Tokenizer
from saydo.reading.trees import heads


def syntax(gold: Path, network: Network) -> Figures:
    """UPOS, UAS, LAS and lemmas on the gold words of a CoNLL-U file, punctuation included and relations with
    their subtypes: the accuracies of the CoNLL 2018 shared task (universaldependencies.org/conll18) for gold
    segmentation. Lemmas are compared without regard to case."""
    right: Counter[str] = Counter()
    lemmatizer = Lemmatizer()
    chunk: list[list[list[str]]] = []
    for rows in corpora.conllu(gold):
        chunk.append(rows)
        if len(chunk) == 200:
            right += _syntax(chunk, network, lemmatizer)
            chunk = []
    right += _syntax(chunk, network, lemmatizer)
    return {name: right[name] / right["words"] for name in ("UPOS", "UAS", "LAS", "lemmas")}


def _syntax(
    chunk: Sequence[Sequence[Sequence[str]]], network: Network, lemmatizer: Lemmatizer
) -> Counter[str]:
    labels = network.labels
    right: Counter[str] = Counter()
    for rows, scores in zip(chunk, network.score([[r[1] for r in rows] for rows in chunk]), strict=True):
        found = heads(scores.arcs)
        upos = [labels.upos[i] for i in scores.upos.argmax(axis=1).tolist()]
        named = relations(scores, found, labels.deprels, upos)
        for row, tag, head, relation in zip(rows, upos, found, named, strict=True):
            same = int(row[6]) == head
            right.update(words=1, UPOS=int(tag == row[3]), UAS=int(same))
            right.update(LAS=int(same and row[7] == relation))
            right.update(lemmas=int(lemmatizer.lemma(row[1], tag).lower() == row[2].lower()))
    return right


def sentences(gold: Path, network: Network) -> Figures:
    """F1 of words and of sentences from raw text, spans compared by the characters that are no space: the
    Words and Sentences metrics of the same task. Sentences of a paragraph are joined by a space, paragraphs
    by a blank line.

    ``by rule`` is what the rules of punctuation alone find, without the network's head for sentence ends;
    ``lower case`` is the same text in lower case, where rules find little."""
    figures: Figures = {}
    for name, change in (("", str), ("lower case ", str.lower)):
        words, by_rule, whole = Tally(), Tally(), Tally()
        for text, wanted in _documents(gold):
            _segmented(change(text), wanted, network, words, by_rule, whole)
        if not name:
            figures |= words.figures("words")
        figures |= by_rule.figures(f"{name}sentences by rule") | whole.figures(f"{name}sentences")
    return figures


def _segmented(
    text: str,
    wanted: list[list[tuple[int, int]]],
    network: Network,
    words: Tally,
    by_rule: Tally,
    whole: Tally,
) -> None:
    squeezed = _squeeze(text)
    ruled = list(corpora.split(text, Tokenizer()))
    found = [
        here[a:b]
        for here, scores in zip(ruled, network.score([[w.text for w in here] for here in ruled]), strict=True)
        for a, b in inner_sentences(scores.ends, sure_of(w.text for w in here))
    ]
    gold = [(s[0][0], s[-1][1]) for s in wanted]
    words.add(
        [(squeezed[w.start], squeezed[w.end]) for here in ruled for w in here],
        [w for sentence in wanted for w in sentence],
    )
    for tally, parts in ((by_rule, ruled), (whole, found)):
        tally.add([(squeezed[here[0].start], squeezed[here[-1].end]) for here in parts], gold)


def _squeeze(text: str) -> list[int]:
    """For every position the number of characters before it that are no space."""
    counts = [0]
    for character in text:
        counts.append(counts[-1] + (not character.isspace()))
    return counts


def _documents(gold: Path) -> Iterable[tuple[str, list[list[tuple[int, int]]]]]:
    """Raw texts with the words of their sentences as ranges of characters that are no space."""
    text, wanted, at = "", [], 0
    with corpora.need(gold).open(encoding="utf-8") as lines:
        fresh, until = False, 0
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc") and wanted:
                yield text, wanted
                text, wanted, at = "", [], 0
            elif line.startswith("# newpar"):
                fresh = True
            elif line.startswith("# text = "):
                text += ("\n\n" if fresh else " " if text else "") + line[9:].rstrip("\n")
                wanted.append([])
                fresh = False
            elif "-" in columns[0] and len(columns) == 10:
                until = int(columns[0].split("-")[1])
                at = _clitics(wanted[-1], at, columns[1])
            elif columns[0].isdigit() and int(columns[0]) > until:
                size = len("".join(columns[1].split()))
                wanted[-1].append((at, at + size))
                at += size
            elif not line.strip():
                until = 0
    if wanted:
        yield text, wanted


def _clitics(sentence: list[tuple[int, int]], at: int, form: str) -> int:
    """A contracted word as the pieces that the treebanks cut it into, where they are cut in the text."""
    low = form.lower().replace("’", "'")
    size = len(form)
    cut = size
    if low.endswith("n't"):
        cut = size - 3
    elif "'" in low:
        cut = low.rindex("'")
    elif low in ("cannot", "gonna", "gotta", "wanna"):
        cut = size - (3 if low == "cannot" else 2)
    sentence += [piece for piece in ((at, at + cut), (at + cut, at + size)) if piece[0] < piece[1]]
    return at + size
