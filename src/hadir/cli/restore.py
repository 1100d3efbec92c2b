import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from hadir.cli.archive import Manifest, check_archive, extract, has_photos
from hadir.cli.django_as import django_as
from hadir.cli.installation import photo_folder, require_database, require_photos
from hadir.cli.pgclient import client_for, run_client
from hadir.cli.rows import counted_rows, differences
from hadir.cli.trouble import TroubleError
from hadir.config import environment
from hadir.kernel.photo_places import told_place


def main(argv: Sequence[str]) -> int:
    """Bring a backup back into the database of HADIR_DATABASE_URL, as its owner."""
    parser = argparse.ArgumentParser(prog="hadir restore", description="Bring a backup back and verify it.")
    parser.add_argument("archive", type=Path, help="what ./hadir backup wrote")
    parser.add_argument("--replace", metavar="DATABASE", help="throw away what this database, named here, holds now")
    options = parser.parse_args(argv)
    manifest = restore(options.archive, options.replace)
    rows, photos = sum(manifest.rows.values()), f"{len(manifest.members) - 1} photos"
    if manifest.photos_in:
        photos = f"the photos being in {manifest.photos_in}"
    print(f"Restored and counted: {rows} rows in {len(manifest.rows)} tables, {photos}, of {manifest.taken_at}.")
    return 0


def restore(path: Path, replace: str | None = None) -> Manifest:
    """Verify the archive, bring it back, count its rows.

    Raises:
        TroubleError: The archive is damaged, the database is not empty, or what came back differs.
    """
    manifest = check_archive(path)
    django_as("owner")
    require_database()
    require_photos(settings.HADIR_PHOTOS)
    folder = photo_folder()
    require_same_place(manifest, folder)
    database = environment.database(environment.required("HADIR_DATABASE_URL"))
    client = client_for(max(manifest.server, connection.connection.info.server_version // 10000))
    make_room(database["NAME"], replace)
    prepare_roles()
    with tempfile.TemporaryDirectory(dir=folder.parent if folder else None, prefix=".hadir-restore-") as scratch:
        dump = Path(scratch) / "database.dump"
        extract(path, dump, folder)
        order = ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(dump)]
        run_client(client, order, database)
    with psycopg.connect(environment.conninfo(database)) as owner:
        wrong = differences(manifest.rows, counted_rows(owner))
    if wrong:
        raise TroubleError("\n  ".join(["What came back is not what was backed up:", *wrong]))
    return manifest


def require_same_place(manifest: Manifest, folder: Path | None) -> None:
    """Check that this installation's photos are where the archive leaves or brings them.

    Raises:
        TroubleError: They are not; nothing was touched.
    """
    if manifest.photos_in and told_place(settings.HADIR_PHOTOS) != manifest.photos_in:
        raise TroubleError(
            f"This archive was written while the photos were in {manifest.photos_in}, and holds none: name that bucket "
            "in HADIR_PHOTOS. Move photos after a restore."
        )
    if folder is None and has_photos(manifest):
        raise TroubleError(
            "This archive holds photos, and HADIR_PHOTOS names a bucket: restore with a folder there, then copy the "
            "folder's content into the bucket; the names are the same."
        )


def make_room(name: str, replace: str | None) -> None:
    """Leave the schema empty, if it is empty or was given up by name.

    Raises:
        TroubleError: It holds something that nobody gave up.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        is_empty = cursor.fetchone() == (0,)
        if not is_empty and replace != name:
            raise TroubleError(
                f"The database {name} is not empty; name an empty one in HADIR_DATABASE_URL, or give up what it holds "
                f"with --replace {name}."
            )
        # The dump makes the schema's extension and everything in it anew.
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def prepare_roles() -> None:
    """Make the application's roles where this server lacks them: the dump's grants and policies name them."""
    from hadir.tenancy.roles import align_passwords, make_roles  # noqa: PLC0415 - models exist once Django is set up

    make_roles(connection)
    key = environment.secret()
    align_passwords(connection, lambda role: environment.derived(key, f"database role {role}"))
    connection.close()
