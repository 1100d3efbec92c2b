import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hadir.cli.cluster import HASTY, Cluster, provide_database
from hadir.cli.osuser import OsUser, is_reachable
from hadir.cli.pgbin import Binaries, embedded_binaries, installed_binaries
from hadir.cli.trouble import TroubleError


def servers() -> list[Binaries]:
    return [embedded_binaries(), *installed_binaries()]


@pytest.fixture(params=servers(), ids=lambda found: f"postgresql-{found.major}")
def server(request: pytest.FixtureRequest, open_folder: Path) -> Iterator[Cluster]:
    made = Cluster(open_folder / "cluster", request.param, HASTY)
    yield made
    made.stop()


def answer(server: Cluster, question: str) -> object:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(question).fetchone()
        return row and row[0]


def test_a_cluster_starts_and_keeps_its_rows_through_a_restart(server: Cluster) -> None:
    with server, psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS figure")
    with server:
        assert answer(server, "SELECT figure FROM kept") == 7
    assert not server.home.note.exists()


def test_a_cluster_that_was_killed_recovers_what_was_committed(server: Cluster) -> None:
    server.settings = {}
    server.start()
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS figure")
    number = int(server.home.note.read_text().split()[0])
    os.killpg(number, signal.SIGKILL)
    server.stop()
    assert server.home.note.exists()
    with server:
        assert answer(server, "SELECT figure FROM kept") == 7


def test_a_server_that_outlived_its_parent_is_ended_by_the_next_start(server: Cluster) -> None:
    server.start()
    first = server._process
    next_run = Cluster(server.folder, server.binaries, HASTY)
    with next_run:
        assert first is not None
        assert first.wait(10) == 0
        assert answer(next_run, "SELECT 1") == 1


def test_a_server_ends_with_the_process_that_started_it(server: Cluster) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells a child that its parent died")
    code = (
        "import os, sys; from pathlib import Path; from hadir.cli.cluster import *; from hadir.cli.pgbin import *\n"
        f"Cluster(Path({str(server.folder)!r}), binaries_in(Path({str(server.binaries.folder)!r})), HASTY).start()\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONPATH": "src"})
    deadline = time.monotonic() + 20
    while server.home.note.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_owner_of_a_database_may_make_roles_but_is_no_superuser(server: Cluster) -> None:
    with server:
        provide_database(server, "office", "office_owner", "p@ss word/")
        provide_database(server, "office", "office_owner", "another")
        with psycopg.connect(server.url("office", "office_owner", "another")) as connection:
            connection.execute("CREATE ROLE clerk")
            row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
            assert row == (False,)


def test_nobody_enters_without_the_password(server: Cluster) -> None:
    with server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(user="postgres", password="wrong"))


def test_data_of_another_version_is_refused_in_one_sentence(open_folder: Path) -> None:
    server = Cluster(open_folder / "cluster", embedded_binaries(), HASTY)
    with server:
        pass
    (server.home.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(TroubleError, match="made by PostgreSQL 14, and this is"):
        server.start()


def test_a_folder_behind_a_closed_door_is_not_reachable(open_folder: Path) -> None:
    stranger = OsUser("stranger", uid=54321, gid=54321)
    door = open_folder / "closed"
    (door / "inside").mkdir(parents=True)
    assert is_reachable(door / "inside", stranger)
    door.chmod(0o700)
    assert not is_reachable(door / "inside", stranger)


def test_a_long_path_still_gets_a_socket(open_folder: Path) -> None:
    deep = open_folder / ("d" * 60) / ("e" * 60)
    with Cluster(deep / "cluster", embedded_binaries(), HASTY) as server:
        assert answer(server, "SELECT 1") == 1
    server.home.socket_folder.rmdir()
