from __future__ import annotations

from procrastinate.contrib.django import app

from hadir.notices import commands
from hadir.tenancy.current import acting_in


@app.task(name="notices.send_mail", queue="mail")
def send_mail(*, government: int, mail: int) -> None:
    """Send one letter of a government's outbox."""
    with acting_in(government):
        commands.deliver_mail(mail)
