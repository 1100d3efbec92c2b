"""What `judge` and `fold` answer."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.codes import Evidence, Status
from hadir.rules.columns import Codes, Dates, Days, Instants, Ints, Lengths
from hadir.rules.policy import Policy


@dataclass(frozen=True)
class Findings:
    """What the clauses found, ordered by day row, then by clause; many rows of findings may point to one day."""

    row: Ints
    """Row of the days."""
    clause: Codes
    """Position in `hadir.rules.clauses.CLAUSES`."""
    amount: Lengths
    deduction: Ints
    """Hundredths of a percent."""
    band: Codes
    """Which band of the clause, -1 where bands have no say."""
    evidence: Codes
    """`Evidence`: which table `index` points into."""
    index: Ints
    """The row of the tap, cover, outage or duty that proves the amount."""

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Verdicts:
    """One verdict per row of `days`. Lengths are zero and taps -1 where a row has no duty."""

    days: Days
    policies: tuple[Policy, ...]
    status: Codes
    """`Status`."""
    in_tap: Ints
    """The tap chosen for the arrival, -1: none."""
    out_tap: Ints
    """The tap chosen for the departure so far, -1: none."""
    late: Lengths
    early: Lengths
    """Zero while the departure is still open."""
    owed: Lengths
    """Minutes of tolerance used, to be worked back."""
    made_up: Lengths
    expected_end: Instants
    """The departure's due after covers and owed minutes; NaT without a departure."""
    promised: Lengths
    """covered + present + short + absent, exactly; without what is still open."""
    covered: Lengths
    present: Lengths
    short: Lengths
    absent: Lengths
    open: Lengths
    """Promised time of which nothing can be said yet."""
    deduction: Ints
    """Hundredths of a percent, the sum of the day's findings."""
    pending_slot: Codes
    """The next checkpoint still open (a slot of the duty), -1: none; then and only then the day is final,
    unless its status is waiting."""
    pending_closes: Instants
    cover: Ints
    """The cover that gave the status covered, -1: none (an outage, or not covered)."""
    findings: Findings

    def __len__(self) -> int:
        return len(self.status)

    def view(self, row: int) -> "DayView":
        """One row as plain values, for a page that shows one day."""
        first, last = np.searchsorted(self.findings.row, [row, row + 1])
        return DayView(self, row, range(int(first), int(last)))


@dataclass(frozen=True)
class DayView:
    """One judged person-day; `findings` are rows of `verdicts.findings`."""

    verdicts: Verdicts
    row: int
    findings: range

    @property
    def status(self) -> Status:
        """The status as an enum."""
        return Status(int(self.verdicts.status[self.row]))

    @property
    def is_final(self) -> bool:
        """Whether later facts of the same day cannot change it."""
        return int(self.verdicts.pending_slot[self.row]) < 0 and self.status is not Status.WAITING

    def minutes(self, column: str) -> int:
        """Whole minutes of one of the lengths, e.g. `minutes("late")`."""
        length: Lengths = getattr(self.verdicts, column)
        return int(length[self.row].astype(np.int64)) // 60

    def evidence(self, finding: int) -> tuple[Evidence, int]:
        """The table and row that prove a finding."""
        found = self.verdicts.findings
        return Evidence(int(found.evidence[finding])), int(found.index[finding])


@dataclass(frozen=True)
class Months:
    """One row per person and calendar month: the sums of its days plus the named adjustments."""

    person: Ints
    month: Dates
    """`datetime64[M]`."""
    days: Ints
    """(rows, statuses): number of days per `Status`."""
    late: Lengths
    early: Lengths
    owed: Lengths
    made_up: Lengths
    promised: Lengths
    covered: Lengths
    present: Lengths
    short: Lengths
    absent: Lengths
    clause_deduction: Ints
    """(rows, clauses): hundredths of a percent per clause of `CLAUSES`."""
    clause_count: Ints
    """(rows, clauses): number of findings that carry a deduction."""
    adjustments: dict[str, Ints]
    """Hundredths of a percent added (negative: forgiven) per named adjustment."""
    deduction: Ints
    """Sum of `clause_deduction` and of the adjustments."""

    def __len__(self) -> int:
        return len(self.person)
