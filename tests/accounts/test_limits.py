from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from tests.accounts.test_commands import make_point, open_clinic
from tests.org.people import Office, today
from tests.roles import acting_as

from hadir.accounts import commands
from hadir.accounts.models import IssuedPass, Phone
from hadir.accounts.refusals import TooManyAttempts
from hadir.accounts.tasks import forget_what_is_over
from hadir.kernel.clock import now


def test_one_name_tried_from_ever_new_addresses_is_slowed(db: None) -> None:
    for number in range(50):
        tried = commands.Attempting("budi@contoh.go.id", f"10.0.1.{number}")
        commands.require_attempt(tried)
        commands.note_failure(tried)
    with pytest.raises(TooManyAttempts, match=r"Try again at \d\d\.\d\d WIB") as refused:
        commands.require_attempt(commands.Attempting("budi@contoh.go.id", "10.0.2.1"))
    assert 59 * 60 < refused.value.data["seconds"] <= 60 * 60 + 1
    commands.require_attempt(commands.Attempting("sari@contoh.go.id", "10.0.1.1"))


def test_a_person_who_asks_for_pass_after_pass_is_told_to_wait(office: Office) -> None:
    open_clinic(office)
    budi, key = office.actor(office.budi), make_point()
    for _ in range(30):
        commands.issue_pass(office.budi, key, label="", on=today(), actor=budi)
    with pytest.raises(TooManyAttempts):
        commands.issue_pass(office.budi, key, label="", on=today(), actor=budi)


def test_the_job_forgets_sessions_that_ended_and_passes_of_last_quarter(office: Office) -> None:
    open_clinic(office)
    commands.issue_pass(office.budi, make_point(), label="", on=today(), actor=office.actor(office.budi))
    phone = Phone.objects.get(person=office.budi)
    for days in (89, 91):
        IssuedPass.objects.create(phone=phone, expires_at=now() - timedelta(days=days))
    for key, hours in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now() + timedelta(hours=hours))
    with acting_as("worker"):
        forget_what_is_over(0)
    assert set(Session.objects.values_list("session_key", flat=True)) == {"open"}
    assert IssuedPass.objects.filter(phone=phone).count() == 2
