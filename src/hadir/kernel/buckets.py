"""Photos in a bucket of any S3-compatible store."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from hadir.kernel.photos import PhotoStoreUnavailable, name_of, require_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from obstore.store import S3Config

# A phone waits for the answer and repeats by itself: little patience, and one repetition for a dropped connection.
_CONNECTING = timedelta(seconds=3)
_ANSWERING = timedelta(seconds=10)
_REPEATS = 1


@dataclass(frozen=True, slots=True)
class BucketKey:
    """What an S3-compatible store knows us by."""

    name: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where a bucket is; without an endpoint it is Amazon's of that region."""

    name: str
    region: str
    endpoint: str | None

    def open(self, key: BucketKey) -> S3Store:
        """Return the bucket as obstore knows it; nothing is asked of it yet."""
        config: S3Config = {"region": self.region, "access_key_id": key.name, "secret_access_key": key.secret}
        if self.endpoint is not None:
            config["endpoint"] = self.endpoint
        return S3Store(
            self.name,
            config=config,
            client_options={
                "connect_timeout": _CONNECTING,
                "timeout": _ANSWERING,
                "allow_http": self.endpoint is not None and self.endpoint.startswith("http://"),
            },
            retry_config={"max_retries": _REPEATS, "retry_timeout": _ANSWERING},
        )


class BucketStore:
    """A PhotoStore in a bucket: every photo is an object, named below `prefix` as a FolderStore names its files."""

    def __init__(self, bucket: S3Store, prefix: str) -> None:
        self._bucket = bucket
        self._prefix = prefix

    def put(self, government: int, tap: bytes, image: bytes) -> None:
        """Write the object; the store acknowledges what it keeps, and checks the signed checksum of what came."""
        name = self._name(government, tap)
        with _telling():
            obstore.put(self._bucket, name, image)

    def get(self, government: int, tap: bytes) -> bytes | None:
        """Return the image, None where there is none; a missing bucket is no missing photo."""
        name = self._name(government, tap)
        with _telling():
            try:
                return obstore.get(self._bucket, name).bytes().to_bytes()
            except FileNotFoundError as error:
                if _said(error) == "NoSuchKey":
                    return None
                raise

    def delete(self, government: int, tap: bytes) -> None:
        """Forget the image, if there is one; a bucket with versions keeps what it forgot."""
        name = self._name(government, tap)
        with _telling():
            obstore.delete(self._bucket, name)

    def apart(self, name: str) -> BucketStore:
        """Return the store below a further prefix."""
        require_kind(name)
        return BucketStore(self._bucket, f"{self._prefix}{name}/")

    def _name(self, government: int, tap: bytes) -> str:
        return self._prefix + name_of(government, tap)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise PhotoStoreUnavailable(reason=_said(error)) from error


def _said(error: Exception) -> str:
    """The store's own word for what is wrong; what else the library tells would name addresses and keys."""
    word = re.search(r"<Code>(\w+)</Code>", str(error))
    return word[1] if word else "no answer"
