"""The gate alone, as this installation configures it: for its own processes, and for the plain port of terminals."""

from __future__ import annotations

import os

from django.conf import settings

from hadir.config import environment
from hadir.gate.app import create_app
from hadir.gate.settings import GateSettings


def gate_settings() -> GateSettings:
    """Return the gate's settings as the environment gives them."""
    owner = environment.database(environment.required("HADIR_DATABASE_URL"))
    return GateSettings(
        dsn=environment.conninfo(environment.in_role(owner, "gate", settings.HADIR_SECRET)),
        secret=settings.HADIR_SECRET,
        photos=settings.HADIR_PHOTO_STORE,
        trusted_proxies=tuple(filter(None, os.environ.get("HADIR_TRUSTED_PROXIES", "").split(","))),
    )


app = create_app(gate_settings())
