"""No arrival tap on a day on which somebody was there."""

from hadir.rules.case import Case
from hadir.rules.one_sided import OneSided, find_missing
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang

Rule = OneSided


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every day with a tap but without one for its arrival, proven by the tap that is there."""
    return find_missing(rule, sheet, 0, sheet.relief.supplied_in)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Say that the arrival was not recorded."""
    label = f" ({rule.code})" if rule.code else ""
    if lang == "id":
        return f"Tidak ada rekaman datang{label}; batas {case.due_clock(0)}."
    return f"No arrival recorded{label}; due {case.due_clock(0)}."
