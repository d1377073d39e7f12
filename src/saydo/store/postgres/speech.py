"""From the SQL of the store to that of PostgreSQL.

The store's statements are written so that both databases take them; what is left are marks for values and a
few turns that only steer SQLite's planner. Functions that PostgreSQL lacks are made in the schema of a case
(:mod:`saydo.store.postgres.functions`). Every statement is translated once and kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\?(\d*)")
_TURNS = (
    # a join whose order SQLite's planner must keep; PostgreSQL's is left to choose
    (re.compile(r"\bCROSS JOIN (\w+)( (?!ON\b)\w+)? ON\b"), r"JOIN \1\2 ON"),
    (re.compile(r" INDEXED BY \w+"), ""),
    # a plus that keeps SQLite from an index
    (re.compile(r"(?<=[ (])\+(?=f\.)"), ""),
    (re.compile(r"\bLIMIT -1\b"), "LIMIT ALL"),
    (re.compile(r"\b(found|pole)_words MATCH \?"), r"\1_words.words @@ fts_query(?)"),
    # SQLite has numbers for truth
    (re.compile(r"\bm\.named(?! *[<=])\b"), "m.named <> 0"),
    (re.compile(r"\bjson_extract(\([\w.]+, '\$\.(?:needs_review|evidence\[|content\[)[^']*'\))"),
     r"json_number\1"),
    (re.compile(r"\bjson_group_object\("), "json_object_agg("),
    (re.compile(r"\bjson_group_array\((\w+)\)"), r"COALESCE(json_agg(\1), '[]')"),
    (re.compile(r"\bjson_array\("), "json_build_array("),
)  # fmt: skip


@lru_cache(maxsize=4096)
def postgres(sql: str) -> str:
    """A statement with ``?`` or ``?1`` for its values as one with ``$1``."""
    for found, said in _TURNS:
        sql = found.sub(said, sql)
    count = 0

    def mark(piece: re.Match[str]) -> str:
        nonlocal count
        if piece[1] is None:
            return piece[0]
        if piece[1]:
            return f"${piece[1]}"
        count += 1
        return f"${count}"

    return _PIECE.sub(mark, sql)


_TYPES = (
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bREAL\b"), "DOUBLE PRECISION"),
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    # in the order of their code points, as SQLite has it, whatever the database's own order is
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
    (re.compile(r"\) WITHOUT ROWID\b"), ")"),
    (re.compile(r"\bend\b"), '"end"'),
)
_SKIPPED = re.compile(r"PRAGMA|CREATE VIRTUAL TABLE|CREATE TRIGGER|DROP TRIGGER|INSERT INTO \w+_words\b")
"""What has no place in PostgreSQL, or is made there with the functions."""
_DDL = re.compile(r"CREATE (?:TEMP )?TABLE|ALTER TABLE")
_MINUS = re.compile(r"([(,] *)(-\w+)(?=[,)])")
_WHERE_NUMBER = re.compile(r"\bWHERE (named)$")


def schema_statement(statement: str) -> str | None:
    """A statement of a migration for PostgreSQL; None where it has none."""
    if _SKIPPED.match(statement):
        return None
    if _DDL.match(statement):
        for found, said in _TYPES:
            statement = found.sub(said, statement)
        return statement
    if statement.startswith("CREATE INDEX"):
        return _WHERE_NUMBER.sub(r"WHERE \1 <> 0", _MINUS.sub(r"\1(\2)", postgres(statement)))
    if statement.startswith("INSERT OR IGNORE"):
        statement = statement.replace("INSERT OR IGNORE", "INSERT", 1) + " ON CONFLICT DO NOTHING"
    return postgres(statement)
