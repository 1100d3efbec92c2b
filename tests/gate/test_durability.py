from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from bench.tap_target import tell
from tests.gate.conftest import SECRET, Door, employ

from hadir.gate.app import create_app
from hadir.kernel import passes, tap
from hadir.kernel.keys import derive_keys
from hadir.kernel.receipts import ReceiptKey

KEYS = derive_keys(SECRET)
ROOT = Path(__file__).parents[2]


class Served:
    """A gate in processes of its own, which can be killed."""

    def __init__(self, dsn: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        order = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(self.port), "--no-ws"]
        order += ["--workers", "2", "--log-level", "error", "--factory", "bench.tap_target:make_app"]
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        surroundings = os.environ | tell(dsn, SECRET, folder) | {"PYTHONPATH": paths}
        self._process = subprocess.Popen(order, env=surroundings, start_new_session=True)

    def kill(self) -> None:
        """End all of its processes at once, as a power cut would."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def connect(self) -> HTTPConnection:
        """A connection, as soon as somebody listens."""
        while self._process.poll() is None:
            try:
                connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
                connection.connect()
            except ConnectionRefusedError:
                connection.close()
                continue
            return connection
        raise AssertionError("the gate ended by itself")


@pytest.fixture
def serve(ledger, tmp_path):
    started = []

    def start() -> Served:
        started.append(Served(ledger.gate, tmp_path / "photos"))
        return started[-1]

    yield start
    for served in started:
        served.kill()


def send(connection, phone, canonical):
    headers = {"Authorization": f"Hadir {passes.issue(KEYS.for_passes, phone.granted)}"}
    connection.request("POST", "/gate/tap", phone.body(canonical), headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def send_until_it_dies(served, work, receipts, enough):
    with closing(served.connect()) as connection:
        for phone, canonical in work:
            try:
                status, answer = send(connection, phone, canonical)
            except (HTTPException, OSError):
                return
            assert status == 200
            receipts[canonical] = answer["receipt"]
            if len(receipts) >= 150:
                enough.set()


def test_a_gate_killed_under_load_loses_no_acknowledged_tap_and_doubles_none(serve, ledger):
    staff = [employ(ledger, f"Pegawai {number}") for number in range(8)]
    work = [[(phone, tap.encode(phone.tap(KEYS))) for _ in range(120)] for phone in staff]
    receipts: dict[bytes, str] = {}
    enough = threading.Event()
    first = serve()
    clients = [threading.Thread(target=send_until_it_dies, args=(first, part, receipts, enough)) for part in work]
    for client in clients:
        client.start()
    assert enough.wait(60)
    first.kill()
    for client in clients:
        client.join()

    events = "SELECT id, received FROM clocking_event WHERE person_id = ANY(%s)"
    people = [phone.granted.person for phone in staff]
    survived = dict(ledger.ask(events, people))
    reader = ReceiptKey(KEYS.receipt_seed).reader
    assert 150 <= len(receipts) < 8 * 120
    for canonical, text in receipts.items():
        receipt = reader.read(text)
        assert receipt is not None
        assert survived[tap.identify(canonical)] == receipt.received

    connection = serve().connect()
    for phone, canonical in (pair for part in work for pair in part):
        status, answer = send(connection, phone, canonical)
        assert status == 200
        assert receipts.get(canonical, answer["receipt"]) == answer["receipt"]
    connection.close()
    assert len(ledger.ask(events, people)) == 8 * 120
    evidence = (
        "SELECT count(*) FROM clocking_evidence v JOIN clocking_event e ON e.id = v.event_id WHERE person_id = ANY(%s)"
    )
    assert ledger.ask(evidence, people) == [(8 * 120,)]


def test_nothing_is_acknowledged_while_the_database_is_down_and_all_is_well_afterwards(ledger, door):
    siti = employ(ledger, "Siti Aminah")
    assert door.tap(siti).status == 200
    canonical = tap.encode(siti.tap(door.keys))
    with ledger.unreachable():
        refused = door.send(siti, canonical)
    assert (refused.status, refused.json["code"]) == (503, "not_stored")
    assert b"retry-after" in refused.headers
    assert door.send(siti, canonical).status == 200
    assert ledger.ask("SELECT count(*) FROM clocking_event WHERE person_id = %s", siti.granted.person) == [(2,)]


def test_a_gate_that_starts_without_its_database_refuses_until_it_has_read_the_house(ledger, settings_of_door):
    impatient = replace(settings_of_door, patience=timedelta(seconds=1))
    siti = employ(ledger, "Siti Aminah")
    opened = Door(create_app(impatient), impatient)
    with ledger.unreachable():
        opened.do(opened.gate.start())
        assert opened.tap(siti).status == 503
        assert opened.ask("GET", "/gate/health").status == 503
    opened.do(opened.gate._memory.read())
    assert opened.tap(siti).json["counts"]
    assert opened.ask("GET", "/gate/health").status == 200
    opened.do(opened.gate.stop())
    opened.close()


def test_a_phone_of_no_site_that_exists_is_outside(door, ledger):
    nomad = employ(ledger, "Rahmat Hidayat", sites=(77_777,))
    assert door.tap(nomad).json["reason"] == "outside"
