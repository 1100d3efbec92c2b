"""A real S3 server for tests: it keeps buckets in a folder and refuses whoever signs with a wrong key."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
import pytest

from hadir.kernel.buckets import Bucket, BucketKey, BucketStore

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(sys.executable).parent / "weed"
KEY = BucketKey("hadir", "the secret of the tests' bucket")
PATIENCE = 60
PARTS = ("master", "volume", "filer", "s3")


@dataclass(frozen=True)
class S3Server:
    """Where it listens, and its one bucket."""

    endpoint: str
    bucket: str = "photos-of-tests"

    def address(self, prefix: str) -> str:
        return f"s3://{self.bucket}/{prefix}?endpoint={self.endpoint}"


@contextmanager
def running_s3(folder: Path) -> Iterator[S3Server]:
    """Start the server on free ports of the loopback, with a bucket that takes objects; stop it afterwards."""
    ports = dict(zip([f"{part}.port{kind}" for part in PARTS for kind in ("", ".grpc")], free_ports(8), strict=True))
    with (folder / "weed.log").open("wb") as log:
        process = subprocess.Popen(order(folder, ports), stdout=log, stderr=log, cwd=folder)
    try:
        server = S3Server(f"http://127.0.0.1:{ports['s3.port']}")
        make_bucket(server, process)
        yield server
    finally:
        process.kill()  # its folder goes with it: there is nothing to end well
        process.wait()
        for part in PARTS:
            Path(f"/tmp/seaweedfs-{part}-grpc-{ports[f'{part}.port.grpc']}.sock").unlink(missing_ok=True)  # noqa: S108 - it names them


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with running_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]


def order(folder: Path, ports: dict[str, int]) -> list[str]:
    known = {"accessKey": KEY.name, "secretKey": KEY.secret}
    told = {"identities": [{"name": "tests", "credentials": [known], "actions": ["Admin", "Read", "Write", "List"]}]}
    (folder / "s3.json").write_text(json.dumps(told))
    (folder / "data").mkdir()
    return [
        str(PROGRAM),
        "server",
        "-s3",
        f"-dir={folder / 'data'}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        *(f"-{name}={port}" for name, port in ports.items()),
        *(f"-{part}.localSocket={folder / part}.sock" for part in ("filer", "s3")),
        f"-s3.config={folder / 's3.json'}",
        "-s3.autoCreateBucket=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.volumeSizeLimitMB=16",
        "-master.telemetry=false",
    ]


def make_bucket(server: S3Server, process: subprocess.Popen[bytes]) -> None:
    """Make the bucket as soon as the server answers; it is there once an object could be kept and deleted."""
    bucket = Bucket(server.bucket, "us-east-1", server.endpoint).open(KEY)
    deadline = time.monotonic() + PATIENCE
    while True:
        asked = urllib.request.Request(obstore.sign(bucket, "PUT", "", timedelta(minutes=1)), method="PUT")
        try:
            urllib.request.urlopen(asked, timeout=PATIENCE).close()
            break
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    BucketStore(bucket, "").put(1, bytes(32), b"the first object opens the volumes")
    BucketStore(bucket, "").delete(1, bytes(32))
