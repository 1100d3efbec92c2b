from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hadir.daybook.cells import Cell
from hadir.daybook.ledger import read_ledger
from hadir.kernel.clock import from_milliseconds, now, today_at
from hadir.kernel.photos import sniff
from hadir.org.queries import accessible_person, sites_of_person
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.portal import firstpage
from hadir.portal.board import board_of, lagging, names_of, place_seen, unit_counts, unit_rows
from hadir.portal.calendar import first_month, person_month, weekday_names
from hadir.portal.commands import open_photo
from hadir.portal.dayview import judged_now, judged_rows
from hadir.portal.timeline import timeline_of
from hadir.recaps.queries import last_day
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponseBase

    from hadir.accounts.pages import PageRequest
    from hadir.kernel.zones import Zone

_ONE_DAY = timedelta(days=1)
UNITS_OF_A_WALL = 40
"""As many as the widest wall could hold; what does not fit is left out there."""


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """Show the first page of a role; who runs the installation and belongs to no government has another one."""
    if request.user.is_authenticated and request.home is None and request.user.is_platform_operator:  # type: ignore[attr-defined]
        return redirect(firstpage.PLATFORM_PAGE)
    return _home(request)


@in_government
def _home(request: PageRequest) -> HttpResponse:
    sites = sites_of_person(request.home.person_id, today_at(request.zone))
    return render(request, "portal/home.html", firstpage.first_page(request, sites))


@require_safe
@in_government
def tap(request: PageRequest) -> HttpResponse:
    """Show the page on which the acting person taps."""
    context = {
        "person_id": request.home.person_id,
        "zone": _own_zone(request),
        "pass_url": reverse("accounts:phone_pass"),
        "today_url": reverse("portal:today"),
        "account_url": reverse("accounts:account"),
        "home_url": reverse("portal:home"),
    }
    return render(request, "portal/tap.html", context)


@require_safe
@in_government
def today(request: PageRequest) -> JsonResponse:
    """Tell the tap page what today is judged so far."""
    on = today_at(_own_zone(request))
    ledger = read_ledger([request.home.person_id], on - _ONE_DAY, on, known_until=now())
    judged = judged_now(ledger, request.home.person_id)
    is_off = judged.day.cell == Cell.REST
    sentence = gettext("You have no duty today.") if is_off else judged.verdict
    return JsonResponse({"sentence": sentence, "status": judged.state, "is_off": is_off})


@require_safe
@in_government
def history(request: PageRequest) -> HttpResponse:
    """Show this month of the acting person."""
    return _month(request, request.home.person_id, today_at(_own_zone(request)).replace(day=1))


@require_safe
@in_government
def month(request: PageRequest, person_id: int, first: date) -> HttpResponse:
    """Show a month of somebody whose days the acting person may see."""
    return _month(request, person_id, first)


@require_safe
@in_government
def day(request: PageRequest, person_id: int, on: date) -> HttpResponse:
    """Show how one day is judged, and why."""
    person = accessible_person(person_id, actor=request.actor, right=Right.SEE_DAYS, on=today_at(request.zone))
    last = today_at(_zone_of(request, person_id))
    if on > last:
        raise NotFound
    ledger = read_ledger([person_id], on, on, known_until=now())
    rows = judged_rows(ledger, person_id)
    context = {
        "person": person,
        "date": on,
        "duties": rows,
        "timeline": timeline_of(rows),
        "month_url": reverse("portal:month", args=[person_id, on.replace(day=1)]),
        "previous_url": reverse("portal:day", args=[person_id, on - _ONE_DAY]),
        "next_url": reverse("portal:day", args=[person_id, on + _ONE_DAY]) if on < last else "",
    }
    return render(request, "portal/day.html", context)


@require_safe
@in_government
def photo(request: PageRequest, person_id: int, at: int, identity: bytes) -> HttpResponse:
    """Show the selfie of a tap to somebody who may see it; each look is written down."""
    if at > _LAST_MILLISECOND:
        raise NotFound
    tap = (from_milliseconds(at), identity)
    image = open_photo(person_id, tap, on=today_at(request.zone), actor=request.actor)
    kind = sniff(image)
    if kind is None:
        raise NotFound
    return HttpResponse(image, content_type=kind.value, headers={"Cache-Control": "private, no-store"})


@require_safe
@in_government
def board(request: PageRequest) -> HttpResponseBase:
    """Show everybody whom the acting person may watch, as they stand now."""
    return _board(request, None)


@require_safe
@in_government
def unit(request: PageRequest, unit_id: int) -> HttpResponseBase:
    """Show one unit, as it stands now."""
    return _board(request, unit_id)


_LAST_MILLISECOND = 253_402_300_799_999  # of the year 9999


def _month(request: PageRequest, person_id: int, first: date) -> HttpResponse:
    person = accessible_person(person_id, actor=request.actor, right=Right.SEE_DAYS, on=today_at(request.zone))
    zone = _zone_of(request, person_id)
    until = today_at(zone)
    if first > until:
        raise NotFound
    ledger = read_ledger([person_id], first, min(last_day(first), until), known_until=now())
    shown = person_month(ledger, first, until)
    after = last_day(first) + _ONE_DAY
    context: dict[str, Any] = {
        "person": person,
        "month": first,
        "weekdays": weekday_names(first),
        "weeks": shown.weeks,
        "legend": shown.legend,
        "figures": shown.figures,
        "first_month": None if shown.is_told else first_month(person_id, zone),
        "is_told": shown.is_told,
        "previous_url": reverse("portal:month", args=[person_id, (first - _ONE_DAY).replace(day=1)]),
        "next_url": reverse("portal:month", args=[person_id, after]) if after <= until else "",
    }
    return render(request, "portal/history.html", context)


def _board(request: PageRequest, unit_id: int | None) -> HttpResponseBase:
    at, on = now(), today_at(request.zone)
    place, is_wall = place_seen(request.actor, unit_id), "wall" in request.GET
    shown = board_of(place, on, known_until=at)
    units = unit_counts(shown)
    context: dict[str, Any] = {
        "tally": shown.tally,
        "units": "" if is_wall else unit_rows(units),
        "lagging": lagging(units, UNITS_OF_A_WALL) if is_wall else [],
        "names": [] if is_wall else names_of(shown),
        "part": "portal/parts/wall.html" if is_wall else "portal/parts/board.html",
        "is_wall": is_wall,
    }
    if request.headers.get("X-Fragment"):
        return _unchanged_or(request, render(request, context["part"], context))
    context |= {
        "title": place.unit.name if place.unit else gettext("Live board"),
        "is_unit": unit_id is not None,
        "unjoined": [each for each in units if not each.in_scope],
        "now": at,
        "today": on,
        "zone": request.zone,
        "recap_url": reverse("recaps:month", args=[place.unit.pk, on.replace(day=1)]) if place.unit else "",
    }
    response = render(request, "portal/board.html", context)
    patch_vary_headers(response, ["X-Fragment"])
    return response


def _unchanged_or(request: PageRequest, response: HttpResponse) -> HttpResponseBase:
    """Answer 304 where the client already has these bytes."""
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    patch_vary_headers(response, ["X-Fragment", "Accept-Language", "Cookie"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _own_zone(request: PageRequest) -> Zone:
    return _zone_of(request, request.home.person_id)


def _zone_of(request: PageRequest, person_id: int) -> Zone:
    """The zone of the place where somebody works, else of the government's seat."""
    return firstpage.zone_of(sites_of_person(person_id, today_at(request.zone)), request.zone)
