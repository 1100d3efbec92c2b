"""Fingerprint terminals of some offices: what they pushed, kept by the gate's own statement and absorbed as ever."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from psycopg_pool import AsyncConnectionPool

from hadir.gate.fleet import FleetLedger, Upload
from hadir.gate.memory import Terminal as Known
from hadir.kernel.zones import Zone
from hadir.org.models import Site
from hadir.org.rights import SYSTEM
from hadir.terminals.commands.absorbing import absorb_messages
from hadir.terminals.commands.fleet import Mounting, approve_terminal
from hadir.terminals.commands.pins import PinOwner, map_pins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from psycopg import AsyncConnection

    from hadir.cli.demo_data.calendar import Span
    from hadir.cli.demo_data.founding import Founded
    from hadir.cli.demo_data.habits import MadeTaps
    from hadir.terminals.models import Terminal

OFFICES = ("51", "01", "21")
NETWORKS = ("127.0.0.0/8",)
_NOT_MAPPED = 2
_MARK_OUT = 2


def mount(founded: Founded, span: Span) -> dict[str, Terminal]:
    """Hang a terminal in some offices and give their people PINs, but for two newcomers; return them by office."""
    hung: dict[str, Terminal] = {}
    for number, office in enumerate(OFFICES):
        if office in founded.units:
            site = Site.objects.get(unit=founded.units[office])
            mounting = Mounting(f"Mesin {site.name}", site, Zone[site.zone], NETWORKS)
            hung[office] = approve_terminal(f"CTH70{number + 1:07}", mounting, actor=SYSTEM)
    owners = [
        PinOwner(str(place + 1), founded.people[place], span.first, terminal=hung[founded.made[place].office])
        for place in users(founded, hung)[:-_NOT_MAPPED]
    ]
    map_pins(owners, actor=SYSTEM)
    return hung


def users(founded: Founded, hung: Mapping[str, Terminal]) -> list[int]:
    """Return who taps at a terminal, by place in the list."""
    return [place for place, person in enumerate(founded.made) if person.office in hung]


def push(taps: MadeTaps, founded: Founded, hung: Mapping[str, Terminal], *, government: int, dsn: str) -> None:
    """Let the terminals push the taps of their people, a day in a message, and absorb them."""
    asyncio.run(_push(_uploads(taps, founded, hung, government), dsn))
    absorb_messages()


async def _push(uploads: Iterator[tuple[Known, Upload]], dsn: str) -> None:
    pool: AsyncConnectionPool[AsyncConnection] = AsyncConnectionPool(dsn, min_size=1, max_size=1, open=False)
    async with pool:
        ledger = FleetLedger(pool)
        for terminal, upload in uploads:
            await ledger.keep(terminal, upload)


def _uploads(
    taps: MadeTaps, founded: Founded, hung: Mapping[str, Terminal], government: int
) -> Iterator[tuple[Known, Upload]]:
    office_of = np.array([person.office for person in founded.made])
    for office, terminal in hung.items():
        zone = Zone[terminal.zone]
        mine = np.flatnonzero(office_of[taps.person] == office)
        local = taps.at[mine] + np.timedelta64(int(zone.offset.total_seconds()), "s")
        known = Known(government, terminal.pk, zone.offset // timedelta(minutes=1), ())
        days = local.astype("datetime64[D]")
        for day in np.unique(days).tolist():
            of_day = np.flatnonzero(days == np.datetime64(day))
            body = b"".join(
                _line(int(taps.person[row]), moment, int(taps.mark[row]))
                for row, moment in zip(mine[of_day].tolist(), local[of_day].tolist(), strict=True)
            )
            latest = datetime.fromtimestamp(int(taps.at[mine[of_day[-1]]].astype("datetime64[s]").astype(int)), UTC)
            query = f"SN={terminal.serial}&table=ATTLOG&Stamp=9999"
            received = latest + timedelta(seconds=3)
            yield known, Upload(received, "/iclock/cdata", query, "attlog", body, hashlib.sha256(body).digest())


def _line(place: int, moment: datetime, mark: int) -> bytes:
    return f"{place + 1}\t{moment:%Y-%m-%d %H:%M:%S}\t{int(mark == _MARK_OUT)}\t1\t0\t0\t0\n".encode()
