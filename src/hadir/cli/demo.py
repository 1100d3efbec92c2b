import argparse
import dataclasses
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import OperationalError, connection, connections
from psycopg import sql

from hadir.cli import programs
from hadir.cli.assets import provide_assets
from hadir.cli.cluster import Cluster, provide_database
from hadir.cli.crew import Crew, StopRequestedError, ending_signals
from hadir.cli.demo_state import DATABASE, OWNER, DemoState
from hadir.cli.django_as import django_as
from hadir.cli.freshness import digest_of, is_fresh
from hadir.cli.homes import ROOT, SOURCES
from hadir.cli.messages import provide_messages
from hadir.cli.migrate import migrate
from hadir.cli.pgbin import embedded_binaries
from hadir.cli.ports import await_answer, require_free
from hadir.cli.trouble import TroubleError

HOST = "127.0.0.1"
PEOPLE = 2404
LEAST_SPACE = 1_000_000_000


def main(argv: Sequence[str]) -> int:
    """Show Hadir with made-up offices and people, until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="hadir demo", description="Try Hadir on this machine; a second start keeps what was done in the first."
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the loopback (default 8000)")
    parser.add_argument("--size", type=int, help=f"people of the city (default {PEOPLE})")
    parser.add_argument("--fresh", action="store_true", help="forget what was done and start over")
    options = parser.parse_args(argv)
    state = DemoState()
    state.prepare()
    address = f"http://localhost:{options.port}"
    with ending_signals(), state.held(address):
        require_free(HOST, options.port)
        require_space()
        try:
            run(state, options, address)
        except StopRequestedError:
            say("Stopped. The next ./hadir demo goes on from here.")
        except OperationalError as error:
            raise TroubleError(f"The demo's database gave up: {str(error).strip().splitlines()[0]}") from error
    return 0


def run(state: DemoState, options: argparse.Namespace, address: str) -> None:
    """Start everything, and wait for the end."""
    cluster = Cluster(state.cluster_folder, embedded_binaries(), {"shared_buffers": "256MB", "max_wal_size": "2GB"})
    if options.fresh:
        say("Forgetting what was done ...")
        state.remove()
        shutil.rmtree(cluster.home.folder, ignore_errors=True)
        state.prepare()
    provide_assets(say)
    provide_messages()
    say("Starting PostgreSQL ...")
    crew = Crew()
    with cluster:
        try:
            told = provide_installation(state, cluster, address)
            loaded = provide_data(state, cluster, options.size)
            start(crew, state, told, options.port)
            say_ready(state, address, loaded)
            crew.watch()
        finally:
            crew.stop()


def provide_installation(state: DemoState, cluster: Cluster, address: str) -> Mapping[str, str]:
    """Lay out the environment of the demo's processes, with its database in place."""
    password = state.kept_secret("database-password")
    provide_database(cluster, DATABASE, OWNER, password)
    told = {
        "HADIR_DATABASE_URL": cluster.url(DATABASE, OWNER, password),
        "HADIR_SECRET": state.kept_secret("secret"),
        "HADIR_PHOTOS": str(state.photos),
        "HADIR_SMTP_URL": f"file://{state.mail}",
        "HADIR_HOSTS": f"localhost,{HOST}",
        "HADIR_PUBLIC_URL": address,
    }
    os.environ |= told
    return told


def provide_data(state: DemoState, cluster: Cluster, size: int | None) -> dict[str, Any]:
    """Migrate and load the demo where that has not been done to its end; say what is loaded."""
    migrations = digest_of(SOURCES.rglob("migrations/*.py"))
    loaded = state.what_was_loaded()
    if loaded and size not in {None, loaded["size"]}:
        raise TroubleError(f"The demo holds {loaded['size']} people; --size {size} needs --fresh, which starts over.")
    if loaded and is_fresh(state.migrated, migrations):
        return loaded
    if not loaded and state.migrated.exists():
        say("An earlier start was interrupted; starting over ...")
        remake_database(cluster)
    django_as("owner")
    say("Making the tables ...")
    migrate()
    state.migrated.write_text(migrations)
    if not loaded:
        loaded = load(size or PEOPLE)
        state.loaded.write_text(json.dumps(loaded))
    connections.close_all()
    return loaded


def load(size: int) -> dict[str, Any]:
    """Load the demo's offices, people and days."""
    from hadir.cli import demo_data  # noqa: PLC0415 - its models exist only once Django is set up

    say(f"Loading two governments, one of {size} people ...")
    with connection.cursor() as cursor:
        # Waiting for the disk at every step would take minutes; an interrupted load is thrown away anyway.
        cursor.execute("SET synchronous_commit = off")
        sign_ins = demo_data.load(size, say)
        cursor.execute("SET synchronous_commit = on")
        cursor.execute("ANALYZE")
    return {"size": size, "sign_ins": [dataclasses.asdict(each) for each in sign_ins]}


def remake_database(cluster: Cluster) -> None:
    """Throw the half-loaded database away and make an empty one."""
    with psycopg.connect(cluster.url(), autocommit=True) as superuser:
        name, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
        superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        superuser.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))


def start(crew: Crew, state: DemoState, told: Mapping[str, str], port: int) -> None:
    """Start web and gate behind one door, and the worker, and wait for their first answer."""
    say("Starting web, gate and worker ...")
    state.log.write_text("")
    at = programs.Listening(HOST, port, workers=min(2, os.cpu_count() or 1))
    crew.start("web", programs.server(programs.DOOR, at), programs.surroundings(told, "web"), state.log)
    crew.start("worker", programs.worker(), programs.surroundings(told, "worker"), state.log)
    try:
        for path in ("/gate/health", "/"):
            await_answer(f"http://{HOST}:{port}{path}", crew.check)
    except TroubleError as trouble:
        raise TroubleError(f"{trouble} The whole story is in {state.log}.") from trouble


def say_ready(state: DemoState, address: str, loaded: Mapping[str, Any]) -> None:
    """Print the address and one sign-in for each role."""
    rows = [tuple(map(str, each.values())) for each in loaded["sign_ins"]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    print("\n  ".join(["", f"Hadir is ready: {address}", "", *lines]))
    print(f"\n  Mail is written to {os.path.relpath(state.mail)}. Ctrl-C ends everything.\n", flush=True)


def require_space() -> None:
    """Check that the disk can hold the demo."""
    free = shutil.disk_usage(ROOT).free
    if free < LEAST_SPACE:
        raise TroubleError(f"The disk that holds {ROOT} has only {free // 1_000_000} MB free; the demo needs 1 GB.")


def say(line: str) -> None:
    """Tell what is being done."""
    print(line, file=sys.stderr, flush=True)
