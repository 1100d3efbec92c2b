from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.db import connections, transaction

if TYPE_CHECKING:
    from tests.town import Town

    from hadir.tenancy.models import Government


@pytest.fixture
def town(kota: "Government") -> Iterator["Town"]:
    """A town at ten o'clock of an ordinary working day."""
    from tests.town import open_town, working_moment  # noqa: PLC0415 - models need the settings, which are told later

    with time_machine.travel(working_moment(), tick=False):
        yield open_town(kota)


@pytest.fixture
def worker(db: None) -> Iterator[None]:
    """Let the database be met as the worker's role instead of the pages', in a transaction that is taken back."""
    from django.db.utils import ConnectionHandler  # noqa: PLC0415 - the settings are told later

    from hadir.config import environment  # noqa: PLC0415

    pages = connections["default"]
    owned = environment.database(environment.required("HADIR_DATABASE_URL"))
    role = {**pages.settings_dict, **environment.in_role(owned, "worker", settings.HADIR_SECRET)}
    connections["default"] = ConnectionHandler({"default": role})["default"]
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connections["default"].close()
        connections["default"] = pages
