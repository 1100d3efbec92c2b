"""Which government the running code acts for: told to the application's guard and to PostgreSQL at once."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import connection, transaction

from hadir.kernel.refusals import Refusal, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator

_current: ContextVar[int | None] = ContextVar("hadir_government", default=None)


class NoGovernment(Refusal):
    """Rows of a government are asked for without saying of which one."""

    code = "no_government"
    status = 500
    sentence = gettext_noop("No government is chosen; nothing is shown.")


def government_id() -> int:
    """Return the government that the running code acts for; NoGovernment where there is none."""
    current = _current.get()
    if current is None:
        raise NoGovernment
    return current


def government_or_none() -> int | None:
    """Return the current government, or None, which no guarded row accepts."""
    return _current.get()


@contextmanager
def acting_in(government: int) -> Iterator[None]:
    """Act for one government inside one transaction; leaving restores what was before.

    The setting that row-level security reads is local to the transaction, so that a connection
    which is used again never carries it along.
    """
    before = _current.get()
    with transaction.atomic():
        _tell_database(government)
        token = _current.set(government)
        try:
            yield
        finally:
            _current.reset(token)
            if before is not None and not connection.needs_rollback:
                _tell_database(before)


def _tell_database(government: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hadir.government', %s, true)", [str(government)])
