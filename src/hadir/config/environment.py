"""What an installation is told by environment variables and files, read once and checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from psycopg.conninfo import make_conninfo

from hadir.kernel.buckets import BucketKey
from hadir.kernel.photo_places import folder_of, store_of
from hadir.kernel.refusals import InvalidData

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hadir.kernel.photos import PhotoStore

SHORTEST_SECRET = 32
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
UNTOLD_MAIL = "smtp://localhost:25"


class EnvironmentMistakeError(ValueError):
    """A variable of the environment is missing or wrong; the message names it and the way out."""


def required(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return a variable, or the content of the file that NAME_FILE points to."""
    if environ.get(name):
        return environ[name]
    path = environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    raise EnvironmentMistakeError(f"{name} is not set: set it, or {name}_FILE to a file that holds it.")


def secret(environ: Mapping[str, str] = os.environ) -> bytes:
    """Return the one secret of the installation, from which every key is derived."""
    value = required("HADIR_SECRET", environ).encode()
    if len(value) < SHORTEST_SECRET:
        raise EnvironmentMistakeError(f"HADIR_SECRET is shorter than {SHORTEST_SECRET} characters: use a longer one.")
    return value


def derived(key: bytes, purpose: str) -> str:
    """Return a password of 64 hexadecimal digits for one purpose, the same at every call."""
    label = f"hadir {purpose} 1".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(key).hex()


def database(url: str) -> dict[str, Any]:
    """Return Django's database settings of postgresql://user:password@host:port/name?option=value."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise EnvironmentMistakeError(
            "HADIR_DATABASE_URL is not of the form postgresql://user:password@host:port/name."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(options.pop("port", parts.port or "")),
        "OPTIONS": options,
    }


def in_role(settings: dict[str, Any], role: str, key: bytes) -> dict[str, Any]:
    """Return the settings of the same database for one of the application's roles."""
    return {**settings, "USER": f"hadir_{role}", "PASSWORD": derived(key, f"database role {role}")}


def public_url(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address that people use, without a slash at its end."""
    return environ.get("HADIR_PUBLIC_URL", "http://localhost:8000").rstrip("/")


def photo_address(untold: Path, environ: Mapping[str, str] = os.environ) -> str:
    """Return where photos live, HADIR_PHOTOS: a folder, or s3://bucket/prefix; `untold` is the folder of the untold."""
    return environ.get("HADIR_PHOTOS") or str(untold)


def photo_store(address: str, environ: Mapping[str, str] = os.environ) -> PhotoStore:
    """Return the store at the address; that of a bucket is opened with HADIR_S3_KEY and HADIR_S3_SECRET."""
    try:
        if folder_of(address) is not None:
            return store_of(address, None)
        key = BucketKey(required("HADIR_S3_KEY", environ), required("HADIR_S3_SECRET", environ))
        return store_of(address, key)
    except InvalidData as mistake:
        raise EnvironmentMistakeError(f"HADIR_PHOTOS is wrong: {mistake}") from mistake


def mail_url(environ: Mapping[str, str] = os.environ) -> str:
    """Return where mail goes: HADIR_SMTP_URL or its file.

    A process that was told nothing gets a server that is asked for TLS, never the console: links are secrets, and
    what a process prints ends in a journal.
    """
    if environ.get("HADIR_SMTP_URL") or environ.get("HADIR_SMTP_URL_FILE"):
        return required("HADIR_SMTP_URL", environ)
    return UNTOLD_MAIL


def mail(url: str) -> dict[str, Any]:
    """Return Django's mail settings of smtp://user:password@host:port, smtps://..., file:///folder or console:.

    smtp:// turns to TLS (STARTTLS) before anything is said, smtps:// begins with it. smtp://localhost:25?tls=no is
    for a relay on the same machine alone.
    """
    if url == "console:":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise EnvironmentMistakeError("HADIR_SMTP_URL is not of the form smtp://user:password@host:port.")
    is_plain = parts.scheme == "smtp" and dict(parse_qsl(parts.query)).get("tls") == "no"
    if is_plain and parts.hostname not in LOOPBACK:
        raise EnvironmentMistakeError(
            "HADIR_SMTP_URL says ?tls=no for another machine: links that let people in would cross the network in "
            "the open. Leave it out, or use a relay on localhost."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
        "EMAIL_TIMEOUT": 20,
    }


def conninfo(settings: dict[str, Any]) -> str:
    """Return the connection string of libpq for Django's database settings."""
    named = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": settings["NAME"],
        **settings["OPTIONS"],
    }
    return make_conninfo(**{name: value for name, value in named.items() if value})
