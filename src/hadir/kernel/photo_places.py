"""From the address that an installation is told to the store of its photos."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from hadir.kernel.buckets import Bucket, BucketStore
from hadir.kernel.photos import FolderStore
from hadir.kernel.refusals import InvalidData

if TYPE_CHECKING:
    from hadir.kernel.buckets import BucketKey
    from hadir.kernel.photos import PhotoStore

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(?:[\w-][\w.-]*/)*", re.ASCII)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_USUAL_REGION = "us-east-1"


def store_of(address: str, key: BucketKey | None) -> PhotoStore:
    """Return the store that an address names; nothing is asked of it yet.

    `address` is a folder (a path or file:///path) or s3://bucket/prefix?endpoint=https://host&region=name, which needs
    a key. An endpoint is spoken to by TLS, unless it is on this machine. Raises InvalidData for anything else.
    """
    folder = folder_of(address)
    if folder is not None:
        return FolderStore(folder)
    if key is None:
        raise InvalidData("photos.key", "", "a bucket asks for a key")
    bucket, prefix = _bucket_of(address)
    return BucketStore(bucket.open(key), prefix)


def folder_of(address: str) -> Path | None:
    """Return the folder that an address names, None where it names a bucket; InvalidData where it names neither."""
    scheme, mark, _rest = address.partition("://")
    if not mark:
        return Path(address)
    parts = urlsplit(address)
    if scheme == "file" and not parts.netloc and parts.path:
        return Path(unquote(parts.path))
    if scheme != "s3":
        # The address is not repeated: whoever mistook its form may have written a password into it.
        raise InvalidData("photos.address", scheme, "a path, file:///path or s3://bucket/prefix")
    return None


def told_place(address: str) -> str:
    """Return a place as a person may read it: without what stands behind the question mark."""
    return address.partition("?")[0] if "://" in address else address


def _bucket_of(address: str) -> tuple[Bucket, str]:
    parts = urlsplit(address)
    if not _BUCKET.fullmatch(parts.netloc):
        raise InvalidData("photos.bucket", "s3://", "a bucket's name after it; the key is told apart")
    prefix = parts.path.strip("/")
    prefix = f"{prefix}/" if prefix else ""
    if not _PREFIX.fullmatch(prefix):
        raise InvalidData("photos.prefix", prefix, "words of letters, digits, - _ . between slashes")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    endpoint = options.pop("endpoint", None)
    region = options.pop("region", _USUAL_REGION)
    if options:
        raise InvalidData("photos.options", ", ".join(options), "endpoint and region")
    if endpoint is not None:
        _require_private(endpoint)
    return Bucket(parts.netloc, region, endpoint), prefix


def _require_private(endpoint: str) -> None:
    """Check that faces cross no network in the open."""
    parts = urlsplit(endpoint)
    is_here = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if "@" in parts.netloc or not parts.hostname or not (parts.scheme == "https" or is_here):
        raise InvalidData("photos.endpoint", parts.hostname or "", "https://host, or http:// on this machine")
