"""A gate on the real tables, as its own database role, and the people who tap at it."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
import pytest
from bench.phones import OFFICE, Phone, make_phone
from tests import servers

from hadir.config.environment import derived
from hadir.gate.app import Gate, create_app
from hadir.gate.settings import GateSettings, Rate, Throttles
from hadir.kernel import passes, tap
from hadir.kernel.keys import Keys, derive_keys
from hadir.kernel.photos import FolderStore

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

    from hadir.cli.cluster import Cluster

SECRET = servers.SECRET.encode()
KOTA = 1
BALAI_KOTA = 1
_T = TypeVar("_T")
_persons = itertools.count(1)


@dataclass(frozen=True)
class Ledger:
    """The database of the gate's tests; `owner` sees all, and needs no unit to make a site."""

    gate: str
    owner: str
    neighbour: str

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.owner, autocommit=True) as connection:
            cursor = connection.execute(question, values)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """Cut everybody off and let nobody in, as a server that is down would."""
        with psycopg.connect(self.neighbour, autocommit=True) as connection:
            name = psycopg.conninfo.conninfo_to_dict(self.owner)["dbname"]
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            try:
                yield
            finally:
                connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.fixture(scope="session")
def ledger(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Ledger:
    name = f"hadir_gate_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock():
        servers.provide_copy(cluster, name)
    owner = f"{cluster.url(name)}&options=-c%20session_replication_role%3Dreplica"
    made = Ledger(cluster.url(name, "hadir_gate", derived(SECRET, "database role gate")), owner, cluster.url())
    made.ask(
        "INSERT INTO org_site (id, government_id, unit_id, name, latitude, longitude, radius, zone) "
        "OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, 'Balai Kota', %s, %s, 100, 'WIB')",
        *OFFICE,
    )
    return made


@dataclass
class Answer:
    status: int
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Door:
    """A running gate, asked from outside as a server would ask it."""

    gate: Gate
    settings: GateSettings
    keys: Keys = field(default_factory=lambda: derive_keys(SECRET))
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def ask(self, method: str, path: str, body: bytes = b"", address: str = "10.1.2.3", **headers: str) -> Answer:
        return self.do(self.asking(method, path, body, address, **headers))

    async def asking(self, method: str, path: str, body: bytes, address: str, **headers: str) -> Answer:
        target, _, query = path.partition("?")
        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": target, "query_string": query.encode()}
        scope |= {"raw_path": target.encode(), "headers": given, "client": (address, 4711)}
        parts = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]
        events: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(event: Any) -> None:
            events.append(event)

        await self.gate(scope, receive, send)
        return Answer(events[0]["status"], dict(events[0]["headers"]), events[1]["body"])

    def tap(self, phone: Phone, **changed: Any) -> Answer:
        """Tap now, at the office, with the phone's own pass."""
        return self.send(phone, tap.encode(phone.tap(self.keys, **changed)))

    def send(self, phone: Phone, canonical: bytes) -> Answer:
        return self.ask("POST", "/gate/tap", phone.body(canonical), authorization=self.authorization(phone))

    def authorization(self, phone: Phone) -> str:
        return f"Hadir {passes.issue(self.keys.for_passes, phone.granted)}"


def settings_of(ledger: Ledger, folder: Path) -> GateSettings:
    return GateSettings(dsn=ledger.gate, secret=SECRET, photos=FolderStore(folder / "photos"))


@pytest.fixture
def settings_of_door(ledger: Ledger, tmp_path: Path) -> GateSettings:
    return settings_of(ledger, tmp_path)


@pytest.fixture
def door(settings_of_door: GateSettings) -> Iterator[Door]:
    opened = Door(create_app(settings_of_door), settings_of_door)
    opened.do(opened.gate.start())
    yield opened
    opened.do(opened.gate.stop())
    opened.close()


@pytest.fixture
def strict_settings(ledger: Ledger, tmp_path: Path) -> GateSettings:
    """Settings of a gate that loses patience soon."""
    strict = Throttles(per_pass=Rate(1, 3), per_address=Rate(1, 20), failures=Rate(1, 2), per_terminal=Rate(1, 3))
    return replace(settings_of(ledger, tmp_path), throttles=strict)


def employ(ledger: Ledger, name: str, sites: tuple[int, ...] | None = (BALAI_KOTA,)) -> Phone:
    """Somebody new of the city, with a phone."""
    person = next(_persons)
    ledger.ask(
        "INSERT INTO org_person (id, government_id, name, photo) OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, '')",
        person,
        KOTA,
        name,
    )
    return make_phone(KOTA, person, sites)


@pytest.fixture
def budi(ledger: Ledger) -> Phone:
    return employ(ledger, "Budi Santoso")


@pytest.fixture
def sari(ledger: Ledger) -> Phone:
    return employ(ledger, "Sari Wulandari")
