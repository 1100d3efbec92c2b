"""The office in which the tests of people and rights take place."""

from dataclasses import dataclass
from datetime import date, timedelta

from hadir.kernel.clock import today_at
from hadir.kernel.zones import Zone
from hadir.org import commands
from hadir.org.commands.people import PersonRow
from hadir.org.models import Identifier, Person, Role, StaffClass, Unit
from hadir.org.rights import SYSTEM, Actor, actor_of

NIP_BUDI = "198603172010011004"
NIP_SARI = "199011022015032001"


def today() -> date:
    return today_at(Zone.WIB)


@dataclass
class Office:
    """A government with two departments: Budi works in health and reports to Sari; Rina runs personnel."""

    root: Unit
    health: Unit
    clinic: Unit
    fire: Unit
    budi: Person
    sari: Person
    rina: Person
    joko: Person

    def actor(self, person: Person, address: str | None = None) -> Actor:
        return actor_of(person.pk, account_id=person.pk, on=today(), address=address)

    def appoint(self, person: Person, role: Role, unit: Unit) -> Actor:
        commands.appoint_role(person, role, unit=unit, on=today(), actor=SYSTEM)
        return self.actor(person)


def row(name: str, unit: Unit, nip: str = "", *, superior: int | None = None, email: str = "") -> PersonRow:
    named = {Identifier.Kind.NIP: nip, Identifier.Kind.EMAIL: email}
    return PersonRow(
        name=name, unit_id=unit.pk, staff_class=StaffClass.PNS, superior_row=superior, identifiers=named, rank="III/a"
    )


def open_office(prefix: str = "") -> Office:
    root = commands.add_unit(f"{prefix}R", "Kota Contoh", actor=SYSTEM)
    health = commands.add_unit(f"{prefix}H", "Dinas Kesehatan", parent=root, actor=SYSTEM)
    clinic = commands.add_unit(f"{prefix}HC", "Puskesmas Melati", parent=health, actor=SYSTEM)
    fire = commands.add_unit(f"{prefix}F", "Dinas Pemadam Kebakaran", parent=root, actor=SYSTEM)
    rows = [
        row("Sari Wulandari", health, NIP_SARI, email="sari@contoh.go.id"),
        row("Budi Prasetyo", clinic, NIP_BUDI, superior=0, email="budi@contoh.go.id"),
        row("Rina Kusuma", root),
        row("Joko Susilo", fire),
    ]
    sari, budi, rina, joko = commands.load_people(rows, on=today() - timedelta(days=400), actor=SYSTEM)
    return Office(root, health, clinic, fire, budi, sari, rina, joko)
