"""What a case in PostgreSQL has besides its tables: functions that SQLite has of itself, the index of words,
and the triggers that keep summaries in step and evidence as it is. Made anew whenever the schema changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saydo.store import schema_audit, schema_findings
from saydo.store.schema_speed import BITS

NUMBERED = {
    "documents": "position", "runs": "number", "decisions": "number", "weighing_pairs": "id",
    "weighing_clusters": "id", "found_spots": "id",
}  # fmt: skip
"""Tables whose rows are numbered on from the highest there is, without gaps: only one at a time writes."""

_PLAIN = """
CREATE OR REPLACE FUNCTION {s}.json_of(held text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN position('\\u0000' IN held) = 0 THEN held::jsonb
        ELSE regexp_replace(held, '(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000', '\\1\\\\ufdd00', 'g')::jsonb END
$$;
CREATE OR REPLACE FUNCTION {s}.json_extract(held text, path text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (jsonb_path_query_first({s}.json_of(held), replace(path, '[#-1]', '[last]')::jsonpath) #>> '{{}}')
        COLLATE "C"
$$;
CREATE OR REPLACE FUNCTION {s}.json_number(held text, path text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE {s}.json_extract(held, path) WHEN 'true' THEN 1 WHEN 'false' THEN 0
        ELSE {s}.json_extract(held, path)::integer END
$$;
CREATE OR REPLACE FUNCTION {s}.json_each(held text) RETURNS TABLE (key bigint, value text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50 AS $$
    SELECT e.place - 1, e.value COLLATE "C"
    FROM jsonb_array_elements_text({s}.json_of(held)) WITH ORDINALITY AS e (value, place)
$$;
CREATE OR REPLACE FUNCTION {s}.json_each(held text, path text) RETURNS TABLE (key bigint, value text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10 AS $$
    SELECT e.place - 1, e.value COLLATE "C" FROM jsonb_array_elements_text(
        jsonb_path_query_first({s}.json_of(held), path::jsonpath)) WITH ORDINALITY AS e (value, place)
$$;
CREATE OR REPLACE FUNCTION {s}.json_array_length(held text, path text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_array_length(jsonb_path_query_first({s}.json_of(held), path::jsonpath))
$$;
CREATE OR REPLACE FUNCTION {s}.instr(held text, sought text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT strpos(held, sought)';

CREATE OR REPLACE FUNCTION {s}.fts_fold(held text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        lower(normalize(regexp_replace(normalize(held, NFD), '[\\u0300-\\u036f]', '', 'g'), NFC)
            COLLATE "{icu}"),
        '[^[:alnum:]]+', ' ', 'g')
$$;
CREATE OR REPLACE FUNCTION {s}.fts_words(names text, quote text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', {s}.fts_fold(names)) || $w$' ':1$w$::tsvector
        || to_tsvector('pg_catalog.simple', {s}.fts_fold(quote))
$$;
CREATE OR REPLACE FUNCTION {s}.fts_query(asked text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    piece text[];
    one tsquery;
    every tsquery;
BEGIN
    FOR piece IN SELECT regexp_matches(asked, '"([^"]*)"(\\*?)', 'g') LOOP
        one := phraseto_tsquery('pg_catalog.simple', {s}.fts_fold(piece[1]));
        CONTINUE WHEN numnode(one) = 0;
        IF piece[2] = '*' THEN
            one := (one::text || ':*')::tsquery;
        END IF;
        every := CASE WHEN every IS NULL THEN one ELSE every && one END;
    END LOOP;
    RETURN COALESCE(every, ''::tsquery);
END $$;

CREATE TABLE IF NOT EXISTS {s}.found_words (
    rowid BIGINT PRIMARY KEY, words tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS found_words_by_word ON {s}.found_words USING gin (words);
CREATE TABLE IF NOT EXISTS {s}.pole_words (
    rowid BIGINT PRIMARY KEY, words tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS pole_words_by_word ON {s}.pole_words USING gin (words);
CREATE TABLE IF NOT EXISTS {s}.originals (
    sha256 TEXT COLLATE "C" PRIMARY KEY CHECK (length(sha256) = 64), data BYTEA NOT NULL
);
ALTER TABLE {s}.originals ALTER COLUMN data SET STORAGE EXTERNAL;
"""

_TAKES = """SELECT DISTINCT p.actor, f.what, f.day, f.key, f.kind, f.facet, f.score, f.spot, f.rule, f.begins,
        f.ends
    FROM {found} f JOIN {s}.participants p
        ON p.document = f.document AND p.what = f.what AND p.finding = f.id
    WHERE p.actor IS NOT NULL"""

# A statement at a time: what is loaded at once is counted at once.
_IN_STEP = {
    "found_comes": ("AFTER INSERT ON {s}.found REFERENCING NEW TABLE AS came FOR EACH STATEMENT", """
    INSERT INTO {s}.found_words SELECT key, {s}.fts_words(names, quote) FROM came;
    INSERT INTO {s}.found_counts AS m (what, month, kind, facet, n)
        SELECT what, substr(day, 1, 7), kind, COALESCE(facet, ''), count(*) FROM came GROUP BY 1, 2, 3, 4
        ON CONFLICT (what, month, kind, facet) DO UPDATE SET n = m.n + excluded.n;
    INSERT INTO {s}.found_facets AS m (what, kind, facet, n)
        SELECT what, kind, COALESCE(facet, ''), count(*) FROM came GROUP BY 1, 2, 3
        ON CONFLICT (what, kind, facet) DO UPDATE SET n = m.n + excluded.n;
    INSERT INTO {s}.found_spots AS m (spot, kind, n)
        SELECT spot, kind, count(*) FROM came WHERE spot IS NOT NULL GROUP BY 1, 2
        ON CONFLICT (spot, kind) DO UPDATE SET n = m.n + excluded.n;
    INSERT INTO {s}.found_placed SELECT c.day, m.id, c.key
        FROM came c JOIN {s}.found_spots m ON m.spot = c.spot AND m.kind = c.kind;
    INSERT INTO {s}.found_decided SELECT c.key FROM came c
        JOIN {s}.stances t ON t.document = c.document AND t.what = c.what AND t.finding = c.id;
    UPDATE {s}.weights w SET key = c.key FROM came c
        WHERE w.document = c.document AND w.what = c.what AND w.finding = c.id;
    INSERT INTO {s}.found_actors """ + _TAKES.replace("{found}", "came") + ";"),
    "found_goes": ("AFTER DELETE ON {s}.found REFERENCING OLD TABLE AS gone FOR EACH STATEMENT", """
    DELETE FROM {s}.found_words w USING gone g WHERE w.rowid = g.key;
    UPDATE {s}.found_counts m SET n = m.n - g.n
        FROM (SELECT what, substr(day, 1, 7) AS month, kind, COALESCE(facet, '') AS facet, count(*) AS n
            FROM gone GROUP BY 1, 2, 3, 4) g
        WHERE m.what = g.what AND m.month = g.month AND m.kind = g.kind AND m.facet = g.facet;
    DELETE FROM {s}.found_decided d USING gone g WHERE d.key = g.key;
    UPDATE {s}.found_facets m SET n = m.n - g.n
        FROM (SELECT what, kind, COALESCE(facet, '') AS facet, count(*) AS n FROM gone GROUP BY 1, 2, 3) g
        WHERE m.what = g.what AND m.kind = g.kind AND m.facet = g.facet;
    UPDATE {s}.found_spots m SET n = m.n - g.n
        FROM (SELECT spot, kind, count(*) AS n FROM gone WHERE spot IS NOT NULL GROUP BY 1, 2) g
        WHERE m.spot = g.spot AND m.kind = g.kind;
    DELETE FROM {s}.found_placed p USING gone g, {s}.found_spots m
        WHERE m.spot = g.spot AND m.kind = g.kind AND p.day = g.day AND p.spot = m.id AND p.key = g.key;
"""),
    # before what it is found by goes with the record
    "records_go": ("BEFORE DELETE ON {s}.records FOR EACH ROW", """
    DELETE FROM {s}.found_actors a USING {s}.found f, {s}.participants p
        WHERE f.document = OLD.document AND p.document = f.document AND p.what = f.what
            AND p.finding = f.id AND a.actor = p.actor AND a.what = f.what AND a.day = f.day
            AND a.key = f.key;
    RETURN OLD;
"""),
    "poles_come": ("AFTER INSERT ON {s}.poles REFERENCING NEW TABLE AS came FOR EACH STATEMENT", f"""
    INSERT INTO {{s}}.pole_words
        SELECT c.discrepancy << {BITS} | c.number, {{s}}.fts_words(n.names, n.quote)
        FROM came c JOIN {{s}}.documents d ON d.id = c.document
            JOIN {{s}}.found n ON n.document = d.position AND n.id = c.finding;
    INSERT INTO {{s}}.pole_actors SELECT DISTINCT p.actor, c.discrepancy, c.number, c.document
        FROM came c JOIN {{s}}.documents d ON d.id = c.document
            JOIN {{s}}.participants p ON p.document = d.position AND p.finding = c.finding
        WHERE p.actor IS NOT NULL;
    INSERT INTO {{s}}.pole_days SELECT substr(d.date, 1, 10), c.discrepancy, c.number
        FROM came c JOIN {{s}}.documents d ON d.id = c.document WHERE d.date > '';
"""),
    "poles_go": ("AFTER DELETE ON {s}.poles REFERENCING OLD TABLE AS gone FOR EACH STATEMENT", f"""
    DELETE FROM {{s}}.pole_words w USING gone g WHERE w.rowid = g.discrepancy << {BITS} | g.number;
    DELETE FROM {{s}}.pole_days p USING gone g, {{s}}.documents d
        WHERE d.id = g.document AND p.day = substr(d.date, 1, 10) AND p.discrepancy = g.discrepancy
            AND p.number = g.number;
    DELETE FROM {{s}}.pole_actors p USING gone g
        WHERE p.discrepancy = g.discrepancy AND p.number = g.number;
"""),
    **{
        f"spells_{event.lower()}": (f"AFTER {event} ON {{s}}.spells FOR EACH STATEMENT",
                                    "\n    UPDATE {s}.spell_changes SET n = n + 1;\n")
        for event in ("INSERT", "UPDATE", "DELETE")
    },
}  # fmt: skip
ELSEWHERE = frozenset({"poles_go_from_actors"})
"""Triggers of SQLite whose work another one does here."""

_REFUSAL = re.compile(
    r"CREATE TRIGGER (\w+) BEFORE (.+?) ON (\w+)(?: WHEN (.+?))? BEGIN\s+"
    r"SELECT RAISE\(ABORT, '(.+)'\);\s+END",
    re.DOTALL,
)
_GROWS = "audit_grows_at_its_end"
GUARDING = {
    "never": """
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END """,
    "at_its_end": """
BEGIN
    IF NEW.number <> (SELECT COALESCE(max(number), 0) + 1 FROM {s}.audit) THEN
        RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END """,
}
"""Name of a function that refuses → what it does; ``{s}`` stands for the schema."""


def guards(schema: str) -> dict[str, str]:
    """Name → how PostgreSQL itself says how a guarding trigger was made."""
    made: dict[str, str] = {}
    tables: dict[str, str] = {}
    for statement in (*schema_findings.TABLES, *schema_audit.TABLES):
        found = _REFUSAL.match(statement)
        if found is None:
            continue
        name, event, table, when, line = found.groups()
        call = "at_its_end" if name == _GROWS else "never"
        condition = f"WHEN ({_condition(when)}) " if when and name != _GROWS else ""
        made[name] = (
            f"CREATE TRIGGER {name} BEFORE {event} ON {schema}.{table} FOR EACH ROW {condition}"
            f"EXECUTE FUNCTION {schema}.{call}('{line}')"
        )
        if event == "DELETE":
            tables[table] = line
    for table, line in tables.items():
        name = f"{table}_stay_whole"
        made[name] = (
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {schema}.{table} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION {schema}.never('{line}')"
        )
    return made


def _condition(when: str) -> str:
    return f"({when.replace('OLD.', 'old.').replace('NEW.', 'new.')})"


def plain(schema: str, icu: str) -> str:
    """The functions, before the tables whose indexes use them."""
    return _PLAIN.format(s=schema, icu=icu)


def finish(schema: str) -> Iterator[str]:
    """What is made when all tables are there."""
    for table, column in NUMBERED.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {schema}.next_of_{table}() RETURNS bigint LANGUAGE sql VOLATILE AS "
            f"'SELECT COALESCE(max({column}), 0) + 1 FROM {schema}.{table}'"
        )
        yield (f"ALTER TABLE {schema}.{table} ALTER COLUMN {column} SET DEFAULT {schema}.next_of_{table}()")
    for name, (when, body) in _IN_STEP.items():
        ending = "" if "RETURN" in body else "    RETURN NULL;\n"
        yield (
            f"CREATE OR REPLACE FUNCTION {schema}.{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$\nBEGIN{body.format(s=schema)}\n{ending}END $$"
        )
        yield (f"CREATE OR REPLACE TRIGGER {name} {when.format(s=schema)} EXECUTE FUNCTION {schema}.{name}()")
    for name, body in GUARDING.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {schema}.{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$${body.format(s=schema)}$$"
        )
    for statement in guards(schema).values():
        yield statement.replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER", 1)


def in_step() -> dict[str, str]:
    """Name → table of the triggers that keep summaries in step."""
    return {name: when.partition("{s}.")[2].split()[0] for name, (when, _) in _IN_STEP.items()}
