"""A case built by hand: a fictional dispute over a river delta, as several outlets report it.

Offsets are found from the words, so that the texts can be read and changed; every finding stands on them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from saydo.model.case import CaseActor, CaseDocument, CaseView, Commitment, SkippedInput
from saydo.model.document import TimeCode, text_sha256
from saydo.model.records import (
    Actor,
    CoderInfo,
    Count,
    Discrepancy,
    Event,
    Mention,
    Place,
    Pole,
    Record,
    Statement,
    Tie,
    When,
)

CODER = CoderInfo(version="0.1.0", reader="scripted 1", codebook="test 1")


def _actor(id: str, name: str, kind: str, country: str | None = None, sector: str | None = None) -> Actor:
    return Actor(
        id=id,
        name=name,
        kind=kind,
        country=country,
        sector=sector,
        resolved_by="introduced",
        reason="named so in the reports",
    )


ACTORS = {
    actor.id: actor
    for actor in (
        _actor("delta-guard", "Delta Guard", "armed group", "KAZ", "REB"),
        _actor("salt-road-front", "Salt Road Front", "armed group", "KAZ", "REB"),
        _actor("harbour-council", "Harbour Council", "organisation", "KAZ", "GOV"),
        _actor("reed-company", "Reed Company", "armed group", "KAZ", "REB"),
        _actor("heron-brigade", "Heron Brigade", "armed group", "KAZ", "REB"),
        _actor("river-police", "River Police", "police", "KAZ", "COP"),
        _actor("ilya-marsh", "Ilya Marsh", "person"),
        _actor("dana-okten", "Dana Okten", "person"),
        _actor("samir-vale", "Samir Vale", "person"),
        _actor("port-workers-union", "Port Workers' Union", "organisation", "KAZ", "LAB"),
        _actor("blue-crescent-relief", "Blue Crescent Relief", "organisation", None, "NGO"),
        _actor("KAZ-GOV", "Government of Kazakhstan", "government", "KAZ", "GOV"),
        _actor("RUS", "Russia", "state", "RUS", "GOV"),
        _actor("steppe-league", "Steppe League", "movement", "KAZ", "OPP"),
    )
}


class Report:
    """Makes a report and its record; every method takes words of the text."""

    def __init__(
        self,
        id: str,
        text: str,
        *,
        title: str | None,
        publisher: str | None,
        date: str | None,
        timecodes: tuple[TimeCode, ...] = (),
        metadata: tuple[tuple[str, str], ...] = (("fiction", "yes"),),
    ) -> None:
        self.id, self.text, self.title, self.publisher, self.date = id, text, title, publisher, date
        self.timecodes, self.metadata = timecodes, metadata
        self.sentences = [(m.start(), m.end()) for m in re.finditer(r"[^.!?\s][^.!?]*[.!?]+[”’\"]?", text)]
        self.mentions: list[Mention] = []
        self.places: list[Place] = []
        self.events: list[Event] = []
        self.ties: list[Tie] = []
        self.statements: list[Statement] = []

    def at(self, words: str, after: int = 0) -> tuple[int, int]:
        start = self.text.index(words, after)
        return start, start + len(words)

    def sentence_of(self, span: tuple[int, int]) -> tuple[int, int]:
        return next(s for s in self.sentences if s[0] <= span[0] < s[1])

    def mention(self, words: str, actor: str | None = None, type: str = "group", within: str = "") -> str:
        start, end = self.at(words, self.at(within)[0] if within else 0)
        for known in self.mentions:
            if (known.start, known.end) == (start, end):
                return known.id
        id = f"m{len(self.mentions)}"
        self.mentions.append(
            Mention(
                id=id, start=start, end=end, text=words, type=type, actor=actor, head=(start, end), named=True
            )  # type: ignore[arg-type]
        )
        return id

    def place(self, words: str, name: str, lat: float, lon: float, country: str) -> int:
        start, end = self.at(words)
        self.places.append(
            Place(
                start=start,
                end=end,
                text=words,
                name=name,
                lat=lat,
                lon=lon,
                country=country,
                precision="city",
                score=0.9,
                reason="the only place of that name in the country",
            )
        )
        return len(self.places) - 1

    def event(
        self, type: str, trigger: str, day: str | tuple[str, str] | None = None, **fields: object
    ) -> str:
        id = f"e{len(self.events)}"
        span = self.at(trigger)
        first, last = (day, day) if isinstance(day, str) else day or (None, None)
        killed = fields.pop("killed", None)
        defaults = {"score": 0.8, "rule": type.lower(), "evidence": self.sentence_of(span)}
        self.events.append(
            Event(
                id=id,
                type=type,
                trigger=span,
                time=When(from_=first, to=last, precision="day" if first == last else "interval")
                if day
                else None,
                killed=Count(low=killed[0], high=killed[1], text=killed[2]) if killed else None,  # type: ignore[index]
                **{**defaults, **fields},  # type: ignore[arg-type]
            )
        )
        return id

    def tie(self, type: str, source: str, target: str, trigger: str, **fields: object) -> str:
        id = f"t{len(self.ties)}"
        span = self.at(trigger)
        defaults = {"score": 0.75, "rule": type, "evidence": self.sentence_of(span), "state": "current"}
        self.ties.append(
            Tie(id=id, type=type, from_=source, to=target, trigger=span, **{**defaults, **fields})  # type: ignore[arg-type]
        )
        return id

    def statement(self, kind: str, source: str | None, cue: str, content: str, **fields: object) -> str:
        id = f"s{len(self.statements)}"
        told = self.at(content)
        around = self.sentence_of(told)[0]
        defaults = {"score": 0.85, "quoted": False}
        mention = next((m for m in self.mentions if m.id == source), None)
        self.statements.append(
            Statement(
                id=id,
                kind=kind,
                source=((mention.start, mention.end),) if mention else (),
                source_mention=source,
                cue=(self.at(cue, around),),
                content=(told,),
                **{**defaults, **fields},  # type: ignore[arg-type]
            )
        )
        return id

    def pole(self, id: str) -> Pole:
        spans = [s.content[0] for s in self.statements if s.id == id]
        spans += [f.evidence for f in (*self.events, *self.ties) if f.id == id]
        start, end = self.sentence_of(spans[0])
        return Pole(document=self.id, id=id, quote=self.text[start:end])

    def document(self) -> CaseDocument:
        return CaseDocument(
            id=self.id,
            text=self.text,
            text_sha256=text_sha256(self.text),
            words=len(self.text.split()),
            origin=f"reports/{self.id}.txt",
            date=self.date,
            title=self.title,
            publisher=self.publisher,
            language="en",
            source_sha256=hashlib.sha256(self.id.encode()).hexdigest(),
            timecodes=self.timecodes,
            metadata=self.metadata,
        )

    def record(self) -> Record:
        named = sorted({m.actor for m in self.mentions if m.actor})
        return Record(
            id=self.id,
            title=self.title,
            publisher=self.publisher,
            date=self.date,
            language="en",
            text_sha256=text_sha256(self.text),
            coder=CODER,
            sentences=tuple(self.sentences),
            mentions=tuple(self.mentions),
            actors=tuple(ACTORS[id] for id in named if id in ACTORS),
            places=tuple(self.places),
            events=tuple(self.events),
            ties=tuple(self.ties),
            statements=tuple(self.statements),
        )


def _pledge() -> Report:
    r = Report(
        "pledge",
        "The Delta Guard will not fire on the grain port of Atyrau while talks go on, its commander "
        "Ilya Marsh promised on 3 May 2019. Marsh spoke beside Dana Okten, who chairs the Harbour "
        "Council. The Council welcomed the promise. Marsh denied that his men had ever taken money "
        "from the Salt Road Front. The Reed Company takes its orders from the Delta Guard.",
        title="Guard gives its word on the port",
        publisher="Estuary Post",
        date="2019-05-04",
    )
    guard = r.mention("The Delta Guard", "delta-guard")
    marsh = r.mention("Ilya Marsh", "ilya-marsh", "person")
    okten = r.mention("Dana Okten", "dana-okten", "person")
    council = r.mention("the Harbour Council", "harbour-council", "organisation")
    front = r.mention("the Salt Road Front", "salt-road-front")
    reeds = r.mention("The Reed Company", "reed-company")
    r.place("Atyrau", "Atyrau", 47.1167, 51.8833, "KAZ")
    r.statement(
        "pledge",
        marsh,
        "promised",
        "The Delta Guard will not fire on the grain port of Atyrau while talks go on",
        time=When(from_="2019-05-03", to="2019-05-03", precision="day"),
        addressees=(council,),
    )
    denied = r.statement("denial", marsh, "denied", "his men had ever taken money from the Salt Road Front")
    r.statement("praise", council, "welcomed", "the promise")
    r.event("CONSULT", "spoke beside", "2019-05-03", actors=(marsh,), recipients=(okten,), place=0)
    r.event("SUPPORT", "welcomed", "2019-05-03", actors=(council,), recipients=(guard,))
    r.tie("leadership", marsh, guard, "its commander")
    r.tie("leadership", okten, council, "chairs")
    r.tie("command", guard, reeds, "takes its orders")
    r.tie("sponsorship", front, guard, "taken money", polarity="negative", attributed_to=denied)
    return r


def _breach() -> Report:
    r = Report(
        "breach",
        "Mortar rounds struck the grain port of Atyrau at dawn on 9 May 2019. Fighters of the Reed "
        "Company shelled the grain silos for an hour, killing three dockers, port staff said. The "
        "Harbour Council accused the Delta Guard of tearing up its promise. The Port Workers’ Union "
        "walked out the next day. Blue Crescent Relief brought tents for the families.",
        title="Shells fall on the grain port",
        publisher="Caspian Wire",
        date="2019-05-10",
    )
    reeds = r.mention("the Reed Company", "reed-company")
    staff = r.mention("port staff", None, "organisation")
    council = r.mention("The Harbour Council", "harbour-council", "organisation")
    guard = r.mention("the Delta Guard", "delta-guard")
    union = r.mention("The Port Workers’ Union", "port-workers-union", "organisation")
    relief = r.mention("Blue Crescent Relief", "blue-crescent-relief", "organisation")
    r.place("Atyrau", "Atyrau", 47.1167, 51.8833, "KAZ")
    told = r.statement(
        "assertion", staff, "said", "Fighters of the Reed Company shelled the grain silos for an hour"
    )
    r.event(
        "ASSAULT",
        "shelled",
        "2019-05-09",
        mode="heavy-weapons",
        actors=(reeds,),
        place=0,
        killed=(3, 3, "three dockers"),
        attributed_to=told,
        score=0.92,
    )
    r.statement("accusation", council, "accused", "the Delta Guard of tearing up its promise")
    r.event("ACCUSE", "accused", "2019-05-10", actors=(council,), recipients=(guard,))
    r.event("PROTEST", "walked out", "2019-05-10", mode="strike", actors=(union,))
    r.event("AID", "brought tents", "2019-05-10", actors=(relief,))
    return r


def _radio() -> Report:
    text = (
        "Two people died at the silos, not more, Delta Guard commander Ilya Marsh told Radio Estuary. "
        "We have no quarrel with the Harbour Council, he said. The Heron Brigade has left the Delta Guard "
        "and pledged loyalty to the Salt Road Front."
    )
    cues, start = [], 0
    for n, sentence in enumerate(re.findall(r"[^.]+\.", text)):
        cues.append(TimeCode(start, start + len(sentence), 60 + 23.4 * n, 83 + 23.4 * n))
        start += len(sentence)
    r = Report(
        "radio",
        text,
        title="Morning talk with Ilya Marsh",
        publisher="Radio Estuary",
        date="2019-05-12",
        timecodes=tuple(cues),
    )
    marsh = r.mention("Ilya Marsh", "ilya-marsh", "person")
    guard = r.mention("Delta Guard", "delta-guard")
    council = r.mention("the Harbour Council", "harbour-council", "organisation")
    herons = r.mention("The Heron Brigade", "heron-brigade")
    front = r.mention("the Salt Road Front", "salt-road-front")
    radio = r.mention("Radio Estuary", None, "media")
    told = r.statement("assertion", marsh, "told", "Two people died at the silos, not more", medium="radio")
    he = r.mention("he", "ilya-marsh", "person", within="he said")
    r.statement("assertion", he, "said", "We have no quarrel with the Harbour Council", quoted=False)
    r.event("ASSAULT", "died", "2019-05-09", killed=(2, 2, "Two people"), attributed_to=told)
    r.event("CONSULT", "told", "2019-05-12", actors=(marsh,), recipients=(radio,))
    r.tie("affiliation", herons, guard, "has left", state="ended", until="2019-05-11")
    r.tie("allegiance", herons, front, "pledged loyalty", since="2019-05-11")
    r.tie("rivalry", guard, council, "no quarrel", polarity="negative", attributed_to="s1")
    return r


def _court() -> Report:
    r = Report(
        "court",
        "The Salt Road Front paid the Delta Guard forty thousand dollars a month through 2018, a court "
        "in Aktau heard on 2 June 2019. The River Police arrested Samir Vale, the Front’s paymaster. "
        "Vale has ties to the Steppe League. Russia expelled two of its envoys in the first months of "
        "2018. The Government of Kazakhstan and the Steppe League signed a truce on 20 June 2019. The "
        "government vowed to free its prisoners, and freed them. The Heron Brigade fights the River "
        "Police around Aktau.",
        title="Ledger of the Front read out in court",
        publisher="Estuary Post",
        date="2019-06-21",
    )
    front = r.mention("The Salt Road Front", "salt-road-front")
    guard = r.mention("the Delta Guard", "delta-guard")
    police = r.mention("The River Police", "river-police", "organisation")
    vale = r.mention("Samir Vale", "samir-vale", "person")
    league = r.mention("the Steppe League", "steppe-league")
    russia = r.mention("Russia", "RUS", "government")
    state = r.mention("The Government of Kazakhstan", "KAZ-GOV", "government")
    herons = r.mention("The Heron Brigade", "heron-brigade")
    aktau = r.mention("Aktau", None, "place", within="around Aktau")
    r.place("Aktau", "Aktau", 43.65, 51.1667, "KAZ")
    r.event("AID", "paid", ("2018-01-01", "2018-12-31"), actors=(front,), recipients=(guard,))
    r.event("COERCE", "arrested", "2019-06-01", mode="arrest", actors=(police,), recipients=(vale,), place=0)
    r.event("SANCTION", "expelled", ("2018-01-01", "2018-03-31"), mode="expel", actors=(russia,))
    r.event(
        "AGREE", "signed a truce", "2019-06-20", actors=(state,), recipients=(league,), contexts=("military",)
    )
    vow = r.mention("The government", "KAZ-GOV", "government")
    r.statement(
        "pledge",
        vow,
        "vowed",
        "to free its prisoners",
        time=When(from_="2019-06-20", to="2019-06-20", precision="day"),
    )
    r.event("RETREAT", "freed them", "2019-06-21", mode="release", actors=(vow,))
    r.tie("sponsorship", front, guard, "paid", since="2018-01-01", until="2018-12-31", state="ended")
    r.tie("affiliation", vale, front, "paymaster")
    r.tie("contact", vale, league, "has ties to")
    r.tie("contact", state, league, "signed a truce")
    r.tie("rivalry", herons, police, "fights")
    r.tie("presence", herons, aktau, "around Aktau")
    return r


def reports() -> list[Report]:
    """The reports of the case, in order."""
    return [_pledge(), _breach(), _radio(), _court()]


def discrepancies(of: Sequence[Report]) -> tuple[Discrepancy, ...]:
    pledge, breach, radio, court = of
    return (
        Discrepancy(
            id="d0",
            kind="commitment",
            speaker="ilya-marsh",
            speaker_name="Ilya Marsh",
            statement=pledge.pole("s0"),
            against=(breach.pole("e0"),),
            basis="inferred",
            explanation="Ilya Marsh promised on 3 May 2019 that the Delta Guard would not fire on the "
            "port (s0); on 9 May 2019 the Reed Company, under its command (t2), shelled it (e0).",
            rule="commitment",
            score=0.88,
        ),
        Discrepancy(
            id="d1",
            kind="denial",
            speaker="ilya-marsh",
            statement=pledge.pole("s1"),
            against=(court.pole("e0"), court.pole("t0")),
            basis="inferred",
            explanation="Ilya Marsh denied money from the Salt Road Front (s1); a court "
            "heard of payments (e0, t0).",
            rule="denial",
            score=0.74,
        ),
        Discrepancy(
            id="d2",
            kind="account",
            speaker="ilya-marsh",
            speaker_name="Ilya Marsh",
            statement=radio.pole("s0"),
            against=(breach.pole("e0"),),
            field="killed",
            basis="inferred",
            explanation="Of the shelling on 9 May 2019 Ilya Marsh gives two dead (s0), "
            "port staff three (e0).",
            rule="account",
            score=0.61,
        ),
    )


def build_case(of: Sequence[Report] | None = None, **fields: object) -> CaseView:
    """The case; ``fields`` replace those of the view."""
    made = list(of) if of is not None else reports()
    documents, records = tuple(r.document() for r in made), tuple(r.record() for r in made)
    counted: list[CaseActor] = []
    for id in sorted({m.actor for r in made for m in r.mentions if m.actor}):
        mine = {r.id: {m.id for m in r.mentions if m.actor == id} for r in made}
        counted.append(
            CaseActor(
                actor=ACTORS[id],
                documents=tuple(r.id for r in made if mine[r.id]),
                mentions=sum(map(len, mine.values())),
                events=sum(bool({*e.actors, *e.recipients} & mine[r.id]) for r in made for e in r.events),
                ties=sum(bool({t.from_, t.to} & mine[r.id]) for r in made for t in r.ties),
                statements=sum(s.source_mention in mine[r.id] for r in made for s in r.statements),
            )
        )
    values: dict[str, object] = {
        "name": "delta",
        "documents": documents,
        "records": records,
        "actors": tuple(counted),
        "discrepancies": discrepancies(made) if of is None else (),
        "skipped": (SkippedInput("reports/torn.pdf", "not a PDF: it has no trailer"),) if of is None else (),
        "commitments": (
            Commitment("pledge", "s0", "ilya-marsh", "Ilya Marsh", "broken", (("breach", "e0"),)),
            Commitment("court", "s0", "KAZ-GOV", "Government of Kazakhstan", "kept", (("court", "e4"),)),
        )
        if of is None
        else (),
        "coder": CODER,
    }
    return CaseView(**{**values, **fields})  # type: ignore[arg-type]
