"""Polarity and realis of a trigger, read off its clause: negation, tense, modals, plans, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from saydo.codebook.entries import Codebook
from saydo.coding.clauses import Clauses, Frame
from saydo.coding.clauses_verbs import INVERSE, RENOUNCING, SUPPORT
from saydo.model.records import Polarity, Realis

IS_TO = "is to"
_NOT_READY = "not ready"
_TO_THAT_END = "not for that"
_EVIDENCE = frozenset({"evidence", "proof", "indication", "sign", "trace"})
_NEGATING = ("advmod", "det", "cc:preconj", "case", "cc", "mark")
_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "his", "her", "its", "their", "last", "earlier"}
)
_BECAUSE = frozenset({
    "over", "after", "against", "following", "since", "despite", "because of", "in response to", "due to",
    "in retaliation for", "in revenge for", "in connection with", "in protest at", "on account of",
})  # fmt: skip
"""Prepositions before what has given rise to something."""
_LOOKING_BACK = frozenset({
    "protest", "condemn", "mourn", "avenge", "investigate", "mark", "commemorate", "survive", "witness",
    "denounce", "regret", "lament", "celebrate", "recall", "remember", "probe", "deplore", "decry", "hail",
})  # fmt: skip
"""Verbs whose object has happened."""
_BRINGING_ABOUT = frozenset({"force", "compel", "coerce", "manage", "make", "begin", "start", "continue"})
"""Verbs under which what follows is done where they are."""
_LOOKING_AHEAD = frozenset({
    "warn", "warning", "advise", "fear", "guard", "decide", "vote", "argue", "rule", "caution", "threaten",
})  # fmt: skip
_PAST_AUXILIARIES = frozenset({"was", "were", "had", "has", "have", "been", "did"})
_OPENINGS = frozenset({"chance", "opportunity", "possibility", "option", "permission", "invitation", "right"})
_CLIMB = ("xcomp", "ccomp", "acl", "advcl", "conj", "obj", "obl", "nmod", "csubj", "nsubj:pass", "parataxis")


class Modality(NamedTuple):
    """How a trigger is asserted, and the words that say so."""

    realis: Realis
    polarity: Polarity
    reason: str
    sure: bool = False
    """Whether the words say so beyond doubt, whatever the reader sees."""


class ModalityCues(NamedTuple):
    """The cue lists that decide; taken from ``cues/modality.yaml`` once per codebook."""

    negators: frozenset[str]
    negative_verbs: frozenset[str]
    future_verbs: frozenset[str]
    hypothetical_verbs: frozenset[str]
    hypothetical_words: frozenset[str]
    conditions: frozenset[str]
    evidence_verbs: frozenset[str]
    clearing_verbs: frozenset[str]

    @classmethod
    def of(cls, codebook: Codebook) -> ModalityCues:
        return cls(
            frozenset(codebook.phrases("negators")),
            frozenset(codebook.phrases("negative-verbs")),
            frozenset(codebook.phrases("future-verbs")),
            frozenset(codebook.phrases("hypothetical-verbs")),
            frozenset(codebook.phrases("hypothetical-words")),
            frozenset(codebook.phrases("conditions")),
            frozenset(codebook.phrases("evidence-verbs")),
            frozenset(codebook.phrases("clearing-verbs")),
        )


def modality(clauses: Clauses, frame: Frame, cues: ModalityCues, stop: frozenset[int]) -> Modality:
    """Realis and polarity of a frame; ``stop`` are tokens above which nothing is asked, namely the cues
    of the statement that the trigger stands in (what the speaker asserts is the speaker's)."""
    chain = _chain(clauses, frame, stop, cues)
    negative: list[str] = []
    realis: Realis = "actual"
    why = ""
    for depth, i in enumerate(chain):
        token = clauses.tokens[i]
        lemma = token.lemma.lower()
        # the marks on the trigger's own clause count in full; further up only what the governor means
        for c in clauses.children[i]:
            child = clauses.tokens[c]
            word = child.text.lower()
            below = chain[depth - 1] if depth else None
            if c == below:
                continue
            if child.lemma.lower() in cues.negators and child.deprel in _NEGATING:
                if below is not None and clauses.tokens[below].deprel == "csubj":
                    continue  # "raising the fee does *not* concern us": the fee may well be raised
                if not _not_only(clauses, c):
                    negative.append(word)
                    if below is not None and _on_purpose(clauses, below):
                        realis, why = "hypothetical", _TO_THAT_END
                    if depth and lemma == "ready":  # "not ready to back him": nothing is refused yet
                        realis, why = "hypothetical", _NOT_READY
            elif depth and _no_evidence(clauses, c, cues):
                negative.append("no evidence")
            elif depth == 0 and child.deprel == "advmod" and _no_longer(clauses, c):
                negative.append("no longer")
            shown = depth > 0 and lemma in cues.evidence_verbs
            shown = shown or (depth == 0 and _unable(clauses, c))
            if realis == "actual" and not shown:
                realis, why = _mark(clauses, c, cues, why)
        if depth and realis == "actual" and token.upos in ("VERB", "NOUN", "ADJ"):
            if lemma in cues.hypothetical_verbs:
                realis, why = "hypothetical", lemma
            elif lemma == "set" and not _set_for(clauses, chain[depth - 1]):
                pass  # "set fire to": only what they are set to do, or set for, is to come
            elif lemma in cues.future_verbs and not _told_as_past(clauses, chain[depth - 1]):
                realis, why = "future", lemma
        going = depth and token.text.lower() == "going" and _to_do(clauses, chain[depth - 1])
        if going and realis == "actual":
            realis, why = "future", "going to"
        if depth and (lemma in cues.negative_verbs or _gives_up(clauses, i)):
            negative.append(lemma)
    if _cleared(clauses, frame.trigger, cues):
        negative.append("cleared of it")
    if (over := clauses.tokens[chain[-1]].head) in stop - {chain[-1]} and _gives_up(clauses, over):
        negative.append("renounced")
    if any(_yet_to(clauses, i) for i in chain[:2]):
        negative.append("yet to")
    if realis == "actual" and any(_is_to(clauses, i) for i in chain):
        realis, why = "future", IS_TO
    if realis == "actual" and _asked(clauses, chain[-1]):
        realis, why = "hypothetical", "asked"
    if (frame.args.get("subj") or frame.args.get("obj")) and _empty_subject(clauses, frame, cues):
        negative.append("no")
    polarity: Polarity = "negative" if len(negative) % 2 else "positive"
    reason = "; ".join(
        p
        for p in (f"{realis}: {why}" if why else "", f"negated: {', '.join(negative)}" if negative else "")
        if p
    )
    sure = (realis == "actual" and _settled(clauses, frame.trigger)) or why in (_NOT_READY, _TO_THAT_END)
    sure = sure or any(_still_open(clauses, i) for i in chain[:2])
    sure = sure or any(_unable(clauses, c) or _not_only(clauses, c) for c in clauses.children[frame.trigger])
    return Modality(realis, polarity, reason, sure)


def _asked(clauses: Clauses, i: int) -> bool:
    """Whether a clause asks whether it is so: its helping verb stands before its subject, and it ends with a
    question mark ("*does* the agency collect data?")."""
    ends = [c for c in clauses.children[i] if clauses.tokens[c].text not in ('"', "”", "’", "'")]
    if not ends or clauses.tokens[max(ends)].text != "?":
        return False
    subject = max(clauses.with_rel(i, "nsubj", "nsubj:pass", "expl"), default=-1)
    return any(a < subject for a in clauses.with_rel(i, "aux", "aux:pass", "cop"))


def _cleared(clauses: Clauses, i: int, cues: ModalityCues) -> bool:
    """Whether somebody is found not to have done something: "cleared the firm *of* bribing him"."""
    over = clauses.tokens[clauses.tokens[i].head]
    if clauses.tokens[i].deprel == "acl" and over.deprel in ("obj", "nsubj:pass"):
        over = clauses.tokens[over.head]
    return over.lemma.lower() in cues.clearing_verbs and clauses.marked(i, "of")


def _on_purpose(clauses: Clauses, i: int) -> bool:
    """Whether a clause tells to what end something is done to something else: "did not want tanks there *to
    shell* the port" leaves open whether it is shelled."""
    token = clauses.tokens[i]
    return token.deprel == "advcl" and _to_do(clauses, i) and bool(clauses.with_rel(token.head, "obj"))


def _still_open(clauses: Clauses, i: int) -> bool:
    """Whether a clause is what there is yet to be a chance for: "hope they get a chance *to talk*"; who
    "had the chance to talk" has talked."""
    noun = clauses.tokens[clauses.tokens[i].head]
    if clauses.tokens[i].deprel != "acl" or noun.lemma.lower() not in _OPENINGS or not _to_do(clauses, i):
        return False
    over = clauses.tokens[noun.head]
    helped = {clauses.tokens[c].text.lower() for c in clauses.with_rel(over.i, "aux")}
    return over.upos == "VERB" and not clauses.past(over.i) and not helped & {"have", "has", "had"}


def _set_for(clauses: Clauses, i: int) -> bool:
    """Whether something is what somebody is set to do, or set for."""
    return _to_do(clauses, i) or clauses.preposition(i) == "for"


def _told_as_past(clauses: Clauses, i: int) -> bool:
    """Whether a clause tells of the past, whatever governs it: "swore that soldiers *killed* them"."""
    if clauses.tokens[i].deprel != "ccomp" or not clauses.with_rel(i, "nsubj", "nsubj:pass"):
        return False
    helped = {clauses.tokens[c].text.lower() for c in clauses.with_rel(i, "aux", "aux:pass")}
    return helped <= _PAST_AUXILIARIES and (bool(helped) or clauses.past(i))


def _no_evidence(clauses: Clauses, c: int, cues: ModalityCues) -> bool:
    """ "Had *no evidence* that it was hacked", where the clause hangs on the verb."""
    token = clauses.tokens[c]
    if token.deprel != "obj" or token.lemma.lower() not in _EVIDENCE:
        return False
    return any(clauses.tokens[d].lemma.lower() in cues.negators for d in clauses.with_rel(c, "det"))


def _not_only(clauses: Clauses, c: int) -> bool:
    """ "Not only", "no sooner": what these stand on has happened."""
    if clauses.tokens[c].lemma.lower() not in ("not", "no"):
        return False
    follows = c + 1 < len(clauses.tokens) and clauses.tokens[c + 1].text.lower()
    return follows in ("only", "just", "merely", "simply", "sooner", "doubt", "wonder")


def _no_longer(clauses: Clauses, c: int) -> bool:
    """ "No longer", "not any longer": what was so and is not."""
    return clauses.tokens[c].text.lower() == "longer" and c > 0 and clauses.tokens[c - 1].text.lower() == "no"


def _to_do(clauses: Clauses, i: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(clauses.tokens[c].text.lower() == "to" for c in clauses.with_rel(i, "mark"))


def _unable(clauses: Clauses, c: int) -> bool:
    """Whether an auxiliary is a negated "can" or "could": what cannot be done is not done, and no guess."""
    token = clauses.tokens[c]
    if token.deprel != "aux" or token.lemma.lower() not in ("can", "could", "ca"):
        return False
    siblings = [clauses.tokens[s] for s in clauses.with_rel(token.head, "advmod", "aux")]
    perfect = any(s.lemma.lower() == "have" for s in siblings)  # "could not have known" is a guess
    return not perfect and any(s.lemma.lower() in ("not", "n't", "n’t", "never") for s in siblings)


def _settled(clauses: Clauses, i: int) -> bool:
    """Whether a word names what has happened, whatever is to come of it: a noun that is protested, mourned
    or looked into ("will march *over the arrest* of"), or a participle on a noun ("the dead will be named:
    men *killed* in the raid"), or what somebody was brought to do ("forced him *to resign*")."""
    token = clauses.tokens[i]
    if token.upos == "NOUN":
        prep = clauses.preposition(i)
        over = clauses.tokens[token.head].lemma.lower()
        certain = any(clauses.tokens[c].text.lower() in _DEFINITE for c in clauses.children[i])
        object_ = token.deprel in ("obj", "nsubj:pass") and over in _LOOKING_BACK
        return certain and (object_ or (prep in _BECAUSE and not _foreseen(clauses, i)))
    if token.deprel in ("xcomp", "ccomp") and clauses.tokens[token.head].lemma.lower() in _BRINGING_ABOUT:
        return token.upos == "VERB" and clauses.tokens[token.head].upos == "VERB"
    return token.upos == "VERB" and token.deprel == "acl" and clauses.passive(i) and _past_of(clauses, i)


def _foreseen(clauses: Clauses, i: int) -> bool:
    """Whether the word over a phrase speaks of what is not yet so: "a warning *about* the arrest"."""
    return clauses.tokens[clauses.tokens[i].head].lemma.lower() in _LOOKING_AHEAD


def _past_of(clauses: Clauses, i: int) -> bool:
    """Whether a participle stands on a noun that is said to be one that the text knows of."""
    noun = clauses.tokens[i].head
    return any(
        clauses.tokens[c].text.lower() in ("the", "those", "these") or clauses.tokens[c].deprel == "nummod"
        for c in clauses.children[noun]
    )


def _gives_up(clauses: Clauses, i: int) -> bool:  # "gave up kidnapping", "swore off whaling"
    return f"{clauses.tokens[i].lemma.lower()} {clauses.particle(i)}".strip() in RENOUNCING


def _yet_to(clauses: Clauses, i: int) -> bool:
    """ "Has yet to endorse": what has not been done so far."""
    marks = [c for c in clauses.with_rel(i, "mark") if clauses.tokens[c].text.lower() == "to"]
    return bool(marks) and marks[0] > 0 and clauses.tokens[marks[0] - 1].text.lower() == "yet"


def _is_to(clauses: Clauses, i: int) -> bool:
    """ "Is to refrain from …": what has been agreed or ordered."""
    marks = [c for c in clauses.with_rel(i, "mark") if clauses.tokens[c].text.lower() == "to"]
    before = clauses.tokens[marks[0] - 1] if marks and marks[0] else None
    if before is None or before.text.lower() not in ("is", "are"):
        return False
    return before.deprel in ("cop", "aux", "root")


def _mark(clauses: Clauses, c: int, cues: ModalityCues, why: str) -> tuple[Realis, str]:
    child = clauses.tokens[c]
    word = child.lemma.lower()
    if child.deprel == "aux":
        if word in ("will", "shall", "'ll", "’ll", "wo"):
            return "future", child.text
        if word in ("may", "might", "could", "would", "should", "can", "must", "'d"):
            # "would attack" told in the past is future; "would have attacked" is contrary to fact
            siblings = {clauses.tokens[s].lemma.lower() for s in clauses.with_rel(child.head, "aux")}
            future = word == "would" and "have" not in siblings
            return ("future" if future else "hypothetical"), child.text
    if child.deprel == "mark" and child.text.lower() in cues.conditions:
        return "hypothetical", child.text
    if child.deprel in ("advmod", "amod") and word in cues.hypothetical_words:
        return "hypothetical", child.text
    return "actual", why


def _chain(clauses: Clauses, frame: Frame, stop: frozenset[int], cues: ModalityCues) -> list[int]:
    """The trigger and the predicates above it that bear on whether it happened, near to far."""
    chain = [frame.trigger]
    if clauses.tokens[frame.trigger].upos in ("NOUN", "PROPN") and not _bears(clauses, frame, cues):
        return chain
    if frame.support is not None and frame.support != frame.trigger:
        chain.append(frame.support)
    i = chain[-1]
    while len(chain) < 5:
        token = clauses.tokens[i]
        if token.head == i or token.head in stop or i in stop:
            break
        rel = token.deprel.split(":")[0] if token.deprel != "nsubj:pass" else token.deprel
        if rel not in _CLIMB or token.deprel == "acl:relcl" or (rel == "acl" and clauses.passive(i)):
            break
        if rel == "conj" and not clauses.with_rel(i, "nsubj", "nsubj:pass", "mark"):
            # coordinated infinitives and participles share what stands above the first
            i = token.head
            for c in clauses.with_rel(i, "aux", "mark"):
                if clauses.tokens[c].lemma.lower() in ("will", "would", "may", "might", "could") or (
                    clauses.tokens[c].text.lower() == "to"
                ):
                    chain.append(i)
                    break
            continue
        if rel == "advcl" and not _to_do(clauses, i):
            # "attacked the post, killing four": the main verb's negation does not reach a participle;
            # a condition on the clause itself has been seen as its mark
            break
        if rel == "conj" or rel == "parataxis":
            break
        i = token.head
        if i in stop:
            break
        chain.append(i)
    return chain


def _bears(clauses: Clauses, frame: Frame, cues: ModalityCues) -> bool:
    """Whether the word over a noun says if it took place: "wants to use its ties" leaves them real, and
    what is proposed "at a meeting" says nothing of the meeting."""
    i = frame.trigger
    while clauses.tokens[i].deprel in ("conj", "nmod") and clauses.tokens[i].head != i:
        i = clauses.tokens[i].head
    token = clauses.tokens[i]
    # "makes an exception to the call for a ban": whatever the parser says, a phrase is no object
    if token.deprel == "obj" and clauses.preposition(i):
        return False
    if frame.support is not None and clauses.tokens[frame.support].lemma.lower() in SUPPORT | INVERSE:
        return True
    over = clauses.tokens[token.head].lemma.lower()
    if token.deprel.startswith("obl"):
        return frame.support is not None
    return over in cues.negative_verbs | cues.future_verbs | cues.hypothetical_verbs


def _empty_subject(clauses: Clauses, frame: Frame, cues: ModalityCues) -> bool:
    """ "No one attacked", "none of the towns was shelled", "gave arms to no militia"."""
    over = {frame.trigger}
    if clauses.tokens[frame.trigger].deprel == "xcomp":  # "no family is going to be deported"
        over.add(clauses.tokens[frame.trigger].head)
    own = clauses.with_rel(frame.trigger, "nsubj", "nsubj:pass")
    if any(
        clauses.tokens[c].lemma.lower() in ("none", "neither") and not _among(clauses, c, own) for c in own
    ):
        return True  # "none of its ships has sailed": the frame has the ships
    for role, heads in frame.args.items():
        if role not in ("subj", "obj", "iobj") and not role.startswith("obl:"):
            continue
        for i in heads:
            if clauses.tokens[i].head not in over or _among(clauses, i, heads):
                continue
            if (role == "subj" or i < frame.trigger) and _begins_with_no(clauses, i):
                return True
            if clauses.tokens[i].lemma.lower() in ("none", "nobody", "nothing"):
                return True
            if any(clauses.tokens[c].lemma.lower() == "no" for c in clauses.with_rel(i, "det")):
                return True
            if _no_more(clauses, i):
                return True
    return False


def _among(clauses: Clauses, i: int, heads: Sequence[int]) -> bool:
    """Whether "none of them" only tells more of those before it ("nine were hurt, *none of them* badly")."""
    return clauses.tokens[i].lemma.lower() == "none" and any(h < i for h in heads)


def _begins_with_no(clauses: Clauses, i: int) -> bool:
    """ "Not one of the soldiers", "not a single shot", "neither of them"; "not all" leaves some."""
    first = min(clauses.subtree(i))
    here, after = (t.text.lower() for t in clauses.tokens[first : first + 2]) if first < i else ("", "")
    if here == "neither":
        return True
    return here == "not" and after in ("one", "a", "an", "even")


def _no_more(clauses: Clauses, i: int) -> bool:
    """ "No more attacks", "no further convoys", which parsers hang in many ways."""
    before = [t.text.lower() for t in clauses.tokens[max(0, i - 4) : i]]
    return any(a == "no" and b in ("more", "further") for a, b in pairwise(before))
