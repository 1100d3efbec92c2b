import signal
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from tests.cli.installations import Installation

from hadir.cli.programs import surroundings, without_user
from hadir.config.environment import mail, mail_url
from hadir.kernel.clock import now

DAY = timedelta(days=1)


def write_certificate(folder: Path, form: PrivateFormat = PrivateFormat.PKCS8) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hadir.contoh.go.id")])
    drawn = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now() - DAY, now() + DAY)
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(drawn.sign(key, SHA256()).public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, form, NoEncryption()))
    return str(certificate), str(private)


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def refusal(office: Installation, *arguments: str, **told: str) -> str:
    done = office.run("serve", "--port", free_port(), *arguments, **told)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def processes_below(number: int) -> list[str]:
    said = subprocess.run(
        ["ps", "-ww", "-e", "-o", "sid=,pid=,ppid=,args="], check=True, capture_output=True, text=True
    )
    return [line for line in said.stdout.splitlines() if str(number) in line.split()[:3]]


@contextmanager
def serving(office: Installation, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        office.command("serve", *arguments), env=office.told, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if line.startswith("Hadir serves"):
            break
    else:
        pytest.fail("".join(said))
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)


def fetch(url: str) -> int:
    trusting = ssl._create_unverified_context()  # noqa: S323 - the certificate was made a moment ago, here
    with urllib.request.urlopen(url, timeout=10, context=trusting) as answer:
        status: int = answer.status
        return status


def test_an_office_is_served_over_tls_and_its_old_terminals_without(office: Installation, tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    port, plain = free_port(), free_port()
    options = ["--host", "127.0.0.1", "--port", port, "--workers", "1", "--terminals-port", plain]
    with serving(office, *options, "--tls-cert", certificate, "--tls-key", key) as process:
        assert fetch(f"https://127.0.0.1:{port}/gate/health") == 200
        assert fetch(f"http://127.0.0.1:{plain}/gate/keys") == 200
    assert process.returncode == 0
    assert processes_below(process.pid) == []


def test_one_part_can_be_served_alone(office: Installation) -> None:
    port = free_port()
    with serving(office, "--only", "gate", "--behind-proxy", "--host", "127.0.0.1", "--port", port, "--workers", "1"):
        assert fetch(f"http://127.0.0.1:{port}/gate/keys") == 200
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetch(f"http://127.0.0.1:{port}/")


def test_what_serves_does_not_know_the_owner_of_the_database() -> None:
    assert without_user("postgresql://owner:p%40ss@db.contoh:5432/hadir?sslmode=verify-full") == (
        "postgresql://db.contoh:5432/hadir?sslmode=verify-full"
    )


def test_without_a_secret_nothing_is_served(office: Installation) -> None:
    assert "HADIR_SECRET is not set" in refusal(office, HADIR_SECRET="")


def test_an_address_without_tls_is_refused(office: Installation) -> None:
    assert "must begin with https://" in refusal(office, HADIR_PUBLIC_URL="http://hadir.contoh.go.id")


def test_tls_must_come_from_somewhere(office: Installation) -> None:
    assert "TLS is missing" in refusal(office)


def test_a_key_in_an_old_form_is_refused_with_its_remedy(office: Installation, tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path, PrivateFormat.TraditionalOpenSSL)
    assert "openssl pkcs8 -topk8" in refusal(office, "--tls-cert", certificate, "--tls-key", key)


def test_a_key_of_another_certificate_is_refused(office: Installation, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    certificate, _ = write_certificate(tmp_path)
    _, key = write_certificate(tmp_path / "other")
    assert "does not belong to the certificate" in refusal(office, "--tls-cert", certificate, "--tls-key", key)


def test_a_busy_port_is_refused_by_its_number(office: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = office.run("serve", "--behind-proxy", "--host", "127.0.0.1", "--port", port)
    assert f"Port {port} of 127.0.0.1 is busy" in done.stderr


def test_a_database_that_lacks_migrations_is_refused(office: Installation) -> None:
    office.do("DELETE FROM django_migrations WHERE app = 'clocking'")
    assert "run ./hadir migrate" in refusal(office, "--behind-proxy")


def test_a_database_that_is_not_there_is_refused_in_one_sentence(office: Installation) -> None:
    assert "The database does not let hadir_web in" in refusal(
        office, "--behind-proxy", HADIR_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing"
    )


def test_a_photo_folder_that_cannot_be_written_is_refused(office: Installation, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be written" in refusal(office, "--behind-proxy", HADIR_PHOTOS=str(tmp_path / "file" / "photos"))


def test_without_a_mail_server_nothing_is_served(office: Installation) -> None:
    assert "HADIR_SMTP_URL is not set" in refusal(office, "--behind-proxy", HADIR_SMTP_URL="")
    assert "must begin with smtp://" in refusal(office, "--behind-proxy", HADIR_SMTP_URL="console:")


def test_mail_without_tls_leaves_by_a_relay_on_this_machine_alone(office: Installation) -> None:
    said = refusal(office, "--behind-proxy", HADIR_SMTP_URL="smtp://mail.contoh.go.id?tls=no")
    assert "would cross the network in the open" in said


def test_mail_asks_for_tls_also_where_nobody_signs_in() -> None:
    assert mail("smtp://mail.contoh.go.id:25")["EMAIL_USE_TLS"]
    assert mail("smtps://mail.contoh.go.id")["EMAIL_USE_SSL"]
    assert not mail("smtp://localhost:25?tls=no")["EMAIL_USE_TLS"]


def test_the_mail_servers_password_is_read_from_a_file_and_told_to_the_worker_alone(tmp_path: Path) -> None:
    told = {"HADIR_DATABASE_URL": "postgresql://owner@localhost/hadir", "HADIR_SMTP_URL_FILE": str(tmp_path / "mail")}
    (tmp_path / "mail").write_text("smtp://hadir:p%40ss@mail.contoh.go.id\n")
    assert mail(mail_url(told))["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert "HADIR_SMTP_URL_FILE" in surroundings(told, "worker")
    assert "HADIR_SMTP_URL_FILE" not in surroundings(told, "web")
