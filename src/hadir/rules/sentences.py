"""Sentences of a verdict, made only when asked for, by the clause that found the amount."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.case import Case
from hadir.rules.catalogue import kind_name
from hadir.rules.clauses import CLAUSES
from hadir.rules.codes import Evidence, Status
from hadir.rules.columns import seconds
from hadir.rules.covering import apply_covers
from hadir.rules.reckoning import reckon
from hadir.rules.sheet import Sheet
from hadir.rules.verdicts import Verdicts
from hadir.rules.words import STATUS_WORDS, Lang, clock


@dataclass(frozen=True)
class Sentence:
    """One sentence a person can read, and the article behind it."""

    text: str
    article: str


def explain(verdicts: Verdicts, finding: int, lang: Lang) -> Sentence:
    """The sentence of one finding (a row of `verdicts.findings`)."""
    found = verdicts.findings
    row, clause = int(found.row[finding]), CLAUSES[found.clause[finding]]
    policy = verdicts.policies[verdicts.days.policy[row]]
    case = Case(
        days=verdicts.days,
        row=row,
        amount=int(seconds(found.amount)[finding]),
        band=int(found.band[finding]),
        evidence=Evidence(int(found.evidence[finding])),
        index=int(found.index[finding]),
        made_up=int(seconds(verdicts.made_up)[row]),
        dues=dues(verdicts, row),
    )
    rule = getattr(policy, clause.name)
    return Sentence(clause.sentence(rule, case, lang), clause.article(rule, case) or policy.article)


def explain_day(verdicts: Verdicts, row: int, lang: Lang) -> list[Sentence]:
    """The status of a day, what it still waits for, then each finding."""
    view = verdicts.view(row)
    words = STATUS_WORDS[view.status][lang]
    cover = int(verdicts.cover[row])
    if view.status is Status.COVERED and cover >= 0 and verdicts.days.covers.kinds:
        covers = verdicts.days.covers
        words = f"{words}: {kind_name(covers.kinds[covers.kind[cover]], lang)}"
    policy = verdicts.policies[verdicts.days.policy[row]]
    lines = [Sentence(f"{words}.", policy.article)]
    slot = int(verdicts.pending_slot[row])
    if slot >= 0:
        lines.append(Sentence(_waiting(verdicts, row, slot, lang), policy.article))
    return lines + [explain(verdicts, finding, lang) for finding in view.findings]


def _waiting(verdicts: Verdicts, row: int, slot: int, lang: Lang) -> str:
    offset = int(seconds(verdicts.days.offset)[row])
    closes = clock(int(seconds(verdicts.pending_closes)[row]), offset)
    due = clock(dues(verdicts, row)[slot], offset)
    if lang == "id":
        return f"Rekaman berikutnya jatuh tempo {due}, ditutup {closes}."
    return f"The next record is due {due} and closes {closes}."


def dues(verdicts: Verdicts, row: int) -> tuple[int, ...]:
    """When each checkpoint of a day is due (seconds since 1970) after covers, the departure with the minutes owed."""
    days = verdicts.days
    if days.duty[row] < 0:
        return ()
    sheet = Sheet.gather(days, np.array([row]))
    if len(days.covers):
        apply_covers(sheet, days.covers)
    reckon(sheet, verdicts.policies[days.policy[row]])
    return (*(int(slot.due[0]) for slot in sheet.slots[:-1]), int(sheet.leaves_at[0]))
