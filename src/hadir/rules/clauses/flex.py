"""Arrival within the shift's tolerance: nothing is deducted, the minutes are worked back."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.case import Case
from hadir.rules.codes import Evidence
from hadir.rules.parsing import Section, flag, one_of, text
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang, duration

OWES = {"exact": False, "full": True}


@dataclass(frozen=True)
class Rule:
    """How much is worked back; the tolerance itself belongs to the shift."""

    article: str
    owes_all: bool
    """The whole tolerance is worked back, whatever was used of it."""
    moves_end_after: bool
    """Arriving after the tolerance still moves the end by all of it."""


def take_rule(section: Section) -> Rule:
    """Read the clause."""
    article = section.take("article", text, "")
    rule = Rule(article, section.take("owes", one_of(OWES), False), section.take("moves_end_after", flag, False))
    section.finish()
    return rule


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every arrival that owes minutes, without a deduction."""
    del rule
    row = np.flatnonzero(sheet.owed)
    found = Found.flat(row, 0, Evidence.TAP, sheet.arrival.tap[row])
    return Found(row, sheet.owed[row], found.deduction, found.band, found.evidence, found.index)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Say what is owed and until when it is worked back."""
    del rule
    tap, end = case.tap_clock, case.end_clock
    amount, made_up = duration(case.amount, lang), duration(case.made_up, lang)
    if lang == "id":
        return f"Datang {tap}: {amount} harus diganti, sampai {end}; sudah diganti {made_up}."
    return f"In at {tap}: {amount} to be worked back, until {end}; {made_up} worked back."
