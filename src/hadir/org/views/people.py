from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hadir.audit.acts import act_words
from hadir.audit.queries import acts_upon
from hadir.kernel.clock import today_at
from hadir.kernel.photos import ImageType
from hadir.org import queries
from hadir.org.commands.imports import person_photos
from hadir.org.commands.people import see_photo
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.org.sheets import people_sheet
from hadir.tenancy.current import government_id
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from hadir.org.models import Placement
    from hadir.org.pages import ActingRequest
    from hadir.org.rights import Actor

PER_PAGE = 50
LATEST_ACTS = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@in_government
def people(request: ActingRequest) -> HttpResponse:
    """List the people of the acting person's units."""
    actor, on = request.actor, today_at(request.zone)
    actor.require_anywhere(Right.EDIT_PEOPLE)
    asked = request.GET.get("unit", "")
    unit = queries.accessible_unit(int(asked), actor=actor, right=Right.EDIT_PEOPLE) if asked.isdigit() else None
    roots = (unit.path,) if unit else actor.roots(Right.EDIT_PEOPLE)
    words = request.GET.get("q", "")
    page = Paginator(queries.people_found(words, roots, on), PER_PAGE).get_page(request.GET.get("page"))
    named = queries.identifiers_of([placement.person_id for placement in page], on)
    context = {
        "page": page,
        "rows": [(placement, _number(named[placement.person_id])) for placement in page],
        "units": queries.tree_of(queries.visible_units(actor, Right.EDIT_PEOPLE)),
        "unit": unit,
        "words": words,
    }
    return render(request, "org/people.html", context)


@require_safe
@in_government
def people_file(request: ActingRequest) -> HttpResponse:
    """Give the people of the acting person's units as a sheet that can be uploaded again."""
    actor, on = request.actor, today_at(request.zone)
    actor.require_anywhere(Right.EDIT_PEOPLE)
    placements = list(queries.placements_below(actor.roots(Right.EDIT_PEOPLE), on))
    needed = {placement.person_id for placement in placements} | {p.superior_id for p in placements if p.superior_id}
    return as_sheet(people_sheet(placements, queries.identifiers_of(needed, on)), "pegawai")


@require_safe
@in_government
def person(request: ActingRequest, person_id: int) -> HttpResponse:
    """Show one person: where they belong and belonged, by what they are named, and what was done about them."""
    on = today_at(request.zone)
    found = queries.accessible_person(person_id, actor=request.actor, right=Right.EDIT_PEOPLE, on=on)
    placements = list(queries.placements_of(found.pk))
    placement = next((each for each in placements if each.valid_from <= on), None)
    context = {
        "person": found,
        "placement": placement,
        "ways": _ways(placement, request.actor) if placement else {},
        "month": on.replace(day=1),
        "placements": placements,
        "identifiers": queries.identifiers_held(found.pk),
        "roles": queries.roles_of(found.pk, on),
        "subordinates": queries.subordinates_of(found.pk, on),
        "acts": [(entry.at, act_words(entry.act)) for entry in acts_upon(found)[:LATEST_ACTS]],
        "zone": request.zone,
    }
    return render(request, "org/person.html", context)


@require_safe
@in_government
def photo(request: ActingRequest, person_id: int) -> HttpResponse:
    """Show somebody's photo to who may edit them, and to themselves; looking is noted."""
    on = today_at(request.zone)
    own = request.actor.person_id == person_id
    right = Right.SEE_DAYS if own else Right.EDIT_PEOPLE
    found = queries.accessible_person(person_id, actor=request.actor, right=right, on=on)
    image = person_photos().get(government_id(), bytes.fromhex(found.photo)) if found.photo else None
    if image is None:
        raise NotFound
    see_photo(found, actor=request.actor)
    response = HttpResponse(image, content_type=ImageType.JPEG.value)
    response["Cache-Control"] = "private, no-store"
    return response


def as_sheet(content: bytes, name: str) -> HttpResponse:
    """Return a file to be downloaded."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _ways(placement: Placement, actor: Actor) -> dict[str, bool]:
    """Say where the actor may go on to from somebody's page; nobody places themselves or enters their own absence."""
    path, is_other = placement.unit.path, placement.person_id != actor.person_id
    return {
        "place": is_other,
        "days": actor.may(Right.SEE_DAYS, path),
        "absence": is_other and actor.may(Right.ENTER_DOCUMENTS, path),
        "account": actor.may(Right.HELP_SIGN_IN, path),
    }


def _number(named: dict[str, str]) -> str:
    return named.get("nip") or named.get("ni_pppk") or ""
