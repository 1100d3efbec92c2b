import socket
import struct
import threading
from datetime import timedelta

from tests.buckets import KEY, S3Server
from tests.cli.installations import Installation

from hadir.kernel.clock import now
from hadir.platform.clocks import ahead_of_ntp

EPOCH_OF_NTP = 2_208_988_800


def lines(office: Installation, *arguments: str, **told: str) -> dict[str, str]:
    """What the doctor says about each thing, with its verdict in front."""
    said = office.run("doctor", *arguments, **told).stdout
    found = [line for line in said.splitlines() if line.startswith(("ok ", "WRONG "))]
    return {line[7:].partition(":")[0]: line for line in found}


def test_a_sound_database_is_found_sound(office: Installation) -> None:
    found = lines(office)
    names = ["database, as web", "database, as gate", "database, as backup", "PostgreSQL", "migrations", "guard"]
    names += [
        "roles",
        "append-only tables",
        "partitions",
        "letters",
        "clock, by the database",
        "months",
        "photos",
        "secret",
        "address",
    ]
    assert {name: found[name] for name in names if not found[name].startswith("ok")} == {}


def test_a_table_without_its_guard_is_noticed(office: Installation) -> None:
    office.do("ALTER TABLE org_person DISABLE ROW LEVEL SECURITY")
    assert "without row-level security: org_person" in lines(office)["guard"]


def test_a_right_to_change_taps_is_noticed(office: Installation) -> None:
    office.do("GRANT DELETE ON clocking_event TO hadir_web")
    assert "hadir_web may change clocking_event" in lines(office)["append-only tables"]


def test_a_right_to_change_one_column_of_a_policys_version_is_noticed(office: Installation) -> None:
    office.do("GRANT UPDATE (document) ON policies_policyversion TO hadir_worker")
    assert "hadir_worker may change policies_policyversion" in lines(office)["append-only tables"]


def test_a_right_to_a_partition_is_noticed(office: Installation) -> None:
    ((part,),) = office.rows(
        "SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'clocking_event'::regclass"
    )
    office.do(f"GRANT SELECT ON {part} TO hadir_gate")
    assert f"hadir_gate may reach {part}" in lines(office)["partitions"]


def test_letters_that_never_left_are_counted(office: Installation) -> None:
    office.do(
        'INSERT INTO notices_mail (government_id, "to", content, state, attempts, trouble, made_at) '
        "VALUES (1, 'budi@contoh.example', '', 'failed', 8, 'OSError', now())"
    )
    found = lines(office)["letters"]
    assert "1 of the last seven days failed for good" in found
    assert "budi" not in found


def test_a_changed_secret_and_the_way_out_are_told(office: Installation) -> None:
    done = office.run("doctor", HADIR_SECRET="another secret, that nobody told the database")
    assert done.returncode == 1
    assert "password authentication failed" in done.stdout
    assert "after a change of the secret run ./hadir migrate" in done.stdout


def test_a_dull_secret_is_called_dull(office: Installation) -> None:
    assert "too few different letters" in lines(office, HADIR_SECRET="abcabc" * 8)["secret"]


def test_a_missing_migration_is_noticed(office: Installation) -> None:
    office.do("DELETE FROM django_migrations WHERE app = 'clocking'")
    assert "lacks" in lines(office)["migrations"]


def test_a_worker_that_never_ran_is_missed(office: Installation) -> None:
    assert "it has never run" in lines(office)["worker"]


def test_an_office_without_tls_is_warned(office: Installation) -> None:
    assert "WRONG" in lines(office, HADIR_PUBLIC_URL="http://hadir.contoh.go.id")["address"]


def test_a_clock_that_is_off_is_told_by_how_much() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        answering = threading.Thread(target=tell_time_of_an_hour_ago, args=(server,))
        answering.start()
        ahead = ahead_of_ntp(f"127.0.0.1:{server.getsockname()[1]}")
        answering.join()
    assert abs(ahead - timedelta(hours=1)) < timedelta(seconds=1)


def tell_time_of_an_hour_ago(server: socket.socket) -> None:
    _asked, address = server.recvfrom(1024)
    told = now() - timedelta(hours=1)
    server.sendto(40 * b"\0" + struct.pack("!II", int(told.timestamp()) + EPOCH_OF_NTP, 0), address)


def test_a_bucket_is_written_and_read_by_the_doctor(office: Installation, s3: S3Server) -> None:
    told = {"HADIR_PHOTOS": s3.address("doctor"), "HADIR_S3_KEY": KEY.name}
    sound = lines(office, **told, HADIR_S3_SECRET=KEY.secret)["photos"]
    assert sound == "ok     photos: s3://photos-of-tests/doctor can be written and read"
    refused = lines(office, **told, HADIR_S3_SECRET="another secret")["photos"]
    assert refused.startswith("WRONG")
    assert "SignatureDoesNotMatch" in refused
    assert "HADIR_S3_SECRET is not set" in office.run("doctor", **told).stdout


def test_a_place_for_photos_that_is_none_is_told(office: Installation) -> None:
    assert lines(office, HADIR_PHOTOS="ftp://host/photos")["photos"].startswith("WRONG")
