from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hadir.kernel.clock import today_at
from hadir.org import commands, queries
from hadir.org.forms import PlaceForm
from hadir.org.models import StaffClass
from hadir.org.refusals import LoopOfSuperiors, NotFound, ReasonNeeded
from hadir.org.rights import Right
from hadir.platform.refusals import sentence_of
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from hadir.org.models import Person
    from hadir.org.pages import ActingRequest

WRONG = 422


@require_http_methods(["GET", "POST"])
@in_government
def place(request: ActingRequest, person_id: int) -> HttpResponse:
    """Place one person from a date on: unit, superior, class, rank and post."""
    actor, on = request.actor, today_at(request.zone)
    person = queries.accessible_person(person_id, actor=actor, right=Right.EDIT_PEOPLE, on=on)
    actor.require_other(person.pk)
    units = queries.visible_units(actor, Right.EDIT_PEOPLE)
    form = PlaceForm(units, request.POST or None, initial=_held(person.pk, on))
    if request.method == "POST" and form.is_valid() and _is_placed(form, person, request):
        messages.success(request, _("%(name)s is placed.") % {"name": person.name})
        return redirect("org:person", person.pk)
    context = {"form": form, "person": person}
    return render(request, "org/place.html", context, status=WRONG if form.errors else 200)


def _held(person_id: int, on: date) -> dict[str, Any]:
    """What stands now, so that only what changes has to be written."""
    placement = queries.placement_on(person_id, on)
    if placement is None:
        return {"on": on}
    named = queries.identifiers_of([placement.superior_id], on)[placement.superior_id] if placement.superior_id else {}
    return {
        "unit": placement.unit_id,
        "superior": named.get("nip") or named.get("ni_pppk") or named.get("email") or "",
        "staff_class": placement.staff_class,
        "rank": placement.rank,
        "post": placement.post,
        "on": on,
    }


def _is_placed(form: PlaceForm, person: Person, request: ActingRequest) -> bool:
    given = form.cleaned_data
    try:
        superior = queries.person_meant(given["superior"], given["on"]) if given["superior"] else None
    except NotFound as refusal:
        form.add_error("superior", sentence_of(refusal))
        return False
    posting = commands.Posting(
        unit_id=given["unit"],
        staff_class=StaffClass(given["staff_class"]),
        superior_id=superior.pk if superior else None,
        rank=given["rank"],
        post=given["post"],
    )
    try:
        with transaction.atomic():
            commands.place_person(person, posting, on=given["on"], actor=request.actor, reason=given["reason"])
    except LoopOfSuperiors as refusal:
        form.add_error("superior", sentence_of(refusal))
    except ReasonNeeded as refusal:
        form.add_error("reason", sentence_of(refusal))
    return not form.errors
