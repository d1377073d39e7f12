"""A case in a PostgreSQL database: the same store, over another connection.

Nothing here is imported before such a case is opened, and psycopg is needed only then.
"""
