"""The gate of the bench and of the gate's own tests, told everything by the environment."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from hadir.gate.app import Gate, create_app
from hadir.gate.settings import GateSettings, Rate, Throttles
from hadir.kernel.photos import FolderStore

TOLD_BY = "HADIR_BENCH_GATE"


def tell(dsn: str, secret: bytes, photo_folder: Path) -> dict[str, str]:
    """Return the environment that makes this module's gate."""
    told = {"dsn": dsn, "secret": secret.hex(), "photo_folder": str(photo_folder)}
    return {TOLD_BY: json.dumps(told)}


def _settings(told: dict[str, Any]) -> GateSettings:
    return GateSettings(
        dsn=told["dsn"],
        secret=bytes.fromhex(told["secret"]),
        photos=FolderStore(Path(told["photo_folder"])),
        # All clients of a bench share one address; no office of that size does.
        throttles=Throttles(per_address=Rate(100_000, 100_000), per_pass=Rate(100, 10_000)),
    )


def make_app() -> Gate:
    """Return the gate that the environment describes."""
    return create_app(_settings(json.loads(os.environ[TOLD_BY])))
