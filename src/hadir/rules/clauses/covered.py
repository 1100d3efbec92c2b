"""Approved absences: what each took of the day, and what its kind costs, if anything."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.case import Case
from hadir.rules.codes import Effect, Evidence
from hadir.rules.columns import seconds
from hadir.rules.parsing import Section, percent, text
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import EFFECT_WORDS, Lang, duration


@dataclass(frozen=True)
class Rule:
    """Percentages a day of the kinds that carry one."""

    article: str
    hundredths: tuple[tuple[str, int], ...]
    """By code of the kind, in alphabetical order."""


def take_rule(section: Section) -> Rule:
    """Read the clause."""
    article = section.take("article", text, "")
    kinds = section.section("percent")
    prices = sorted((name, kinds.take(name, percent)) for name in kinds.names)
    section.finish()
    return Rule(article, tuple(prices))


def find(rule: Rule, sheet: Sheet) -> Found:
    """Every approved cover that touches a duty, proven by itself; the amount is the time it covers."""
    row, cover = sheet.relief.pairs
    covers, duties = sheet.days.covers, sheet.days.duties
    effect, half = covers.effect[cover], seconds(duties.half)[sheet.duty[row]]
    begin, end = sheet.start[row], sheet.end[row]
    hours = effect == Effect.HOURS
    begin = np.where(effect == Effect.SECOND_HALF, half, np.where(hours, seconds(covers.start)[cover], begin))
    end = np.where(effect == Effect.FIRST_HALF, half, np.where(hours, seconds(covers.end)[cover], end))
    amount = np.minimum(end, sheet.end[row]) - np.maximum(begin, sheet.start[row])
    spanning = (effect <= Effect.HOURS) & (amount > 0)
    prices = dict(rule.hundredths)
    table = np.array([prices.get(kind, 0) for kind in covers.kinds] or [0], np.int64)
    found = Found.flat(row, 0, Evidence.COVER, cover)
    price = table[covers.kind[cover]]
    return Found(row, np.where(spanning, amount, 0), price, found.band, found.evidence, cover)


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Name the kind and what it does."""
    del rule
    words = EFFECT_WORDS[case.effect][lang]
    length = f" {duration(case.amount, lang)}" if case.amount else ""
    return f"{case.kind_name(lang)}: {words}{length}."
