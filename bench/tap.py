"""Taps a second through the whole gate, beside what PostgreSQL itself makes of the same events one by one."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from bench.figure import Figure
from bench.frames import write_frames
from bench.phones import OFFICE, make_phone, request_of
from bench.tap_target import tell
from hadir.cli.cluster import Cluster, provide_database
from hadir.cli.pgbin import embedded_binaries
from hadir.config.environment import derived
from hadir.kernel import tap
from hadir.kernel.keys import derive_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE = 2_404
TAPS = 6_000
CLIENTS = 64
ROUNDS = 7
SECONDS = 2
WORKERS = 2
BAR = 0.25

# The gate writes the evidence beside each event; the reference writes the event alone, so the bar is on the safe side.
_SINGLE = """
\\set person random(1, %d)
INSERT INTO clocking_event (government_id, at, id, person_id, channel, mark, kind, counts, reason, received,
    proven_from, site_id)
VALUES (1, now(), sha256(random()::text::bytea), :person, 1, 0, 0, true, 0, now(), now(), 1);
"""


@dataclass(frozen=True)
class Round:
    """One round: the gate first, PostgreSQL alone after it, on the same server."""

    taps: float
    singles: float
    answers: dict[str, Any]


def run() -> list[Figure]:
    """Measure some rounds, print the absolute values, return the round in the middle."""
    secret = secrets.token_hex(32).encode()
    with tempfile.TemporaryDirectory(prefix="hadir-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        settings = {"shared_buffers": "256MB", "max_wal_size": "4GB"}
        with Cluster(home / "cluster", embedded_binaries(), settings) as cluster:
            dsn = prepare(cluster, secret)
            with gate(dsn, secret, home / "photos") as port:
                send(port, sign_beforehand(secret, PEOPLE))  # everyone once: connections, plans and caches are warm
                rounds = [one_round(port, secret, dsn, home) for _ in range(ROUNDS)]
    middle = sorted(rounds, key=lambda each: each.taps / each.singles)[ROUNDS // 2]
    p50, p99 = middle.answers["p50_ms"], middle.answers["p99_ms"]
    print(f"tap: p50 {p50:.1f} ms, p99 {p99:.1f} ms at {CLIENTS} clients, {WORKERS} workers", file=sys.stderr)
    return [Figure("tap", middle.taps, "taps/s", "pgbench single inserts/s", middle.singles, BAR, "higher")]


def one_round(port: int, secret: bytes, dsn: str, home: Path) -> Round:
    """Measure both once."""
    answers = send(port, sign_beforehand(secret, TAPS))
    return Round(TAPS / answers["seconds"], insert_singly(dsn, home), answers)


def prepare(cluster: Cluster, secret: bytes) -> str:
    """Make the house's own tables, its people and a site; return the address for the gate's role."""
    provide_database(cluster, "hadir", "hadir_owner", "owner of the bench")
    surroundings = os.environ | {
        "HADIR_DATABASE_URL": cluster.url("hadir", "hadir_owner", "owner of the bench"),
        "HADIR_SECRET": secret.decode(),
        "HADIR_HOSTS": "localhost",
        "HADIR_PUBLIC_URL": "http://localhost",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-m", "hadir", "migrate", "--quiet"], env=surroundings, check=True)
    with psycopg.connect(cluster.url("hadir"), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # no unit is needed for a site
        connection.execute(
            "INSERT INTO tenancy_government (id, slug, name, kind, zone, address, helpdesk_phone, helpdesk_email) "
            "VALUES (1, 'kota-contoh', 'Kota Contoh', 'city', 'WIB', '', '', '')"
        )
        connection.execute(
            "INSERT INTO org_person (id, government_id, name, photo) OVERRIDING SYSTEM VALUE "
            "SELECT number, 1, 'Pegawai ' || number, '' FROM generate_series(1, %s) number",
            [PEOPLE],
        )
        connection.execute(
            "INSERT INTO org_site (id, government_id, unit_id, name, latitude, longitude, radius, zone) "
            "OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, 'Balai Kota', %s, %s, 100, 'WIB')",
            OFFICE,
        )
        connection.execute("ANALYZE")
    return cluster.url("hadir", "hadir_gate", derived(secret, "database role gate"))


def sign_beforehand(secret: bytes, number: int) -> list[bytes]:
    """Return requests of signed taps in the order of time, of everyone in turn."""
    keys = derive_keys(secret)
    phones = [make_phone(1, person, (1,)) for person in range(1, PEOPLE + 1)]
    turns = (phones[turn % PEOPLE] for turn in range(number))
    return [request_of(keys, phone, phone.body(tap.encode(phone.tap(keys)))) for phone in turns]


def send(port: int, requests: list[bytes]) -> dict[str, Any]:
    """Send the requests from a process of its own; every one must be acknowledged."""
    order = [sys.executable, "-m", "bench.tap_clients", str(port), str(CLIENTS)]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(order, input=write_frames(requests), env=surroundings, check=True, capture_output=True)
    answers: dict[str, Any] = json.loads(said.stdout)
    if answers["statuses"] != {"200": len(requests)}:
        raise RuntimeError(f"not every tap was acknowledged: {answers['statuses']}")
    return answers


@contextmanager
def gate(dsn: str, secret: bytes, photo_folder: Path) -> Iterator[int]:
    """A gate on a free port of the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    order = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(port), "--no-ws"]
    order += ["--workers", str(WORKERS), "--log-level", "warning", "--factory", "bench.tap_target:make_app"]
    surroundings = os.environ | tell(dsn, secret, photo_folder) | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(order, env=surroundings)
    try:
        await_port(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when something listens."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise RuntimeError("the gate did not start")


def insert_singly(dsn: str, home: Path) -> float:
    """Return the transactions a second of pgbench, prepared, 16 clients, each commit flushed."""
    script = home / "single.sql"
    script.write_text(_SINGLE % PEOPLE)
    order = [embedded_binaries().program("pgbench"), "-n", "-M", "prepared", "-c", "16", "-j", "2"]
    said = subprocess.run(
        [*order, "-T", str(SECONDS), "-f", str(script), dsn], check=True, capture_output=True, text=True
    ).stdout
    found = re.search(r"tps = ([0-9.]+)", said)
    if found is None:
        raise RuntimeError(f"pgbench said nothing of its speed: {said}")
    return float(found[1])
