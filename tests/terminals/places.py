"""The office in which the tests of terminals take place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.org.people import Office, open_office

from hadir.kernel.zones import Zone
from hadir.org import commands
from hadir.org.commands.units import Spot
from hadir.org.models import Role, Site
from hadir.org.rights import SYSTEM, Actor
from hadir.tenancy.current import acting_in
from hadir.terminals.commands.fleet import Mounting, approve_terminal
from hadir.terminals.commands.pins import PinOwner, map_pin

if TYPE_CHECKING:
    from datetime import date

    from hadir.org.models import Person
    from hadir.terminals.models import Pin, Terminal


@dataclass
class City:
    """A government, its office, the site of its clinic, and Rina, who may approve terminals everywhere in it."""

    government: int
    office: Office
    site: Site
    rina: Actor

    def approve(
        self, serial: str, *networks: str, zone: Zone = Zone.WITA, actor: Actor = SYSTEM, site: Site | None = None
    ) -> Terminal:
        with acting_in(self.government):
            mounting = Mounting(f"Pintu {serial[-3:]}", site or self.site, zone, networks)
            return approve_terminal(serial, mounting, actor=actor)

    def map(
        self, pin: str, person: Person, first: date, last: date | None = None, terminal: Terminal | None = None
    ) -> Pin:
        with acting_in(self.government):
            return map_pin(PinOwner(pin, person, first, last, terminal), actor=self.rina)


def open_city(government: int) -> City:
    with acting_in(government):
        office = open_office()
        spot = Spot("Puskesmas Melati", -53_000_000, 1_195_000_000, 100, Zone.WITA)
        site = commands.add_site(spot, unit=office.clinic, actor=SYSTEM)
        return City(government, office, site, office.appoint(office.rina, Role.BKD, office.root))
