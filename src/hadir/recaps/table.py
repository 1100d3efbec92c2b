"""The grid of a recap as HTML: thousands of cells, so they are joined from ready pieces and not rendered one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from django.urls import reverse
from django.utils import dateformat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from hadir.platform.formats import minutes_text, percent_text
from hadir.recaps.codes import REST
from hadir.recaps.month import TOTALS, Measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import numpy.typing as npt

    from hadir.recaps.codes import Code
    from hadir.recaps.month import Month
    from hadir.rules.columns import Ints

# Stands in a ready piece where the address of a person's days goes.
_PERSON = "\0"
_SHOWN: dict[Measure, Callable[[int], str]] = {
    Measure.DAYS: str,
    Measure.MINUTES: minutes_text,
    Measure.PERCENT: percent_text,
}


def month_table(month: Month) -> SafeString:
    """Return the whole frame with its table; every cell leads to the day behind it."""
    pieces = _pieces(month)
    columns = np.arange(len(month.days))
    rows = "".join(_row(month, place, pieces[month.cells[place], columns]) for place in range(len(month.lines)))
    label = escape(gettext("Monthly recap"))
    return mark_safe(  # noqa: S308 - names are escaped below, everything else is ours
        f'<div class="table-frame" role="region" aria-label="{label}" tabindex="0">'
        f'<table class="table table--fixed-first table--month"><thead>{_head(month)}</thead>'
        f"<tbody>{rows}</tbody><tfoot>{_foot(month)}</tfoot></table></div>"
    )


def _head(month: Month) -> str:
    days = "".join(f'<th scope="col">{day.day}<small>{dateformat.format(day, "D")}</small></th>' for day in month.days)
    totals = "".join(
        f'<th scope="col"{_start(place)}><abbr title="{escape(total.word)}">{escape(total.short)}</abbr></th>'
        for place, total in enumerate(TOTALS)
    )
    return f'<tr><th scope="col">{escape(gettext("Name"))}</th>{days}{totals}</tr>'


def _row(month: Month, place: int, pieces: npt.NDArray[np.object_]) -> str:
    line = month.lines[place]
    base = reverse("portal:month", args=[line.person_id, month.first]).removesuffix(f"{month.first:%Y-%m}/")
    days = "".join(pieces.tolist()).replace(_PERSON, base)
    name = escape(line.name)
    link = f'<a href="{base}{month.first:%Y-%m}/">{name}</a>'
    return f'<tr><th scope="row" title="{name}">{link}</th>{days}{_numbers(month.totals[place])}</tr>'


def _foot(month: Month) -> str:
    word = escape(pgettext("row", "Total"))
    return f'<tr><th scope="row">{word}</th><td colspan="{len(month.days)}"></td>{_numbers(month.sums)}</tr>'


def _numbers(totals: Ints) -> str:
    texts = [
        _SHOWN[total.measure](value) if value else "" for total, value in zip(TOTALS, totals.tolist(), strict=True)
    ]
    first, *others = texts
    return f'<td class="number totals-start">{first}</td>' + "".join(
        f'<td class="number">{text}</td>' for text in others
    )


def _start(place: int) -> str:
    return ' class="totals-start"' if place == 0 else ""


def _pieces(month: Month) -> npt.NDArray[np.object_]:
    """(codes, days): the cell of each code on each date."""
    pieces = np.empty((len(month.table), len(month.days)), object)
    for row, code in enumerate(month.table):
        shown = _mark(code)
        for column, day in enumerate(month.days):
            pieces[row, column] = _piece(code, shown, day)
    return pieces


def _piece(code: Code, shown: str, day: date) -> str:
    if not code.letters:
        return '<td class="rest"></td>'
    rest = ' class="rest"' if code.state == REST else ""
    return f'<td{rest}><a href="{_PERSON}{day.isoformat()}/">{shown}</a></td>'


def _mark(code: Code) -> str:
    state = "none" if code.state == REST else code.state
    return f'<span class="mark mark--{state}" title="{escape(code.word)}">{escape(code.letters)}</span>'
