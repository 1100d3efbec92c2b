from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine

if TYPE_CHECKING:
    from tests.town import Town

    from hadir.tenancy.models import Government


@pytest.fixture
def town(kota: "Government") -> Iterator["Town"]:
    """A town at ten o'clock of an ordinary working day."""
    from tests.town import open_town, working_moment  # noqa: PLC0415 - models need the settings, which are told later

    with time_machine.travel(working_moment(), tick=False):
        yield open_town(kota)
