import http.client
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import servers
from tests.e2e.sites import HOST, Site, prepared_site
from tests.town import Town, open_town

from hadir.cli import programs
from hadir.cli.cluster import Cluster
from hadir.cli.crew import Crew
from hadir.cli.ports import await_answer
from hadir.tenancy.models import Government

MEGABYTE = 1024 * 1024
MULTIPART = "multipart/form-data; boundary=sekat"


class Unread:
    """A body that nobody may touch."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.fixture
def town(kota: Government) -> Town:
    return open_town(kota)


def announce(client: Client, path: str, size: int, **more: Any) -> Any:
    """Announce a body and send none of it yet."""
    return client.generic("POST", path, b"", MULTIPART, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(size), **more})


@pytest.mark.parametrize("path", ["/sign-in", "/people/upload", "/nowhere", "/activate", "/phone/pass"])
def test_a_guest_who_announces_much_is_refused_before_anything_is_read(db: None, path: str) -> None:
    answer = announce(Client(), path, 3 * MEGABYTE)
    assert answer.status_code == 413
    assert "kecil" in answer.content.decode()


def test_a_program_is_refused_in_json(db: None) -> None:
    answer = announce(Client(), "/sign-in", 200 * MEGABYTE, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_who_signed_in_may_send_much_only_where_people_are_uploaded(client: Client, town: Town) -> None:
    client.force_login(town.accounts["unit_admin"])
    assert announce(client, "/account", 3 * MEGABYTE).status_code == 413
    assert announce(client, "/people/upload", 80 * MEGABYTE).status_code == 413


def test_a_sheet_larger_than_an_ordinary_form_still_arrives(client: Client, town: Town) -> None:
    client.force_login(town.accounts["unit_admin"])
    sheet = SimpleUploadedFile("pegawai.csv", b"Nama;NIP\n" + b"Budi;1\n" * (3 * MEGABYTE // 7))
    assert client.post("/people/upload", {"sheet": sheet, "on": "2026-08-03"}).status_code == 422


@pytest.fixture
def folder() -> Iterator[Path]:
    made = servers.open_temporary_folder()
    yield made
    servers.remove(made)


@pytest.fixture(params=[programs.DOOR, programs.PAGES])
def served(request: pytest.FixtureRequest, cluster: Cluster, folder: Path, django_db_setup: None) -> Iterator[Site]:
    """Hadir behind its one door, and its pages in a process of their own."""
    site = prepared_site(cluster, f"hadir_bounds_{os.getpid()}", folder)
    crew = Crew()
    try:
        command = programs.server(request.param, programs.Listening(HOST, site.port))
        crew.start("web", command, programs.surroundings(site.told, "web"), folder / "log")
        await_answer(f"http://{HOST}:{site.port}/sign-in", crew.check)
        yield site
    finally:
        crew.stop()


def test_the_server_refuses_two_hundred_megabytes_before_they_are_sent(served: Site) -> None:
    connection = http.client.HTTPConnection(HOST, served.port, timeout=20)
    connection.putrequest("POST", "/sign-in")
    connection.putheader("Content-Type", MULTIPART)
    connection.putheader("Content-Length", str(200 * MEGABYTE))
    connection.endheaders(b"--sekat\r\n")
    assert connection.getresponse().status == 413
    connection.close()


def test_a_body_without_a_length_is_not_waited_for(served: Site) -> None:
    with socket.create_connection((HOST, served.port), timeout=20) as sender:
        sender.sendall(
            f"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: {MULTIPART}\r\n"
            "Transfer-Encoding: chunked\r\n\r\n5\r\n--sek\r\n".encode()
        )
        assert sender.recv(12).split()[1] in {b"403", b"411", b"413"}
