"""Jobs of the room: months are opened before they begin, and lose what proves them when its time is over."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from hadir.clocking import commands
from hadir.kernel.clock import today_at
from hadir.kernel.zones import Zone


@app.periodic(cron="41 1 * * *")
@app.task(name="clocking.open_months", queueing_lock="clocking.open_months")
def open_months(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells every periodic task its time
    """Keep two months ahead open, and take in what was parked."""
    commands.open_months_ahead(today_at(Zone.WIT))


@app.periodic(cron="23 3 * * *")
@app.task(name="clocking.drop_evidence", queueing_lock="clocking.drop_evidence")
def drop_evidence(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Drop evidence and photos of the months that are kept long enough."""
    commands.drop_old_evidence(today_at(Zone.WIT), settings.HADIR_EVIDENCE_MONTHS)
