"""The letters of a recap: one short code per person and day, with its word and the state it is drawn as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from hadir.daybook.cells import Cell
from hadir.rules import DayKind
from hadir.rules.catalogue import kind_name

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from hadir.daybook.ledger import Ledger
    from hadir.rules.columns import Ints
    from hadir.rules.words import Lang

REST = "rest"


@dataclass(frozen=True, slots=True)
class Code:
    """What stands in a cell: its letters, the state that gives it colour and shape (`rest` for none), its word."""

    letters: str
    state: str
    word: str | _StrPromise


PLAIN: tuple[Code, ...] = (
    Code("", REST, pgettext_lazy("state", "Day off")),
    Code("L", REST, gettext_lazy("Holiday")),
    Code("\N{EN DASH}", "none", gettext_lazy("Out of scope")),
    Code("?", "none", gettext_lazy("Not yet scheduled")),
    Code("H", "present", pgettext_lazy("state", "Present")),
    Code("T", "late", gettext_lazy("Late")),
    Code("P", "late", gettext_lazy("Left early")),
    Code("TP", "late", gettext_lazy("Late and left early")),
    Code("M", "late", gettext_lazy("No arrival recorded")),
    Code("K", "late", gettext_lazy("No departure recorded")),
    Code("\N{MIDDLE DOT}", "pending", gettext_lazy("Still open")),
    Code("A", "absent", gettext_lazy("Absent without word")),
    Code("G", "away", gettext_lazy("Excused by an outage")),
)
NO_DUTY, HOLIDAY, OUT_OF_SCOPE, UNSCHEDULED, PRESENT, LATE, EARLY, BOTH, NO_IN, NO_OUT, OPEN, ABSENT, OUTAGE = range(
    len(PLAIN)
)

# Codes that Indonesian recaps use for the kinds of the catalogue; another kind is shown by its first letters.
LETTERS: dict[str, str] = {
    "cuti_tahunan": "CT",
    "cuti_besar": "CB",
    "cuti_sakit": "CS",
    "cuti_melahirkan": "CM",
    "cuti_alasan_penting": "CP",
    "cltn": "LT",
    "tugas_belajar": "TB",
    "sakit": "S",
    "izin": "I",
    "dinas_luar_kota": "DL",
    "dinas_dalam_kota": "DK",
    "dinas_luar_negeri": "LN",
    "diklat": "DT",
}
_OF_CELL = {
    Cell.ABSENT: ABSENT,
    Cell.WAITING: OPEN,
    Cell.LATE: NO_OUT,
    Cell.PRESENT: PRESENT,
    Cell.AWAY: OUTAGE,
    Cell.UNSCHEDULED: UNSCHEDULED,
    Cell.REST: NO_DUTY,
    Cell.OUT: OUT_OF_SCOPE,
}
_TABLE = np.array([_OF_CELL[cell] for cell in Cell])
_HOLIDAYS = (DayKind.NATIONAL_HOLIDAY, DayKind.CUTI_BERSAMA, DayKind.REGIONAL_HOLIDAY)


def page_language() -> Lang:
    """Return the language of the page as the rules name it."""
    return "en" if get_language() == "en" else "id"


def code_matrix(ledger: Ledger) -> tuple[Ints, tuple[Code, ...]]:
    """Return (people, dates) of places in a table of codes, and the table, in the language of the page."""
    places = _TABLE[ledger.cells]
    places[(ledger.cells == Cell.REST) & np.isin(ledger.kind, _HOLIDAYS)] = HOLIDAY
    _tell_flaws(ledger, places)
    kinds = _tell_kinds(ledger, places)
    language = page_language()
    named = (Code(LETTERS.get(kind, kind[:2].upper()), "away", kind_name(kind, language)) for kind in kinds)
    return places, (*(Code(code.letters, code.state, str(code.word)) for code in PLAIN), *named)


def _tell_flaws(ledger: Ledger, places: Ints) -> None:
    """Say of each flawed day what was wrong; a missing record weighs more than minutes."""
    flawed = ledger.cells == Cell.LATE
    late, early = ledger.minutes("late") > 0, ledger.minutes("early") > 0
    places[flawed & early] = EARLY
    places[flawed & late] = LATE
    places[flawed & late & early] = BOTH
    places[flawed & ~late & np.isnat(ledger.came())] = NO_IN


def _tell_kinds(ledger: Ledger, places: Ints) -> list[str]:
    """Put the kind that covers a day behind the plain codes; return the kinds in their order."""
    covers = ledger.cover()
    away = np.nonzero((ledger.cells == Cell.AWAY) & (covers != ""))
    named = covers[away].tolist()
    kinds = sorted(set(named))
    order = {kind: len(PLAIN) + place for place, kind in enumerate(kinds)}
    places[away] = [order[kind] for kind in named]
    return kinds
