"""Acts in plain words, for explanations: ``attack on the port``, ``to release the captives``."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from saydo.model.citations import plain
from saydo.weighing.acts import Act
from saydo.weighing.doings import WORDED


class Words(NamedTuple):
    """A type in words: infinitive, noun, and the preposition before those it is done to."""

    verb: str
    noun: str
    to: str


_WORDS = MappingProxyType({
    "AGREE": Words("agree with", "an agreement", "with"),
    "CONSULT": Words("hold talks with", "talks", "with"),
    "SUPPORT": Words("support", "support", "for"),
    "CONCEDE": Words("give in to", "a concession", "to"),
    "COOPERATE": Words("cooperate with", "cooperation", "with"),
    "AID": Words("aid", "aid", "to"),
    "RETREAT": Words("retreat from", "a retreat", "from"),
    "RETREAT.withdraw": Words("withdraw", "a withdrawal", "of"),
    "RETREAT.release": Words("release", "the release", "of"),
    "RETREAT.return": Words("return", "the return", "of"),
    "RETREAT.disarm": Words("disarm", "disarmament", "of"),
    "RETREAT.ceasefire": Words("hold fire on", "a ceasefire", "with"),
    "RETREAT.access": Words("open the way to", "access", "to"),
    "RETREAT.resign": Words("resign", "a resignation", "from"),
    "REQUEST": Words("make a demand on", "a demand", "on"),
    "ACCUSE": Words("accuse", "criticism", "of"),
    "REJECT": Words("turn down", "a rejection", "of"),
    "THREATEN": Words("threaten", "a threat", "against"),
    "PROTEST": Words("protest against", "a protest", "against"),
    "PROTEST.strike": Words("strike against", "a strike", "against"),
    "PROTEST.obstruct": Words("obstruct", "an obstruction", "of"),
    "SANCTION": Words("punish", "a sanction", "against"),
    "SANCTION.expel": Words("expel", "the expulsion", "of"),
    "SANCTION.discontinue": Words("break off with", "a break", "with"),
    "MOBILIZE": Words("mobilise against", "a mobilisation", "against"),
    "MOBILIZE.troops": Words("deploy troops against", "a deployment of troops", "against"),
    "COERCE": Words("use force on", "coercion", "of"),
    "COERCE.arrest": Words("arrest", "the arrest", "of"),
    "COERCE.seize": Words("seize", "the seizure", "of"),
    "COERCE.restrict": Words("restrict", "a restriction", "of"),
    "COERCE.withhold": Words("hold back", "the holding", "of"),
    "COERCE.ban": Words("ban", "a ban", "on"),
    "ASSAULT": Words("attack", "an attack", "on"),
    "ASSAULT.abduct": Words("abduct", "the abduction", "of"),
    "ASSAULT.beat": Words("beat", "the beating", "of"),
    "ASSAULT.torture": Words("torture", "the torture", "of"),
    "ASSAULT.execute": Words("execute", "the execution", "of"),
    "ASSAULT.assassinate": Words("assassinate", "the assassination", "of"),
    "ASSAULT.massacre": Words("massacre", "a massacre", "of"),
    "ASSAULT.destroy": Words("destroy", "the destruction", "of"),
    "ASSAULT.firearms": Words("shoot at", "gunfire", "on"),
    "ASSAULT.explosives": Words("blow up", "a bombing", "of"),
    "ASSAULT.aerial": Words("bomb", "an air attack", "on"),
    "ASSAULT.drone": Words("send drones against", "a drone attack", "on"),
    "ASSAULT.heavy-weapons": Words("shell", "the shelling", "of"),
    "tie:command": Words("command", "a chain of command", "to"),
    "tie:alliance": Words("be allied with", "an alliance", "with"),
    "tie:affiliation": Words("belong to", "membership", "in"),
    "tie:allegiance": Words("owe allegiance to", "allegiance", "to"),
    "tie:sponsorship": Words("sponsor", "sponsorship", "of"),
    "tie:contact": Words("have ties with", "ties", "with"),
    "tie:presence": Words("be present in", "a presence", "in"),
    "tie:rivalry": Words("be at odds with", "enmity", "with"),
})  # fmt: skip


def noun(act: Act) -> str:
    """An act as a noun phrase: ``the shelling of the port``; a tie with both its ends."""
    words = _words(act)
    if act.doing.type.startswith("tie:"):
        near = next((plain(p.name) for p in act.actors), None)
        far = _target(act)
        return f"{words.noun}" + (f" between {near} and {far}" if near and far else "")
    target = _target(act)
    return f"{words.noun} {words.to} {target}" if target else words.noun


def none_of(act: Act) -> str:
    """An act denied: ``no shelling of the port``."""
    words = noun(act)
    for article in ("an ", "a ", "the "):
        words = words.removeprefix(article) if words.startswith(article) else words
    return f"no {words}"


def infinitive(act: Act) -> str:
    """An act as an infinitive without "to": ``shell the port``."""
    words = _words(act)
    target = _target(act)
    if target:
        return f"{words.verb} {target}"
    # "hold talks with" nobody named is "hold talks"
    head, _, last = words.verb.rpartition(" ")
    return head if head and last in ("with", "to", "on", "at", "from", "against", "in") else words.verb


def _words(act: Act) -> Words:
    if act.worded:
        verb = act.doing.type.removeprefix(WORDED).replace("-", " ")
        return Words(verb, f"the doing “{verb}”", "of")
    found = _WORDS.get(f"{act.doing.type}.{act.doing.mode}") or _WORDS.get(act.doing.type)
    if found is not None:
        return found
    name = act.doing.type.removeprefix("tie:").lower()
    return Words(name, name, "of")


def _target(act: Act) -> str:
    """Those it is done to: named parties first, else the words that the trigger bears on, else the place."""
    if act.worded and act.what:
        return f"“{plain(act.what)}”"
    own = {p.actor for p in act.actors if p.actor}
    others = [plain(p.name) for p in act.recipients if p.actor is None or p.actor not in own]
    if others:
        return " and ".join(dict.fromkeys(others[:2]))
    if act.what:
        return f"“{plain(act.what)}”"
    return plain(act.site.name.title()) if act.site is not None else ""
