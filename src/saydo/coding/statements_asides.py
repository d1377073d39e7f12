"""Speech acts without a reporting verb: "according to", "reportedly", "in her words", "contrary to what they
claim", and speakers before a colon as in transcripts and headlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from saydo.coding.clauses import Clauses
from saydo.coding.match import Scene
from saydo.coding.reporting import ACTOR_TYPES, Reporting
from saydo.coding.statements_cues import CueReader, Spoken
from saydo.coding.statements_spans import clause_tokens, filled
from saydo.model.records import StatementKind

_LONGEST_NAME = 12
_LONGEST_LABEL = 24
"""Words at most before a colon, of a name and what is told of its bearer ("…, who leads the council:")."""
_LONGEST_PART = 3
_SHORTEST_SPEECH = 4
_MATTER = ("NOUN", "PROPN", "VERB", "NUM")


def asides(scene: Scene, lexicon: Reporting, cues: CueReader) -> Iterator[Spoken]:
    """All speech acts of these forms, in no particular order."""
    for token in scene.clauses.tokens:
        word = token.lemma.lower()
        if token.upos == "ADV" and lexicon.has("reporting-adverbs", word, token.text):
            yield from _hearsay(scene.clauses, token.i)
        if token.upos == "NOUN":
            yield from _pointing(scene, cues, token.i)
        if token.upos in ("NOUN", "PROPN", "PRON", "VERB", "DET", "NUM"):
            preposition = scene.clauses.preposition(token.i)
            if preposition in ("in", "by") and lexicon.has("reporting-account-nouns", word):
                yield from _account(scene.clauses, cues, token.i)
            if lexicon.has("reporting-source-phrases", preposition):
                yield from _according(scene.clauses, token.i)
            elif lexicon.has("reporting-contrast-phrases", preposition):
                yield from _contrast(scene.clauses, cues, token.i)
    yield from _transcript(scene, lexicon)


def _predicate_above(clauses: Clauses, i: int) -> int | None:
    """The clause that a phrase comments on: the nearest governor with a subject, else the root."""
    last = None
    for a in clauses.ancestors(i):
        last = a
        if clauses.with_rel(a, "nsubj", "nsubj:pass", "expl", "cop", "csubj"):
            return a
    return last


def _case_tokens(clauses: Clauses, i: int) -> frozenset[int]:
    found = clauses.with_rel(i, "case")
    return frozenset(found + [f for c in found for f in clauses.with_rel(c, "fixed")])


def _according(clauses: Clauses, i: int) -> Iterator[Spoken]:
    predicate = _predicate_above(clauses, i)
    if predicate is None:
        return
    content = filled(clause_tokens(clauses, predicate, {i}), clauses, set(clauses.subtree(i)))
    cue = _case_tokens(clauses, i)
    words = " ".join(clauses.tokens[c].text.lower() for c in sorted(cue))
    sources = clauses.coordinated(i)
    if any(s in content for s in sources):  # a second source that the parser hung elsewhere
        sources = (i,)
    yield Spoken(
        min(cue), cue, "assertion", f"assertion/{words}", sources, (), (predicate,), frozenset(content - cue),
        "clause", 0.8,
    )  # fmt: skip


def _account(clauses: Clauses, cues: CueReader, i: int) -> Iterator[Spoken]:
    """ "In the bishop's words", "by his own account"."""
    frame = clauses.frame(i)
    owners = (*frame.get("poss"), *frame.get("obl:of"), *frame.get("mod"))
    sources = tuple(h for h in owners if cues.speaker(h) and clauses.tokens[h].upos != "ADJ")
    predicate = _predicate_above(clauses, i)
    if not sources or predicate is None or not clauses.tokens[i].deprel.startswith("obl"):
        return
    content = filled(clause_tokens(clauses, predicate, {i}), clauses, set(clauses.subtree(i)))
    yield Spoken(
        i, frozenset({i}), "assertion", f"assertion/in … {clauses.tokens[i].lemma.lower()}", sources, (),
        (predicate,), frozenset(content), "clause", 0.65,
    )  # fmt: skip


def _hearsay(clauses: Clauses, i: int) -> Iterator[Spoken]:
    head = clauses.tokens[i].head
    predicate = clauses.tokens[head]
    if clauses.tokens[i].deprel != "advmod" or head == i:
        return
    if predicate.upos not in ("VERB", "AUX") and not clauses.with_rel(head, "cop"):
        return
    content = clause_tokens(clauses, head, {i}) - {i}
    if predicate.deprel in ("acl:relcl", "acl", "xcomp"):
        content |= {predicate.head}
    yield Spoken(
        i, frozenset({i}), "assertion", f"assertion/{clauses.tokens[i].lemma.lower()}", (), (), (head,),
        frozenset(content), "clause", 0.5,
    )  # fmt: skip


def _contrast(clauses: Clauses, cues: CueReader, i: int) -> Iterator[Spoken]:
    """ "Contrary to what the army claims": words that are named and set aside, but not told."""
    token = clauses.tokens[i]
    free = clauses.with_rel(i, "acl:relcl", "ccomp", "acl") if token.upos == "PRON" else []
    if token.upos == "VERB":  # parsers also make the verb of "what … claims" the head
        free = [i]
    for verb in free:
        units = cues.lexicon.units.get(("verb", clauses.tokens[verb].lemma.lower()), ())
        sources = tuple(s for s in clauses.frame(verb).get("subj") if s != i and cues.speaker(s))
        if units and sources:
            content = frozenset(clauses.subtree(i)) - {verb} - _case_tokens(clauses, i)
            yield Spoken(
                verb, frozenset({verb}), "denial", f"denial/{clauses.preposition(i)}", sources, (), (i,),
                content, "contrast", 0.6,
            )  # fmt: skip
    units = cues.lexicon.units.get(("noun", token.lemma.lower()), ()) if token.upos == "NOUN" else ()
    if any(kind in ("assertion", "denial", "pledge") for kind, _, _ in units):
        told = [
            c
            for c in clauses.with_rel(i, "acl", "acl:relcl", "ccomp")
            if clauses.with_rel(c, "mark") or clauses.tokens[c].deprel == "ccomp"
        ]
        told += list(clauses.frame(i).get("obl:of"))
        owners = tuple(h for h in clauses.frame(i).get("poss") if cues.speaker(h))
        content = frozenset(clauses.subtree(i)) - _case_tokens(clauses, i)
        named = {k for h in owners for k in clauses.subtree(h)}
        matter = any(clauses.tokens[k].upos in _MATTER for k in content - named - {i})
        # "contrary to the envoy's claims" holds nothing of what was claimed
        if matter and not told and owners and units[0][0] != "denial":
            yield Spoken(
                i, frozenset({i}), "denial", f"denial/{clauses.preposition(i)}", owners, (), (i,),
                content, "contrast", 0.5,
            )  # fmt: skip


def _transcript(scene: Scene, lexicon: Reporting) -> Iterator[Spoken]:
    """ "COL. BRANDT: We held the bridge." and "Minister: no troops in the valley"; a turn lasts until the
    next, or to the end of the paragraph."""
    tokens = scene.clauses.tokens
    sentences = scene.linked.reading.sentences
    turns: list[tuple[int, int, int]] = []
    """(first token, colon, paragraph)"""
    for k, sentence in enumerate(sentences):
        begins = k == 0 or sentences[k - 1].paragraph != sentence.paragraph
        going = bool(turns) and turns[-1][2] == sentence.paragraph
        colon = _colon(scene, lexicon, (sentence.first, sentence.last), begins, going)
        if colon is not None:
            first = sentence.first + (tokens[sentence.first].text == "[")
            turns.append((first, colon, sentence.paragraph))
    for n, (first, colon, paragraph) in enumerate(turns):
        last = max(s.last for s in sentences if s.paragraph == paragraph)
        if n + 1 < len(turns) and turns[n + 1][2] == paragraph:
            last = turns[n + 1][0]
            last -= tokens[last - 1].text == "["
        content = frozenset(range(colon + 1, last))
        if len(content) < _SHORTEST_SPEECH:
            continue
        name = range(first, colon)
        met = [m for i in name if (m := scene.mention_of(i)) and m.type in ACTOR_TYPES]
        mention = next((m for m in met if m.type == "person"), met[0] if met else None)
        words = [i for i in name if tokens[i].upos != "PUNCT"]
        head = mention.head if mention is not None and mention.head in name else words[-1]
        yield Spoken(
            colon, frozenset({colon}), "assertion", "assertion/colon", (head,), (),
            tuple(i for i in sorted(content) if tokens[i].head not in content or tokens[i].head == i),
            content, "clause", 0.6,
        )  # fmt: skip


def _colon(
    scene: Scene, lexicon: Reporting, sentence: tuple[int, int], begins: bool, going: bool
) -> int | None:
    """The colon, or the closing bracket, behind the name of somebody whose turn it is; within a paragraph
    only behind a person's, or, where others have spoken in it (``going``), a part's ("Presenter:")."""
    tokens = scene.clauses.tokens
    first, last = sentence
    bracketed = tokens[first].text == "["
    ends = "]" if bracketed else ":"
    colon = next(
        (i for i in range(first, min(first + _LONGEST_LABEL, last)) if tokens[i].text[-1] == ends), None
    )
    if colon is None or colon == first:
        return None
    bracket = next((i for i in range(first + 1, colon) if tokens[i].text in ("(", ",")), colon)
    words = [t for t in tokens[first:bracket] if t.upos != "PUNCT"]
    person = any((m := scene.mention_of(i)) and m.type == "person" for i in range(first, colon))
    shouted = begins and all(w.text.isupper() for w in words)
    shouted = shouted and not all(lexicon.has("reporting-labels", w.text) for w in words)  # "VIDEO: …"
    capitals = all(w.upos in ("PROPN", "DET", "ADP") or w.text[:1].isupper() for w in words)
    short = bracket - first <= _LONGEST_NAME
    part = (going or bracketed) and len(words) <= _LONGEST_PART
    return colon if words and short and (shouted or (capitals and (person or part))) else None


_HANDED = frozenset("make give offer issue repeat extend receive put".split())


def _pointing(scene: Scene, cues: CueReader, i: int) -> Iterator[Spoken]:
    """ "That was the pledge the minister made to the doctors": words that a clause points back at, the
    sentence before or what stands before a colon."""
    clauses, tokens = scene.clauses, scene.clauses.tokens
    units = cues.lexicon.units.get(("noun", tokens[i].lemma.lower()), ())
    if not units or not clauses.with_rel(i, "cop"):
        return
    pointer = next(
        (c for c in clauses.with_rel(i, "nsubj") if tokens[c].text.lower() in ("that", "this", "such")), None
    )
    if pointer is None or any(tokens[c].lemma.lower() in ("not", "never") for c in clauses.children[i]):
        return
    sources: tuple[int, ...] = ()
    for verb in clauses.with_rel(i, "acl:relcl", "acl"):
        frame = clauses.frame(verb)
        if tokens[verb].lemma.lower() in _HANDED:
            sources += (*frame.get("subj"), *frame.get("obl:by"))
    sources += clauses.frame(i).get("poss")
    sources = tuple(h for h in sources if cues.speaker(h))
    sentences = scene.linked.reading.sentences
    here = tokens[i].sentence
    first, last = sentences[here].first, pointer
    if last - first < _SHORTEST_SPEECH:
        if here == 0:
            return
        first, last = sentences[here - 1].first, sentences[here - 1].last
    content = frozenset(k for k in range(first, last) if tokens[k].text != ":")
    if sources and len(content) >= _SHORTEST_SPEECH:
        kind = cast(StatementKind, units[0][0])
        heads = tuple(k for k in sorted(content) if tokens[k].head not in content or tokens[k].head == k)
        yield Spoken(
            i, frozenset({i}), kind, f"{kind}/that is the {tokens[i].lemma.lower()}", sources, (), heads,
            content, "clause", 0.75,
        )  # fmt: skip
