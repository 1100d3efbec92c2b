from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hadir.kernel.clock import today_at
from hadir.org import commands, queries
from hadir.org.forms import AppointForm
from hadir.org.models import Role
from hadir.org.refusals import NotFound
from hadir.org.rights import OwnCase, Right
from hadir.platform.refusals import sentence_of
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from hadir.org.pages import ActingRequest

WRONG = 422


@require_http_methods(["GET", "POST"])
@in_government
def roles(request: ActingRequest) -> HttpResponse:
    """List who holds which role, and appoint somebody from today on."""
    actor, on = request.actor, today_at(request.zone)
    actor.require_anywhere(Right.APPOINT)
    form = AppointForm(queries.visible_units(actor, Right.APPOINT), request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_appointed(form, on, request):
        messages.success(request, _("The role is given from today on."))
        return redirect("org:roles")
    held = queries.appointments_on(on, actor.within(Right.APPOINT, "unit__path"))
    return render(request, "org/roles.html", {"held": held, "form": form}, status=WRONG if form.errors else 200)


@require_POST
@in_government
def end(request: ActingRequest, appointment_id: int) -> HttpResponse:
    """Take a role away from today on."""
    found = queries.accessible_appointment(appointment_id, actor=request.actor)
    commands.end_appointment(found, on=today_at(request.zone), actor=request.actor)
    messages.success(request, _("The role has ended."))
    return redirect("org:roles")


def _is_appointed(form: AppointForm, on: date, request: ActingRequest) -> bool:
    unit = queries.accessible_unit(form.cleaned_data["unit"], actor=request.actor, right=Right.APPOINT)
    try:
        person = queries.person_meant(form.cleaned_data["person"], on)
        commands.appoint_role(person, Role(form.cleaned_data["role"]), unit=unit, on=on, actor=request.actor)
    except (NotFound, OwnCase) as refusal:
        form.add_error("person", sentence_of(refusal))
    return not form.errors
