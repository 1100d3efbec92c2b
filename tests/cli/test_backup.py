import subprocess
import tarfile
from pathlib import Path

import pytest
from tests.buckets import KEY, S3Server
from tests.cli.installations import Installation

PHOTO = b"\xff\xd8 the picture of Budi"


@pytest.fixture
def archive(office: Installation, open_folder: Path) -> Path:
    (office.photos / "1").mkdir()
    (office.photos / "1" / "budi.jpg").write_bytes(PHOTO)
    done = office.run("backup", str(open_folder / "backups"))
    assert done.returncode == 0, done.stderr
    (found,) = (open_folder / "backups").iterdir()
    return found


def test_what_was_backed_up_comes_back_row_by_row_with_its_photos(office: Installation, archive: Path) -> None:
    before = office.rows("SELECT * FROM tenancy_government ORDER BY id")
    assert len(before) == 2
    office.do("DELETE FROM tenancy_government")
    (office.photos / "1" / "budi.jpg").unlink()

    done = office.run("restore", str(archive), "--replace", office.name)

    assert done.returncode == 0, done.stderr
    assert office.rows("SELECT * FROM tenancy_government ORDER BY id") == before
    assert (office.photos / "1" / "budi.jpg").read_bytes() == PHOTO


GUARDS = """
SELECT 'policy', tablename || '.' || policyname, roles::text, qual FROM pg_policies
UNION ALL SELECT 'table', relname, relrowsecurity::text, array(SELECT unnest(relacl)::text ORDER BY 1)::text
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
UNION ALL SELECT 'function', proname, prosecdef::text, array(SELECT unnest(proacl)::text ORDER BY 1)::text
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
    SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
ORDER BY 1, 2
"""


def test_a_restored_database_still_guards_its_rows(office: Installation, archive: Path) -> None:
    before = office.rows(GUARDS)
    assert {kind for kind, *_ in before} == {"policy", "table", "function"}
    assert office.run("restore", str(archive), "--replace", office.name).returncode == 0
    assert office.rows(GUARDS) == before


def test_a_full_database_is_not_overwritten_unasked(office: Installation, archive: Path) -> None:
    done = office.run("restore", str(archive))
    assert done.returncode == 1
    assert f"The database {office.name} is not empty" in done.stderr


def test_a_damaged_archive_is_refused_before_anything_is_touched(office: Installation, archive: Path) -> None:
    written = bytearray(archive.read_bytes())
    place = written.index(PHOTO)
    written[place + 3] ^= 1
    archive.write_bytes(bytes(written))

    done = office.run("restore", str(archive), "--replace", office.name)

    assert done.returncode == 1
    assert "damaged: photos/1/budi.jpg" in done.stderr
    assert len(office.rows("SELECT * FROM tenancy_government")) == 2


def test_only_its_owner_may_read_an_archive(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as opened:
        assert opened.getnames() == ["database.dump", "photos/1/budi.jpg", "manifest.json"]


def test_a_table_that_the_backup_role_cannot_see_stops_the_backup(office: Installation, open_folder: Path) -> None:
    office.do("CREATE TABLE forgotten (); ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY")
    office.do("GRANT SELECT ON forgotten TO hadir_backup")
    done = office.run("backup", str(open_folder / "backups"))
    assert done.returncode == 1
    assert "cannot see the rows of forgotten" in done.stderr


def test_a_backup_that_fails_half_way_leaves_nothing_behind(office: Installation, open_folder: Path) -> None:
    (office.photos / "1").mkdir()
    (office.photos / "1" / "large.jpg").write_bytes(PHOTO * 200_000)
    folder = open_folder / "backups"
    told = subprocess.run(
        ["sh", "-c", 'ulimit -f 6000; exec "$@"', "sh", *office.command("backup", str(folder))],
        env=office.told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "The backup could not be written" in told.stderr
    assert list(folder.iterdir()) == []


@pytest.fixture
def bucket(s3: S3Server) -> dict[str, str]:
    """What an office is told whose photos are in a bucket."""
    return {"HADIR_PHOTOS": s3.address("backup"), "HADIR_S3_KEY": KEY.name, "HADIR_S3_SECRET": KEY.secret}


def test_photos_in_a_bucket_stay_there_and_the_archive_says_so(
    office: Installation, bucket: dict[str, str], open_folder: Path
) -> None:
    done = office.run("backup", str(open_folder / "backups"), **bucket)
    assert "everything but the photos, which stay in s3://photos-of-tests/backup," in done.stdout, done.stderr
    (archive,) = (open_folder / "backups").iterdir()

    elsewhere = office.run("restore", str(archive), "--replace", office.name)
    assert elsewhere.returncode == 1
    assert "while the photos were in s3://photos-of-tests/backup" in elsewhere.stderr
    assert len(office.rows("SELECT * FROM tenancy_government")) == 2

    restored = office.run("restore", str(archive), "--replace", office.name, **bucket)
    assert restored.returncode == 0, restored.stderr
    assert "the photos being in s3://photos-of-tests/backup" in restored.stdout


def test_photos_of_an_archive_are_not_dropped_on_the_way_to_a_bucket(
    office: Installation, archive: Path, bucket: dict[str, str]
) -> None:
    done = office.run("restore", str(archive), "--replace", office.name, **bucket)
    assert done.returncode == 1
    assert "copy the folder's content into the bucket" in done.stderr
    assert len(office.rows("SELECT * FROM tenancy_government")) == 2
