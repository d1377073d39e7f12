"""What lists, maps and discrepancies of an actor, of some days or with some words are answered from, at a
million findings. All of it follows from other tables, and triggers keep it in step with them."""

from __future__ import annotations

from saydo.store.schema_views import COUNT, FACET, WORDS, WORDS_AGAIN

_SPOT = """INSERT INTO found_spots (spot, kind, n) SELECT {row}.spot, {row}.kind, {by}
    WHERE {row}.spot IS NOT NULL ON CONFLICT (spot, kind) DO UPDATE SET n = n + {by}"""
_AT = "(SELECT id FROM found_spots WHERE spot = {row}.spot AND kind = {row}.kind)"
PLACED = (
    f"{_SPOT.format(row='NEW', by='1')}; INSERT INTO found_placed SELECT NEW.day, {_AT.format(row='NEW')}, "
    "NEW.key WHERE NEW.spot IS NOT NULL"
)
PLACED_AGAIN = (
    f"{_SPOT.format(row='OLD', by='-1')}; DELETE FROM found_placed WHERE day = OLD.day "
    f"AND spot = {_AT.format(row='OLD')} AND key = OLD.key"
)
_TAKES = """SELECT DISTINCT p.actor, f.what, f.day, f.key, f.kind, f.facet, f.score, f.spot
    FROM {found} JOIN participants p ON p.document = f.document AND p.what = f.what AND p.finding = f.id
    WHERE p.actor IS NOT NULL"""
_OF_POLE = """documents d JOIN found n ON n.document = d.position AND n.id = {pole}.finding
    WHERE d.id = {pole}.document"""
_TABLES = ("events", "ties", "statements")
BITS = 16
"""A passage is known in searches by its discrepancy's rank and, in so many lower bits, its own number."""

POLE_WORDS = f"""INSERT INTO pole_words (rowid, names, quote)
        SELECT o.discrepancy << {BITS} | o.number, n.names, n.quote
        FROM poles o JOIN {_OF_POLE.format(pole="o")}"""
"""Fills the index of the words of passages."""

TABLES = (
    # who takes part, by the ids of the reports: what narrows a table is in it, so that no other row is read
    """CREATE TABLE found_actors (
        actor TEXT NOT NULL, what TEXT NOT NULL, day TEXT NOT NULL, key INTEGER NOT NULL,
        kind TEXT NOT NULL, facet TEXT, score REAL NOT NULL, spot TEXT,
        PRIMARY KEY (actor, what, day, key)
    ) WITHOUT ROWID""",
    f"INSERT INTO found_actors {_TAKES.format(found='found f')} ORDER BY 1, 2, 3, 4",
    # a number for each kind at each place, so that days are counted without a word being compared
    """CREATE TABLE found_spots (
        id INTEGER PRIMARY KEY, spot TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL,
        UNIQUE (spot, kind)
    )""",
    "INSERT INTO found_spots (spot, kind, n) "
    "SELECT spot, kind, count(*) FROM found WHERE spot IS NOT NULL GROUP BY 1, 2",
    """CREATE TABLE found_placed (
        day TEXT NOT NULL, spot INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (day, spot, key)
    ) WITHOUT ROWID""",
    f"INSERT INTO found_placed SELECT f.day, {_AT.format(row='f')}, f.key FROM found f "
    "WHERE f.spot IS NOT NULL ORDER BY 1, 2, 3",
    "DROP INDEX found_by_spot",
    "DROP TRIGGER found_comes",
    "DROP TRIGGER found_goes",
    "CREATE TRIGGER found_comes AFTER INSERT ON found BEGIN "
    f"{WORDS}; {COUNT.format(row='NEW', by='1')}; {FACET.format(row='NEW', by='1')}; {PLACED}; "
    f"INSERT INTO found_actors {_TAKES.format(found='found f')} AND f.key = NEW.key; END",
    "CREATE TRIGGER found_goes AFTER DELETE ON found BEGIN "
    f"{WORDS_AGAIN}; {COUNT.format(row='OLD', by='-1')}; {FACET.format(row='OLD', by='-1')}; "
    f"{PLACED_AGAIN}; END",
    # before what it is found by goes with the record
    """CREATE TRIGGER records_go BEFORE DELETE ON records BEGIN
        DELETE FROM found_actors WHERE (actor, what, day, key) IN (
            SELECT p.actor, f.what, f.day, f.key FROM found f
            JOIN participants p ON p.document = f.document AND p.what = f.what AND p.finding = f.id
            WHERE f.document = OLD.document);
    END""",
    'CREATE VIRTUAL TABLE pole_words USING fts5 (names, quote, tokenize="unicode61 remove_diacritics 2")',
    """CREATE TABLE pole_actors (
        actor TEXT NOT NULL, discrepancy INTEGER NOT NULL, number INTEGER NOT NULL, document TEXT NOT NULL,
        PRIMARY KEY (actor, discrepancy, number)
    ) WITHOUT ROWID""",
    """CREATE TABLE pole_days (
        day TEXT NOT NULL, discrepancy INTEGER NOT NULL, number INTEGER NOT NULL,
        PRIMARY KEY (day, discrepancy, number)
    ) WITHOUT ROWID""",
    POLE_WORDS,
    """INSERT OR IGNORE INTO pole_actors SELECT p.actor, o.discrepancy, o.number, o.document
        FROM poles o JOIN documents d ON d.id = o.document
        JOIN participants p ON p.document = d.position AND p.finding = o.finding WHERE p.actor IS NOT NULL""",
    """INSERT INTO pole_days SELECT substr(d.date, 1, 10), o.discrepancy, o.number
        FROM poles o JOIN documents d ON d.id = o.document WHERE d.date > ''""",
    f"""CREATE TRIGGER poles_come AFTER INSERT ON poles BEGIN
        INSERT INTO pole_words (rowid, names, quote)
            SELECT NEW.discrepancy << {BITS} | NEW.number, n.names, n.quote
            FROM {_OF_POLE.format(pole="NEW")};
        INSERT INTO pole_actors SELECT DISTINCT p.actor, NEW.discrepancy, NEW.number, NEW.document
            FROM documents d JOIN participants p ON p.document = d.position AND p.finding = NEW.finding
            WHERE d.id = NEW.document AND p.actor IS NOT NULL;
        INSERT INTO pole_days SELECT substr(d.date, 1, 10), NEW.discrepancy, NEW.number
            FROM documents d WHERE d.id = NEW.document AND d.date > '';
    END""",
    f"""CREATE TRIGGER poles_go AFTER DELETE ON poles BEGIN
        DELETE FROM pole_words WHERE rowid = OLD.discrepancy << {BITS} | OLD.number;
        DELETE FROM pole_days WHERE discrepancy = OLD.discrepancy AND number = OLD.number AND day =
            (SELECT substr(d.date, 1, 10) FROM documents d WHERE d.id = OLD.document);
    END""",
    "CREATE INDEX pole_actors_by_pole ON pole_actors (discrepancy, number)",
    """CREATE TRIGGER poles_go_from_actors AFTER DELETE ON poles BEGIN
        DELETE FROM pole_actors WHERE discrepancy = OLD.discrepancy AND number = OLD.number;
    END""",
    "CREATE INDEX mentions_by_name ON mentions (actor, text, document) WHERE named",
    *(f"CREATE INDEX {table}_by_rule_and_day ON {table} (rule, day)" for table in _TABLES),
    # how often ties over time were changed: whether what is drawn from them may be kept
    "CREATE TABLE spell_changes (n INTEGER NOT NULL)",
    "INSERT INTO spell_changes VALUES (0)",
    *(
        f"CREATE TRIGGER spells_{change.lower()} AFTER {change} ON spells BEGIN "
        "UPDATE spell_changes SET n = n + 1; END"
        for change in ("INSERT", "UPDATE", "DELETE")
    ),
)
