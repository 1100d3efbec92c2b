"""The checkpoints between arrival and departure: noon tap, assembly, position report."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.case import Case
from hadir.rules.codes import Evidence
from hadir.rules.parsing import Section, minutes, percent, text
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang, duration


@dataclass(frozen=True)
class Rule:
    """Grace after the due, and what a late and a missing tap cost."""

    article: str
    grace: int
    late_hundredths: int
    missing_hundredths: int


def take_rule(section: Section) -> Rule:
    """Read the clause."""
    rule = Rule(
        section.take("article", text, ""),
        section.take("grace", minutes, 0),
        section.take("late", percent, 0),
        section.take("missing", percent, 0),
    )
    section.finish()
    return rule


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every late and every missing tap of a day with any tap; the band is the slot."""
    founds = [_find_slot(rule, sheet, number) for number in range(1, len(sheet.slots) - 1)]
    return Found.joined(founds)


def _find_slot(rule: Rule, sheet: Sheet, number: int) -> Found:
    slot, relief = sheet.slots[number], sheet.relief
    judged = sheet.evidence & slot.required & ~relief.excused[number] & ~sheet.pending[number]
    judged &= ~relief.whole & ~relief.suspended
    late = np.flatnonzero(judged & slot.tapped & (slot.at - slot.due > rule.grace))
    missing = np.flatnonzero(judged & ~slot.tapped & sheet.tapped)
    row = np.concatenate([late, missing])
    amount = np.concatenate([(slot.at - slot.due)[late], np.zeros(len(missing), np.int64)])
    price = np.repeat([rule.late_hundredths, rule.missing_hundredths], [len(late), len(missing)])
    evidence = np.repeat([Evidence.TAP, Evidence.DUTY], [len(late), len(missing)])
    index = np.concatenate([slot.tap[late], sheet.duty[missing]])
    band = np.full(len(row), number, np.int8)
    return Found(row, amount, price.astype(np.int64), band, evidence.astype(np.int8), index)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Say whether the tap was late or missing, against which due."""
    del rule
    due = case.due_clock(case.band)
    if case.evidence is not Evidence.TAP:
        if lang == "id":
            return f"Tidak ada rekaman untuk batas {due}."
        return f"No record for the checkpoint due {due}."
    amount = duration(case.amount, lang)
    if lang == "id":
        return f"Rekaman {case.tap_clock}, batas {due}: terlambat {amount}."
    return f"Record at {case.tap_clock}, due {due}: late by {amount}."
