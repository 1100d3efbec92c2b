from collections.abc import Iterator, Mapping

import psycopg
from psycopg import sql

TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
AND NOT relispartition ORDER BY relname
"""

# A table under row-level security whose rows the backup role does not see would be dumped empty, without a word.
HIDDEN_FROM_BACKUP = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity AND NOT EXISTS (
  SELECT FROM pg_policies WHERE schemaname = 'public' AND tablename = relname AND 'hadir_backup' = ANY (roles)
  AND qual = 'true' AND cmd IN ('SELECT', 'ALL'))
ORDER BY relname
"""


def counted_rows(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has, as this connection sees it; a partitioned table is counted as a whole."""
    return dict(_counts(connection))


def hidden_tables(connection: psycopg.Connection) -> list[str]:
    """Tables whose rows the backup role would not see."""
    return [name for (name,) in connection.execute(HIDDEN_FROM_BACKUP)]


def differences(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Tables whose numbers of rows differ, each in words."""
    return [
        f"{name}: {before.get(name, 'no table')} rows were backed up, {after.get(name, 'no table')} are here"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def _counts(connection: psycopg.Connection) -> Iterator[tuple[str, int]]:
    for (name,) in connection.execute(TABLES).fetchall():
        row = connection.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))).fetchone()
        yield name, row[0] if row else 0
