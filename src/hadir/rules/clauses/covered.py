"""Approved absences: what each took of the day, and what its kind costs, if anything."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.case import Case
from hadir.rules.codes import Effect, Evidence
from hadir.rules.covering import stretches
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
    covers = sheet.days.covers
    begin, end = stretches(sheet, covers, (row, cover))
    amount = (end - begin) - sheet.break_within(row, (begin, end))
    spanning = covers.effect[cover] <= Effect.HOURS
    prices = dict(rule.hundredths)
    table = np.array([prices.get(kind, 0) for kind in covers.kinds] or [0], np.int64)
    found = Found.flat(row, 0, Evidence.COVER, cover)
    return Found(row, np.where(spanning, amount, 0), table[covers.kind[cover]], found.band, found.evidence, cover)


def article(rule: Rule, case: Case) -> str:
    """The clause's own article, else that of the kind."""
    return rule.article or case.kind_article


def sentence(rule: Rule, case: Case, lang: Lang) -> str:
    """Name the kind and what it does."""
    del rule
    words = EFFECT_WORDS[case.effect][lang]
    length = f" {duration(case.amount, lang)}" if case.amount else ""
    return f"{case.kind_name(lang)}: {words}{length}."
