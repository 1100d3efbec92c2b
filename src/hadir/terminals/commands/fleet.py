from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hadir.audit.commands import note_act
from hadir.kernel.clock import now
from hadir.kernel.refusals import InvalidData
from hadir.org.rights import Right
from hadir.terminals.models import Terminal
from hadir.terminals.queries import contact_for
from hadir.terminals.refusals import NotHeard, SerialTaken, WrongNetwork
from hadir.wire.adms import is_serial

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hadir.kernel.zones import Zone
    from hadir.org.models import Site
    from hadir.org.rights import Actor


@dataclass(frozen=True, slots=True)
class Mounting:
    """Where a terminal hangs: name, site, zone of its clock, and the networks it may speak from (none: any)."""

    name: str
    site: Site
    zone: Zone
    networks: tuple[str, ...] = field(default=())


def approve_terminal(serial: str, mounting: Mounting, *, actor: Actor) -> Terminal:
    """Take a terminal that has spoken into the fleet; what it kept meanwhile arrives from then on.

    The serial number must be known in full; only the installation itself may approve before the first contact.
    """
    actor.require(Right.APPROVE_TERMINALS, mounting.site.unit.path)
    known = serial.strip().upper()
    if not is_serial(known):
        raise InvalidData("serial", serial, "4-32 A-Z 0-9 . _ -")
    if not actor.is_system and contact_for(known) is None:
        raise NotHeard(serial=known)
    terminal = Terminal(serial=known, approved_at=now(), approved_by_id=actor.person_id)
    _mount(terminal, mounting)
    try:
        with transaction.atomic():
            terminal.save()
    except IntegrityError as error:
        raise SerialTaken(serial=known) from error
    note_act("terminal.approved", terminal, actor=actor, serial=known, **_told(mounting))
    return terminal


def change_terminal(terminal: Terminal, mounting: Mounting, *, actor: Actor) -> None:
    """Name, move or re-zone a terminal; punches that came already keep their instants."""
    actor.require(Right.APPROVE_TERMINALS, terminal.site.unit.path)
    actor.require(Right.APPROVE_TERMINALS, mounting.site.unit.path)
    _mount(terminal, mounting)
    terminal.save()
    note_act("terminal.changed", terminal, actor=actor, **_told(mounting))


def block_terminal(terminal: Terminal, *, actor: Actor) -> None:
    """Turn a terminal away from now on; what it sent stays, what it holds it keeps."""
    actor.require(Right.APPROVE_TERMINALS, terminal.site.unit.path)
    terminal.state = Terminal.State.BLOCKED
    terminal.save(update_fields=["state"])
    note_act("terminal.blocked", terminal, actor=actor)


def unblock_terminal(terminal: Terminal, *, actor: Actor) -> None:
    """Hear a blocked terminal again, and ask it for everything it holds."""
    actor.require(Right.APPROVE_TERMINALS, terminal.site.unit.path)
    terminal.state = Terminal.State.APPROVED
    terminal.approved_at = now()
    terminal.approved_by_id = actor.person_id
    terminal.save(update_fields=["state", "approved_at", "approved_by"])
    note_act("terminal.unblocked", terminal, actor=actor)


def _mount(terminal: Terminal, mounting: Mounting) -> None:
    terminal.name, terminal.site, terminal.zone = mounting.name, mounting.site, mounting.zone.name
    terminal.networks = list(checked_networks(mounting.networks))


def checked_networks(networks: Iterable[str]) -> tuple[str, ...]:
    """Return networks as CIDR; WrongNetwork for what is none."""
    checked = []
    for network in networks:
        try:
            checked.append(str(ipaddress.ip_network(network.strip(), strict=False)))
        except ValueError as error:
            raise WrongNetwork(value=network) from error
    return tuple(checked)


def _told(mounting: Mounting) -> dict[str, object]:
    return {
        "name": mounting.name,
        "site": mounting.site.pk,
        "zone": mounting.zone.name,
        "networks": list(mounting.networks),
    }
