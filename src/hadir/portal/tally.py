"""How many people are where, of some people at one moment: what the board and the first page count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext, pgettext

from hadir.daybook.cells import Cell
from hadir.platform.formats import count_text
from hadir.recaps.codes import page_language
from hadir.rules.catalogue import kind_name

if TYPE_CHECKING:
    import numpy.typing as npt

    from hadir.daybook.ledger import Ledger
    from hadir.rules.columns import Bools, Codes

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Kpi:
    """One number of people with its word and the state that colours it."""

    word: str
    count: int
    state: str


@dataclass(frozen=True)
class Standing:
    """Everybody of a ledger, one entry each: what the duty of now is so far, and who must be there."""

    cells: Codes
    due: Bools
    kinds: npt.NDArray[np.object_]
    """Code of the legal kind that covers somebody, empty: none."""

    @classmethod
    def of(cls, ledger: Ledger) -> Standing:
        """Return how everybody stands now, as a ledger of yesterday and today tells it."""
        return cls(ledger.currently(ledger.cells), ledger.currently(ledger.due()), ledger.currently(ledger.cover()))

    @property
    def in_scope(self) -> Bools:
        """Who has joined."""
        joined: Bools = self.cells != Cell.OUT
        return joined

    @property
    def on_duty(self) -> Bools:
        """Who has a duty, begun or not, covered or not."""
        has_duty: Bools = ~np.isin(self.cells, (Cell.OUT, Cell.REST, Cell.UNSCHEDULED))
        return has_duty

    @property
    def present(self) -> Bools:
        """Who has been there, in time or not."""
        there: Bools = np.isin(self.cells, (Cell.PRESENT, Cell.LATE))
        return there


class Tally:
    """The numbers of a standing, with both rates of attendance: they differ in whom they are a share of."""

    def __init__(self, standing: Standing) -> None:
        cells, due = standing.cells, standing.due
        self._cells = Counter({cell: int((cells == cell).sum()) for cell in Cell})
        self._kinds = Counter(standing.kinds[cells == Cell.AWAY].tolist())
        self.in_scope = int(standing.in_scope.sum())
        self.on_duty = int(standing.on_duty.sum())
        self.present = int(standing.present.sum())
        self.due = int(due.sum())
        self.due_present = int((due & standing.present).sum())
        self._due_late = int((due & (cells == Cell.LATE)).sum())
        self._due_absent = int((due & (cells == Cell.ABSENT)).sum())

    @property
    def rate(self) -> int:
        """Return present of all in scope who have a duty, in hundredths of a percent."""
        return WHOLE * self.present // max(self.on_duty, 1)

    @property
    def due_rate(self) -> int:
        """Return present of those whose duty has begun and whom nothing covers, in hundredths of a percent."""
        return WHOLE * self.due_present // max(self.due, 1)

    @property
    def due_parts(self) -> list[tuple[str, int]]:
        """Return those due now by state."""
        return [
            ("present", self.due_present - self._due_late),
            ("late", self._due_late),
            ("absent", self._due_absent),
        ]

    @property
    def due_words(self) -> str:
        """Say how many of those due now are present."""
        return gettext("%(present)s present of %(due)s who must be here now") % {
            "present": count_text(self.due_present),
            "due": count_text(self.due),
        }

    @property
    def parts(self) -> list[tuple[str, int]]:
        """Return everybody on duty by state."""
        return [
            ("present", self._cells[Cell.PRESENT]),
            ("late", self._cells[Cell.LATE]),
            ("absent", self._cells[Cell.ABSENT]),
            ("away", self._cells[Cell.AWAY]),
            ("pending", self._cells[Cell.WAITING]),
        ]

    @property
    def words(self) -> str:
        """Say how many of those with a duty are present."""
        return gettext("%(present)s present of %(all)s who have duty today") % {
            "present": count_text(self.present),
            "all": count_text(self.on_duty),
        }

    @property
    def kpis(self) -> list[Kpi]:
        """Return everybody in scope by what keeps them here or away, together as many as are in scope."""
        cells = self._cells
        always = [
            Kpi(gettext("Present in time"), cells[Cell.PRESENT], "present"),
            Kpi(gettext("Late or left early"), cells[Cell.LATE], "late"),
            Kpi(gettext("Absent without word"), cells[Cell.ABSENT], "absent"),
        ]
        maybe = [
            Kpi(gettext("No record yet"), cells[Cell.WAITING], "pending"),
            Kpi(gettext("Off duty today"), cells[Cell.REST], "none"),
            Kpi(gettext("Not yet scheduled"), cells[Cell.UNSCHEDULED], "none"),
        ]
        return [*always, *self._reasons(), *(kpi for kpi in maybe if kpi.count)]

    def _reasons(self) -> list[Kpi]:
        language = page_language()
        outage = pgettext("reason", "Outage")
        named = ((kind_name(kind, language) if kind else outage, count) for kind, count in self._kinds.most_common())
        return [Kpi(word, count, "away") for word, count in named]
