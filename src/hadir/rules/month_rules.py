"""What a policy adds to the sums of a month: free counts and caps."""

from collections.abc import Iterable
from dataclasses import dataclass

from hadir.rules.parsing import Section, count, items, one_of, percent, text
from hadir.rules.problems import InvalidDocument


@dataclass(frozen=True)
class FreeCount:
    """The first findings of some clauses in a month cost nothing, in the order of dates."""

    name: str
    article: str
    clauses: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Cap:
    """The findings of some clauses cost no more than this in a month."""

    name: str
    article: str
    clauses: tuple[str, ...]
    hundredths: int


@dataclass(frozen=True)
class MonthRules:
    """Free counts are taken off first, then caps, those of the fewest clauses first."""

    free: tuple[FreeCount, ...]
    caps: tuple[Cap, ...]


def take_month_rules(section: Section, names: Iterable[str]) -> MonthRules:
    """Read `free` and `caps`; `names` are the clauses that exist."""
    known = {name: name for name in names}
    free = [_take_free(table, known) for table in section.sections("free")]
    caps = [_take_cap(table, known) for table in section.sections("caps")]
    called = [rule.name for rule in free] + [rule.name for rule in caps]
    for name in called:
        if called.count(name) > 1:
            raise InvalidDocument(section.path, name, "names two adjustments")
    section.finish()
    by_reach = sorted(caps, key=lambda cap: (len(cap.clauses), cap.name))
    return MonthRules(tuple(sorted(free, key=lambda rule: rule.name)), tuple(by_reach))


def _take_free(table: Section, known: dict[str, str]) -> FreeCount:
    name, article = table.take("name", text), table.take("article", text, "")
    rule = FreeCount(name, article, _take_clauses(table, known), table.take("count", count))
    table.finish()
    return rule


def _take_cap(table: Section, known: dict[str, str]) -> Cap:
    name, article = table.take("name", text), table.take("article", text, "")
    rule = Cap(name, article, _take_clauses(table, known), table.take("percent", percent))
    table.finish()
    return rule


def _take_clauses(table: Section, known: dict[str, str]) -> tuple[str, ...]:
    """The clauses a rule speaks of; all of them where it names none."""
    read = one_of(known)

    def clauses(path: str, value: object) -> tuple[str, ...]:
        return tuple(sorted({read(place, item) for place, item in items(path, value)}))

    return table.take("clauses", clauses, tuple(sorted(known)))
