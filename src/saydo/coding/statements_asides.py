"""Speech acts without a reporting verb: "according to", "reportedly", "in her words", "contrary to what they
claim", and speakers before a colon as in transcripts and headlines."""

from __future__ import annotations

from collections.abc import Iterator

from saydo.coding.clauses import Clauses
from saydo.coding.match import Scene
from saydo.coding.reporting import ACTOR_TYPES, Reporting
from saydo.coding.statements_cues import CueReader, Spoken
from saydo.coding.statements_spans import clause_tokens, filled

_LONGEST_NAME = 8
_SHORTEST_SPEECH = 4


def asides(scene: Scene, lexicon: Reporting, cues: CueReader) -> Iterator[Spoken]:
    """All speech acts of these forms, in no particular order."""
    for token in scene.clauses.tokens:
        word = token.lemma.lower()
        if token.upos == "ADV" and lexicon.has("reporting-adverbs", word, token.text):
            yield from _hearsay(scene.clauses, token.i)
        elif token.upos in ("NOUN", "PROPN", "PRON", "VERB", "DET", "NUM"):
            preposition = scene.clauses.preposition(token.i)
            if preposition in ("in", "by") and lexicon.has("reporting-account-nouns", word):
                yield from _account(scene.clauses, cues, token.i)
            if lexicon.has("reporting-source-phrases", preposition):
                yield from _according(scene.clauses, token.i)
            elif lexicon.has("reporting-contrast-phrases", preposition):
                yield from _contrast(scene.clauses, cues, token.i)
    yield from _transcript(scene)


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
        if not told and owners and units[0][0] != "denial":
            content = frozenset(clauses.subtree(i)) - _case_tokens(clauses, i)
            yield Spoken(
                i, frozenset({i}), "denial", f"denial/{clauses.preposition(i)}", owners, (), (i,),
                content, "contrast", 0.5,
            )  # fmt: skip


def _transcript(scene: Scene) -> Iterator[Spoken]:
    """ "COL. BRANDT: We held the bridge." and "Minister: no troops in the valley"."""
    tokens = scene.clauses.tokens
    paragraph = None
    for sentence in scene.linked.reading.sentences:
        begins = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        if not begins:
            continue
        opening = range(sentence.first, min(sentence.first + _LONGEST_NAME, sentence.last))
        colon = next((i for i in opening if tokens[i].text == ":"), None)
        if colon is None or colon == sentence.first:
            continue
        name = range(sentence.first, colon)
        mention = next((m for i in name if (m := scene.mention_of(i)) and m.type in ACTOR_TYPES), None)
        words = [tokens[i] for i in name if tokens[i].upos != "PUNCT"]
        shouted = all(w.text.isupper() for w in words)
        titled = all(w.upos == "PROPN" or w.text[:1].isupper() for w in words)
        if not words or not (shouted or (titled and mention is not None and mention.type == "person")):
            continue
        last = max(s.last for s in scene.linked.reading.sentences if s.paragraph == sentence.paragraph)
        content = frozenset(range(colon + 1, last))
        if len(content) < _SHORTEST_SPEECH:
            continue
        head = mention.head if mention is not None and mention.head in name else words[-1].i
        yield Spoken(
            colon, frozenset({colon}), "assertion", "assertion/colon", (head,), (),
            tuple(i for i in sorted(content) if tokens[i].head not in content or tokens[i].head == i),
            content, "clause", 0.6,
        )  # fmt: skip
