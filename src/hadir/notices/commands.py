from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMessage
from procrastinate.contrib.django import app

from hadir.kernel.clock import now
from hadir.notices.models import Mail, Notice
from hadir.notices.sealing import seal, unseal
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from hadir.notices.letters import Letter

# The task imports this file, so that it is named here and not imported.
SEND_MAIL = "notices.send_mail"
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)


def post_notice(person_id: int, sentence: str, *, url: str = "", **data: Any) -> None:
    """Tell a person something, in the transaction of what happened.

    `sentence` is marked with gettext_noop where it stands, %(name)s in it are filled by `data`, which fits into JSON.
    """
    post_notices([person_id], sentence, url=url, **data)


def post_notices(person_ids: Collection[int], sentence: str, *, url: str = "", **data: Any) -> None:
    """Tell many people the same."""
    Notice.objects.bulk_create(
        Notice(person_id=person_id, sentence=sentence, data=data, url=url) for person_id in person_ids
    )


def mark_read(person_id: int) -> None:
    """Count every notice of a person as read; only they themselves can ask for it."""
    Notice.objects.filter(person_id=person_id, read_at=None).update(read_at=now())


def queue_mail(to: str, letter: Letter, *, language: str) -> Mail:
    """Put a letter into the outbox; it leaves once the transaction has been committed."""
    mail = Mail.objects.create(to=to, content=seal(*letter.written_in(language)))
    app.configure_task(SEND_MAIL, queue="mail").defer(government=government_id(), mail=mail.pk)
    return mail


def deliver_mail(mail_id: int) -> None:
    """Send a letter that waits; after a failure it is tried again ever later, and given up in the end."""
    mail = Mail.objects.select_for_update().filter(pk=mail_id, state=Mail.State.WAITING).first()
    if mail is None:
        return
    subject, body = unseal(bytes(mail.content))
    mail.attempts += 1
    try:
        EmailMessage(subject, body, to=[mail.to]).send()
    except (SMTPException, OSError) as trouble:
        mail.trouble = type(trouble).__name__
        _try_later(mail)
    else:
        mail.state, mail.sent_at, mail.content, mail.trouble = Mail.State.SENT, now(), b"", ""
    mail.save()


def forget_mail(before: datetime) -> int:
    """Forget letters of the current government made before an instant, and whom they went to; return how many.

    One that still waits to be sent is kept.
    """
    count, _ = Mail.objects.filter(made_at__lt=before).exclude(state=Mail.State.WAITING).delete()
    return count


def _try_later(mail: Mail) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        mail.state, mail.content = Mail.State.FAILED, b""
        return
    wait = FIRST_WAIT * 2 ** (mail.attempts - 1)
    job = app.configure_task(SEND_MAIL, queue="mail", schedule_in={"seconds": int(wait.total_seconds())})
    job.defer(government=mail.government_id, mail=mail.pk)
