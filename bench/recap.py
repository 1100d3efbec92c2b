"""The month of a unit as a page and of all as a workbook, beside bare reading and writing of the same cells."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import time_machine
from django.test import Client
from django.utils import translation
from xlsxwriter import Workbook

from bench.facts import FACTS, NAMES, copy_all, span
from bench.figure import Figure
from bench.office import PEOPLE, SMALL, in_turns, measured_apart, moment, tell
from hadir.cli.django_as import django_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bench.facts import Tables
    from hadir.org.models import Unit
    from hadir.recaps.month import Month

PAGE_ROUNDS, SHEET_ROUNDS = 11, 3
BAR = 4


def run() -> list[Figure]:
    """Measure page and workbook on a city of its own."""
    return measured_apart("bench.recap")


def main() -> None:
    """Measure the finished month, with the city loaded and Django set up as the web role."""
    from hadir.accounts.models import Membership  # noqa: PLC0415 - models exist only once Django is set up
    from hadir.org.models import Unit  # noqa: PLC0415
    from hadir.tenancy.current import acting_in  # noqa: PLC0415
    from hadir.tenancy.models import Government  # noqa: PLC0415

    government = Government.objects.get().pk
    client = Client()
    first = (moment().date().replace(day=1) - timedelta(days=1)).replace(day=1)
    with time_machine.travel(moment(), tick=True), translation.override("id"):
        with acting_in(government):
            client.force_login(Membership.objects.get().account)
            office, city = Unit.objects.get(code="01"), Unit.objects.get(code="00")
        with acting_in(government):
            small, everybody = _cells(office, first, SMALL), _cells(city, first, PEOPLE)
        pages = in_turns(
            lambda: _ask(client, f"/recap/{office.pk}/{first:%Y-%m}/"),
            lambda: _bare(government, small, NAMES[:1], _write_text),
            PAGE_ROUNDS,
        )
        sheets = in_turns(
            lambda: _ask(client, f"/recap/{city.pk}/{first:%Y-%m}/sheet.xlsx"),
            lambda: _bare(government, everybody, NAMES, _write_sheet),
            SHEET_ROUNDS,
        )
    tell(
        [
            Figure("recap page", pages[0], "ms", "bare COPY and text, ms", pages[1], BAR, "lower"),
            Figure("recap sheet", sheets[0], "ms", "bare COPY and xlsxwriter, ms", sheets[1], BAR, "lower"),
        ]
    )


def _ask(client: Client, path: str) -> float:
    begin = time.perf_counter()
    response: Any = client.get(path)
    content = response.getvalue()
    taken = time.perf_counter() - begin
    if response.status_code != 200 or not content:  # noqa: PLR2004
        raise RuntimeError(f"{path} answered {response.status_code}")
    return taken


def _cells(unit: Unit, first: date, people: int) -> Month:
    """The same month as the page shows, so that the reference writes the same cells."""
    from hadir.recaps.queries import lines_of, month_of, numbered  # noqa: PLC0415

    month = month_of(numbered(lines_of(unit, first), first), first, known_until=moment(), until=moment().date())
    if len(month.lines) != people:
        raise RuntimeError(f"{unit} has {len(month.lines)} people")
    return month


def _bare(government: int, month: Month, names: Tables, write: Callable[[Month], float]) -> float:
    """Read the facts of a month and write its cells, and nothing else."""
    from hadir.tenancy.current import acting_in  # noqa: PLC0415

    begin = datetime.combine(month.first, datetime.min.time(), UTC) - timedelta(hours=7)
    end = datetime.combine(month.last, datetime.min.time(), UTC) + timedelta(hours=26)
    given = span([line.person_id for line in month.lines], (month.first, month.last), (begin, end))
    with acting_in(government):
        return copy_all(FACTS + names, given) + write(month)


def _rows(month: Month) -> list[tuple[tuple[str, ...], list[str], list[int]]]:
    letters = [code.letters for code in month.table]
    return [
        (
            (line.name, line.number, line.rank, line.staff_class, line.unit),
            [letters[place] for place in month.cells[number].tolist()],
            month.totals[number].tolist(),
        )
        for number, line in enumerate(month.lines)
    ]


def _write_text(month: Month) -> float:
    rows = _rows(month)
    begin = time.perf_counter()
    out = io.StringIO()
    for texts, cells, totals in rows:
        for text in (*texts, *cells, *totals):
            out.write(f"<td>{text}</td>")
    out.getvalue().encode()
    return time.perf_counter() - begin


def _write_sheet(month: Month) -> float:
    rows = _rows(month)
    begin = time.perf_counter()
    with Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, (texts, cells, totals) in enumerate(rows):
            for column, text in enumerate((*texts, *cells)):
                sheet.write_string(row, column, text)
            for column, number in enumerate(totals, len(texts) + len(cells)):
                sheet.write_number(row, column, number)
    return time.perf_counter() - begin


if __name__ == "__main__":
    django_as("web")
    main()
