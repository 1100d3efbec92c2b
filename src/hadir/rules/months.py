"""Months: the sums of days, then the named adjustments of the policies."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from hadir.rules.clauses import CLAUSE_NAMES
from hadir.rules.codes import Status
from hadir.rules.columns import Bools, Dates, Ints, as_lengths, seconds
from hadir.rules.month_rules import Cap, FreeCount
from hadir.rules.verdicts import Months, Verdicts

SUMMED = ("late", "early", "owed", "made_up", "promised", "covered", "present", "short", "absent")


def fold(verdicts: Verdicts) -> Months:
    """One row per person and calendar month of the work dates, in that order."""
    person, month, number = _months(verdicts)
    size = len(person)
    cell = number * len(Status) + verdicts.status
    days = np.bincount(cell, minlength=size * len(Status)).reshape(size, len(Status))
    sums = {name: as_lengths(_sum(number, seconds(getattr(verdicts, name)), size)) for name in SUMMED}
    bills = _Bills.of(verdicts, number, size)
    adjustments, prices = _adjustments(verdicts, bills), bills.table()
    return Months(
        person,
        month,
        days,
        **sums,
        clause_deduction=prices,
        clause_count=bills.counts(),
        adjustments=adjustments,
        deduction=sum(adjustments.values(), prices.sum(axis=1)),
    )


def _adjustments(verdicts: Verdicts, bills: "_Bills") -> dict[str, Ints]:
    """What every named rule of every policy adds to each month."""
    adjustments: dict[str, Ints] = {}
    for which, policy in enumerate(verdicts.policies):
        bill = bills.under(verdicts.days.policy == which)
        for free in policy.month.free:
            _add(adjustments, free.name, bill.forgive(free))
        for cap in policy.month.caps:
            _add(adjustments, cap.name, bill.limit(cap))
    return adjustments


def _months(verdicts: Verdicts) -> tuple[Ints, Dates, Ints]:
    """Person and month of each row of the answer, and the row of the answer of each day."""
    month = verdicts.days.date.astype("datetime64[M]")
    steps = month.view(np.int64)
    base = int(steps.min()) if len(steps) else 0
    reach = int(steps.max()) - base + 1 if len(steps) else 1
    keys, number = np.unique(verdicts.days.person * reach + steps - base, return_inverse=True)
    return keys // reach, (keys % reach + base).view("datetime64[M]"), number


def _sum(number: Ints, amounts: Ints, size: int) -> Ints:
    """Sums per month; most days add nothing, so only those that do are visited."""
    total = np.zeros(size, np.int64)
    there = np.flatnonzero(amounts)
    np.add.at(total, number[there], amounts[there])
    return total


def _add(adjustments: dict[str, Ints], name: str, amounts: Ints) -> None:
    adjustments[name] = adjustments[name] + amounts if name in adjustments else amounts


@dataclass
class _Bills:
    """Findings that cost something, with the month they fall in."""

    size: int
    month: Ints
    clause: Ints
    price: Ints
    date: Ints
    day: Ints

    @classmethod
    def of(cls, verdicts: Verdicts, number: Ints, size: int) -> Self:
        found = verdicts.findings
        paid = np.flatnonzero(found.deduction)
        row = found.row[paid]
        date = verdicts.days.date[row].view(np.int64)
        return cls(size, number[row], found.clause[paid].astype(np.int64), found.deduction[paid], date, row)

    def under(self, days: Bools) -> Self:
        """Those of some days only."""
        here = days[self.day]
        columns = (self.month, self.clause, self.price, self.date, self.day)
        return type(self)(self.size, *(column[here] for column in columns))

    def table(self) -> Ints:
        """Hundredths of a percent per month and clause."""
        table = np.zeros((self.size, len(CLAUSE_NAMES)), np.int64)
        np.add.at(table, (self.month, self.clause), self.price)
        return table

    def counts(self) -> Ints:
        """Number per month and clause."""
        table = np.zeros((self.size, len(CLAUSE_NAMES)), np.int64)
        np.add.at(table, (self.month, self.clause), 1)
        return table

    def of_clauses(self, names: tuple[str, ...]) -> Ints:
        """Rows of some clauses."""
        return np.flatnonzero(np.isin(self.clause, [CLAUSE_NAMES.index(name) for name in names]))

    def forgive(self, rule: FreeCount) -> Ints:
        """Take the first findings of each month off; what that adds to the month."""
        row = self.of_clauses(rule.clauses)
        row = row[self.price[row] > 0]
        row = row[np.lexsort((self.price[row], self.clause[row], self.date[row], self.month[row]))]
        month = self.month[row]
        rank = np.arange(len(row)) - np.searchsorted(month, month, "left")
        first = row[rank < rule.count]
        added = np.zeros(self.size, np.int64)
        np.subtract.at(added, self.month[first], self.price[first])
        self.price = self.price.copy()
        self.price[first] = 0
        return added

    def limit(self, rule: Cap) -> Ints:
        """Take off what is over the cap, from the last findings of the month; what that adds to the month."""
        row = self.of_clauses(rule.clauses)
        row = row[np.lexsort((self.price[row], self.clause[row], self.date[row], self.month[row]))]
        month, price = self.month[row], self.price[row]
        running = np.cumsum(price)
        begins = np.searchsorted(month, month, "left")
        before = (running - price) - (running - price)[begins]
        kept = np.clip(rule.hundredths - before, 0, price)
        added = np.zeros(self.size, np.int64)
        np.add.at(added, month, kept - price)
        self.price = self.price.copy()
        self.price[row] = kept
        return added
