from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hadir.kernel.clock import today_at
from hadir.org import commands, queries
from hadir.org.forms import GroupForm, MemberForm
from hadir.org.refusals import NameTaken, NotFound
from hadir.org.rights import Right
from hadir.platform.refusals import sentence_of
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from hadir.org.models import Group
    from hadir.org.pages import ActingRequest

WRONG = 422


@require_http_methods(["GET", "POST"])
@in_government
def groups(request: ActingRequest) -> HttpResponse:
    """List the groups of the acting person's units, and add one."""
    actor = request.actor
    actor.require_anywhere(Right.EDIT_ROSTERS)
    form = GroupForm(queries.visible_units(actor, Right.EDIT_ROSTERS), request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = queries.accessible_unit(form.cleaned_data["unit"], actor=actor, right=Right.EDIT_ROSTERS)
        try:
            made = commands.add_group(form.cleaned_data["name"], unit=unit, actor=actor)
        except NameTaken as refusal:
            form.add_error("name", sentence_of(refusal))
        else:
            return redirect("org:group", made.pk)
    found = queries.groups_of(actor.within(Right.EDIT_ROSTERS, "unit__path"))
    context = {"groups": found, "form": form}
    return render(request, "org/groups.html", context, status=WRONG if form.errors else 200)


@require_http_methods(["GET", "POST"])
@in_government
def group(request: ActingRequest, group_id: int) -> HttpResponse:
    """Show who belongs to a group, and let somebody join."""
    on = today_at(request.zone)
    found = queries.accessible_group(group_id, actor=request.actor)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _has_joined(form, found, on, request):
        return redirect("org:group", found.pk)
    context = {"group": found, "members": queries.members_on(found, on), "form": form}
    return render(request, "org/group.html", context, status=WRONG if form.errors else 200)


@require_POST
@in_government
def leave(request: ActingRequest, group_id: int) -> HttpResponse:
    """Let somebody leave a group from today on."""
    on = today_at(request.zone)
    found = queries.accessible_group(group_id, actor=request.actor)
    member = queries.members_on(found, on).filter(person_id=int(request.POST["person"])).first()
    if member is None:
        raise NotFound
    commands.leave_group(member.person, found, on=on, actor=request.actor)
    messages.success(request, _("%(name)s has left the group.") % {"name": member.person.name})
    return redirect("org:group", found.pk)


def _has_joined(form: MemberForm, found: Group, on: date, request: ActingRequest) -> bool:
    """Let somebody of the unit, or of one below it, join: a group is of one unit."""
    try:
        person = queries.person_meant(form.cleaned_data["person"], on)
    except NotFound as refusal:
        form.add_error("person", sentence_of(refusal))
        return False
    placement = queries.placement_on(person.pk, on)
    if placement is None or not placement.unit.path.startswith(found.unit.path):
        form.add_error("person", sentence_of(NotFound()))
        return False
    commands.join_group(person, found, on=on, actor=request.actor)
    return True
