import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.accounts.test_commands import activate
from tests.org.people import Office, open_office
from tests.roles import acting_as

from hadir.kernel.clock import now
from hadir.kernel.refusals import gettext_noop
from hadir.notices import commands, queries
from hadir.notices.letters import Letter
from hadir.notices.models import Mail
from hadir.notices.sealing import unseal
from hadir.notices.tasks import forget_mail
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

RESET = Letter("accounts/mail/reset.txt", {"name": "Budi Prasetyo", "link": "https://x/y", "hours": 2, "days": 0})
GRANTED = gettext_noop("A new phone or browser may tap for you: %(label)s")


def told(office: Office) -> None:
    commands.post_notice(office.budi.pk, GRANTED, url="/account", label="Chrome <b>")


@pytest.fixture
def office(kota: Government) -> Any:
    with acting_in(kota.pk):
        yield open_office()


def test_a_notice_is_unread_until_its_person_says_so(office: Office) -> None:
    told(office)
    assert (queries.unread_count(office.budi.pk), queries.unread_count(office.sari.pk)) == (1, 0)
    commands.mark_read(office.sari.pk)
    assert queries.unread_count(office.budi.pk) == 1
    commands.mark_read(office.budi.pk)
    assert queries.unread_count(office.budi.pk) == 0


def test_a_notice_is_said_in_the_language_of_who_reads_it_and_quotes_no_markup(office: Office) -> None:
    told(office)
    client = Client()
    client.cookies["hadir_language"] = "en"
    client.force_login(activate(office, office.budi))
    page = client.get("/notices/")
    assert "A new phone or browser may tap for you: Chrome &lt;b&gt;" in page.text
    assert client.post("/notices/read").status_code == 302
    assert queries.unread_count(office.budi.pk) == 0


def test_a_notice_is_for_somebody_of_the_same_government(kota: Government, kementerian: Government) -> None:
    with acting_in(kota.pk):
        office = open_office()
    with pytest.raises(IntegrityError), acting_in(kementerian.pk):  # noqa: PT012 - the constraint speaks at its check
        told(office)
        connection.check_constraints()


def test_a_guest_reads_no_notices(office: Office) -> None:
    assert Client().get("/notices/")["Location"].startswith("/sign-in")


def test_a_letter_waits_sealed_and_its_job_with_it(office: Office) -> None:
    mail = commands.queue_mail("budi@rumah.id", RESET, language="en")
    assert b"https://x/y" not in mail.content
    subject, body = unseal(mail.content)
    assert (subject, "https://x/y" in body) == ("A new password for Hadir", True)
    assert ProcrastinateJob.objects.filter(args={"government": 1, "mail": mail.pk}).exists()


def test_a_letter_leaves_once_and_is_forgotten(kota: Government, worker: None) -> None:
    with acting_in(kota.pk):
        mail = commands.queue_mail("budi@rumah.id", RESET, language="en")
        commands.deliver_mail(mail.pk)
        commands.deliver_mail(mail.pk)
        sent = Mail.objects.get(pk=mail.pk)
    assert [letter.to for letter in django_mail.outbox] == [["budi@rumah.id"]]
    assert (sent.state, bytes(sent.content)) == (Mail.State.SENT, b"")


def test_a_server_that_does_not_answer_is_tried_again_and_given_up_in_the_end(
    kota: Government, worker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", unreachable)
    with acting_in(kota.pk):
        mail = commands.queue_mail("budi@rumah.id", RESET, language="id")
        commands.deliver_mail(mail.pk)
        waiting = Mail.objects.get(pk=mail.pk)
        assert (waiting.state, waiting.attempts, waiting.trouble) == ("waiting", 1, "SMTPServerDisconnected")
        assert ProcrastinateJob.objects.filter(args__mail=mail.pk, scheduled_at__isnull=False).count() == 1
        for _ in range(7):
            commands.deliver_mail(mail.pk)
        given_up = Mail.objects.get(pk=mail.pk)
    assert (given_up.state, bytes(given_up.content)) == (Mail.State.FAILED, b"")


def test_old_letters_and_their_addresses_are_forgotten_by_the_job_and_waiting_ones_never(kota: Government) -> None:
    long_ago, lately = now() - timedelta(days=31), now() - timedelta(days=29)
    cases = [("sent", long_ago), ("failed", long_ago), ("waiting", long_ago), ("sent", lately)]
    with acting_in(kota.pk), acting_as("worker"):
        for number, (state, made_at) in enumerate(cases):
            Mail.objects.create(to=f"budi{number}@contoh.go.id", content=b"", state=state, made_at=made_at)
    with acting_as("worker"):
        forget_mail(0)
    with acting_in(kota.pk):
        left = set(Mail.objects.values_list("to", flat=True))
    assert left == {"budi2@contoh.go.id", "budi3@contoh.go.id"}
