import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from hadir.cli.trouble import TroubleError

OLDEST_SERVER = 150000


def require_database() -> None:
    """Check that the database answers in this process's role and is new enough.

    Raises:
        TroubleError: It is not.
    """
    try:
        connection.ensure_connection()
    except OperationalError as error:
        said = str(error).strip().splitlines()[0]
        raise TroubleError(f"The database does not let {connection.settings_dict['USER']} in: {said}") from error
    found = connection.connection.info.server_version
    if found < OLDEST_SERVER:
        raise TroubleError(f"PostgreSQL 15 or newer is needed, and this is {found // 10000}.")


def require_migrated() -> None:
    """Check that the database has every migration of this version.

    Raises:
        TroubleError: It has not, or cannot be asked.
    """
    require_database()
    executor = MigrationExecutor(connection)
    lacking = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if lacking:
        raise TroubleError(f"The database lacks {len(lacking)} migrations: run ./hadir migrate as its owner first.")


def photo_folder() -> Path:
    """Where the photo store is."""
    return Path(settings.HADIR_PHOTOS)


def require_writable(folder: Path) -> None:
    """Check that files can be written there.

    Raises:
        TroubleError: They cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise TroubleError(
            f"The photo folder {folder} cannot be written by user {os.geteuid()}: {error.strerror}. "
            "Give it to the user that Hadir runs as, or name another in HADIR_PHOTOS."
        ) from error
