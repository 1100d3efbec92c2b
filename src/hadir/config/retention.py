"""How long is kept what only proves a tap."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hadir.config.environment import EnvironmentMistakeError

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL_MONTHS = 24
FEWEST_MONTHS = 3


def evidence_months(environ: Mapping[str, str] = os.environ) -> int:
    """Return how many whole months evidence and photos are kept after the month of their taps."""
    given = environ.get("HADIR_EVIDENCE_MONTHS") or str(USUAL_MONTHS)
    if not given.isdecimal() or int(given) < FEWEST_MONTHS:
        raise EnvironmentMistakeError(
            f"HADIR_EVIDENCE_MONTHS is {given!r}: write a number of months, {FEWEST_MONTHS} at the least, since a "
            "month's taps may be disputed that long."
        )
    return int(given)
