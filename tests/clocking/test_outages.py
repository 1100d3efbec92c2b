"""The pages on which the personnel agency declares an outage, and what follows from it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from hadir.audit.models import Entry
from hadir.clocking.models import Outage
from hadir.clocking.queries import people_hit
from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from tests.town import Town

    from hadir.tenancy.models import Government

DECLARE = "/outages/declare/"


def signed_in(town: Town, role: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(town.accounts[role])
    return client


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def filled(place: str = "all", **changed: str) -> dict[str, str]:
    morning = datetime.combine(now().astimezone(Zone.WIB.info).date(), datetime.min.time())
    at = {"starts_at": morning + timedelta(hours=7), "ends_at": morning + timedelta(hours=9)}
    return {name: f"{each:%Y-%m-%dT%H:%M}" for name, each in at.items()} | {
        "place": place,
        "cause": "Listrik padam",
        **changed,
    }


def test_an_outage_is_declared_after_a_look_at_whom_it_touches_and_withdrawn_with_a_reason(town: Town) -> None:
    hasan = signed_in(town, "bkd")
    health = f"unit-{town.units['health'].pk}"
    assert "It touches 5 people." in text(hasan.post(DECLARE, filled(health)))
    with acting_in(town.government.pk):
        assert not Outage.objects.exists()
    assert hasan.post(DECLARE, filled(health, confirmed="yes")).status_code == 302
    with acting_in(town.government.pk):
        outage = Outage.objects.get()
        assert (outage.starts_at.astimezone(Zone.WIB.info).hour, outage.unit) == (7, town.units["health"])
    assert "Listrik padam" in text(hasan.get("/outages/"))
    address = f"/outages/{outage.pk}/withdraw/"
    assert hasan.post(address, {"reason": ""}).status_code == 200
    assert hasan.post(address, {"reason": "Keliru"}).status_code == 302
    assert "Listrik padam" not in text(hasan.get("/outages/"))
    with acting_in(town.government.pk):
        acts = Entry.objects.filter(subject="clocking.outage").order_by("id").values_list("act", "person_id")
        assert list(acts) == [(f"outage.{act}", town.people["bkd"].pk) for act in ("declared", "withdrawn")]


@pytest.mark.parametrize("wrong", [{"place": "unit-987654"}, {"ends_at": "2026-01-01T07:00"}, {"cause": ""}])
def test_nonsense_is_said_beside_its_field(town: Town, wrong: dict[str, str]) -> None:
    answer = signed_in(town, "bkd").post(DECLARE, filled(confirmed="yes") | wrong)
    assert answer.status_code == 200
    assert "field__error" in text(answer)
    with acting_in(town.government.pk):
        assert not Outage.objects.exists()


def test_an_outage_touches_everybody_a_unit_or_those_nearest_to_a_site(town: Town) -> None:
    today = now().date()
    with acting_in(town.government.pk):
        numbers = [people_hit(today, today, place) for place in (None, town.units["social"], town.site)]
    assert numbers == [9, 1, 9]


def test_who_came_late_in_an_outage_is_excused_until_it_is_withdrawn(kota: Government) -> None:
    from tests.daybook.office import open_office  # noqa: PLC0415 - models need the settings, which are told later

    from hadir.clocking.commands import OutageSpan, declare_outage, withdraw_outage  # noqa: PLC0415 - as above
    from hadir.org.rights import SYSTEM  # noqa: PLC0415 - as above

    with acting_in(kota.pk):
        office = open_office()
        office.tap("Budi", 0, "09.00", "16.30")

        def late() -> timedelta:
            ledger = office.ledger("Budi", (0, 0))
            return ledger.day(ledger.rows_of(office.people["Budi"].pk)[0]).late

        was_late = late()
        assert was_late > timedelta(hours=1)
        span = OutageSpan(office.at(0, "07.00"), office.at(0, "09.00"), "Listrik padam", unit=office.units["energy"])
        outage = declare_outage(span, actor=SYSTEM)
        assert not late()
        withdraw_outage(outage, reason="Keliru", actor=SYSTEM)
        assert late() == was_late
