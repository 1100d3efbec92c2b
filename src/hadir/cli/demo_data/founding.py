"""Put an institution into the database by the rooms' own commands: units, sites, people, roles, shifts, policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hadir.cli.demo_data.people import made_people
from hadir.daybook.targets import Target
from hadir.org.commands import (
    PersonRow,
    Spot,
    UnitRow,
    add_group,
    add_site,
    appoint_role,
    join_groups,
    load_people,
    load_units,
)
from hadir.org.models import Identifier, Role, StaffClass
from hadir.org.rights import SYSTEM
from hadir.policies.commands import Term, bind_policy, join_scope, record_policy
from hadir.rules.catalogue import shelf
from hadir.schedules.commands import define_shift, seed_calendar, set_pattern

if TYPE_CHECKING:
    from datetime import date

    from hadir.cli.demo_data.calendar import Span
    from hadir.cli.demo_data.offices import Institution
    from hadir.cli.demo_data.people import MadePerson
    from hadir.org.models import Group, Person, Unit

HOSPITAL = "51"
WARDS = ("Melati", "Kenanga", "Cempaka", "Anggrek")
CITED = "Perwali Kota Contoh (contoh) tentang disiplin presensi"
PART_TIME = {
    "name": "Paruh waktu, empat jam",
    "article": "Kepmen PANRB 16/2025; perjanjian kerja",
    "variants": [
        {
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "in": {"opens": "04.00", "due": "07.30"},
            "out": {"due": "11.30", "closes": "23.59"},
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Founded:
    """An institution in the database: its made-up people beside their rows, in one order, its units by code."""

    institution: Institution
    made: list[MadePerson]
    people: list[Person]
    units: dict[str, Unit]
    wards: dict[int, Group]


def found(institution: Institution, size: int, seed: int, span: Span) -> Founded:
    """Make an institution with `size` people, who have been there since well before the span."""
    since = span.first.replace(year=span.first.year - 1)
    made = made_people(institution, size, seed)
    units = load_units(_unit_rows(institution, made), actor=SYSTEM)
    by_name = {unit.name: unit for unit in units.values()}
    people = load_people([_row(person, by_name[person.unit].pk) for person in made], on=since, actor=SYSTEM)
    for place, unit in [(institution.place, "00"), *((office.place, office.code) for office in institution.offices)]:
        if place is not None:
            spot = Spot(place.name, place.latitude, place.longitude, place.radius, place.zone)
            add_site(spot, unit=units[unit], actor=SYSTEM)
    founded = Founded(institution, made, people, units, _wards(made, people, units, since))
    appoint(founded, since)
    return founded


def _unit_rows(institution: Institution, made: list[MadePerson]) -> list[UnitRow]:
    rows = [UnitRow("00", institution.root)]
    used = {person.unit for person in made}
    for office in institution.offices:
        rows.append(UnitRow(office.code, office.name, "00", office.short))
        for number, division in enumerate(office.divisions, 1):
            name = f"{division} {office.short}"
            if name in used:
                rows.append(UnitRow(f"{office.code}.{number}", name, office.code, division))
    return rows


def _row(person: MadePerson, unit_id: int) -> PersonRow:
    is_pppk = person.staff_class in {StaffClass.PPPK, StaffClass.PPPK_PART_TIME}
    kind = Identifier.Kind.NI_PPPK if is_pppk else Identifier.Kind.NIP
    return PersonRow(
        name=person.name,
        unit_id=unit_id,
        staff_class=person.staff_class,
        rank=person.rank,
        post=person.post,
        superior_row=person.superior,
        identifiers={
            kind: person.number,
            Identifier.Kind.EMAIL: person.email,
            Identifier.Kind.SECONDARY_EMAIL: person.secondary_email,
        },
    )


def appoint(founded: Founded, since: date) -> None:
    """Give the roles: heads, a unit admin and an operator in each office, and those of the whole government."""
    first = {code: members_of(founded, code) for code in founded.units if "." not in code}
    root = founded.units["00"]
    for code, members in first.items():
        for role, place in zip((Role.HEAD, Role.UNIT_ADMIN, Role.OPERATOR), desk_of(members), strict=True):
            appoint_role(founded.people[place], role, unit=founded.units[code], on=since, actor=SYSTEM)
    for role, place in zip((Role.BKD, Role.HELPDESK, Role.AUDITOR), keepers(founded), strict=True):
        appoint_role(founded.people[place], role, unit=root, on=since, actor=SYSTEM)


def desk_of(members: list[int]) -> tuple[int, int, int]:
    """Return who heads an office, who is its admin and who its operator, one person where there is only one."""
    return members[0], members[-2 % len(members)], members[-3 % len(members)]


def keepers(founded: Founded) -> list[int]:
    """Return the three who serve the whole government: personnel agency, help desk, auditor."""
    wanted = ("BKPSDM", "Dinas Komunikasi", "Itda")
    codes = {office.short: office.code for office in founded.institution.offices}
    found = [codes.get(short) or founded.institution.offices[number].code for number, short in enumerate(wanted)]
    return [members_of(founded, code)[-1] for code in found]


def members_of(founded: Founded, office: str) -> list[int]:
    """Return the places in the list of an office's people, its head first."""
    return [place for place, person in enumerate(founded.made) if person.office == office]


def _wards(made: list[MadePerson], people: list[Person], units: dict[str, Unit], since: date) -> dict[int, Group]:
    """Put the hospital's people into wards that rotate; return the ward of each by place in the list."""
    staff = [place for place, person in enumerate(made) if person.office == HOSPITAL and not person.is_head]
    if not staff:
        return {}
    groups = [add_group(f"Ruang {name}", unit=units[HOSPITAL], actor=SYSTEM) for name in WARDS]
    ward_of = {place: groups[number % len(groups)] for number, place in enumerate(staff)}
    join_groups([(people[place], ward) for place, ward in ward_of.items()], on=since, actor=SYSTEM)
    return ward_of


def rule(founded: Founded, span: Span) -> None:
    """Enter calendar, shifts and policy: live units in force, the hospital on trial, other shift units not yet in."""
    since, reason = span.first, "Data awal"
    seed_calendar({span.first.year, span.last.year}, actor=SYSTEM)
    office_hours = shelf("shifts")["esdm_hours"] | {"name": f"Jam kerja {founded.institution.name}", "article": CITED}
    documents = shelf("shifts") | {"jam_kantor": office_hours, "paruh_waktu": PART_TIME}
    codes = ("jam_kantor", "paruh_waktu", "hospital_morning", "hospital_afternoon", "hospital_night")
    shifts = {code: define_shift(code, documents[code], on=since, actor=SYSTEM, reason=reason) for code in codes}
    part_time = Target(staff_class=StaffClass.PPPK_PART_TIME)
    set_pattern(shifts["jam_kantor"], target=Target(), on=since, actor=SYSTEM, reason=reason)
    set_pattern(shifts["paruh_waktu"], target=part_time, on=since, actor=SYSTEM, reason=reason)
    for ward in {ward.pk: ward for ward in founded.wards.values()}.values():
        set_pattern(None, target=Target(group=ward), on=since, actor=SYSTEM, reason=reason)
    policy = record_policy("kota_contoh", shelf("policies")["kota_contoh"], legal_basis=CITED, actor=SYSTEM)
    bind_policy(policy, target=Target(), term=Term(since, since, CITED), actor=SYSTEM)
    trial = Term(since, (span.last + timedelta(days=40)).replace(day=1), CITED)
    if founded.wards:
        bind_policy(policy, target=Target(unit=founded.units[HOSPITAL]), term=trial, actor=SYSTEM)
    _join(founded, since)


def _join(founded: Founded, since: date) -> None:
    """Let the leadership, the live units and the hospital be judged; the other units with shifts have not joined."""
    leaders = add_group("Pimpinan", unit=founded.units["00"], actor=SYSTEM)
    join_groups([(founded.people[0], leaders)], on=since, actor=SYSTEM)
    join_scope(Target(group=leaders), on=since, actor=SYSTEM)
    for office in founded.institution.offices:
        if not office.in_shifts or office.code == HOSPITAL:
            join_scope(Target(unit=founded.units[office.code]), on=since, actor=SYSTEM)
