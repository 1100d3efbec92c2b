"""The journal as auditors and the personnel agency read it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hadir.audit.commands import note_act
from hadir.audit.models import Entry
from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.org.commands.appointments import appoint_role
from hadir.org.commands.people import rename_person
from hadir.org.models import Role
from hadir.org.rights import SYSTEM, Actor
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from tests.town import Town

A_PAGE = 50


def rows(town: Town, role: str, **asked: str) -> list[str]:
    """The rows of the table as text."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(town.accounts[role])
    answer = client.get("/journal/", asked)
    assert answer.status_code == 200
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in body.split("</tr>")[:-1]]


def by(town: Town, role: str) -> Actor:
    return Actor(town.accounts[role].pk, town.people[role].pk, address="10.1.2.3")


@pytest.fixture
def acts(town: Town) -> None:
    with acting_in(town.government.pk):
        budi = town.people["pegawai"]
        note_act("photo.opened", budi, actor=by(town, "operator"), tap="ab")
        note_act("site.changed", town.site, actor=by(town, "bkd"), before={"name": "Lama", "token": "RAHASIA"})
        note_act("account.reset", town.people["neighbour"], actor=by(town, "helpdesk"), password="RAHASIA")


def test_the_journal_tells_who_did_what_to_whom_the_latest_first(town: Town, acts: None) -> None:
    latest = rows(town, "auditor")[:3]
    assert "Yuni Astuti account.reset org.person" in latest[0]
    assert "Lina Marpaung" in latest[0]
    assert "Hasan Basri site.changed org.site" in latest[1]
    assert "Rina Kusuma photo.opened" in latest[2]
    assert "tap: ab 10.1.2.3" in latest[2]


def test_what_looks_like_a_secret_is_not_shown(town: Town, acts: None) -> None:
    assert not [row for row in rows(town, "bkd") if "RAHASIA" in row]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"act": "photo."}, "photo.opened"),
        ({"act": "site.changed", "subject": "org.site"}, "site.changed"),
        ({"person": "yuni"}, "account.reset"),
    ],
)
def test_the_journal_is_searched_by_act_thing_and_person(
    town: Town, acts: None, asked: dict[str, str], found: str
) -> None:
    (row,) = rows(town, "auditor", **asked)
    assert found in row


def test_the_journal_is_searched_by_the_number_of_a_thing_and_by_dates(town: Town, acts: None) -> None:
    with acting_in(town.government.pk):  # the database itself stamps acts
        today = Entry.objects.latest("at").at.astimezone(Zone.WIB.info).date()
    budi = str(town.people["pegawai"].pk)
    upon_budi = {"subject": "org.person", "subject_id": budi, "act": "photo"}
    assert len(rows(town, "auditor", **upon_budi, first=str(today), last=str(today))) == 1
    assert rows(town, "auditor", **upon_budi, first=str(today + timedelta(days=1))) == []
    assert rows(town, "auditor", **upon_budi, last=str(today - timedelta(days=1))) == []


def test_an_auditor_of_one_unit_reads_what_its_people_did_and_underwent(town: Town, acts: None) -> None:
    with acting_in(town.government.pk):
        on = now().date()
        appoint_role(town.people["neighbour"], Role.AUDITOR, unit=town.units["social"], on=on, actor=SYSTEM)
    seen = rows(town, "neighbour")
    assert [row for row in seen if "account.reset" in row]
    assert not [row for row in seen if "photo.opened" in row or "site.changed" in row]


def test_a_long_journal_is_paged_and_costs_the_same_queries(town: Town, acts: None) -> None:
    with CaptureQueriesContext(connection) as few:
        rows(town, "auditor", act="photo.")
    with acting_in(town.government.pk):
        for number in range(60):
            rename_person(town.people["pegawai"], f"Budi {number}", actor=SYSTEM)
    with CaptureQueriesContext(connection) as many:
        assert len(rows(town, "auditor", act="person.renamed")) == A_PAGE
    assert len(rows(town, "auditor", act="person.renamed", page="2")) == 10
    assert len(many) == len(few)


def test_another_governments_acts_are_not_there(town: Town, acts: None, kementerian) -> None:
    with acting_in(kementerian.pk):
        note_act("unit.closed", kementerian, actor=SYSTEM)
    assert rows(town, "auditor", act="unit.closed") == []
