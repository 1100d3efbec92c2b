from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from hadir.terminals.commands import absorbing

_CONTACTS_LAST = timedelta(days=30)


@app.periodic(cron="* * * * * */5")  # the last field is seconds
@app.task(name="terminals.absorb_messages", queue="terminals", queueing_lock="terminals.absorb_messages")
def absorb_messages(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells every periodic task its time
    """Make events of what terminals sent."""
    absorbing.absorb_messages()


@app.periodic(cron="17 2 * * *")
@app.task(name="terminals.forget_contacts", queue="terminals", queueing_lock="terminals.forget_contacts")
def forget_contacts(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Forget terminals that nobody approved and that have been silent for a month."""
    absorbing.forget_contacts(_CONTACTS_LAST)
