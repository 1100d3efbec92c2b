from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections, transaction


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
