import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg
from django.conf import settings

from hadir import VERSION
from hadir.cli.archive import Manifest, write_archive
from hadir.cli.django_as import django_as
from hadir.cli.installation import photo_folder
from hadir.cli.pgclient import client_for, list_dump, run_client
from hadir.cli.rows import counted_rows, hidden_tables
from hadir.cli.trouble import TroubleError
from hadir.config import environment
from hadir.kernel.clock import now
from hadir.kernel.photo_places import told_place


def main(argv: Sequence[str]) -> int:
    """Write database and photos into one archive and read it back."""
    parser = argparse.ArgumentParser(prog="hadir backup", description="Write database and photos into one archive.")
    parser.add_argument("folder", type=Path, help="where the archive is written; its name tells the instant")
    folder = parser.parse_args(argv).folder
    folder.mkdir(parents=True, exist_ok=True)
    path, manifest = back_up(folder)
    elsewhere = manifest.photos_in
    told = f"everything but the photos, which stay in {elsewhere}," if elsewhere else "everything"
    print(f"{path} holds {told} and was read back without an error.")
    return 0


def back_up(folder: Path) -> tuple[Path, Manifest]:
    """Take a backup as the backup role, from one instant of the database, and verify it; photos in a bucket stay there.

    Raises:
        TroubleError: The database cannot be read whole, or what was written differs from what was read.
    """
    django_as("backup")
    database = environment.in_role(
        environment.database(environment.required("HADIR_DATABASE_URL")), "backup", environment.secret()
    )
    try:
        connection = psycopg.connect(environment.conninfo(database))
    except psycopg.OperationalError as error:
        raise TroubleError(
            f"The database does not let hadir_backup in: {str(error).strip().splitlines()[0]}"
        ) from error
    with connection, tempfile.TemporaryDirectory(dir=folder, prefix=".hadir-backup-") as scratch:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        hidden = hidden_tables(connection)
        if hidden:
            raise TroubleError(f"The backup role cannot see the rows of {', '.join(hidden)}; nothing was written.")
        manifest = manifest_of(connection)
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        client = client_for(manifest.server)
        dump = Path(scratch) / "database.dump"
        order = ["pg_dump", "--format=custom", "--enable-row-security", "--no-owner", f"--file={dump}"]
        run_client(client, [*order, f"--snapshot={snapshot[0] if snapshot else ''}"], database)
        list_dump(client, dump)
        path = folder / f"hadir-{now():%Y%m%dT%H%M%SZ}.tar"
        write_archive(path, manifest, dump, photo_folder())
    return path, manifest


def manifest_of(connection: psycopg.Connection) -> Manifest:
    """What the database holds at the instant of this connection's snapshot."""
    return Manifest(
        taken_at=now().isoformat(),
        hadir=VERSION,
        server=connection.info.server_version // 10000,
        rows=counted_rows(connection),
        photos_in="" if photo_folder() else told_place(settings.HADIR_PHOTOS),
    )
