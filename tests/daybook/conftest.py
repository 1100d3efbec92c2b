from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.daybook.office import Office

    from hadir.tenancy.models import Government


@pytest.fixture
def office(kota: "Government") -> Iterator["Office"]:
    """The office, open, with its government chosen."""
    from tests.daybook.office import open_office  # noqa: PLC0415 - models need the settings, which are told later

    from hadir.tenancy.current import acting_in  # noqa: PLC0415 - as above

    with acting_in(kota.pk):
        yield open_office()
