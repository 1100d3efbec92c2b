"""The PostgreSQL of a test run: one private server, a migrated template, and copies of it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from hadir.cli.cluster import HASTY, Cluster, provide_database
from hadir.cli.pgbin import Binaries, binaries_in, embedded_binaries
from hadir.config.environment import derived

OWNER = "hadir_owner"
# Stands for the owner in naming who runs the installation: the owner belongs to each login, so none can become it.
FOUNDER = "hadir_founder"
OWNER_PASSWORD = "owner of the tests"
TEMPLATE = "hadir_template"
SECRET = "a secret that only the tests of Hadir know"
SETTINGS = {**HASTY, "max_connections": "200", "shared_buffers": "128MB", "max_wal_size": "2GB"}

# What only the owner may write, and every test may read.
GOVERNMENTS = (
    (1, "kota-contoh", "Pemerintah Kota Contoh", "city", "WIB"),
    (2, "kementerian-contoh", "Kementerian Contoh", "ministry", "WIT"),
)


def chosen_binaries() -> Binaries:
    """The embedded server, or the one whose programs HADIR_TEST_PG names."""
    folder = os.environ.get("HADIR_TEST_PG")
    return binaries_in(Path(folder)) if folder else embedded_binaries()


def open_temporary_folder() -> Path:
    """A temporary folder that a server's own user can reach; pytest's own are closed to everybody else."""
    folder = Path(tempfile.mkdtemp(prefix="hadir-test-"))
    folder.chmod(0o755)
    return folder


def cluster_in(folder: Path) -> Cluster:
    return Cluster(folder / "cluster", chosen_binaries(), SETTINGS)


def owner_url(cluster: Cluster, database: str) -> str:
    return cluster.url(database, OWNER, OWNER_PASSWORD)


def provide_template(cluster: Cluster) -> None:
    """Migrate the template once, however many processes of a run ask for it."""
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datistemplate AND datname = %s", (TEMPLATE,)).fetchone():
            return
        provide_database(cluster, TEMPLATE, OWNER, OWNER_PASSWORD)
        connection.execute(f"CREATE ROLE {FOUNDER} BYPASSRLS")
        with owner_connected_to(TEMPLATE):
            _migrate()
        # The pages' login inherits nothing by this: it may change into the others, as tests.roles does.
        connection.execute(f"GRANT hadir_worker, {FOUNDER} TO hadir_web")
        connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(TEMPLATE)))


def provide_copy(cluster: Cluster, name: str) -> None:
    """Copy the template, over an older copy of that name."""
    provide_template(cluster)
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        drop_copy(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(
                *map(sql.Identifier, (name, TEMPLATE, OWNER))
            )
        )


def drop_copy(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def owner_connected_to(database: str) -> Iterator[None]:
    """Point the alias `owner` at another database for a while."""
    owner = connections["owner"]
    usual = owner.settings_dict["NAME"]
    owner.close()
    owner.settings_dict["NAME"] = database
    try:
        yield
    finally:
        owner.close()
        owner.settings_dict["NAME"] = usual


def _migrate() -> None:
    from hadir.tenancy.roles import align_passwords, open_to_backup  # noqa: PLC0415 - models need the settings, which are told later

    call_command("migrate", database="owner", verbosity=0)
    align_passwords(connections["owner"], lambda role: derived(SECRET.encode(), f"database role {role}"))
    open_to_backup(connections["owner"])
    with connections["owner"].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO tenancy_government (id, slug, name, kind, zone, address, helpdesk_phone, helpdesk_email) "
            "VALUES (%s, %s, %s, %s, %s, '', '', '')",
            GOVERNMENTS,
        )
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {FOUNDER}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON accounts_account TO {FOUNDER}")
        cursor.execute("SELECT setval(pg_get_serial_sequence('tenancy_government', 'id'), 100)")


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
