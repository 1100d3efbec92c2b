"""What a missing arrival and a missing departure have in common."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.codes import Evidence
from hadir.rules.columns import Bools, Codes, Ints
from hadir.rules.graded import Graded
from hadir.rules.parsing import Section, percent, text
from hadir.rules.sheet import Found, Sheet


@dataclass(frozen=True)
class OneSided:
    """What it costs: the worst band of its side, or a percentage of its own."""

    article: str
    hundredths: int
    untapped: int
    """The same for a day that a decision alone made present: no more than a day of absence."""
    code: str
    """Of the worst band; empty where the clause has its own percentage."""


def take_one_sided(section: Section, side: Graded, absence: int) -> OneSided:
    """Read `percent`, a percentage or "worst"; without it the worst band of its side, with that side's article."""
    article = section.take("article", text, side.article)
    if section.peek("percent", _as_text, "worst") == "worst":
        section.take("percent", _as_text, "")
        price, code = side.bands.price_of_worst, side.bands.code(side.bands.worst)
    else:
        price, code = section.take("percent", percent), ""
    section.finish()
    return OneSided(article, price, min(price, absence), code)


def _as_text(path: str, value: object) -> str:
    del path
    return str(value)


def find_missing(rule: OneSided, sheet: Sheet, number: int, supplied: Bools) -> Found:
    """Rows with evidence of presence but without the tap of one required checkpoint whose window has closed."""
    slot, relief = sheet.slots[number], sheet.relief
    gone = sheet.evidence & ~slot.tapped & slot.required & ~supplied & ~relief.excused[number]
    gone &= ~sheet.pending[number] & ~relief.whole & ~relief.suspended
    row = np.flatnonzero(gone)
    nothing = np.zeros(len(row), np.int64)
    evidence, index = _what_is_there(sheet, row)
    price = np.where(sheet.tapped[row], rule.hundredths, rule.untapped)
    return Found(row, nothing, price, np.full(len(row), -1, np.int8), evidence, index)


def _what_is_there(sheet: Sheet, row: Ints) -> tuple[Codes, Ints]:
    """A tap of another checkpoint, which shows presence; the duty where a decision alone supplied it."""
    index = np.full(len(row), -1)
    for slot in sheet.slots:
        index = np.where(index < 0, slot.tap[row], index)
    evidence = np.where(index < 0, Evidence.DUTY, Evidence.TAP).astype(np.int8)
    return evidence, np.where(index < 0, sheet.duty[row], index)
