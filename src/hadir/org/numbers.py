"""What a NIP or NI PPPK says about itself, and what is wrong with one. Sources: Perka BKN 22/2007 and 43/2007.

There is no check digit, so that a plausible number may still be a typing mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

DIGITS = 18
EARLIEST_BIRTH = 1900
ADULT = 18
_MONTHS = range(1, 13)


class Kind(Enum):
    """The two kinds: of a PNS or CPNS, with the month of appointment, and of a PPPK, without."""

    NIP = "nip"
    NI_PPPK = "ni_pppk"


class Fault(Enum):
    """One thing that is wrong with a number; only UNDER_AGE may be so in life, and is a warning."""

    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    BIRTH = "birth"
    YEAR = "year"
    MONTH = "month"
    SEX = "sex"
    SEQUENCE = "sequence"
    UNDER_AGE = "under_age"

    @property
    def is_warning(self) -> bool:
        """Say whether a number with this fault is accepted all the same."""
        return self is Fault.UNDER_AGE


@dataclass(frozen=True, slots=True)
class Checked:
    """A number without blanks, and every fault that was found in it."""

    value: str
    faults: tuple[Fault, ...]

    @property
    def is_accepted(self) -> bool:
        """Say whether nothing but warnings was found."""
        return all(fault.is_warning for fault in self.faults)


def bare(text: str) -> str:
    """Return a number without the blanks, dots, hyphens and the apostrophe that sheets and prints put into it."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in ".-'\N{RIGHT SINGLE QUOTATION MARK}")


def check(text: str, kind: Kind) -> Checked:
    """Return a number with everything that is wrong with it.

    Digits 13 and 14 are the month of appointment in a NIP; in an NI PPPK they count contracts and are often 21.
    """
    value = bare(text)
    if not (value.isascii() and value.isdigit()):
        return Checked(value, (Fault.NOT_DIGITS,))
    if len(value) != DIGITS:
        return Checked(value, (Fault.LENGTH,))
    return Checked(value, tuple(_faults(value, kind)))


def _faults(value: str, kind: Kind) -> list[Fault]:
    birth, year, month = _birth(value), int(value[8:12]), int(value[12:14])
    is_year = EARLIEST_BIRTH < year < EARLIEST_BIRTH + 200
    found = {
        Fault.BIRTH: birth is None,
        Fault.YEAR: not is_year,
        Fault.MONTH: kind is Kind.NIP and month not in _MONTHS,
        Fault.SEX: value[14] not in "12",
        Fault.SEQUENCE: value[15:] == "000",
        Fault.UNDER_AGE: birth is not None and is_year and _is_under_age(birth, year, month, kind),
    }
    return [fault for fault, is_found in found.items() if is_found]


def _birth(value: str) -> date | None:
    try:
        birth = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return None
    return birth if birth.year >= EARLIEST_BIRTH else None


def _is_under_age(birth: date, year: int, month: int, kind: Kind) -> bool:
    """Compare whole months, since no number knows the day; without a month, whole years."""
    if kind is Kind.NIP and month in _MONTHS:
        return (year, month) < (birth.year + ADULT, birth.month)
    return year < birth.year + ADULT
