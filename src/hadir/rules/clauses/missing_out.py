"""No departure tap on a day on which somebody was there."""

from hadir.rules.case import Case
from hadir.rules.one_sided import OneSided, find_missing
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang

Rule = OneSided


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every day with a tap but without one for its departure, once the window has closed."""
    return find_missing(rule, sheet, len(sheet.slots) - 1, sheet.relief.supplied_out)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Say that the departure was not recorded."""
    label = f" ({rule.code})" if rule.code else ""
    if lang == "id":
        return f"Tidak ada rekaman pulang{label}; seharusnya {case.end_clock}."
    return f"No departure recorded{label}; expected {case.end_clock}."
