"""Declared outages: which checkpoints they excused."""

from dataclasses import dataclass

from hadir.rules.case import Case
from hadir.rules.codes import Evidence
from hadir.rules.parsing import Section, minutes, text
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang


@dataclass(frozen=True)
class Rule:
    """Seconds after an outage in which a due is still excused and a later tap still counts."""

    article: str
    margin: int


def take_rule(section: Section) -> Rule:
    """Read the clause."""
    rule = Rule(section.take("article", text, ""), section.take("margin", minutes, 15 * 60))
    section.finish()
    return rule


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every excused checkpoint, proven by its outage; the band is the slot."""
    del rule
    row, slot, outage = sheet.relief.outages
    found = Found.flat(row, 0, Evidence.OUTAGE, outage)
    return Found(row, found.amount, found.deduction, slot.astype(found.band.dtype), found.evidence, outage)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Name the outage and the checkpoint that it excused."""
    del rule
    begin, end = case.outage_clocks
    if lang == "id":
        return f"Gangguan {begin}-{end}: rekaman dengan batas {case.due_clock(case.band)} dimaafkan."
    return f"Outage {begin}-{end}: the checkpoint due {case.due_clock(case.band)} is excused."
