"""The questions of the pages on words and deeds: see :class:`saydo.model.deeds.DeedsLookups`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from saydo.model.case import Commitment
from saydo.model.choices import Decision
from saydo.model.citations import Ref
from saydo.model.deeds import OUTCOMES, STANDINGS, DeedsFilter, Facets, Glimpse, Judged, SpeakerLine
from saydo.model.identity import Merge, Sight
from saydo.model.lookups import Cursor, Slice
from saydo.model.records import Discrepancy
from saydo.store import decisions
from saydo.store.asking import Asking, marks
from saydo.store.columns import NO_DAY
from saydo.store.guard import guard
from saydo.store.schema_deeds import JUDGED, NEEDS_REVIEW
from saydo.store.schema_pages import REPORT_DAY
from saydo.store.slices import Listing, cut
from saydo.store.taking import taking_part

_SPEAKERS = """(SELECT speaker, sum(kept) AS kept, sum(broken) AS broken, sum(open) AS open,
    sum(held) AS held FROM (
        SELECT speaker, count(*) FILTER (WHERE outcome = 'kept') AS kept,
            count(*) FILTER (WHERE outcome = 'broken') AS broken,
            count(*) FILTER (WHERE outcome = 'open') AS open, 0 AS held FROM commitments GROUP BY speaker
        UNION ALL SELECT speaker, 0, 0, 0, count(*) FROM discrepancies WHERE speaker IS NOT NULL
            GROUP BY speaker
    ) AS each_of GROUP BY speaker)"""
_SPEAKER = (
    "s.speaker, COALESCE((SELECT a.name FROM actors a WHERE a.id = s.speaker), "
    "(SELECT c.speaker_name FROM commitments c WHERE c.speaker = s.speaker LIMIT 1), s.speaker), "
    "s.kept, s.broken, s.open, s.held"
)
_KIND_OF = {"upheld": "uphold", "rejected": "reject", "unclear": "unclear"}
_VERDICTS = "kind IN ('uphold', 'reject', 'unclear')"
MOST_STEPS = 8
"""How many merges may lie between an actor of a report and that of the case."""


class SqliteDeeds(Asking):
    """Answers from indexes, a screenful at a time."""

    def speakers(self, cursor: Cursor | None, limit: int) -> Slice[SpeakerLine]:
        """Speakers, those with most discrepancies first."""
        order = ("-s.held", "-s.broken", "-s.kept", "s.speaker")
        listing = Listing(_SPEAKER, f"{_SPEAKERS} s", (), (), order)
        return cut(self._all, listing, cursor, limit, lambda row: SpeakerLine(*row))

    def speaker(self, actor: str) -> SpeakerLine | None:
        """One actor with its counts."""
        name = self._one("SELECT name FROM actors WHERE id = ?", (actor,))
        counts = dict(
            self._all("SELECT outcome, count(*) FROM commitments WHERE speaker = ? GROUP BY 1", (actor,))
        )
        (held,) = self._one("SELECT count(*) FROM discrepancies WHERE speaker = ?", (actor,)) or (0,)
        if name is None and not counts and not held:
            return None
        said = name or self._one("SELECT speaker_name FROM commitments WHERE speaker = ? LIMIT 1", (actor,))
        kept, broken, still_open = (int(counts.get(o, 0)) for o in OUTCOMES)
        return SpeakerLine(actor, said[0] if said else actor, kept, broken, still_open, held)

    def deeds_page(self, where: DeedsFilter, cursor: Cursor | None, limit: int) -> Slice[Discrepancy]:
        """Discrepancies, strongest first."""
        if where.standing == "rejected":
            return self._rejected_page(where, cursor, limit)
        conditions, values = _conditions(where, self._is_wide)
        listing = Listing("f.json", "discrepancies f", tuple(conditions), tuple(values), ("f.rank",))
        return cut(self._all, listing, cursor, limit, lambda row: Discrepancy.model_validate_json(row[0]))

    def _is_wide(self, test: str, bound: str) -> bool:
        """Whether more than a tenth of the reports lies on this side of a date."""
        row = self._one(
            f"SELECT (SELECT count(*) FROM documents WHERE {REPORT_DAY} > '' AND {REPORT_DAY} {test} ?) * 10 "
            "> (SELECT count(*) FROM documents)",
            (bound,),
        )
        return bool(row and row[0])

    def discrepancy_facets(self, speaker: str | None = None) -> Facets:
        """Counts by which a list can be cut down."""
        mine, values = ("", ()) if speaker is None else (" WHERE f.speaker = ?", (speaker,))
        unnamed = ("", ())
        if speaker == "":
            mine, values = " WHERE f.speaker IS NULL", unnamed[1]
        given = f"FROM discrepancies f{mine}"
        also = " AND" if mine else " WHERE"
        kinds = self._all(f"SELECT f.kind, count(*) {given} GROUP BY 1 ORDER BY 2 DESC, 1", values)
        bases = self._all(f"SELECT f.basis, count(*) {given} GROUP BY 1 ORDER BY 2 DESC, 1", values)
        review = self._all(f"SELECT count(*) {given}{also} {_review('f')} = 1", values)
        decided = dict(
            self._all(
                "SELECT c.kind, count(*) FROM verdicts v JOIN decisions c ON c.number = v.decision "
                f"JOIN discrepancies f ON f.id = v.discrepancy{mine} GROUP BY 1",
                values,
            )
        )
        total = sum(n for _, n in kinds)
        number = {
            "upheld": decided.get("uphold", 0),
            "unclear": decided.get("unclear", 0),
            "undecided": total - sum(decided.values()),
            "rejected": len([j for j in self._all_rejected() if _speaks(j.discrepancy, speaker)]),
        }
        (nobody,) = self._one("SELECT count(*) FROM discrepancies WHERE speaker IS NULL") or (0,)
        return Facets(
            tuple(kinds), tuple(bases), tuple((s, number[s]) for s in STANDINGS), review[0][0], nobody
        )

    def commitments_page(
        self, speaker: str | None, outcome: str | None, cursor: Cursor | None, limit: int
    ) -> Slice[Commitment]:
        """Commitments in the order in which they were found."""
        given = [(c, v) for c, v in (("f.speaker = ?", speaker), ("f.outcome = ?", outcome)) if v]
        listing = Listing(
            "f.document, f.statement, f.speaker, f.speaker_name, f.outcome, f.against", "commitments f",
            tuple(c for c, _ in given), tuple(v for _, v in given), ("f.number",),
        )  # fmt: skip
        return cut(self._all, listing, cursor, limit, _commitment)

    def words_of(
        self, actor: str, kinds: Iterable[str], since: str | None, until: str | None, limit: int
    ) -> tuple[Ref, ...]:
        """Statements of these kinds whose source is the actor, by day."""
        asked = tuple(kinds)
        found = self._all(
            "SELECT d.id, f.id FROM statements f JOIN documents d ON d.position = f.document "
            f"WHERE f.source_actor IN ({_IDS}) AND f.kind IN ({marks(asked)}) "
            f"AND {_is('f.source_actor')}{_days(since, until)} ORDER BY f.day, f.document, f.number LIMIT ?",
            (actor, actor, *asked, actor, *_bounds(since, until), limit),
        )
        return tuple((document, id) for document, id in found)

    def conduct_of(
        self, actor: str, types: Iterable[str], since: str | None, until: str | None, limit: int
    ) -> tuple[Ref, ...]:
        """Events of these types that happened and in which the actor acts, by day."""
        asked = tuple(types)
        source, mine = taking_part(self, (actor,))
        found = self._all(
            # sorted before anything is read of them, and read in that order until there are enough
            f"SELECT d.id, e.id FROM (SELECT f.key FROM {source} WHERE f.what = 'event' "
            f"AND f.kind IN ({marks(asked)}){_days(since, until)} ORDER BY f.day, f.key LIMIT -1) q "
            "CROSS JOIN found n ON n.key = q.key "
            "CROSS JOIN events e ON e.document = n.document AND e.id = n.id "
            "CROSS JOIN documents d ON d.position = n.document "
            "WHERE e.realis IN ('actual', 'historical') AND e.polarity = 'positive' "
            "AND EXISTS (SELECT 1 FROM participants p WHERE p.document = n.document AND p.what = 'event' "
            f"AND p.finding = n.id AND p.role = 'actor' AND {_is('p.actor')}) LIMIT ?",
            (*mine, *asked, *_bounds(since, until), actor, limit),
        )
        return tuple((document, id) for document, id in found)

    def glimpses(self, refs: Iterable[Ref]) -> Mapping[Ref, Glimpse]:
        """Findings in short."""
        asked = json.dumps(list(dict.fromkeys(refs)))
        found: dict[Ref, Glimpse] = {}
        for what, columns in _GLIMPSES.items():
            rows = self._all(
                f"SELECT d.id, f.id, {columns} FROM json_each(?) r "
                "JOIN documents d ON d.id = json_extract(r.value, '$[0]') "
                f"JOIN {what}s f ON f.document = d.position AND f.id = json_extract(r.value, '$[1]')",
                (asked,),
            )
            for document, id, kind, mode, day, own, words in rows:
                known = None if day == NO_DAY else day
                flat = " ".join(words.split())
                found[document, id] = Glimpse(what, kind, mode, known, bool(own), flat)
        return found

    def neighbours(self, id: str) -> tuple[str | None, str | None]:
        """Ids of the discrepancies before and behind one."""
        row = self._one("SELECT rank FROM discrepancies WHERE id = ?", (id,))
        if row is None:
            return None, None
        before = self._one("SELECT id FROM discrepancies WHERE rank < ? ORDER BY rank DESC LIMIT 1", row)
        behind = self._one("SELECT id FROM discrepancies WHERE rank > ? ORDER BY rank LIMIT 1", row)
        return before[0] if before else None, behind[0] if behind else None

    def rejected(self, id: str) -> Judged | None:
        """A discrepancy that is rejected now."""
        return next((each for each in self._all_rejected(id) if each.discrepancy.id == id), None)

    def verdict_history(self, id: str) -> tuple[tuple[Decision, int | None], ...]:
        """Verdicts on a discrepancy and their undoing."""
        numbers = {
            n for (n,) in self._all(f"SELECT number FROM decisions WHERE {_VERDICTS} AND {JUDGED} = ?", (id,))
        }
        held = self._one("SELECT decision FROM verdicts WHERE discrepancy = ?", (id,))
        numbers |= {held[0]} if held else set()
        undone = self._undone()
        numbers |= {by for n, by in undone.items() if n in numbers}
        with guard(self.folder):
            made = decisions.some(self._db, numbers)
        return tuple((d, undone.get(d.number)) for d in made)

    def against_same(self, document: str, finding: str, but: str, limit: int) -> tuple[Discrepancy, ...]:
        """Other discrepancies whose statement this is."""
        found = self._all(
            "SELECT f.json FROM poles o JOIN discrepancies f ON f.rank = o.discrepancy "
            "WHERE o.document = ? AND o.finding = ? AND o.number = 0 AND f.id <> ? ORDER BY f.rank LIMIT ?",
            (document, finding, but, limit),
        )
        return tuple(Discrepancy.model_validate_json(text) for (text,) in found)

    def merges_to(self, document: str, actors: Iterable[str]) -> Mapping[str, tuple[Merge, ...]]:
        """The merges by which actors of a report came to their ids in the case."""
        asked = list(dict.fromkeys(actors))
        first = self._merged_here(document, asked)
        found: dict[str, tuple[Merge, ...]] = {}
        for actor in (each for each in asked if each in first):
            steps: list[Merge] = []
            step: Merge | None = first[actor]
            while step is not None and len(steps) < MOST_STEPS:
                if any(each.actor == step.actor for each in steps):
                    break
                steps.append(step)
                step = self._merged_here(document, [step.actor]).get(step.actor)
            found[actor] = tuple(steps)
        return found

    def _merged_here(self, document: str, actors: list[str]) -> dict[str, Merge]:
        """Id → the merge of it that holds in a report: one of this report before one of the whole case."""
        rows = self._all(
            "SELECT m.actor, m.merged, m.document, m.rule, m.reason, m.evidence, m.decision "
            "FROM json_each(?) j CROSS JOIN merges m ON m.merged = j.value "
            "WHERE m.document IS NULL OR m.document = ? ORDER BY m.document IS NULL, m.number",
            (json.dumps(actors), document),
        )
        made: dict[str, Merge] = {}
        for whom, merged, where, rule, reason, evidence, decision in rows:
            if merged not in made:
                sights = tuple(Sight(*each) for each in json.loads(evidence))
                made[merged] = Merge(whom, merged, where, rule, reason, sights, decision)
        return made

    def _rejected_page(self, where: DeedsFilter, cursor: Cursor | None, limit: int) -> Slice[Discrepancy]:
        """Rejections are as many as people make: few enough to be gone through."""
        every = [j for j in self._all_rejected() if self._passes(j.discrepancy, where)]
        start = 0
        if cursor is not None and cursor.values:
            edge = cursor.values[0]
            before = [n for n, j in enumerate(every) if isinstance(edge, int) and j.decision.number >= edge]
            start = len(before)
            if cursor.back:
                start = max(0, start - 1 - limit)
        shown = every[start : start + limit]
        ends = Cursor((shown[-1].decision.number,)) if start + limit < len(every) else None
        begins = Cursor((shown[0].decision.number,), back=True) if shown and start else None
        return Slice(tuple(j.discrepancy for j in shown), ends, begins)

    def _passes(self, found: Discrepancy, where: DeedsFilter) -> bool:
        if where.since or where.until:
            named = list({p.document for p in (found.statement, *found.against)})
            days = self._all(
                f"SELECT substr(date, 1, 10) FROM documents WHERE date > '' AND id IN ({marks(named)})", named
            )
            if where.since and not any(day >= where.since for (day,) in days):
                return False
            if where.until and not any(day <= where.until for (day,) in days):
                return False
        return (
            _speaks(found, where.speaker)
            and (not where.kinds or found.kind in where.kinds)
            and (where.basis is None or found.basis == where.basis)
            and (where.review is None or found.needs_review == where.review)
        )

    def _all_rejected(self, id: str | None = None) -> list[Judged]:
        """What is rejected now, the latest decision first: of each discrepancy the last verdict that was not
        undone, where nothing of it stands."""
        narrowed, values = (f" AND {JUDGED} = ?", (id,)) if id is not None else (f" AND {JUDGED} > ''", ())
        rows = self._all(
            f"SELECT number, kind, {JUDGED} FROM decisions WHERE {_VERDICTS}{narrowed} ORDER BY number",
            values,
        )
        undone = self._undone() if rows else {}
        last = {judged: (number, kind) for number, kind, judged in rows if number not in undone}
        numbers = [number for number, kind in last.values() if kind == "reject"]
        with guard(self.folder):
            made = decisions.some(self._db, numbers) if numbers else ()
        return [Judged(d.judged, d) for d in reversed(made) if d.judged is not None]

    def _undone(self) -> dict[int, int]:
        by: dict[int, int] = {}
        for number, undoes in self._all(
            "SELECT number, undoes FROM decisions WHERE kind = 'undo' ORDER BY number DESC"
        ):
            if number not in by:
                by.setdefault(undoes, number)
        return by


_TOLD = "f.date_from IS NOT NULL OR f.date_to IS NOT NULL"
_EVIDENCE = """substr(d.text, json_extract(f.json, '$.evidence[0]') + 1,
    json_extract(f.json, '$.evidence[1]') - json_extract(f.json, '$.evidence[0]'))"""
_CONTENT = """substr(d.text, json_extract(f.json, '$.content[0][0]') + 1,
    json_extract(f.json, '$.content[#-1][1]') - json_extract(f.json, '$.content[0][0]'))"""
_GLIMPSES: Mapping[Literal["statement", "event", "tie"], str] = {
    "statement": f"f.kind, NULL, f.day, {_TOLD}, {_CONTENT}",
    "event": f"f.type, f.mode, f.day, {_TOLD}, {_EVIDENCE}",
    "tie": f"f.type, f.role, f.day, {_TOLD}, {_EVIDENCE}",
}
_IDS = "SELECT i.actor FROM identities i WHERE i.in_case = ? UNION ALL SELECT ?"


def _is(column: str) -> str:
    """That an actor of a report counts as this one there; takes the id."""
    own = f"SELECT i.in_case FROM identities i WHERE i.actor = {column}"
    return f"COALESCE(({own} AND i.document = d.id), ({own} AND i.document IS NULL), {column}) = ?"


def _days(since: str | None, until: str | None) -> str:
    return (" AND f.day >= ?" if since else "") + (" AND f.day <= ?" if until else "")


def _bounds(since: str | None, until: str | None) -> tuple[str, ...]:
    return tuple(each for each in (since, until) if each)


def _review(table: str) -> str:
    return NEEDS_REVIEW.replace("(json", f"({table}.json")


def _speaks(found: Discrepancy, speaker: str | None) -> bool:
    return speaker is None or (found.speaker or "") == speaker


def _conditions(where: DeedsFilter, wide: Callable[[str, str], bool]) -> tuple[list[str], list[Any]]:
    """Dates that let much pass are looked at discrepancy by discrepancy until a page is full; those that let
    little pass give the discrepancies."""
    conditions: list[str] = []
    values: list[Any] = []
    if where.speaker is not None:
        conditions.append("f.speaker = ?" if where.speaker else "f.speaker IS NULL")
        values += [where.speaker] if where.speaker else []
    if where.kinds:
        conditions.append(f"f.kind IN ({marks(where.kinds)})")
        values += where.kinds
    if where.basis is not None:
        conditions.append("f.basis = ?")
        values.append(where.basis)
    day = REPORT_DAY.replace("(date", "(d.date")
    for bound, test in ((where.since, ">="), (where.until, "<=")):
        if bound is not None:
            passes = f"{day} > '' AND {day} {test} ?)"
            poles = "SELECT o.discrepancy FROM documents d JOIN poles o ON o.document = d.id WHERE"
            each = (
                "SELECT 1 FROM poles o JOIN documents d ON d.id = o.document WHERE o.discrepancy = f.rank AND"
            )
            broad = wide(test, bound)
            conditions.append(f"EXISTS ({each} {passes}" if broad else f"f.rank IN ({poles} {passes}")
            values.append(bound)
    if where.review is not None:
        conditions.append(f"{_review('f')} = ?")
        values.append(int(where.review))
    if where.standing == "undecided":
        conditions.append("NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.discrepancy = f.id)")
    elif where.standing is not None:
        conditions.append(
            "f.id IN (SELECT v.discrepancy FROM verdicts v JOIN decisions c ON c.number = v.decision "
            "WHERE c.kind = ?)"
        )
        values.append(_KIND_OF[where.standing])
    return conditions, values


def _commitment(row: tuple[Any, ...]) -> Commitment:
    document, statement, speaker, name, outcome, against = row
    pairs = tuple((one, other) for one, other in json.loads(against))
    return Commitment(document, statement, speaker, name, outcome, pairs)
