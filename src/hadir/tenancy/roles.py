"""The logins of the application in PostgreSQL: made by a migration, their passwords derived from the secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from hadir.tenancy.guard import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

MADE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {name}) THEN
    CREATE ROLE {role} LOGIN NOINHERIT;
  END IF;
END $$
"""


def make_roles(connection: BaseDatabaseWrapper) -> None:
    """Make the logins that do not exist yet; they may connect and see the schema, and nothing else."""
    with connection.cursor() as cursor:
        for role in ROLES:
            identifier = sql.Identifier(role.login)
            made = sql.SQL(MADE).format(name=sql.Literal(role.login), role=identifier)
            cursor.execute(made.as_string(cursor.connection))
            said = sql.SQL("COMMENT ON ROLE {} IS {}").format(identifier, sql.Literal(role.purpose))
            cursor.execute(said.as_string(cursor.connection))
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role.login}")


def align_passwords(connection: BaseDatabaseWrapper, password_of: Callable[[str], str]) -> None:
    """Give every login the password that the secret derives, also after the secret was changed."""
    with connection.cursor() as cursor:
        for role in ROLES:
            statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(role.login), sql.Literal(password_of(role.name))
            )
            cursor.execute(statement.as_string(cursor.connection))


def open_to_backup(connection: BaseDatabaseWrapper) -> None:
    """Let the backup role read every table and sequence that there is, those of libraries included."""
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO hadir_backup")
        cursor.execute("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO hadir_backup")
