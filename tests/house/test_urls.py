"""Every address, asked for by every role of two governments; a new one fails here until it stands in `ADDRESSES`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.town import Town, open_town, working_moment

from hadir.accounts.models import Account, Phone
from hadir.kernel.zones import Zone
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

COLUMNS = (
    *("guest", "pegawai", "atasan", "neighbour", "operator", "unit_admin"),
    *("head", "bkd", "helpdesk", "auditor", "platform"),
)
OPEN = " ".join(["200"] * len(COLUMNS))
EVERYBODY = "302 200 200 200 200 200 200 200 200 200 403"
HOME = "302 200 200 200 200 200 200 200 200 200 302"
BOARD = "302 403 403 403 200 200 200 200 403 200 403"
RECAP = "302 403 403 403 302 302 302 302 403 302 403"
ADMINS = "302 403 403 403 403 200 403 200 403 403 403"
HELPERS = "302 403 403 403 403 403 403 403 200 403 403"
HELPED = "302 403 403 404 403 403 403 403 200 403 403"
OF_PHONE = "302 403 404 404 404 404 404 404 302 404 403"
OWN_PHONE = "302 302 404 404 404 404 404 404 302 404 403"
OF_UNIT = "302 404 404 404 404 200 404 200 404 404 403"
GONE = OPEN.replace("200", "410")
TERMINAL = "302 404 404 404 404 404 404 200 404 404 403"
PAPERS = "302 403 403 403 200 200 403 200 403 403 403"
PAPER = "302 404 404 404 200 200 404 200 404 404 403"
AGENCY = "302 403 403 403 403 403 403 200 403 403 403"
KEEPER = "302 403 403 403 403 403 403 403 403 403 200"
OF_HEALTH = "302 404 404 404 200 200 200 200 404 200 403"
OF_BUDI = "302 200 200 404 200 200 200 200 403 200 403"


@dataclass(frozen=True)
class Address:
    """A path, with {places} filled from the town, and the status that each of `COLUMNS` gets.

    `of_others` is what people of the other government get; None where the address names nothing of a government.
    """

    path: str
    statuses: str
    of_others: int | None = None
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)


ADDRESSES: dict[str, Address] = {
    "portal:home": Address("/", HOME),
    "portal:tap": Address("/tap/", EVERYBODY),
    "portal:today": Address("/phone/today", EVERYBODY),
    "portal:history": Address("/history/", EVERYBODY),
    "portal:month": Address("/history/{budi}/{month}/", OF_BUDI, 404),
    "portal:day": Address("/history/{budi}/{day}/", OF_BUDI, 404),
    "portal:photo": Address("/history/{budi}/photos/{at}/{digest}", OF_BUDI.replace("200", "404"), 404),
    "portal:board": Address("/board/", BOARD),
    "portal:unit": Address("/board/{health}/", OF_HEALTH, 404),
    "recaps:recap": Address("/recap/", RECAP),
    "recaps:month": Address("/recap/{health}/{month}/", OF_HEALTH, 404),
    "recaps:sheet": Address("/recap/{health}/{month}/sheet.xlsx", OF_HEALTH, 404),
    "accounts:sign_in": Address("/sign-in", "200 " + " ".join(["302"] * 10)),
    "accounts:sign_out": Address("/sign-out", OPEN.replace("200", "302"), None, "post"),
    "accounts:governments": Address("/governments", "302 200 200 200 200 200 200 200 200 200 200"),
    "accounts:forgotten": Address("/forgotten", OPEN),
    "accounts:type_code": Address("/activate", OPEN),
    "accounts:first_password": Address("/activate/password", GONE),
    "accounts:join": Address("/activate/join", GONE.replace("410", "302", 1), None, "post"),
    "accounts:enter_code": Address("/activate/with/ABCD", GONE),
    "accounts:account": Address("/account", "302 200 200 200 200 200 200 200 200 200 200"),
    "accounts:language": Address("/account/language", OPEN.replace("200", "302"), None, "post"),
    "accounts:platform": Address("/platform", KEEPER),
    "accounts:never_activated": Address("/accounts/waiting", ADMINS),
    "accounts:slips": Address("/accounts/slips", OF_UNIT, 404, "post", {"unit": "{health}"}),
    "accounts:invitations": Address(
        "/accounts/invitations", OF_UNIT.replace("200", "302"), 404, "post", {"unit": "{health}"}
    ),
    "accounts:helpdesk": Address("/help-desk", HELPERS),
    "accounts:helped_person": Address("/help-desk/{budi}", HELPED, 404),
    "accounts:reset": Address(
        "/help-desk/{budi}/reset", HELPED.replace("200", "302"), 404, "post", {"channel": "slip"}
    ),
    "accounts:block_phone": Address("/phones/{phone}/block", OWN_PHONE, 404, "post"),
    "accounts:unblock_phone": Address("/phones/{phone}/unblock", OF_PHONE, 404, "post"),
    "accounts:phone_pass": Address("/phone/pass", EVERYBODY.replace("200", "422"), None, "post"),
    "requests:covers": Address("/absences/", PAPERS),
    "requests:enter": Address("/absences/enter/{budi}/", "302 403 403 404 200 200 403 200 403 403 403", 404),
    "requests:withdraw": Address("/absences/{cover}/withdraw/", PAPER, 404),
    "requests:decide": Address("/absences/{cover}/decide/", PAPER.replace("200", "409"), 404, "post"),
    "schedules:calendar": Address("/calendar/", EVERYBODY),
    "schedules:year": Address("/calendar/2026/", EVERYBODY),
    "schedules:add": Address("/calendar/days/add/", AGENCY),
    "schedules:change": Address("/calendar/days/{rest}/", AGENCY, 404),
    "schedules:remove": Address("/calendar/days/{rest}/remove/", AGENCY, 404),
    "policies:mine": Address("/policy/", EVERYBODY.replace("200", "302")),
    "policies:person": Address("/policy/{budi}/", OF_BUDI, 404),
    "terminals:fleet": Address("/terminals/", ADMINS),
    "terminals:approve": Address("/terminals/approve/", ADMINS.replace("200", "302")),
    "terminals:pins": Address("/terminals/pins/", ADMINS),
    "terminals:terminal": Address("/terminals/{terminal}/", TERMINAL, 404),
    "terminals:change": Address("/terminals/{terminal}/change/", TERMINAL, 404),
    "terminals:block": Address("/terminals/{terminal}/block/", TERMINAL.replace("200", "302"), 404, "post"),
    "terminals:unblock": Address("/terminals/{terminal}/unblock/", TERMINAL.replace("200", "302"), 404, "post"),
    "terminals:pin": Address("/terminals/{terminal}/pins/7/", TERMINAL, 404),
    "terminals:end": Address("/terminals/{terminal}/mappings/1/end/", TERMINAL.replace("200", "404"), 404, "post"),
    "notices:notices": Address("/notices/", EVERYBODY),
    "notices:read": Address("/notices/read", EVERYBODY.replace("200", "302"), None, "post"),
    "set_language": Address("/language", OPEN.replace("200", "302"), None, "post"),
}


@pytest.fixture
def towns(kota: "Government", kementerian: "Government") -> Iterator[tuple[Town, Town]]:
    """Two governments with one person of each role."""
    with time_machine.travel(working_moment(), tick=False):
        yield equipped(open_town(kota)), equipped(open_town(kementerian))


def equipped(town: Town) -> Town:
    """A terminal at the town hall, a phone and a letter of Budi's, and a date of the calendar."""
    with acting_in(town.government.pk):
        serial = f"HALL{town.government.pk}"
        approve_terminal(serial, Mounting("Front door", town.site, Zone.WIB), actor=SYSTEM)
        Phone.objects.create(person=town.people["pegawai"], key=bytes(65))
        day, budi = working_moment().date(), town.people["pegawai"]
        letter = Letter(number="800/17", date=day, signed_by="Sari Wulandari")
        enter_cover(Entry(person=budi, kind="wfh", first=day, last=day, letter=letter), actor=SYSTEM)
        jubilee = RestDay(day + timedelta(days=9), CalendarDay.Category.REGIONAL, "Hari Jadi", "Perwali")
        set_calendar_day(jubilee, actor=SYSTEM)
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
                assert (name, role, ask(client_of(other, role), address, town)) == (name, role, address.of_others)


def client_of(town: Town, role: str) -> Client:
    # An address of one's own, so that what is throttled by address stays apart.
    address = f"10.0.0.{COLUMNS.index(role)}"
    client = Client(raise_request_exception=False, REMOTE_ADDR=address)
    if role == "platform":
        client.force_login(Account.objects.create(is_platform_operator=True))
    elif role != "guest":
        client.force_login(town.accounts[role])
    return client


def ask(client: Client, address: Address, town: Town) -> int:
    places = places_of(town)
    data = {name: value.format(**places) for name, value in address.data.items()}
    response = getattr(client, address.method)(address.path.format(**places), data)
    if response.streaming:
        response.getvalue()  # to its end, so that the file behind it is closed
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
            "cover": Cover.objects.get().pk,
            "rest": CalendarDay.objects.get().pk,
        }


def named_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named_patterns(pattern, prefix + space)
