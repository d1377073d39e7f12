"""One update of a case that is weighed report by report, from reports that come and go to what then holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from saydo.model.ledger import HeldPair, Ledger, NewPair
from saydo.weighing.account import disputed
from saydo.weighing.decided import Decided
from saydo.weighing.engine import ASKED, FAMILIES, MET, TOLD, asked, family_of
from saydo.weighing.finding import Found, clarity, found_of, told
from saydo.weighing.gathering import Gathering
from saydo.weighing.incidents import public
from saydo.weighing.keys import all_spells, key_of, rests_on, stretches_of
from saydo.weighing.lines import Links
from saydo.weighing.near import Around, Later
from saydo.weighing.outcome import NOTHING, Finish, outcome, written
from saydo.weighing.rarity import few, many
from saydo.weighing.session import Session
from saydo.weighing.sources import Exchange
from saydo.weighing.specific import specific
from saydo.weighing.timeline import changed
from saydo.weighing.upkeep import Reach, Told, enter, entry, leave, reach


class Touched(NamedTuple):
    """Keys of the reports whose outcome under the rules of a family may be another now."""

    keys: set[int]
    worn: set[int]
    """Of what tells less than before: words that are no longer rare, or that too many tell now."""


def rests(what: Iterable[tuple[object, ...]], family: str) -> set[int]:
    """The keys under which reports are found whose outcome under a family of rules rests on some lookups."""
    return {rests_on(family, *each) for each in what}


def pair_of(session: Session, found: Found, family: str, incident: str | None = None) -> NewPair:
    """A finding as the ledger keeps it."""
    assert family_of(found) == family, f"{found.rule} is not among the rules “{family}”"
    statement, against = (session.number(place.ref[0]) for place in (found.statement, found.against))
    tellings = tuple((key_of("once", key), most) for key, most in found.once)
    return NewPair(statement, against, tellings, incident, told(found))


def _other_times(actor: str, before: Links, after: Links) -> Iterator[int | str]:
    """The spells in which an actor's links upward may lead elsewhere than before, for other reports than
    those that tell of them."""
    for was, now in zip(before, after, strict=True):
        far = ([link for link in links if not link.local(actor)] for links in (was, now))
        for window in changed(*far):
            yield from all_spells(window)


class Step:
    """One update while it is under way."""

    def __init__(self, ledger: Ledger, session: Session, decided: Decided, finish: Finish) -> None:
        self.ledger = ledger
        self.session = session
        self.decided = decided
        self.finish = finish
        self.settle: set[int] = set()
        """Reports whose discrepancies and commitments are to be put together anew."""
        self.told: set[int] = set()
        """Keys of what is told several times, where the tellings changed."""
        self.gathering = Gathering(ledger, session, decided)

    def update(self, moved: Exchange, tell: Callable[[int], None]) -> int:
        """Weighs what the exchange of reports touches."""
        dirty = {f: self._dirty(f, touched, moved) for f, touched in self._move(moved).items()}
        self._weigh(dirty, tell)
        self._cluster(dirty[TOLD])
        self._choose()
        self.settle |= moved.entering | moved.leaving.keys()
        for number, holds in self._outcomes(sorted(self.settle - moved.gone.keys())):
            self.ledger.put_outcome(number, holds)
        for number in moved.gone:
            self.ledger.drop_report(number)
            self.session.forget_report(number)
        return len(set().union(*dirty.values()))

    def _dirty(self, family: str, touched: Touched, moved: Exchange) -> set[int]:
        """The reports to which the rules of a family are to be put again."""
        dirty = self._holders(touched.keys) | moved.entering
        worn = self._holders(touched.worn) - dirty
        # where words come to tell less nothing new is found: only what was found may fall
        dirty |= {n for n in worn if any(self._made(family, n))}
        return dirty - (moved.leaving.keys() - moved.entering)

    def _made(self, family: str, number: int) -> Iterator[HeldPair]:
        """The findings of a family of rules with a pole in a report."""
        return (p for p in self.ledger.pairs(number) if family_of(found_of(p.words)) == family)

    def _holders(self, keys: Iterable[int]) -> set[int]:
        return {n for numbers in self.ledger.holders(set(keys)).values() for n in numbers}

    def _move(self, moved: Exchange) -> dict[str, Touched]:
        """Lets reports leave and enter; by family of rules the keys of all whose outcome may rest on that."""
        known = self._reach(moved)
        links = self._lines(known.linked)
        names = {actor: self.session.name(actor) for actor in known.named}
        watched = self._watched(known.told)
        were_crowded = self._crowded(watched)
        for number, report in moved.leaving.items():
            self.gathering.leave(report, set(moved.leaving))
            self._drop(self.ledger.pairs(number))
        size, was_rare = self.session.size, self._rare(known.stems)
        for number in moved.leaving:
            leave(self.ledger, number)
        for number in sorted(moved.entering):
            self._enter(number)
        for number in moved.leaving.keys() - moved.entering:
            self.session.forget_report(number)
        self.session.forget_actors(known.linked, known.named)
        self.session.size = self.ledger.size()
        touched: list[tuple[object, ...]] = [*known.read]
        for actor, after in self._lines(known.linked).items():
            touched += [("climbs", actor, s) for s in _other_times(actor, links[actor], after)]
        touched += [("shows", a) for a, before in names.items() if self.session.name(a) != before]
        rare, crowded = self._rare(known.stems), self._crowded(watched)
        touched += [("rare", stem) for stem in rare - was_rare]
        if (few(size), many(size)) != (few(self.session.size), many(self.session.size)):
            touched.append(("size",))
        worn: list[tuple[object, ...]] = [("rare", stem) for stem in was_rare - rare]
        more = {f: {k for k in were_crowded - crowded if watched[k].family == f} for f in (*FAMILIES, TOLD)}
        less = {f: {k for k in crowded - were_crowded if watched[k].family == f} for f in (*FAMILIES, TOLD)}
        return {f: Touched(rests(touched, f) | more[f], rests(worn, f) | less[f]) for f in (*FAMILIES, TOLD)}

    def _lines(self, linked: Iterable[tuple[str, str]]) -> dict[str, Links]:
        """The links upward of some actors in some spells of time."""
        spells: dict[str, set[str]] = {}
        for actor, spell in linked:
            spells.setdefault(actor, set()).add(spell)
        return {actor: self.session.lines.during(actor, during) for actor, during in spells.items()}

    def _watched(self, told: Mapping[int, Told]) -> dict[int, Told]:
        """Of what is told that on whose number the outcome of any report rests."""
        return {key: told[key] for key in self.ledger.holders(told.keys())}

    def _crowded(self, watched: Mapping[int, Told]) -> set[int]:
        """That of it which more tell than may."""
        return {of for of, it in watched.items() if self.ledger.count(it.key, it.most + 1) > it.most}

    def _reach(self, moved: Exchange) -> Reach:
        """What others may have asked for of the reports that leave, as they were, and of those that enter."""
        entering = (self.session.report(number) for number in sorted(moved.entering))
        return reach(self.session, chain(moved.leaving.values(), entering))

    def _enter(self, number: int) -> None:
        """Writes down what a report lets others find."""
        enter(self.ledger, number, entry(self.session, self.session.report(number)))

    def _rare(self, stems: set[str]) -> set[str]:
        """Of some words those by which findings were made and that are rare."""
        asked_of = {rests_on(f, "rare", stem): stem for stem in stems for f in (*FAMILIES, TOLD)}
        rare = self.session.quiet.rarity.rare
        return {stem for stem in {asked_of[key] for key in self.ledger.holders(asked_of)} if rare(stem)}

    def _weigh(self, dirty: Mapping[str, set[int]], tell: Callable[[int], None]) -> None:
        for family in FAMILIES:
            for number in dirty[family]:
                self._drop(self._made(family, number))
                # found by nobody until it is weighed: two that are both weighed anew meet once
                self.ledger.set_keys(number, family, ())
        every = set().union(*(dirty[family] for family in FAMILIES))
        for number in dirty[ASKED] | dirty[MET]:
            self.session.forget_reach(number)
        portion = {family: frozenset(dirty[family]) for family in FAMILIES}
        done = self._conduct(dirty[ASKED])
        for number in sorted(every):
            report = self.session.report(number)
            for family, rules in FAMILIES.items():
                if number in dirty[family]:
                    near = Around(self.session, report, family, later=Later(number, portion[family]))
                    self._add(family, rules(near.here))
                    near.close()
                    self._add_keys(number, near)
            tell(number)
        for other in sorted(self._holders(key_of("asks", *each) for each in done) - dirty[ASKED]):
            near = Around(self.session, self.session.report(other), ASKED, dirty[ASKED])
            self._add(ASKED, asked(near.here))
            near.close()
            # also where nothing is found: what was looked up may say otherwise one day
            self._add_keys(other, near)

    def _conduct(self, dirty: set[int]) -> set[tuple[str, str, str]]:
        """Works out anew what some reports tell of whose conduct, and lets it be found before any words are
        weighed; (principal, type, stretch of time) of all of it."""
        done: set[tuple[str, str, str]] = set()
        for number in sorted(dirty):
            near = Around(self.session, self.session.report(number), ASKED)
            for key, rows in self.session.see_done(near.report, near.here.timeline).items():
                done.update((*key, stretch) for row in rows for stretch in stretches_of(row.start))
                near.keys.update(key_of("did", *key, s) for row in rows for s in stretches_of(row.start))
            near.close()
            self.ledger.set_keys(number, ASKED, near.keys)
        return done

    def _add_keys(self, number: int, near: Around) -> None:
        """More keys that the outcome of a report rests on."""
        held = self.ledger.keys(number, near.family)
        if not near.keys <= held:
            self.ledger.set_keys(number, near.family, held | near.keys)

    def _add(self, family: str, found: Iterable[Found], incident: str | None = None) -> None:
        self._keep([pair_of(self.session, f, family, incident) for f in found])

    def _keep(self, pairs: Sequence[NewPair]) -> None:
        for pair in pairs:
            self.settle |= {pair.statement, pair.against}
            self.told.update(key for key, _ in pair.tellings)
        self.ledger.add_pairs(pairs)

    def _drop(self, pairs: Iterable[HeldPair]) -> None:
        listed = list(pairs)
        for pair in listed:
            self.settle |= {pair.statement, pair.against}
            self.told.update(self.ledger.tellings_of(pair.id))
        self.ledger.drop_pairs([pair.id for pair in listed])

    def _cluster(self, dirty: set[int]) -> None:
        """Joins incidents anew wherever one came, went or may be told by somebody else now."""
        made = self.gathering.clusters(dirty)
        for incident in self.gathering.found:
            self._drop(self.ledger.accounts("\t".join(incident)))
        for cluster in made:
            for a, b in combinations(cluster.members, 2):
                here, there = (self.session.number(m.document) for m in (a, b))
                near = Around(self.session, self.session.report(here), TOLD)
                found = specific(near.here, disputed(near.here, a, b, self.session.matcher))
                near.close()
                self._add(TOLD, found, "\t".join(a.ref))
                for number in (here, there):
                    self._add_keys(number, near)
        self.ledger.drop_clusters(sorted(self.gathering.dissolved))
        for public_one in public(made):
            self.ledger.put_cluster(public_one.members, json.dumps(public_one, ensure_ascii=False))

    def _choose(self) -> None:
        """Of several tellings of one thing the clearest count."""
        for key in sorted(self.told):
            most, held = self.ledger.tellings(key)
            ordered = sorted(held, key=lambda pair: clarity(found_of(pair.words)))
            self.settle |= self.ledger.choose(key, {pair.id for pair in ordered[:most]})

    def _outcomes(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        """What holds of some reports."""
        for number in numbers:
            found = self._found(number)
            if found is None:
                yield number, written(NOTHING)
            else:
                report = self.session.report(number)
                yield number, written(outcome(self.session, report, found, self.decided, self.finish))

    def _found(self, number: int) -> list[Found] | None:
        """The findings that stand and have a pole in a report; None for one that is not weighed."""
        card = self.ledger.card(number)
        if card is None or card.reprint:
            return None
        return [found_of(pair.words) for pair in self.ledger.pairs(number) if pair.stands]
