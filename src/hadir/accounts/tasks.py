from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from hadir.accounts import commands
from hadir.accounts.queries import to_be_aligned
from hadir.kernel.clock import now, today_at
from hadir.kernel.zones import Zone
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government


@app.periodic(cron="*/5 * * * *")
@app.task(name="accounts.align_accounts", queue="accounts", queueing_lock="accounts.align_accounts")
def align_accounts(timestamp: int) -> None:  # noqa: ARG001 - when it was due, which the scheduler always says
    """Give accounts to people who were added, and sign-in names to those whose numbers or addresses changed."""
    for government in Government.objects.all():
        on = today_at(Zone[government.zone])
        with acting_in(government.pk):
            commands.make_accounts(to_be_aligned(on), on=on, actor=SYSTEM)
    commands.forget_passes()


@app.periodic(cron="37 2 * * *")
@app.task(name="accounts.forget_what_is_over", queue="accounts", queueing_lock="accounts.forget_what_is_over")
def forget_what_is_over(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Forget sessions that ended, and passes that expired longer ago than HADIR_KEEP_PASSES."""
    SessionStore.clear_expired()
    for government in Government.objects.values_list("pk", flat=True):
        with acting_in(government):
            commands.forget_issued_passes(now() - settings.HADIR_KEEP_PASSES)
