from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from hadir.kernel.clock import now
from hadir.notices import commands
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government


@app.task(name="notices.send_mail", queue="mail")
def send_mail(*, government: int, mail: int) -> None:
    """Send one letter of a government's outbox."""
    with acting_in(government):
        commands.deliver_mail(mail)


@app.periodic(cron="47 2 * * *")
@app.task(name="notices.forget_mail", queue="mail", queueing_lock="notices.forget_mail")
def forget_mail(timestamp: int) -> None:  # noqa: ARG001 - when it was due, which the scheduler always says
    """Forget letters, and the addresses they went to, that are older than HADIR_KEEP_MAIL."""
    for government in Government.objects.values_list("pk", flat=True):
        with acting_in(government):
            commands.forget_mail(now() - settings.HADIR_KEEP_MAIL)
