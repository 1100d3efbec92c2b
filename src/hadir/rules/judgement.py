"""Person-days become verdicts, row by row."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from hadir.rules.clauses import CLAUSES
from hadir.rules.codes import DayKind, Status
from hadir.rules.columns import INSTANT, NOTHING, Bools, Codes, Days, Ints, as_instants, as_lengths, seconds
from hadir.rules.covering import apply_covers
from hadir.rules.partition import Parts, divide
from hadir.rules.policy import Policy
from hadir.rules.reckoning import reckon
from hadir.rules.sheet import Found, Sheet
from hadir.rules.verdicts import Findings, Verdicts

PARTS = ("promised", "covered", "present", "short", "absent", "open")
BLOCK = 16_000
"""Rows reckoned at a time: their columns stay in the processor's cache and in memory the process already has."""
RECKONED = ("late", "early", "owed", "made_up")


def judge(days: Days, policies: Sequence[Policy]) -> Verdicts:
    """Judge every row by the policy it names, from its own facts alone."""
    columns = _blank(days)
    founds: list[tuple[Ints, int, Found]] = []
    for policy, rows in _by_policy(days, policies):
        sheet = Sheet.gather(days, rows)
        if len(days.covers):
            apply_covers(sheet, days.covers)
        reckon(sheet, policy)
        status = _status(sheet, policy)
        parts = divide(sheet, status)
        sheet.is_absent, sheet.absent = status == Status.ABSENT, parts.absent
        _write(columns, sheet, status, parts)
        for number, clause in enumerate(CLAUSES):
            founds.append((rows, number, clause.find(getattr(policy, clause.name), sheet)))
    findings = _join(founds)
    np.add.at(columns["deduction"], findings.row, findings.deduction)
    lengths: dict[str, Any] = {name: as_lengths(columns.pop(name)) for name in (*PARTS, *RECKONED)}
    return Verdicts(days=days, policies=tuple(policies), findings=findings, **lengths, **columns)


def _blank(days: Days) -> dict[str, Any]:
    """The verdicts of days without duty, to be filled for the others."""
    size = len(days)
    idle = np.where(days.kind == DayKind.WORKING, Status.UNSCHEDULED, Status.DAY_OFF)
    columns: dict[str, Any] = {"status": np.where(days.in_scope, idle, Status.OUT_OF_SCOPE).astype(np.int8)}
    columns |= {name: np.zeros(size, np.int64) for name in (*PARTS, *RECKONED, "deduction")}
    columns |= {name: np.full(size, -1) for name in ("in_tap", "out_tap", "cover")}
    columns |= {name: np.full(size, np.datetime64("NaT"), INSTANT) for name in ("expected_end", "pending_closes")}
    return columns | {"pending_slot": np.full(size, -1, np.int8)}


def _by_policy(days: Days, policies: Sequence[Policy]) -> Iterator[tuple[Policy, Ints]]:
    """Rows with a duty in scope, policy by policy, in blocks."""
    judged = np.flatnonzero(days.in_scope & (days.duty >= 0))
    named = days.policy[judged]
    for number, policy in enumerate(policies):
        rows = judged if len(policies) == 1 else judged[named == number]
        for begin in range(0, len(rows), BLOCK):
            yield policy, rows[begin : begin + BLOCK]


def _status(sheet: Sheet, policy: Policy) -> Codes:
    """The first status that applies."""
    relief = sheet.relief
    status = np.full(len(sheet), Status.ABSENT, np.int8)
    explains = seconds(sheet.days.explain_until)[sheet.rows]
    status[~sheet.is_final | relief.undecided | (explains > sheet.known)] = Status.WAITING
    status[sheet.evidence] = Status.PRESENT
    covered = relief.whole | relief.suspended
    if len(relief.outages[0]):
        covered |= _all_excused(sheet)
    if policy.presence_wins:
        covered &= ~sheet.evidence
    status[covered] = Status.COVERED
    return status


def _all_excused(sheet: Sheet) -> Bools:
    """Rows nobody tapped though every required checkpoint is excused by an outage."""
    excused = ~sheet.evidence
    some = np.zeros(len(sheet), np.bool_)
    for slot, here in zip(sheet.slots, sheet.relief.excused, strict=True):
        excused &= here | ~slot.required
        some |= here
    return excused & some


def _write(columns: dict[str, Any], sheet: Sheet, status: Codes, parts: Parts) -> None:
    rows = sheet.rows
    columns["status"][rows] = status
    for name in PARTS:
        columns[name][rows] = getattr(parts, name)
    for name in RECKONED:
        columns[name][rows] = getattr(sheet, name)
    columns["in_tap"][rows], columns["out_tap"][rows] = sheet.arrival.tap, sheet.departure.tap
    columns["cover"][rows] = np.where(status == Status.COVERED, sheet.relief.cover, -1)
    columns["expected_end"][rows] = as_instants(np.where(sheet.departure.need > 0, sheet.leaves_at, NOTHING))
    for number in reversed(range(len(sheet.slots))):
        here = np.flatnonzero(sheet.pending[number])
        columns["pending_slot"][rows[here]] = number
        columns["pending_closes"][rows[here]] = as_instants(sheet.slots[number].closes[here])


def _join(founds: list[tuple[Ints, int, Found]]) -> Findings:
    """All findings as one table, by row, then by clause; each clause gives its own in order."""
    found = Found.joined([found for _, _, found in founds])
    row = np.concatenate([rows[part.row] for rows, _, part in founds] or [found.row])
    sizes = [len(part.row) for _, _, part in founds]
    clause = np.repeat(np.array([number for _, number, _ in founds], np.int8), sizes)
    order = np.argsort(row, kind="stable")
    return Findings(
        row=row[order],
        clause=clause[order],
        amount=as_lengths(found.amount[order]),
        deduction=found.deduction[order],
        band=found.band[order],
        evidence=found.evidence[order],
        index=found.index[order],
    )
