"""A parsed policy and the shifts of a person as cards of plain sentences; nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from hadir.platform.formats import minutes_text, percent_text
from hadir.rules.catalogue import kind_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hadir.rules import Policy, Shift
    from hadir.rules.graded import Graded
    from hadir.rules.one_sided import OneSided
    from hadir.rules.shift import SlotTimes, Variant
    from hadir.rules.words import Lang

DAY = 86400
TITLES = {
    "flex": gettext_lazy("Tolerance"),
    "late": gettext_lazy("Late arrival"),
    "early": gettext_lazy("Early departure"),
    "missing_in": gettext_lazy("No arrival recorded"),
    "missing_out": gettext_lazy("No departure recorded"),
    "presence": gettext_lazy("Checkpoints during the day"),
    "absent": gettext_lazy("Absent without word"),
    "covered": gettext_lazy("Approved absences"),
    "outage": gettext_lazy("Outages of the system"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a clause: its code, the length from which it holds and below which it ends, its percentage."""

    code: str
    begins: str
    ends: str
    percent: str


@dataclass(frozen=True, slots=True)
class Card:
    """One clause as people read it, with the article behind it."""

    title: str
    article: str
    lines: tuple[str, ...]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """What a shift asks on one weekday, as written clocks; an open window or a missing part is empty."""

    weekday: str
    hours: str
    arrival: str
    departure: str
    rest: str
    tolerance: str


@dataclass(frozen=True, slots=True)
class ShiftCard:
    """One shift by weekday, with the article behind it."""

    name: str
    article: str
    week: tuple[Times, ...]


def clause_cards(policy: Policy, shifts: Iterable[Shift]) -> list[Card]:
    """Return every clause that says something to whoever works these shifts, then the rules of the month."""
    found = [
        *_tolerance(policy, shifts),
        _graded("late", policy.late),
        _graded("early", policy.early),
        _one_sided("missing_in", policy.missing_in),
        _one_sided("missing_out", policy.missing_out),
        *_presence(policy),
        Card(str(TITLES["absent"]), policy.absent.article, (_price(policy.absent.hundredths, gettext("%s a day")),)),
        *_covered(policy),
        _outage(policy),
        *_month(policy),
    ]
    return [Card(card.title, card.article or policy.article, card.lines, card.bands) for card in found]


def shift_cards(shifts: Iterable[Shift]) -> list[ShiftCard]:
    """Return the shifts with their times by weekday, the days without the shift left out."""
    return [
        ShiftCard(
            shift.name,
            shift.article,
            tuple(_times(weekday, variant) for weekday, variant in enumerate(shift.week) if variant),
        )
        for shift in shifts
    ]


def _tolerance(policy: Policy, shifts: Iterable[Shift]) -> Iterator[Card]:
    rule = policy.flex
    if not rule.article and not any(variant.flex for shift in shifts for variant in shift.week if variant):
        return
    lines = [
        gettext("All of it is worked back on the same day, however much was used; nothing is deducted.")
        if rule.owes_all
        else gettext("What is used of it is worked back on the same day; nothing is deducted.")
    ]
    if rule.moves_end_after:
        lines.append(gettext("Who arrives after the tolerance works back all of it as well."))
    yield Card(str(TITLES["flex"]), rule.article, tuple(lines))


def _graded(name: str, rule: Graded) -> Card:
    lines = []
    if rule.grace:
        lines.append(gettext("Up to %(length)s costs nothing.") % {"length": _length(rule.grace)})
        lines.append(
            gettext("Beyond that, all of it counts.")
            if rule.counts_whole
            else gettext("Beyond that, only what exceeds it counts.")
        )
    begins = [_length(begin) for begin in rule.bands.begins]
    prices = [percent_text(price) for price in rule.bands.hundredths]
    bands = tuple(
        Band(*row) for row in zip(rule.bands.codes, begins, [*begins[1:], ""][: len(begins)], prices, strict=True)
    )
    if not bands:
        lines.append(gettext("Nothing is deducted."))
    return Card(str(TITLES[name]), rule.article, tuple(lines), bands)


def _one_sided(name: str, rule: OneSided) -> Card:
    price = _price(rule.hundredths, gettext("%s each time"))
    lines = [gettext("%(price)s As %(code)s.") % {"price": price, "code": rule.code} if rule.code else price]
    if rule.untapped != rule.hundredths:
        alone = {"percent": percent_text(rule.untapped)}
        lines.append(gettext("On a day that is present by a decision alone: %(percent)s.") % alone)
    return Card(str(TITLES[name]), rule.article, tuple(lines))


def _presence(policy: Policy) -> Iterator[Card]:
    rule = policy.presence
    if not (rule.article or rule.late_hundredths or rule.missing_hundredths):
        return
    told = {"late": percent_text(rule.late_hundredths), "missing": percent_text(rule.missing_hundredths)}
    lines = [gettext("A late one costs %(late)s, a missing one %(missing)s.") % told]
    if rule.grace:
        lines.append(gettext("Up to %(length)s costs nothing.") % {"length": _length(rule.grace)})
    yield Card(str(TITLES["presence"]), rule.article, tuple(lines))


def _covered(policy: Policy) -> Iterator[Card]:
    lang: Lang = "en" if get_language() == "en" else "id"
    lines = tuple(
        gettext("%(kind)s: %(percent)s a day.") % {"kind": kind_name(kind, lang), "percent": percent_text(price)}
        for kind, price in policy.covered.hundredths
    )
    if lines:
        yield Card(str(TITLES["covered"]), policy.covered.article, lines)


def _outage(policy: Policy) -> Card:
    margin = {"length": _length(policy.outage.margin)}
    line = gettext("A record that is due during a declared outage, or up to %(length)s after it, is excused.") % margin
    return Card(str(TITLES["outage"]), policy.outage.article, (line,))


def _month(policy: Policy) -> Iterator[Card]:
    for free in policy.month.free:
        line = ngettext(
            "The first %(count)d time in a month costs nothing.",
            "The first %(count)d times in a month cost nothing.",
            free.count,
        )
        yield Card(gettext("Within a month"), free.article, (line % {"count": free.count}, *_about(free.clauses)))
    for cap in policy.month.caps:
        line = gettext("No more than %(percent)s is deducted in a month.") % {"percent": percent_text(cap.hundredths)}
        yield Card(gettext("Within a month"), cap.article, (line, *_about(cap.clauses)))


def _about(clauses: tuple[str, ...]) -> Iterator[str]:
    if set(clauses) != set(TITLES):
        named = ", ".join(str(title) for name, title in TITLES.items() if name in clauses)
        yield gettext("Of these: %(clauses)s.") % {"clauses": named}


def _price(hundredths: int, words: str) -> str:
    return f"{words % percent_text(hundredths)}." if hundredths else gettext("Nothing is deducted.")


def _length(seconds: int) -> str:
    return minutes_text(timedelta(seconds=seconds))


def _times(weekday: int, variant: Variant) -> Times:
    rest = (variant.break_start, variant.break_end)
    return Times(
        str(WEEKDAYS[weekday]),
        _span(variant.start, variant.end),
        _window(variant.arrival),
        _window(variant.departure),
        _span(*rest) if rest[0] != rest[1] else "",
        _length(variant.flex) if variant.flex else "",
    )


def _window(slot: SlotTimes) -> str:
    return _span(slot.opens, slot.closes) if slot.need else ""


def _span(begin: int, end: int) -> str:
    return f"{_clock(begin)}\N{EN DASH}{_clock(end)}"


def _clock(seconds: int) -> str:
    day, rest = divmod(seconds, DAY)
    clock = f"{rest // 3600:02}.{rest // 60 % 60:02}"
    if day > 0:
        return gettext("%(clock)s the next day") % {"clock": clock}
    return gettext("%(clock)s the day before") % {"clock": clock} if day < 0 else clock
