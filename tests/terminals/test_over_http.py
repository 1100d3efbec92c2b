"""A terminal on a real socket: HTTP/1.0, no keep-alive, and a server process that has never heard of it."""

from __future__ import annotations

import socket
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from tests.gate.test_durability import Served
from tests.terminals.test_absorbing import FIRST, events, own
from tests.wire.adms.captured import OWN, read_capture

from hadir.kernel.clock import now

SERIAL = "HDR7261100022"
CAPTURES = [path.stem for path in sorted(OWN.glob("attlog_*.txt"))]


@pytest.fixture
def served(installation, tmp_path):
    def start() -> Served:
        started.append(Served(installation.url("gate"), tmp_path / "photos"))
        started[-1].connect().close()
        return started[-1]

    started: list[Served] = []
    yield start
    for each in started:
        each.kill()


def talk(served, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Say something as a terminal does, and read as much as the server announces."""
    with socket.create_connection(("127.0.0.1", served.port), 20) as line:
        line.sendall(request)
        with line.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
            headers = {}
            while (header := answer.readline().strip()) != b"":
                name, _, value = header.decode().partition(":")
                headers[name.lower()] = value.strip()
            return status, headers, answer.read(int(headers["content-length"]))


def post(served, target: str, body: bytes, version: str = "1.0") -> tuple[int, dict[str, str], bytes]:
    head = f"POST {target} HTTP/{version}\r\nHost: absen\r\nUser-Agent: iClock Proxy/1.09\r\nConnection: close\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    return talk(served, head.encode() + body)


def test_a_terminal_greets_and_is_given_the_time_in_the_head_of_the_answer(city, served):
    city.approve(SERIAL)
    request = f"GET /iclock/cdata?SN={SERIAL}&options=all&pushver=2.2.14 HTTP/1.0\r\n\r\n"
    status, headers, body = talk(served(), request.encode())
    assert status == 200
    assert body.startswith(f"GET OPTION FROM: {SERIAL}\n".encode())
    assert headers["content-type"] == "text/plain"
    assert "transfer-encoding" not in headers
    assert abs(parsedate_to_datetime(headers["date"]) - now()) < timedelta(minutes=1)


def test_punches_of_every_shape_arrive_as_events(installation, city, served):
    captures = [read_capture(OWN / f"{name}.txt") for name in CAPTURES]
    for capture in captures:
        city.approve(capture.target.serial)
    gate = served()
    for version in ("1.0", "1.1"):
        for capture in captures:
            query = "&".join(f"{name}={value}" for name, value in capture.target.query)
            status, _, body = post(gate, f"/iclock/cdata?{query}", capture.body, version)
            assert (status, body) == (200, capture.comment.partition("| reply: ")[2].strip().encode())
    installation.absorb()
    for (pin,) in installation.ask("SELECT DISTINCT pin FROM terminals_punch"):
        city.map(pin, city.office.budi, FIRST)
    installation.absorb()
    assert installation.ask("SELECT count(*) FROM terminals_punch WHERE event_id IS NULL AND parked = ''") == [(0,)]
    punches = "SELECT count(DISTINCT (event_at, event_id)) FROM terminals_punch WHERE event_id IS NOT NULL"
    assert [(len(events(installation)),)] == installation.ask(punches)
    assert len(events(installation)) == 18


def test_a_body_in_chunks_is_read(installation, city, served):
    city.approve(SERIAL)
    body = own("attlog_7_fields_batch").body
    chunks = b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (20, body[:20], len(body) - 20, body[20:])
    head = f"POST /iclock/cdata?SN={SERIAL}&table=ATTLOG HTTP/1.1\r\nHost: absen\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert talk(served(), head.encode() + chunks)[2] == b"OK: 5"
    assert installation.ask("SELECT body FROM terminals_rawmessage") == [(body,)]


def test_a_gate_that_is_killed_after_its_answer_has_lost_nothing(installation, city, served):
    city.approve(SERIAL)
    gate = served()
    assert post(gate, f"/iclock/cdata?SN={SERIAL}&table=ATTLOG", own("attlog_7_fields_batch").body)[0] == 200
    gate.kill()
    installation.absorb()
    assert installation.ask("SELECT count(*) FROM terminals_punch") == [(5,)]
