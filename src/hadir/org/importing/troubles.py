"""Every fault that a cell can have, in words: why, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hadir.org.numbers import Fault

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Trouble(Enum):
    """A fault: why a cell is not accepted, and what its owner can do."""

    NO_COLUMN = _("This column is missing."), _("Add it; the template has every heading.")
    TWICE = _("This heading stands twice."), _("Remove or rename one of the columns.")
    EMPTY = _("Something must stand here."), _("Fill the cell.")
    TOO_LONG = _("This is too long."), _("Shorten it.")
    FORMULA = _("A formula or its error stands here."), _("Copy the column and paste it as values.")
    ROUNDED = (
        _("The sheet holds this as a number, and a sheet cuts the last digits of long numbers."),
        _("Format the column as text and type the number again."),
    )
    UNKNOWN_UNIT = _("No unit has this code or name."), _("Write the code as the list of units shows it.")
    TWO_UNITS = _("Several units have this name."), _("Write the code of the unit instead.")
    NOT_YOUR_UNIT = _("This unit is not in your care."), _("Leave the row out, or ask the personnel agency.")
    NOT_YOUR_PERSON = (
        _("This person belongs to a unit that is not in your care."),
        _("Leave the row out, or ask the personnel agency to move them."),
    )
    YOURSELF = _("Nobody changes their own record."), _("Leave your own row out; another admin can change it.")
    UNKNOWN_CLASS = _("This is no kind of employment."), _("Write PNS, CPNS, PPPK, PPPK Paruh Waktu or Honorer.")
    BAD_EMAIL = _("This is no e-mail address."), _("Correct it, or leave it empty.")
    NUMBER_TWICE = _("This number stands in another row as well."), _("Remove one of the rows, or correct the number.")
    EMAIL_TWICE = _("This e-mail stands in another row as well."), _("Everybody needs an address of their own.")
    ROW_TWICE = _("The same person stands in another row as well."), _("Remove one of the rows.")
    TWO_PEOPLE = (
        _("The number belongs to one person on record, and the e-mail to another."),
        _("Correct one of the two."),
    )
    EMAIL_TAKEN = _("This e-mail belongs to somebody else on record."), _("Correct it, or leave it empty.")
    NUMBER_TAKEN = _("This number belongs to somebody else on record."), _("Correct it.")
    UNKNOWN_SUPERIOR = _("Nobody with this number or name is on record or in the file."), _("Write their NIP.")
    TWO_SUPERIORS = _("Several people have this name."), _("Write the NIP of the superior instead.")
    OWN_SUPERIOR = _("Somebody would be their own superior, directly or over others."), _("Correct the superior.")
    NO_PHOTO = _("No photo of this name is in the ZIP file."), _("Add it to the ZIP file, or empty the cell.")
    BAD_PHOTO = _("This file is no JPEG, PNG or WebP photo."), _("Save the photo as JPEG.")
    NOT_DIGITS = _("A number has digits only."), _("Look for letters such as O instead of 0.")
    LENGTH = _("A NIP or NI PPPK has 18 digits."), _("Compare it with the decree of appointment.")
    BIRTH = _("Digits 1 to 8 are no date of birth."), _("Compare it with the decree of appointment.")
    YEAR = _("Digits 9 to 12 are no year of appointment."), _("Compare it with the decree of appointment.")
    MONTH = (
        _("Digits 13 and 14 of a NIP are a month, 01 to 12."),
        _("Correct it; for a PPPK, write PPPK under the kind of employment."),
    )
    SEX = _("Digit 15 is 1 or 2."), _("Compare it with the decree of appointment.")
    SEQUENCE = _("The last three digits begin at 001."), _("Compare it with the decree of appointment.")
    UNDER_AGE = _("Appointed before the age of 18."), _("Accepted; look whether it is right.")

    @property
    def why(self) -> _StrPromise:
        """Say why the cell is not accepted."""
        return self.value[0]

    @property
    def way_out(self) -> _StrPromise:
        """Say what to do."""
        return self.value[1]

    @property
    def is_warning(self) -> bool:
        """Say whether the row is accepted all the same."""
        return self is Trouble.UNDER_AGE


OF_FAULT = {fault: Trouble[fault.name] for fault in Fault}


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that is not accepted: the row and column as the sheet counts them, what stands there, and the fault."""

    row: int
    column: str
    value: str
    trouble: Trouble
