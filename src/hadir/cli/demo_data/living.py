"""Let the made-up people live through the span: rosters, absences, taps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings

from hadir.cli.demo_data.calendar import Span, joined, office_days, office_turns, roster_turns
from hadir.cli.demo_data.habits import Turns, made_absences, made_taps
from hadir.cli.demo_data.machines import mount, push, users
from hadir.cli.demo_data.phones import Owner, keep_taps
from hadir.clocking.commands import open_month
from hadir.config import environment
from hadir.kernel.fence import Circle
from hadir.kernel.keys import Purpose, derive
from hadir.org.models import Site, StaffClass
from hadir.org.rights import SYSTEM
from hadir.requests.commands import Entry, Letter, enter_covers
from hadir.schedules.commands import RosterRow, set_roster
from hadir.schedules.models import CalendarDay, Shift
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from numpy.typing import NDArray

    from hadir.cli.demo_data.founding import Founded
    from hadir.cli.demo_data.habits import MadeAbsence, MadeTaps
    from hadir.terminals.models import Terminal

KEPT_PLACE = {"wfh"}


@dataclass(frozen=True, slots=True)
class Life:
    """What people will have done: their taps, whose phone and place they came from, and the terminals of offices."""

    taps: MadeTaps
    owners: dict[int, Owner]
    terminals: dict[str, Terminal]


def live(founded: Founded, span: Span, until: datetime, *, seed: int) -> Life:
    """Enter rosters and absences of the span, open its months, and return the taps up to an instant."""
    holidays = [day.date for day in CalendarDay.objects.filter(date__range=(span.first, span.last))]
    days = office_days(span, holidays)
    absences = made_absences(len(founded.people), days[days <= np.datetime64(span.today)], seed)
    letters = [_entry(founded, absence, number) for number, absence in enumerate(absences, 1)]
    enter_covers(letters, actor=SYSTEM)
    turns = joined([_office_turns(founded, days), _roster(founded, span)])
    away = _away(turns, absences, len(founded.people), span)
    open_month(span.first)
    open_month(span.last)
    taps = made_taps(turns, away, np.datetime64(until.replace(tzinfo=None), "s"), seed)
    return Life(taps, _owners(founded), mount(founded, span) if founded.wards else {})


def keep(life: Life, founded: Founded, *, seed: int, progress: Callable[[int], None]) -> None:
    """Let the gate's ledgers keep the taps; what they refer to must be committed by then."""
    owner = environment.database(environment.required("HADIR_DATABASE_URL"))
    gate = environment.conninfo(environment.in_role(owner, "gate", settings.HADIR_SECRET))
    nonce_key = derive(settings.HADIR_SECRET, Purpose.NONCE)
    at_terminals = np.isin(life.taps.person, users(founded, life.terminals))
    by_phone, by_terminal = life.taps.only(~at_terminals), life.taps.only(at_terminals)
    keep_taps(by_phone, life.owners, seed=seed, nonce_key=nonce_key, dsn=gate, progress=progress)
    push(by_terminal, founded, life.terminals, government=life.owners[0].government, dsn=gate)


def _entry(founded: Founded, absence: MadeAbsence, number: int) -> Entry:
    signer = founded.made[absence.person].superior
    return Entry(
        person=founded.people[absence.person],
        kind=absence.kind,
        first=absence.first,
        last=absence.last,
        letter=Letter(
            number=f"800/{number}/{absence.first:%m.%Y}",
            date=absence.first - timedelta(days=2),
            signed_by=founded.people[signer or 0].name,
        ),
        is_decided=absence.is_decided,
    )


def _hours_east(founded: Founded) -> NDArray[np.int64]:
    zones = {person.office: founded.institution.zone_of(person.office) for person in founded.made}
    return np.array([zones[person.office].offset // timedelta(hours=1) for person in founded.made], dtype=np.int64)


def _office_turns(founded: Founded, days: NDArray[np.datetime64]) -> Turns:
    places = np.array([place for place in range(len(founded.made)) if place not in founded.wards], dtype=np.int64)
    part_time = np.array([person.staff_class is StaffClass.PPPK_PART_TIME for person in founded.made])
    return office_turns(places, _hours_east(founded)[places], part_time[places], days)


def _roster(founded: Founded, span: Span) -> Turns:
    """Publish the rotation of the wards and return its duties."""
    staff = np.array(sorted(founded.wards), dtype=np.int64)
    zone = founded.institution.zone.offset // timedelta(hours=1)
    turns, codes = roster_turns(staff, zone, span)
    if len(staff):
        shifts = {shift.code: shift for shift in Shift.objects.all()}
        dates: list[date] = span.dates().tolist()
        rows = [
            RosterRow(founded.people[place].pk, day, shifts[code] if code else None)
            for (place, day), code in zip(((p, d) for p in staff.tolist() for d in dates), codes, strict=True)
        ]
        set_roster(rows, is_published=True, actor=SYSTEM, reason="Data awal")
    return turns


def _away(turns: Turns, absences: list[MadeAbsence], people: int, span: Span) -> NDArray[np.bool_]:
    """Say of each duty whether a document keeps the person from tapping: away by person and date, then looked up."""
    absent = np.zeros((people, len(span.dates())), dtype=bool)
    for absence in absences:
        if absence.kind not in KEPT_PLACE:
            absent[absence.person, (absence.first - span.first).days : (absence.last - span.first).days + 1] = True
    found: NDArray[np.bool_] = absent[turns.person, (turns.day - np.datetime64(span.first)).astype(np.int64)]
    return found


def _owners(founded: Founded) -> dict[int, Owner]:
    """Give everybody the circle of the office, or that of the root where the office has none."""
    sites = {site.unit_id: site for site in Site.objects.all()}
    root = founded.units["00"].pk
    circles = {
        code: Circle(site.pk, site.latitude, site.longitude, site.radius)
        for code in {person.office for person in founded.made}
        for site in [sites.get(founded.units[code].pk) or sites[root]]
    }
    government = government_id()
    return {
        place: Owner(government, founded.people[place].pk, circles[person.office])
        for place, person in enumerate(founded.made)
    }
