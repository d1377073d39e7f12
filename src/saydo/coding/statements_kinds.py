"""Decides what kind of statement somebody's words are, from the cue, the content and who is meant in it."""

from __future__ import annotations

from collections.abc import Callable

from saydo.coding.statements_content import BYSTANDERS, ContentReader, Predicate, Words
from saydo.coding.statements_cues import Spoken
from saydo.model.records import StatementKind

_OPENING = 2

Verdict = tuple[StatementKind, str]


def kind_of(reader: ContentReader, words: Words) -> Verdict:
    """The kind of a statement and the reason for it."""
    spoken = words.spoken
    if spoken.form == "contrast":
        return "denial", "the text sets itself against the speaker's words"
    decide = _BY_CUE.get(spoken.kind)
    if decide is not None:
        return decide(reader, words)
    return spoken.kind, f"cue “{reader.clauses.tokens[spoken.cue].text}”"


# --- by cue ---------------------------------------------------------------------------------------------


def _assertion(reader: ContentReader, words: Words) -> Verdict:
    if words.spoken.name.split("/")[-1] in ("call", "describe as"):
        return _calls(reader, words)
    for n, p in enumerate(reader.predicates(words)):
        verdict = _verdict(reader, words, p, n < _OPENING)
        if verdict is not None:
            return verdict
    return "assertion", "cue of saying, and nothing in the content makes it another kind"


def _calls(reader: ContentReader, words: Words) -> Verdict:
    """What somebody is called; the name follows what it is given to."""
    named = words.spoken.heads if words.spoken.form == "object" else sorted(words.content)
    judged = [k for h in named if (k := reader.evaluates(h))]
    if judged:
        return judged[-1], "the word that the speaker calls it by judges"
    lemmas = [reader.clauses.tokens[h].lemma for h in named]
    if lemmas and reader.lexicon.has("statement-falsity-words", *lemmas):
        return "denial", "the speaker calls it false"
    return "assertion", "names or describes it"


def _verdict(reader: ContentReader, words: Words, p: Predicate, opening: bool) -> Verdict | None:
    """The kind that one predicate of the content gives to the whole; what others should or will do gives
    it only where the content opens with it."""
    tests = (_performs, _invites, _menaces, _own_future, _denial, _own_attack, _blames, _judges, _feels)
    for test in (*tests, _obligation, _commands, _foretells) if opening else tests:
        verdict = test(reader, words, p)
        if verdict is not None:
            return verdict
    return None


def performed(reader: ContentReader, words: Words, p: Predicate) -> Spoken | None:
    """The speech act that the speaker performs in so many words: "we condemn", "I promise you"."""
    act = reader.acts.get(p.i)
    if act is None or act.kind == "assertion" or not p.own or p.negated or p.modal or p.future:
        return None
    token = reader.clauses.tokens[p.i]
    text, lemma = token.text.lower(), token.lemma.lower()
    present = text in (lemma, lemma + "s", lemma + "es", lemma[:-1] + "ies")
    carried = bool(reader.clauses.with_rel(p.i, "aux")) and words.quoted
    return act if (words.quoted and present) or carried or token.deprel == "xcomp" else None


def _performs(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    act = performed(reader, words, p)
    if act is None:
        return None
    inner = words._replace(spoken=act._replace(sources=act.sources or words.spoken.sources))
    kind, _ = kind_of(reader, inner._replace(content=act.content))
    return kind, f"the speaker does it in so many words (“{reader.clauses.tokens[p.i].text}”)"


def _invites(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    """ "Let us meet", "why not wait?": a course of action put to others in direct speech."""
    if not words.quoted or (p.negated and p.lemma == "let"):
        return None
    tokens, clauses = reader.clauses.tokens, reader.clauses
    us = any(tokens[c].text.lower() in ("us", "'s", "’s") for c in clauses.children[p.i])
    if p.lemma == "let" and tokens[p.i].text.lower() == "let" and us:
        return "proposal", "puts it to others (“let us”)"
    first = [i for i in sorted(words.content) if tokens[i].upos != "PUNCT"][:2]
    if [tokens[i].text.lower() for i in first] in (["why", "not"], ["how", "about"], ["what", "about"]):
        return "proposal", f"puts it to others (“{' '.join(tokens[i].text for i in first)}”)"
    ours = any(tokens[i].lemma.lower() == "we" for i in p.subjects)
    should = any(tokens[c].lemma.lower() == "should" for c in clauses.with_rel(p.i, "aux"))
    if ours and should and tokens[p.i].upos == "VERB" and not p.negated:
        return "proposal", f"what they should do together (“{p.lemma}”)"
    return None


def _menaces(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    """ "They will pay for this": harm foretold to others by one who takes sides."""
    if not words.quoted or not p.future or p.own or p.negated:
        return None
    if words.speaker is not None and words.speaker.type in BYSTANDERS:
        return None
    others = [reader.clauses.tokens[i].lemma.lower() for i in p.subjects]
    if reader.lexicon.has("statement-menacing-verbs", p.lemma) and {"they", "you", "he"} & set(others):
        return "threat", f"foretells harm to others (“{p.lemma}”)"
    return None


def _commands(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    """An imperative in direct speech ("Release my husband")."""
    tokens, clauses = reader.clauses.tokens, reader.clauses
    if not words.quoted or tokens[p.i].upos != "VERB" or tokens[p.i].text.lower() != p.lemma:
        return None
    if p.subjects or p.passive or reader.lexicon.has("statement-musing-verbs", p.lemma):
        return None
    if any(tokens[c].lemma.lower() != "do" for c in clauses.with_rel(p.i, "aux")) or clauses.with_rel(
        p.i, "mark"
    ):
        return None
    before = [
        i for i in sorted(words.content) if i < p.i and tokens[i].upos not in ("PUNCT", "INTJ", "ADV", "PART")
    ]
    if all(tokens[i].lemma.lower() in ("do", "please") for i in before):
        return "demand", f"tells others to do it (“{p.lemma}”)"
    return None


def _feels(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    """ "I am proud of them", "we are appalled": a judgement told as one's own feeling."""
    if not p.own or p.negated or p.modal or p.future:
        return None
    text = reader.clauses.tokens[p.i].text
    if reader.lexicon.has("statement-praising-feelings", p.lemma, text):
        return "praise", f"feels it (“{text}”)"
    if reader.lexicon.has("statement-condemning-feelings", p.lemma, text):
        return "condemnation", f"feels it (“{text}”)"
    return None


def _own_future(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    if not p.future or reader.clauses.tokens[p.i].upos not in ("VERB", "AUX"):
        return None
    if reader.attacks(p, words) and not p.negated and (p.own or (p.passive and not p.subjects)):
        return "threat", f"own future act against others (“{p.lemma}”)"
    if not p.own or p.passive or reader.hedged(p):
        return None
    if reader.answers_attack(p):
        return "threat", f"what it will do if attacked (“{p.lemma}”)"
    if (
        ("verb", p.lemma) in reader.lexicon.units
        and reader.acts.get(p.i) is None
        and p.lemma in ("say", "tell")
    ):
        return None
    if reader.lexicon.has("statement-uncontrollable-verbs", p.lemma):
        foretold = p.lemma in (
            "win",
            "lose",
            "die",
            "survive",
            "prevail",
            "triumph",
            "succeed",
            "fail",
            "fall",
        )
        return ("prediction", f"one's own lot (“{p.lemma}”)") if foretold else None
    return "pledge", f"own future conduct (“{'not ' if p.negated else ''}{p.lemma}”)"


def _obligation(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    if p.own or not reader.obliges(p):
        return None
    told = (*p.subjects, *p.objects) if p.passive else p.subjects
    if not (p.passive and told) and not any(reader.is_other(i, words) for i in told):
        return None
    return "demand", f"says what others must do (“{p.lemma}”)"


def _denial(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    cue = reader.clauses.tokens[words.spoken.cue].lemma
    if reader.lexicon.has("statement-embarrassed-verbs", cue):
        return None  # "acknowledged that it had not warned anybody"
    if reader.denies(p, words):
        return "denial", f"negates own conduct or tie (“{p.lemma}”)"
    if _calls_false(reader, p):
        return "denial", f"calls it {p.lemma}"
    return None


def _calls_false(reader: ContentReader, p: Predicate) -> bool:
    """Whether a report or a charge is called false."""
    lemmas = [p.lemma, reader.clauses.tokens[p.i].text.lower()]
    # "a slander by our enemies": whose slander it is, is not what it is said of
    subjects = (*p.subjects, *reader.clauses.with_rel(p.i, "nsubj"))
    about = any(reader.lexicon.has("statement-reports", reader.clauses.tokens[s].lemma) for s in subjects)
    return about and not p.negated and reader.lexicon.has("statement-falsity-words", *lemmas)


def _own_attack(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    if p.negated or p.future or p.modal or (p.passive and not p.own) or not reader.attacks(p, words):
        return None
    if not reader.done(p) or reader.lexicon.has("statement-unclaimed-verbs", p.lemma):
        return None
    cue = reader.clauses.tokens[words.spoken.cue].lemma
    if reader.lexicon.has("statement-embarrassed-verbs", cue):
        return None
    if p.own and (words.speaker is None or words.speaker.type not in BYSTANDERS):
        return "claim_of_responsibility", f"reports an attack as its own (“{p.lemma}”)"
    recorded = words.medium is not None and reader.lexicon.has(
        "statement-recording-nouns", reader.clauses.tokens[words.medium].lemma
    )
    if (recorded and words.quoted and p.subjects and words.speaker is None) or (recorded and _unnamed(words)):
        return "claim_of_responsibility", f"an attack told in a recording (“{p.lemma}”)"
    voices = [reader.clauses.tokens[i].lemma for i in words.spoken.sources]
    if reader.lexicon.has("statement-mouthpieces", *voices) and not p.passive:
        return "claim_of_responsibility", f"somebody calls to tell of an attack (“{p.lemma}”)"
    return None


def _unnamed(words: Words) -> bool:
    return words.quoted and words.speaker is not None and not words.speaker.named


def _blames(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    if p.own or p.negated or p.future or p.modal:
        return None
    if not any(reader.is_other(s, words) for s in p.subjects):
        return None
    if reader.lexicon.has("statement-blameworthy-verbs", p.lemma):
        return "accusation", f"says that another did wrong (“{p.lemma}”)"
    token = reader.clauses.tokens[p.i]
    if token.upos == "ADJ" and reader.lexicon.has("statement-guilty-words", p.lemma):
        return "accusation", f"calls another {token.text}"
    if reader.attacks(p, words) and any(reader.is_own(o, words) for o in p.objects):
        return "accusation", f"says that another attacked its side (“{p.lemma}”)"
    return None


def _judges(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    token = reader.clauses.tokens[p.i]
    if token.upos not in ("NOUN", "ADJ") or not reader.clauses.with_rel(p.i, "cop") or p.negated or p.own:
        return None
    kind = reader.evaluates(p.i)
    return (kind, f"judges it (“{token.text}”)") if kind else None


def _foretells(reader: ContentReader, words: Words, p: Predicate) -> Verdict | None:
    token, clauses = reader.clauses.tokens[p.i], reader.clauses
    if p.own or p.passive:
        return None
    if reader.lexicon.has("statement-chance-words", p.lemma) and clauses.with_rel(
        p.i, "xcomp", "csubj", "ccomp"
    ):
        return "prediction", f"says how likely it is (“{token.text}”)"
    state = (
        token.upos in ("ADJ", "NOUN") and clauses.with_rel(p.i, "cop") and not clauses.with_rel(p.i, "case")
    )
    there = any(reader.clauses.tokens[c].lemma.lower() == "there" for c in clauses.with_rel(p.i, "expl"))
    if p.future and (state or there):
        return "prediction", f"says how it will be (“{token.text}”)"
    if token.upos != "VERB" or reader.lexicon.has("statement-scheduled-verbs", p.lemma):
        return None
    named = any(reader.clauses.tokens[i].upos in ("NOUN", "PROPN") for i in p.subjects)
    if p.future or (p.possible and not p.negated and (named or (not words.quoted and p.subjects))):
        return "prediction", f"says what will or may happen (“{p.lemma}”)"
    return None


def _pledge(reader: ContentReader, words: Words) -> Verdict:
    cue = reader.clauses.tokens[words.spoken.cue]
    found = reader.predicates(words)
    if "/rule out" in words.spoken.name and words.spoken.form in ("clause", "comp") and found:
        # "ruled out that its men were there": no word on what it will do
        told = [p for p in found if reader.clauses.with_rel(p.i, "mark", "cop", "aux")]
        if len(told) == len(found) and not any(p.future or p.possible for p in found):
            return "denial", f"cue “{cue.text}” about what is or was so"
    for p in found:
        own = p.own or (words.spoken.form in ("inf", "comp") and not _finite(reader, p))
        # who agrees to it does it jointly, who renounces it does not
        other = cue.lemma.lower() == "agree" or words.spoken.name.startswith(
            ("pledge/rule", "pledge/give up")
        )
        if own and not other and not p.negated and not p.passive and reader.attacks(p, words):
            return "threat", f"cue “{cue.text}” with an act against others (“{p.lemma}”)"
    if cue.lemma.lower() in ("assure", "reassure", "guarantee", "assurance", "swear"):
        past = found and all(reader.done(p) and not (p.future or p.modal) for p in found)
        pledged = not past and any(p.future or (p.own and p.negated) for p in found)
        if found and not pledged and all(_finite(reader, p) for p in found):
            denied = [p for p in found if reader.denies(p, words)]
            kind: StatementKind = "denial" if denied else "assertion"
            return kind, f"cue “{cue.text}” about what is or was so"
    return "pledge", f"cue “{cue.text}”"


def _finite(reader: ContentReader, p: Predicate) -> bool:
    """Whether a predicate has a subject of its own, no infinitive whose subject is the speaker."""
    return bool(reader.clauses.with_rel(p.i, "nsubj", "nsubj:pass", "expl", "csubj"))


def _threat(reader: ContentReader, words: Words) -> Verdict:
    cue = reader.clauses.tokens[words.spoken.cue]
    if cue.lemma.lower() not in ("warn", "warning"):
        return "threat", f"cue “{cue.text}”"
    partisan = words.speaker is not None and words.speaker.type not in BYSTANDERS
    if words.spoken.form == "object":
        consequence = any(
            reader.lexicon.has("statement-consequence-nouns", reader.clauses.tokens[h].lemma)
            for h in words.spoken.heads
        )
        if consequence and partisan:
            return "threat", "a party warns of its own acts"
        return "prediction", "warns of what may happen"
    found = reader.predicates(words)
    for p in found:
        if p.own and p.future:
            return "threat", f"warns of what it will do (“{p.lemma}”)"
        if p.future and partisan and reader.with_consequence(p):
            return "threat", f"warns of its answer (“{p.lemma}”)"
        if p.future and p.passive and reader.lexicon.has("statement-hostile-verbs", p.lemma):
            return "threat", f"warns of harm to others (“{p.lemma}”)"
        if reader.obliges(p) and not p.own:
            return "demand", f"warns that others must act (“{p.lemma}”)"
    chances = any(reader.lexicon.has("statement-chance-words", p.lemma) for p in found)
    if chances or any(p.future or p.possible for p in found):
        return "prediction", "warns of what will or may happen"
    return "assertion", "warns of what is so"


def _accusation(reader: ContentReader, words: Words) -> Verdict:
    cue = reader.clauses.tokens[words.spoken.cue]
    if cue.lemma.lower() not in ("allege", "charge"):
        return "accusation", f"cue “{cue.text}”"
    if any(reader.is_other(s, words) for p in reader.predicates(words) for s in (*p.subjects, *p.objects)):
        return "accusation", f"cue “{cue.text}” about others"
    return "assertion", f"cue “{cue.text}”, and nobody else is meant"


def _demand(reader: ContentReader, words: Words) -> Verdict:
    return "demand", f"cue “{reader.clauses.tokens[words.spoken.cue].text}”"


def _proposal(reader: ContentReader, words: Words) -> Verdict:
    cue = reader.clauses.tokens[words.spoken.cue]
    if words.spoken.form in ("clause", "comp") and cue.lemma.lower() in ("suggest", "suggestion"):
        for p in reader.predicates(words):
            text = reader.clauses.tokens[p.i].text.lower()
            bare = text == p.lemma and reader.clauses.with_rel(p.i, "nsubj", "nsubj:pass")
            if text.endswith("ing") and not reader.clauses.with_rel(p.i, "aux"):
                return "proposal", f"cue “{cue.text}” with a course of action"
            if reader.obliges(p) or (bare and not reader.clauses.with_rel(p.i, "aux") and _third(reader, p)):
                return "proposal", f"cue “{cue.text}” with what others should do"
        return "assertion", f"cue “{cue.text}” about what is so"
    if cue.lemma.lower() == "suggest" and words.spoken.form == "direct":
        return _assertion(reader, words)
    return "proposal", f"cue “{cue.text}”"


def _third(reader: ContentReader, p: Predicate) -> bool:
    """A bare verb after a third-person singular subject is a subjunctive."""
    return any(
        reader.clauses.tokens[s].lemma.lower() in ("he", "she", "it")
        or (
            reader.clauses.tokens[s].upos in ("NOUN", "PROPN")
            and reader.clauses.tokens[s].text.lower() == reader.clauses.tokens[s].lemma.lower()
        )
        for s in p.subjects
    )


_BY_CUE: dict[StatementKind, Callable[[ContentReader, Words], Verdict]] = {
    "assertion": _assertion,
    "pledge": _pledge,
    "threat": _threat,
    "accusation": _accusation,
    "demand": _demand,
    "proposal": _proposal,
}
