import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from hadir.cli import programs
from hadir.cli.assets import provide_assets
from hadir.cli.certificates import require_pair
from hadir.cli.crew import Crew, StopRequestedError, ending_signals
from hadir.cli.django_as import django_as
from hadir.cli.installation import require_migrated, require_photos
from hadir.cli.messages import provide_messages
from hadir.cli.ports import await_answer, require_free
from hadir.cli.trouble import TroubleError
from hadir.config import environment

PARTS = ("web", "gate", "worker")


def main(argv: Sequence[str]) -> int:
    """Run Hadir for an office, until a signal ends it."""
    options = parse(argv)
    parts = options.only or list(PARTS)
    told = surroundings_of_office(options)
    os.environ |= told
    if set(parts) & {"web", "gate"}:
        require_free(options.host, options.port)
    if options.terminals_port:
        require_free(options.host, options.terminals_port)
    django_as("worker" if parts == ["worker"] else "web")
    require_migrated()
    require_photos(settings.HADIR_PHOTOS)
    if "web" in parts:
        provide_assets(say)
        provide_messages()
    crew = Crew()
    with ending_signals():
        try:
            start(crew, parts, told, options)
            crew.watch()
        except StopRequestedError:
            say("Stopping ...")
        finally:
            crew.stop()
    return 0


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The options of the verb."""
    parser = argparse.ArgumentParser(
        prog="hadir serve",
        description="Run Hadir for an office. HADIR_DATABASE_URL, HADIR_SECRET, HADIR_PUBLIC_URL and HADIR_SMTP_URL "
        "(or NAME_FILE, a file that holds the value) say where and as what; docs/operations/install.md tells the rest.",
    )
    parser.add_argument("--host", default="0.0.0.0", help="address to listen at (default: all)")  # noqa: S104 - an office is served
    parser.add_argument("--port", type=int, default=8443, help="port of pages and taps (default 8443)")
    parser.add_argument("--terminals-port", type=int, help="a plain HTTP port for terminals that know no TLS")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="server processes (default: one a core)"
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="run this part alone; may be repeated")
    parser.add_argument("--behind-proxy", action="store_true", help="a proxy on this machine or network ends TLS")
    parser.add_argument("--tls-cert", type=Path, default=path_of("HADIR_TLS_CERT"), help="certificate chain, PEM")
    parser.add_argument("--tls-key", type=Path, default=path_of("HADIR_TLS_KEY"), help="its key, PEM, PKCS#8")
    return parser.parse_args(argv)


def path_of(name: str) -> Path | None:
    """The path that a variable names, if it is set."""
    return Path(os.environ[name]) if os.environ.get(name) else None


def surroundings_of_office(options: argparse.Namespace) -> Mapping[str, str]:
    """What every process is told, after the checks that need no database.

    Raises:
        TroubleError: Something that an office needs is missing.
    """
    try:
        environment.secret()
        told = {"HADIR_DATABASE_URL": environment.required("HADIR_DATABASE_URL")}
        address = environment.required("HADIR_PUBLIC_URL")
        require_mail(environment.required("HADIR_SMTP_URL"))
    except environment.EnvironmentMistakeError as problem:
        raise TroubleError(str(problem)) from problem
    if not address.startswith("https://"):
        raise TroubleError(
            "HADIR_PUBLIC_URL must begin with https://: phones give camera and position to nothing else."
        )
    if options.behind_proxy:
        told["HADIR_BEHIND_PROXY"] = "1"
        told["HADIR_TRUSTED_PROXIES"] = os.environ.get("HADIR_TRUSTED_PROXIES") or "127.0.0.0/8,::1/128"
    elif set(options.only or PARTS) & {"web", "gate"}:
        if not (options.tls_cert and options.tls_key):
            raise TroubleError(
                "TLS is missing: give --tls-cert and --tls-key, or --behind-proxy where a proxy ends it."
            )
        require_pair(options.tls_cert, options.tls_key)
    told["HADIR_HOSTS"] = os.environ.get("HADIR_HOSTS") or f"{urlsplit(address).hostname},localhost,127.0.0.1"
    return told


def require_mail(url: str) -> None:
    """Check that mail leaves by a mail server: a link printed into a journal would let its readers in.

    Raises:
        EnvironmentMistakeError: It does not, or not by TLS.
    """
    if not url.startswith(("smtp://", "smtps://")):
        raise environment.EnvironmentMistakeError(
            "HADIR_SMTP_URL must begin with smtp:// or smtps://: links that let people in leave by mail alone."
        )
    environment.mail(url)


def start(crew: Crew, parts: Sequence[str], told: Mapping[str, str], options: argparse.Namespace) -> None:
    """Start the parts and wait for the first answer."""
    serving = set(parts) - {"worker"}
    alone = {"web": programs.PAGES, "gate": programs.GATE}
    application = alone[serving.pop()] if len(serving) == 1 else programs.DOOR
    certificate, key = (None, None) if options.behind_proxy else (options.tls_cert, options.tls_key)
    if set(parts) & {"web", "gate"}:
        at = programs.Listening(options.host, options.port, options.workers, certificate, key)
        role = "gate" if application == programs.GATE else "web"
        crew.start(role, programs.server(application, at), programs.surroundings(told, role))
    if options.terminals_port:
        at = programs.Listening(options.host, options.terminals_port)
        crew.start("terminals", programs.server(programs.GATE, at), programs.surroundings(told, "gate"))
    if "worker" in parts:
        crew.start("worker", programs.worker(), programs.surroundings(told, "worker"))
    if set(parts) & {"web", "gate"}:
        path = "/" if application == programs.PAGES else "/gate/health"
        scheme = "https" if certificate else "http"
        await_answer(f"{scheme}://{loopback(options.host)}:{options.port}{path}", crew.check)
    say(f"Hadir serves {', '.join(parts)} at {os.environ['HADIR_PUBLIC_URL']}.")


def loopback(host: str) -> str:
    """An address of this machine at which a server that listens at `host` answers."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - it is compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def say(line: str) -> None:
    """Tell what is being done."""
    print(line, file=sys.stderr, flush=True)
