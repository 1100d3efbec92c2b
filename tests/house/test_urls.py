"""Every address, asked for by every role of two governments; a new one fails here until it stands in `ADDRESSES`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.house.addresses import ADDRESSES, COLUMNS, Address
from tests.roles import acting_as
from tests.town import Town, open_town, working_moment

from hadir.accounts.models import Account, Phone
from hadir.clocking.commands import OutageSpan, declare_outage
from hadir.clocking.models import Outage
from hadir.kernel.zones import Zone
from hadir.org.commands.groups import add_group, join_group
from hadir.org.models import Appointment, Group, Role
from hadir.org.rights import SYSTEM
from hadir.requests.commands import Entry, Letter, enter_cover
from hadir.requests.models import Cover
from hadir.schedules.commands import RestDay, set_calendar_day
from hadir.schedules.models import CalendarDay
from hadir.tenancy.current import acting_in
from hadir.terminals.commands.fleet import Mounting, approve_terminal
from hadir.terminals.models import Terminal

if TYPE_CHECKING:
    from hadir.tenancy.models import Government


@pytest.fixture
def towns(kota: "Government", kementerian: "Government") -> Iterator[tuple[Town, Town]]:
    """Two governments with one person of each role."""
    with time_machine.travel(working_moment(), tick=False):
        yield equipped(open_town(kota)), equipped(open_town(kementerian))


def equipped(town: Town) -> Town:
    """A terminal at the town hall, a phone, a group and a letter of Budi's, and a date of the calendar."""
    with acting_in(town.government.pk):
        serial = f"HALL{town.government.pk}"
        approve_terminal(serial, Mounting("Front door", town.site, Zone.WIB), actor=SYSTEM)
        day, budi = working_moment().date(), town.people["pegawai"]
        Phone.objects.create(person=budi, key=bytes(65))
        join_group(budi, add_group("Regu A", unit=town.units["health"], actor=SYSTEM), on=day, actor=SYSTEM)
        letter = Letter(number="800/17", date=day, signed_by="Sari Wulandari")
        enter_cover(Entry(person=budi, kind="wfh", first=day, last=day, letter=letter), actor=SYSTEM)
        jubilee = RestDay(day + timedelta(days=9), CalendarDay.Category.REGIONAL, "Hari Jadi", "Perwali")
        set_calendar_day(jubilee, actor=SYSTEM)
        until = working_moment()
        declare_outage(OutageSpan(until - timedelta(hours=1), until, "Listrik padam"), actor=SYSTEM)
    return town


def test_every_address_stands_in_the_table() -> None:
    assert sorted(named_patterns(get_resolver())) == sorted(ADDRESSES)


def test_each_role_sees_what_the_table_says(towns: tuple[Town, Town]) -> None:
    town, _ = towns
    seen = {
        name: " ".join(str(ask(client_of(town, role), address, town)) for role in COLUMNS)
        for name, address in ADDRESSES.items()
    }
    told = {name: address.statuses for name, address in ADDRESSES.items()}
    wrong = [f"{name}: {seen[name]} instead of {told[name]}" for name in told if seen[name] != told[name]]
    assert not wrong, "\n".join(wrong)


def test_nobody_of_another_government_finds_anything(towns: tuple[Town, Town]) -> None:
    town, other = towns
    for name, address in ADDRESSES.items():
        for role in COLUMNS:
            if address.of_others is not None and role in other.accounts:
                status = ask(client_of(other, role), address, town)
                assert status in {address.of_others, 403}, f"{name} as {role}"


def client_of(town: Town, role: str) -> Client:
    # An address of one's own, so that what is throttled by address stays apart.
    address = f"10.0.0.{COLUMNS.index(role)}"
    client = Client(raise_request_exception=False, REMOTE_ADDR=address)
    if role == "platform":
        with acting_as("founder"):
            operator = Account.objects.create(is_platform_operator=True)
        client.force_login(operator)
    elif role != "guest":
        client.force_login(town.accounts[role])
    return client


def ask(client: Client, address: Address, town: Town) -> int:
    places = places_of(town)
    data = {name: value.format(**places) for name, value in address.data.items()}
    with transaction.atomic():
        response = getattr(client, address.method)(address.path.format(**places), data)
        if response.streaming:
            response.getvalue()  # to its end, so that the file behind it is closed
        transaction.set_rollback(True)  # the next role finds everything as this one did
    status: int = response.status_code
    return status


def places_of(town: Town) -> dict[str, object]:
    day = working_moment().date()
    with acting_in(town.government.pk):
        return {
            "budi": town.people["pegawai"].pk,
            "health": town.units["health"].pk,
            "terminal": Terminal.objects.get().pk,
            "phone": Phone.objects.get().pk,
            "month": f"{day:%Y-%m}",
            "day": day.isoformat(),
            "at": 1_700_000_000_000,
            "digest": "ab" * 32,
            "site": town.site.pk,
            "group": Group.objects.get().pk,
            "appointment": Appointment.objects.get(role=Role.OPERATOR).pk,
            "nothing": 987654321,
            "cover": Cover.objects.get().pk,
            "outage": Outage.objects.get().pk,
            "rest": CalendarDay.objects.get().pk,
        }


def named_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named_patterns(pattern, prefix + space)
