from __future__ import annotations

from datetime import timedelta
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hadir.kernel.clock import now, today_at
from hadir.org.queries import accessible_unit, visible_units
from hadir.org.rights import NotAllowed, Right
from hadir.platform.formats import short_date_text, time_text
from hadir.recaps.forms import Filter
from hadir.recaps.queries import last_day, lines_of, month_of, numbered, signatory_of
from hadir.recaps.reports.monthly.xlsx import Heading, Signature, write_month
from hadir.recaps.table import month_table
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpResponse, HttpResponseBase

    from hadir.accounts.pages import PageRequest
    from hadir.kernel.zones import Zone

PEOPLE_A_PAGE = 100
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@in_government
def recap(request: PageRequest) -> HttpResponse:
    """Lead to this month of the first unit that the acting person may see."""
    unit = visible_units(request.actor, Right.SEE_RECAP).first()
    if unit is None:
        raise NotAllowed
    return redirect("recaps:month", unit.pk, today_at(request.zone).replace(day=1))


@require_safe
@in_government
def month(request: PageRequest, unit_id: int, first: date) -> HttpResponse:
    """Show a month of a unit, a hundred people a page."""
    unit = accessible_unit(unit_id, actor=request.actor, right=Right.SEE_RECAP)
    today, at = today_at(request.zone), now()
    _require_begun(first, today)
    form = Filter(unit, request.GET)
    chosen = form.unit_chosen
    page = Paginator(lines_of(chosen, first, form.chosen), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    shown = month_of(list(page), first, known_until=at, until=today)
    context = {
        "unit": chosen,
        "form": form,
        "page": page,
        "month": shown,
        "table": month_table(shown, is_part=page.has_other_pages()) if shown.lines else "",
        "state": state_text(at, request.zone),
        "sheet_url": f"{reverse('recaps:sheet', args=[unit_id, first])}?{request.GET.urlencode()}",
        **_neighbours(unit_id, first, today),
    }
    return render(request, "recaps/month.html", context)


@require_safe
@in_government
def sheet(request: PageRequest, unit_id: int, first: date) -> HttpResponseBase:
    """Give the same month of everybody chosen as a workbook."""
    unit = accessible_unit(unit_id, actor=request.actor, right=Right.SEE_RECAP)
    today, at = today_at(request.zone), now()
    _require_begun(first, today)
    form = Filter(unit, request.GET)
    chosen = form.unit_chosen
    lines = numbered(lines_of(chosen, first, form.chosen), first)
    shown = month_of(lines, first, known_until=at, until=today)
    draft = ". ".join([gettext("Draft"), state_text(at, request.zone)])
    file = TemporaryFile()  # noqa: SIM115 - the response closes it when it has been sent
    signature = Signature(signatory_of(chosen, min(today, last_day(first))), today)
    write_month(file, shown, Heading(request.home.government, chosen.name, draft), signature)
    file.seek(0)
    name = f"rekap-{slugify(chosen.name)}-{first:%Y-%m}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=SHEET)


def state_text(at: datetime, zone: Zone) -> str:
    """Say that nobody has vouched for these figures yet, and when they were computed."""
    words = {"time": time_text(at, zone), "zone": zone.name, "date": short_date_text(at.astimezone(zone.info).date())}
    computed = gettext("Computed from the facts as they stood on %(date)s at %(time)s %(zone)s.") % words
    return " ".join([computed, gettext("Not submitted and not validated by anybody: figures can still change.")])


def _require_begun(first: date, today: date) -> None:
    if first > today:
        raise Http404


def _neighbours(unit_id: int, first: date, today: date) -> dict[str, Any]:
    before, after = (first - timedelta(days=1)).replace(day=1), last_day(first) + timedelta(days=1)
    return {
        "previous_url": reverse("recaps:month", args=[unit_id, before]),
        "next_url": reverse("recaps:month", args=[unit_id, after]) if after <= today else "",
    }
