"""Arrival after its due, beyond grace and beyond what may be worked back."""

from hadir.rules.case import Case
from hadir.rules.graded import Graded, take_graded
from hadir.rules.parsing import Section
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang, duration

Rule = Graded


def take_rule(section: Section) -> Rule:
    """Read the clause."""
    return take_graded(section)


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every late arrival."""
    return rule.price(sheet.late, sheet.arrival.tap)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Say how late, against which due."""
    tap, due, amount = case.tap_clock, case.due_clock(0), duration(case.amount, lang)
    if lang == "id":
        return f"Datang {tap}, batas {due}: terlambat {amount}{rule.label(case.band)}."
    return f"In at {tap}, due {due}: late by {amount}{rule.label(case.band)}."
