"""No tap, no cover, nothing left to wait for: absent without word."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.case import Case
from hadir.rules.codes import Evidence
from hadir.rules.parsing import Section, percent, text
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang, duration


@dataclass(frozen=True)
class Rule:
    """What a day of absence costs."""

    article: str
    hundredths: int


def take_rule(section: Section) -> Rule:
    """Read the clause."""
    rule = Rule(section.take("article", text, ""), section.take("percent", percent, 0))
    section.finish()
    return rule


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every row judged absent, proven by the duty that was promised; the amount is the promised time not covered."""
    row = np.flatnonzero(sheet.is_absent)
    found = Found.flat(row, rule.hundredths, Evidence.DUTY, sheet.duty[row])
    return Found(row, sheet.absent[row], found.deduction, found.band, found.evidence, found.index)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Say that nothing is known of the day."""
    del rule
    amount = duration(case.amount, lang)
    if lang == "id":
        return f"Tidak ada rekaman dan tidak ada keterangan: tidak hadir {amount}."
    return f"No record and no word: absent for {amount}."
