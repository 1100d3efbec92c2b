"""What lateness and early leave have in common: grace, and bands that cost something."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.bands import Bands, take_bands
from hadir.rules.codes import Evidence
from hadir.rules.columns import Ints
from hadir.rules.parsing import Section, minutes, one_of, text
from hadir.rules.sheet import Found

PAST_GRACE = {"whole": True, "excess": False}


@dataclass(frozen=True)
class Graded:
    """Seconds of grace, what counts past it, and the bands."""

    article: str
    grace: int
    counts_whole: bool
    bands: Bands

    def counted(self, amount: Ints) -> Ints:
        """Of seconds beyond the grace, those that count."""
        return amount if self.counts_whole else amount - self.grace

    def label(self, band: int) -> str:
        """The code of a band in brackets, with a space before it; empty without a band."""
        code = self.bands.code(band)
        return f" ({code})" if code else ""

    def price(self, amounts: Ints, tap: Ints) -> Found:
        """A finding for every row with an amount, proven by its tap."""
        row = np.flatnonzero(amounts)
        band = self.bands.find(amounts[row])
        evidence = np.full(len(row), Evidence.TAP, np.int8)
        return Found(row, amounts[row], self.bands.price(band), band, evidence, tap[row])


def take_graded(section: Section) -> Graded:
    """Read article, grace, past_grace and bands."""
    rule = Graded(
        section.take("article", text, ""),
        section.take("grace", minutes, 0),
        section.take("past_grace", one_of(PAST_GRACE), True),
        take_bands(section),
    )
    section.finish()
    return rule
