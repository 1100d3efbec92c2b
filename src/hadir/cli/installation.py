import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from hadir.cli.trouble import TroubleError
from hadir.config import environment
from hadir.kernel.photo_places import folder_of, told_place
from hadir.kernel.photos import PhotoStore, PhotoStoreUnavailable
from hadir.kernel.refusals import InvalidData

OLDEST_SERVER = 150000
TRIAL = hashlib.sha256(b"hadir").digest()


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


def photo_folder() -> Path | None:
    """The folder of the photos, None where they are in a bucket."""
    return folder_of(settings.HADIR_PHOTOS)


def require_photos(address: str) -> None:
    """Check that photos can be kept at an address and come back.

    Raises:
        TroubleError: They cannot.
    """
    try:
        folder, store = folder_of(address), environment.photo_store(address)
        if folder is not None:
            require_writable(folder)
        else:
            try_out(store)
    except (environment.EnvironmentMistakeError, InvalidData) as mistake:
        raise TroubleError(f"The place of the photos is not told: {mistake}") from mistake
    except PhotoStoreUnavailable as refusal:
        raise TroubleError(
            f"The photo store {told_place(address)} does not keep and show ({refusal.data['reason']}): check "
            "HADIR_PHOTOS, HADIR_S3_KEY and HADIR_S3_SECRET, and that the bucket lets this key put and get."
        ) from refusal


def try_out(store: PhotoStore) -> None:
    """Keep a trial and read it back, apart from all photos; it stays, so that no right to delete is needed.

    Raises:
        PhotoStoreUnavailable: The store refuses, or shows something else.
    """
    trials = store.apart("trial")
    trials.put(1, TRIAL, TRIAL)
    if trials.get(1, TRIAL) != TRIAL:
        raise PhotoStoreUnavailable(reason="another content came back")


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
