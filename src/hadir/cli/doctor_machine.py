import os
import platform
import shutil
import smtplib
import ssl
import stat
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hadir.cli.assets import DIST
from hadir.cli.certificates import expiry_of, require_pair
from hadir.cli.findings import Finding
from hadir.cli.homes import ROOT, STATE
from hadir.cli.installation import require_photos
from hadir.cli.messages import LOCALE
from hadir.config import environment
from hadir.kernel.clock import now
from hadir.kernel.photo_places import folder_of, told_place
from hadir.kernel.refusals import InvalidData
from hadir.platform.clocks import TOLERANCE, ahead_of_https, ahead_of_ntp

OLDEST_PYTHON = (3, 11)
LEAST_SPACE = 2_000_000_000
LEAST_LETTERS = 12
SOON = timedelta(days=21)


def python() -> Finding:
    """Whether this Python is one that Hadir is tested with."""
    version = platform.python_version()
    if tuple(sys.version_info) < OLDEST_PYTHON:
        return Finding(f"this is Python {version}", "Install Python 3.11 or newer and delete .venv.")
    return Finding(f"Python {version}")


def disk() -> Finding:
    """Whether photos and the checkout have room."""
    folder = photo_folder() or ROOT
    free = shutil.disk_usage(folder).free
    said = f"{free // 1_000_000_000} GB are free where {folder} is"
    if free < LEAST_SPACE:
        return Finding(said, "Free some, or move the photos to a larger disk (HADIR_PHOTOS).")
    return Finding(said)


def secret() -> Finding:
    """Whether the secret is there, long, varied, and closed to other users."""
    mend = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    try:
        found = environment.secret()
    except environment.EnvironmentMistakeError as mistake:
        return Finding(str(mistake), mend)
    except OSError as error:
        return Finding(f"the file of the secret cannot be read: {error.strerror}", "Give it to the user Hadir runs as.")
    if len(set(found)) < LEAST_LETTERS:
        return Finding("the secret has too few different letters to be a random one", mend)
    path = os.environ.get("HADIR_SECRET_FILE")
    if path and Path(path).stat().st_mode & (stat.S_IROTH | stat.S_IWGRP | stat.S_IWOTH):
        return Finding(f"{path} is open to other users", f"Close it: chmod 640 {path}")
    return Finding("there, and strong")


def address() -> Finding:
    """Whether phones will give camera and position to the address."""
    url = os.environ.get("HADIR_PUBLIC_URL", "")
    if not url.startswith("https://"):
        return Finding(
            f"HADIR_PUBLIC_URL is {url or 'not set'}",
            "Set it to the https:// address that people use: phones give camera and position to nothing else.",
        )
    return Finding(url)


def certificate() -> Finding:
    """Whether the certificate, if Hadir itself holds one, is good for a while."""
    path, key = os.environ.get("HADIR_TLS_CERT"), os.environ.get("HADIR_TLS_KEY")
    if not (path and key):
        return Finding("none here; a proxy ends TLS (HADIR_TLS_CERT and HADIR_TLS_KEY are not set)")
    require_pair(Path(path), Path(key))
    left = expiry_of(Path(path)) - now()
    if left < SOON:
        return Finding(f"it expires in {left.days} days", "Renew it, then restart Hadir.")
    return Finding(f"good for {left.days} days")


def photos() -> Finding:
    """Whether photos can be stored."""
    require_photos(photo_address())
    return Finding(f"{told_place(photo_address())} can be written and read")


def pages() -> Finding:
    """Whether what the pages need was built."""
    if not (DIST / ".vite" / "manifest.json").exists():
        return Finding("the front end is not built", "Run ./hadir assets.")
    if not list(LOCALE.rglob("*.mo")):
        return Finding("the translations are not compiled", "Run ./hadir messages compile.")
    return Finding("front end and translations are built")


def mail() -> Finding:
    """Whether the mail server takes us in."""
    try:
        url = environment.required("HADIR_SMTP_URL")
        told = environment.mail(url)
    except (environment.EnvironmentMistakeError, OSError) as mistake:
        return Finding(str(mistake), "Set HADIR_SMTP_URL: activation and reset links are sent by mail.")
    if not url.startswith("smtp"):
        return Finding("mail goes nowhere", "Set HADIR_SMTP_URL: activation and reset links are sent by mail.")
    try:
        greet(told)
    except (OSError, smtplib.SMTPException) as error:
        where = f"{told['EMAIL_HOST']}:{told['EMAIL_PORT']}"
        return Finding(f"{where} does not take mail from us: {error}", "Check HADIR_SMTP_URL and the network.")
    return Finding(f"{told['EMAIL_HOST']} takes mail from us")


def connected(told: dict[str, Any]) -> smtplib.SMTP:
    """A connection to a mail server, with TLS from the start where that is told."""
    host, port = told["EMAIL_HOST"], told["EMAIL_PORT"]
    if told["EMAIL_USE_SSL"]:
        return smtplib.SMTP_SSL(host, port, timeout=10, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=10)


def greet(told: dict[str, Any]) -> None:
    """Sign in at a mail server, and leave."""
    with connected(told) as server:
        if told["EMAIL_USE_TLS"]:
            server.starttls(context=ssl.create_default_context())
        if told["EMAIL_HOST_USER"]:
            server.login(told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"])
        server.noop()


def clock_by_ntp(host: str) -> Finding:
    """Whether the clock agrees with a time server's."""
    return clock(f"the clock of {host}", lambda: ahead_of_ntp(host))


def clock_by_https(url: str) -> Finding:
    """Whether the clock agrees with a web server's."""
    return clock(f"the clock of {url}", lambda: ahead_of_https(url))


def clock(other: str, compare: Callable[[], timedelta]) -> Finding:
    """Whether the clock agrees with another."""
    try:
        ahead = compare()
    except OSError as error:
        return Finding(f"{other} cannot be asked: {error}", "Check the address and the network.")
    seconds = ahead / timedelta(seconds=1)
    said = f"{abs(seconds):.1f} s {'ahead of' if seconds > 0 else 'behind'} {other}"
    if abs(ahead) > TOLERANCE:
        return Finding(said, "Set the clock and keep it so: timedatectl set-ntp true. Every tap's time hangs on it.")
    return Finding(said)


def photo_address() -> str:
    """Where photos live, also where the settings cannot be read."""
    return environment.photo_address(STATE / "photos")


def photo_folder() -> Path | None:
    """The folder of the photos, if they are in one and it is there."""
    try:
        folder = folder_of(photo_address())
    except InvalidData:  # told where the photos themselves are looked at
        return None
    return folder if folder is not None and folder.exists() else None
