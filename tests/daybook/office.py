"""The office in which days are told: Budi and Sari work for the energy ministry's hours, Rina nurses by roster."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.roles import acting_as

from hadir.clocking.commands import TapRow, append_events
from hadir.clocking.models import Channel, Reason
from hadir.daybook.ledger import Ledger, read_ledger
from hadir.daybook.targets import Target
from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.org.commands import add_group, add_site, add_unit, join_group, load_people
from hadir.org.commands.people import PersonRow
from hadir.org.commands.units import Spot
from hadir.org.models import Group, Person, StaffClass, Unit
from hadir.org.rights import SYSTEM
from hadir.policies.commands import Term, bind_policy, join_scope, record_policy
from hadir.requests.commands import Entry, Letter, enter_cover
from hadir.rules.catalogue import shelf
from hadir.schedules.commands import RosterRow, define_shift, set_pattern, set_roster
from hadir.schedules.models import Shift

WHY = "the office opens"
SHIFTS = ("esdm_hours", "hospital_morning", "hospital_afternoon", "hospital_night")


def first_monday() -> date:
    """The first Monday from the 8th of the month before this one: its month is open, and its neighbours are."""
    last_month = now().date().replace(day=1) - timedelta(days=1)
    eighth = last_month.replace(day=8)
    return eighth + timedelta(days=-eighth.weekday() % 7)


@dataclass
class Office:
    """Everybody and everything of one government."""

    monday: date
    units: dict[str, Unit]
    people: dict[str, Person]
    ward: Group
    shifts: dict[str, Shift]
    zones: dict[str, Zone] = field(default_factory=dict)

    def day(self, number: int) -> date:
        """A date, counted from the Monday."""
        return self.monday + timedelta(days=number)

    def at(self, number: int, clock: str, zone: Zone = Zone.WIB) -> datetime:
        """A local time such as 07.47 on a day counted from the Monday."""
        hour, minute = (int(part) for part in clock.split("."))
        local = datetime.combine(self.day(number), datetime.min.time(), UTC) + timedelta(hours=hour, minutes=minute)
        return local - zone.offset

    def tap(self, name: str, number: int, *clocks: str, reason: Reason = Reason.NONE) -> None:
        """Let somebody punch at some times of their own place."""
        zone = self.zones.get(name, Zone.WIB)
        rows = []
        for clock in clocks:
            at = self.at(number, clock, zone)
            rows.append(TapRow(self.people[name].pk, at, Channel.TERMINAL, "SN-1", at, reason=reason))
        with acting_as("worker"):
            append_events(rows, actor=SYSTEM)

    def cover(self, name: str, kind: str, days: tuple[int, int], *, is_decided: bool = True) -> None:
        """Enter an absence from one day to another."""
        letter = Letter(number="800/17", date=self.day(days[0]), signed_by="Sari Wulandari")
        first, last = (self.day(number) for number in days)
        person = self.people[name]
        entry = Entry(person=person, kind=kind, first=first, last=last, letter=letter, is_decided=is_decided)
        enter_cover(entry, actor=SYSTEM)

    def roster(self, name: str, *turns: tuple[int, str | None], is_published: bool = True) -> None:
        """Publish shifts of somebody: day and code, None for a free day."""
        rows = [
            RosterRow(self.people[name].pk, self.day(number), self.shifts[code] if code else None)
            for number, code in turns
        ]
        set_roster(rows, is_published=is_published, actor=SYSTEM, reason=WHY)

    def ledger(self, names: str, days: tuple[int, int], until: datetime | None = None) -> Ledger:
        """The judged days of some people (names with spaces between); everything is known, unless told otherwise."""
        known = until or self.at(days[1] + 3, "12.00")
        people = [self.people[name].pk for name in names.split()]
        return read_ledger(people, self.day(days[0]), self.day(days[1]), known_until=known)


def open_office(prefix: str = "") -> Office:
    """Open the office of the current government, half a year before the Monday."""
    monday = first_monday()
    since = monday - timedelta(days=60)
    root = add_unit(f"{prefix}R", "Pemerintah Contoh", actor=SYSTEM)
    units = {"root": root}
    units |= {
        name: add_unit(f"{prefix}{name}", f"Kantor {name}", parent=root, actor=SYSTEM)
        for name in ("energy", "hospital", "makassar", "jayapura", "later")
    }
    add_site(Spot(f"{prefix}Balai", -62_000_000, 1_068_000_000), unit=root, actor=SYSTEM)
    add_site(
        Spot(f"{prefix}Makassar", -51_000_000, 1_194_000_000, zone=Zone.WITA), unit=units["makassar"], actor=SYSTEM
    )
    add_site(Spot(f"{prefix}Jayapura", -25_000_000, 1_407_000_000, zone=Zone.WIT), unit=units["jayapura"], actor=SYSTEM)
    places = {
        "Budi": "energy",
        "Sari": "energy",
        "Rina": "hospital",
        "Made": "makassar",
        "Yosef": "jayapura",
        "Lina": "later",
    }
    rows = [PersonRow(name=name, unit_id=units[place].pk, staff_class=StaffClass.PNS) for name, place in places.items()]
    people = dict(zip(places, load_people(rows, on=since, actor=SYSTEM), strict=True))
    ward = add_group("Melati", unit=units["hospital"], actor=SYSTEM)
    join_group(people["Rina"], ward, on=since, actor=SYSTEM)
    shifts = _rule(units, ward, since)
    return Office(monday, units, people, ward, shifts, {"Made": Zone.WITA, "Yosef": Zone.WIT})


def _rule(units: dict[str, Unit], ward: Group, since: date) -> dict[str, Shift]:
    """The ministry's hours for all, rosters for the ward, one policy, and everybody in scope but one unit."""
    shifts = {code: define_shift(code, shelf("shifts")[code], on=since, actor=SYSTEM, reason=WHY) for code in SHIFTS}
    set_pattern(shifts["esdm_hours"], target=Target(), on=since, actor=SYSTEM, reason=WHY)
    set_pattern(None, target=Target(group=ward), on=since, actor=SYSTEM, reason=WHY)
    document = shelf("policies")["kota_contoh"]
    policy = record_policy("discipline", document, legal_basis="Perwali Contoh 1/2026", actor=SYSTEM)
    bind_policy(policy, target=Target(), term=Term(since, since, cited="Perwali Contoh 1/2026"), actor=SYSTEM)
    for name in ("energy", "hospital", "makassar", "jayapura"):
        join_scope(Target(unit=units[name]), on=since, actor=SYSTEM)
    return shifts
