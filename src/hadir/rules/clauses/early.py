"""Departure before its due, which minutes to be worked back may have moved."""

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
    """Every early departure."""
    return rule.price(sheet.early, sheet.departure.tap)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Say how early, against which end."""
    tap, due, amount = case.tap_clock, case.end_clock, duration(case.amount, lang)
    if lang == "id":
        return f"Pulang {tap}, seharusnya {due}: lebih awal {amount}{rule.label(case.band)}."
    return f"Out at {tap}, expected {due}: early by {amount}{rule.label(case.band)}."
