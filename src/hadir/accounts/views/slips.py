from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hadir.accounts import commands, queries
from hadir.accounts.secrets import grouped
from hadir.accounts.sheets import never_activated_sheet
from hadir.kernel.clock import today_at
from hadir.org.queries import accessible_unit, tree_of, visible_units
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from hadir.accounts.commands import Slip
    from hadir.accounts.pages import PageRequest
    from hadir.org.models import Placement, Unit

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@in_government
def never_activated(request: PageRequest) -> HttpResponse:
    """List who never signed in, and for whom the help desk allowed a new slip."""
    on, unit = today_at(request.zone), _unit(request)
    found = _found(request, unit, on)
    if request.GET.get("as") == "xlsx":
        return _sheet(found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "unit": unit,
        "units": tree_of(visible_units(request.actor, Right.EDIT_PEOPLE)),
        "awaiting": queries.awaiting_slip(_roots(request, unit), on),
    }
    return render(request, "accounts/never_activated.html", context)


@never_cache
@require_POST
@in_government
def slips(request: PageRequest) -> HttpResponse:
    """Make the slips of a unit and show them once, to be printed and cut."""
    on = today_at(request.zone)
    unit = _named_unit(request.POST.get("unit", ""), request)
    people = {placement.person_id for placement in _waiting(request, unit, on)}
    made = commands.make_slips(people, on=on, actor=request.actor)
    shown = [(slip, grouped(slip.code), _qr(slip)) for slip in made]
    context = {"shown": shown, "unit": unit, "address": settings.HADIR_PUBLIC_URL, "zone": request.zone}
    return render(request, "accounts/slips.html", context)


@require_POST
@in_government
def invitations(request: PageRequest) -> HttpResponse:
    """Send links to those of a unit who never signed in and have an e-mail."""
    on = today_at(request.zone)
    unit = _named_unit(request.POST.get("unit", ""), request)
    people = {placement.person_id for placement in queries.never_activated([unit.path], on)}
    count = commands.send_invitations(people, on=on, actor=request.actor)
    messages.success(request, ngettext("%(count)d link leaves.", "%(count)d links leave.", count) % {"count": count})
    return redirect(f"{reverse('accounts:never_activated')}?unit={unit.pk}")


def _waiting(request: PageRequest, unit: Unit, on: date) -> list[Placement]:
    roots = _roots(request, unit)
    return [*queries.never_activated(roots, on), *queries.awaiting_slip(roots, on)]


def _unit(request: PageRequest) -> Unit | None:
    asked = request.GET.get("unit", "")
    return _named_unit(asked, request) if asked else None


def _named_unit(asked: str, request: PageRequest) -> Unit:
    if not (asked.isascii() and asked.isdigit()):
        raise NotFound
    return accessible_unit(int(asked), actor=request.actor, right=Right.EDIT_PEOPLE)


def _roots(request: PageRequest, unit: Unit | None) -> tuple[str, ...]:
    return (unit.path,) if unit else request.actor.roots(Right.EDIT_PEOPLE)


def _found(request: PageRequest, unit: Unit | None, on: date) -> QuerySet[Placement]:
    request.actor.require_anywhere(Right.EDIT_PEOPLE)
    return queries.never_activated(_roots(request, unit), on)


def _sheet(found: QuerySet[Placement]) -> HttpResponse:
    names = queries.sign_in_names_of_people(found.values("person_id"))
    response = HttpResponse(never_activated_sheet(found, names), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_("never-signed-in")}.xlsx"'
    return response


def _qr(slip: Slip) -> SafeString:
    link = settings.HADIR_PUBLIC_URL + reverse("accounts:enter_code", args=[slip.code])
    drawn: str = segno.make(link, error="m", micro=False).svg_inline(scale=3, border=2)
    return mark_safe(drawn)  # noqa: S308 - drawn here from an address that holds a code of our own signs
