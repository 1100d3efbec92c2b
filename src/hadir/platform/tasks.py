from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from django.db import connection
from procrastinate.contrib.django import app

from hadir.platform.clocks import TOLERANCE, ahead_of_database, ahead_of_ntp

if TYPE_CHECKING:
    from datetime import timedelta

_LOG = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="platform.watch_clock", queue="platform", queueing_lock="platform.watch_clock")
def watch_clock(timestamp: int) -> None:  # noqa: ARG001 - when it was due, which the scheduler always says
    """Raise the alarm where this machine's clock is off: every tap's time hangs on it."""
    connection.ensure_connection()
    sound_alarm("the database's clock", ahead_of_database(connection.connection))
    server = os.environ.get("HADIR_TIME_SERVER")
    if server:
        try:
            sound_alarm(f"the clock of {server}", ahead_of_ntp(server))
        except OSError as error:
            _LOG.warning("The time server %s cannot be asked: %s", server, error)


def sound_alarm(other: str, ahead: timedelta) -> None:
    """Write an error where the clock differs by more than what is tolerated."""
    if abs(ahead) > TOLERANCE:
        _LOG.error(
            "This machine's clock is %.1f s ahead of %s: set it, or taps get wrong times.", ahead.total_seconds(), other
        )
