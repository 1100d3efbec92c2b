"""A small town for pages: one person of each role in an office of two units, made with the house's own commands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.roles import acting_as

from hadir.accounts.commands.making import make_accounts
from hadir.accounts.models import Account, Membership
from hadir.clocking.models import Channel, Event
from hadir.daybook.targets import Target
from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.org.commands.appointments import appoint_role
from hadir.org.commands.people import PersonRow, load_people
from hadir.org.commands.units import Spot, add_site, add_unit
from hadir.org.models import Identifier, Person, Role, Site, StaffClass, Unit
from hadir.org.rights import SYSTEM
from hadir.policies.commands import Term, bind_policy, join_scope, record_policy
from hadir.rules.catalogue import shelf
from hadir.schedules.commands import define_shift, set_pattern
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

CLOCK = timedelta(hours=3)
"""10.00 in Jakarta."""
WIB = timedelta(hours=7)

# Role, name, whose office ("" for the whole government), kind of right.
PEOPLE: tuple[tuple[str, str, str, Role | None], ...] = (
    ("atasan", "Sari Wulandari", "health", None),
    ("pegawai", "Budi Prasetyo", "health", None),
    ("operator", "Rina Kusuma", "health", Role.OPERATOR),
    ("unit_admin", "Agus Setiawan", "health", Role.UNIT_ADMIN),
    ("head", "Dewi Lestari", "health", Role.HEAD),
    ("bkd", "Hasan Basri", "", Role.BKD),
    ("helpdesk", "Yuni Astuti", "", Role.HELPDESK),
    ("auditor", "Tono Wijaya", "", Role.AUDITOR),
    ("neighbour", "Lina Marpaung", "social", None),
)
ROLES = tuple(role for role, *_ in PEOPLE)


def working_moment() -> datetime:
    """Ten o'clock in Jakarta on the Wednesday of last week: an ordinary working day whose month is open."""
    today = now().date()
    return datetime.combine(today - timedelta(days=today.weekday() + 5), datetime.min.time(), UTC) + CLOCK


@dataclass
class Town:
    """Everybody and everything of one government."""

    government: Government
    units: dict[str, Unit]
    site: Site
    people: dict[str, Person]
    accounts: dict[str, Account] = field(default_factory=dict)

    def tap(self, role: str, hour: int, minute: int, *, day: date | None = None) -> None:
        """Let somebody punch at a local time of Jakarta, today unless told otherwise."""
        on = day or (now() + WIB).date()
        at = datetime.combine(on, datetime.min.time(), UTC) - WIB + timedelta(hours=hour, minutes=minute)
        person = self.people[role].pk
        identity = sha256(f"{person} {at}".encode()).digest()
        with acting_in(self.government.pk), acting_as("worker"):
            Event.objects.create(
                government=self.government,
                at=at,
                id=identity,
                person_id=person,
                channel=Channel.TERMINAL,
                received=at,
                site_id=self.site.pk,
            )


def open_town(government: Government, hours: dict[str, Any] | None = None) -> Town:
    """Found the town, three months old, with the hours of the energy ministry (or others) and the demo's policy."""
    since = (now() - timedelta(days=90)).date()
    with acting_in(government.pk):
        root = add_unit("00", government.name, actor=SYSTEM)
        units = {
            "": root,
            "health": add_unit("10", "Dinas Kesehatan", parent=root, actor=SYSTEM),
            "social": add_unit("20", "Dinas Sosial", parent=root, actor=SYSTEM),
        }
        spot = Spot("Balai Kota", -62_000_000, 1_068_000_000, 100, Zone.WIB)
        site = add_site(spot, unit=root, actor=SYSTEM)
        _rule(since, hours or shelf("shifts")["esdm_hours"])
        people = _hire(units, government, since)
        make_accounts([person.pk for person in people.values()], on=since, actor=SYSTEM)
        of_person = dict(Membership.objects.values_list("person_id", "account_id"))
        accounts = {role: Account.objects.get(pk=of_person[person.pk]) for role, person in people.items()}
    return Town(government, units, site, people, accounts)


def _rule(since: date, hours: dict[str, Any]) -> None:
    shift = define_shift("hours", hours, on=since, actor=SYSTEM, reason="founded")
    set_pattern(shift, target=Target(), on=since, actor=SYSTEM, reason="founded")
    policy = record_policy("rules", shelf("policies")["kota_contoh"], legal_basis="Perwali", actor=SYSTEM)
    bind_policy(policy, target=Target(), term=Term(since, since, cited="Perwali"), actor=SYSTEM)
    join_scope(Target(), on=since, actor=SYSTEM)


def _hire(units: dict[str, Unit], government: Government, since: date) -> dict[str, Person]:
    rows = [
        PersonRow(
            name=name,
            unit_id=units[unit].pk,
            staff_class=StaffClass.PNS,
            post="Analis",
            superior_row=0 if role == "pegawai" else None,
            identifiers={Identifier.Kind.EMAIL: f"{role}@{government.slug}.example"},
        )
        for role, name, unit, _ in PEOPLE
    ]
    people = dict(zip(ROLES, load_people(rows, on=since, actor=SYSTEM), strict=True))
    for role, _, unit, held in PEOPLE:
        if held:
            appoint_role(people[role], held, unit=units[unit], on=since, actor=SYSTEM)
    return people
