from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Home:
    """A government in which an account has a person."""

    government_id: int
    government: str
    zone: str
    person_id: int
    person: str


def homes_of(account_id: int) -> list[Home]:
    """Return the governments of an account, asked of the database before any government is chosen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_homes(%s)", [account_id])
        return [Home(*row) for row in cursor.fetchall()]
