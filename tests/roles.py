"""Another role of the database for a few statements of a test that is otherwise met as the pages are."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

PAGES = "hadir_web"


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Let the pages' own connection, and so its open transaction, act as `worker` or `founder` for a while.

    A test that entered the database in another role keeps that one.
    """
    if connection.settings_dict["USER"] != PAGES:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE hadir_{role}")
        yield
        cursor.execute("SET LOCAL ROLE NONE")
