"""Verdicts as plain values that JSON can carry; lengths are whole seconds, percentages texts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np

from hadir.rules.assignment import repeats
from hadir.rules.clauses import CLAUSE_NAMES
from hadir.rules.codes import DayKind, Evidence, Status
from hadir.rules.columns import INSTANT, seconds
from hadir.rules.months import SUMMED, fold
from hadir.rules.sentences import Sentence, explain, explain_day
from hadir.rules.verdicts import Verdicts
from hadir.rules.words import Lang

LENGTHS = ("late", "early", "owed", "made_up", "promised", "covered", "present", "short", "absent", "open")


LANGS: tuple[Lang, ...] = ("id", "en")


@dataclass(frozen=True)
class Names:
    """What the document called things: people and policies by number, shifts by row, outages by row."""

    people: tuple[str, ...]
    policies: tuple[str, ...]
    shifts: tuple[str, ...]
    outages: tuple[int, ...]


def write_verdicts(verdicts: Verdicts, names: Names) -> dict[str, Any]:
    """Days, months and the place of every tap."""
    return {
        "days": [_day(verdicts, row, names) for row in range(len(verdicts))],
        "months": _months(verdicts, names),
        "taps": _taps(verdicts, names),
    }


def percent(hundredths: int) -> str:
    """Hundredths of a percent as a text: 50 is "0.50"."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02}"


def _day(verdicts: Verdicts, row: int, names: Names) -> dict[str, Any]:
    days = verdicts.days
    view = verdicts.view(row)
    lines = {lang: explain_day(verdicts, row, lang) for lang in LANGS}
    return {
        "person": names.people[days.person[row]],
        "date": str(days.date[row]),
        "kind": DayKind(int(days.kind[row])).name.lower(),
        "shift": names.shifts[row] or None,
        "policy": names.policies[days.policy[row]],
        "status": view.status.name.lower(),
        "final": view.is_final,
        "in": _tap_instant(verdicts, row, int(verdicts.in_tap[row])),
        "out": _tap_instant(verdicts, row, int(verdicts.out_tap[row])),
        "expected_end": _instant(verdicts, row, verdicts.expected_end[row]),
        "pending": _pending(verdicts, row, {lang: texts[1:2] for lang, texts in lines.items()}),
        "seconds": {name: int(seconds(getattr(verdicts, name))[row]) for name in LENGTHS},
        "deduction": percent(int(verdicts.deduction[row])),
        "sentence": {lang: texts[0].text for lang, texts in lines.items()},
        "findings": [_finding(verdicts, finding, names) for finding in view.findings],
    }


def _tap_instant(verdicts: Verdicts, row: int, tap: int) -> str | None:
    return _instant(verdicts, row, verdicts.days.taps.at[tap]) if tap >= 0 else None


def _instant(verdicts: Verdicts, row: int, value: np.datetime64) -> str | None:
    if np.isnat(value):
        return None
    offset = timezone(timedelta(seconds=int(seconds(verdicts.days.offset)[row])))
    return datetime.fromtimestamp(int(value.astype(INSTANT).astype(np.int64)), UTC).astimezone(offset).isoformat()


def _pending(verdicts: Verdicts, row: int, lines: dict[Lang, list[Sentence]]) -> dict[str, Any] | None:
    slot = int(verdicts.pending_slot[row])
    if slot < 0:
        return None
    return {
        "checkpoint": _checkpoint(verdicts, slot),
        "closes": _instant(verdicts, row, verdicts.pending_closes[row]),
        "sentence": {lang: texts[0].text for lang, texts in lines.items()},
    }


def _checkpoint(verdicts: Verdicts, slot: int) -> str:
    last = len(verdicts.days.duties.slots) - 1
    return "in" if slot == 0 else "out" if slot == last else f"present {slot}"


def _finding(verdicts: Verdicts, finding: int, names: Names) -> dict[str, Any]:
    found = verdicts.findings
    sentence = explain(verdicts, finding, "id")
    return {
        "clause": CLAUSE_NAMES[found.clause[finding]],
        "seconds": int(seconds(found.amount)[finding]),
        "deduction": percent(int(found.deduction[finding])),
        "evidence": _evidence(verdicts, finding, names),
        "sentence": {"id": sentence.text, "en": explain(verdicts, finding, "en").text},
        "article": sentence.article,
    }


def _evidence(verdicts: Verdicts, finding: int, names: Names) -> dict[str, Any]:
    found = verdicts.findings
    kind, index = Evidence(int(found.evidence[finding])), int(found.index[finding])
    if kind is Evidence.DUTY:
        return {"duty": str(verdicts.days.date[found.row[finding]])}
    return {kind.name.lower(): names.outages[index] if kind is Evidence.OUTAGE else index}


def _months(verdicts: Verdicts, names: Names) -> list[dict[str, Any]]:
    months = fold(verdicts)
    return [
        {
            "person": names.people[months.person[row]],
            "month": str(months.month[row]),
            "days": {
                status.name.lower(): int(months.days[row, status]) for status in Status if months.days[row, status]
            },
            "seconds": {name: int(seconds(getattr(months, name))[row]) for name in SUMMED},
            "clauses": {
                name: percent(int(months.clause_deduction[row, number]))
                for number, name in enumerate(CLAUSE_NAMES)
                if months.clause_deduction[row, number]
            },
            "adjustments": {name: percent(int(added[row])) for name, added in months.adjustments.items() if added[row]},
            "deduction": percent(int(months.deduction[row])),
        }
        for row in range(len(months))
    ]


def _taps(verdicts: Verdicts, names: Names) -> list[dict[str, Any]]:
    """Where each tap of the document went, in its order; a tap outside every window has no date."""
    days = verdicts.days
    again = repeats(days.taps, days.assigned)
    date_of = dict(zip(days.duty.tolist(), days.date.astype(str).tolist(), strict=True))
    answers = []
    for tap, (duty, slot) in enumerate(
        zip(days.assigned.tap_duty.tolist(), days.assigned.tap_slot.tolist(), strict=True)
    ):
        answers.append(
            {
                "person": names.people[days.taps.person[tap]],
                "date": date_of.get(duty) if duty >= 0 else None,
                "checkpoint": _checkpoint(verdicts, slot) if slot >= 0 else None,
                "counts": bool(days.taps.counts[tap]),
                "repeat": bool(again[tap]),
            }
        )
    return answers
