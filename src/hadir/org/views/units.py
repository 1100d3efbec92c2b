from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hadir.kernel.clock import today_at
from hadir.org import commands, queries
from hadir.org.forms import RenameUnitForm, UnitForm
from hadir.org.refusals import CodeTaken
from hadir.org.rights import NotAllowed, Right
from hadir.platform.refusals import sentence_of
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hadir.org.pages import ActingRequest

WRONG = 422


@require_http_methods(["GET", "POST"])
@in_government
def units(request: ActingRequest) -> HttpResponse:
    """Show the units of the acting person as a tree; the personnel agency adds to it."""
    actor, on = request.actor, today_at(request.zone)
    right = next((each for each in (Right.EDIT_UNITS, Right.EDIT_PEOPLE) if actor.may_anywhere(each)), None)
    if right is None:
        raise NotAllowed
    editable = list(queries.visible_units(actor, Right.EDIT_UNITS))
    form = UnitForm(editable, request.POST or None) if editable else None
    if request.method == "POST" and form and form.is_valid():
        given = form.cleaned_data
        parent = queries.accessible_unit(given["parent"], actor=actor, right=Right.EDIT_UNITS)
        try:
            commands.add_unit(given["code"], given["name"], parent=parent, short_name=given["short_name"], actor=actor)
        except CodeTaken as refusal:
            form.add_error("code", sentence_of(refusal))
        else:
            messages.success(request, _("%(name)s is added.") % {"name": given["name"]})
            return redirect("org:units")
    tree = queries.tree_of(queries.visible_units(actor, right), queries.people_counts(on))
    context = {"nodes": tree, "form": form, "may_edit": bool(editable)}
    return render(request, "org/units.html", context, status=WRONG if form and form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_government
def rename(request: ActingRequest, unit_id: int) -> HttpResponse:
    """Give a unit another name; its code stays."""
    unit = queries.accessible_unit(unit_id, actor=request.actor, right=Right.EDIT_UNITS)
    form = RenameUnitForm(request.POST or None, initial={"name": unit.name, "short_name": unit.short_name})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        commands.change_unit(unit, name=given["name"], short_name=given["short_name"], actor=request.actor)
        messages.success(request, _("%(name)s is saved.") % {"name": unit.name})
        return redirect("org:units")
    return render(request, "org/unit.html", {"form": form, "unit": unit}, status=WRONG if form.errors else 200)


@require_POST
@in_government
def close(request: ActingRequest, unit_id: int) -> HttpResponse:
    """Close a unit that nobody belongs to."""
    unit = queries.accessible_unit(unit_id, actor=request.actor, right=Right.EDIT_UNITS)
    commands.close_unit(unit, on=today_at(request.zone), actor=request.actor)
    messages.success(request, _("%(name)s is closed.") % {"name": unit.name})
    return redirect("org:units")
