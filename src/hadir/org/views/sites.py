from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hadir.kernel.clock import today_at
from hadir.org import commands, queries
from hadir.org.forms import SiteForm
from hadir.org.refusals import NameTaken, WrongPlace
from hadir.org.rights import Right
from hadir.platform.refusals import sentence_of
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hadir.org.models import Site
    from hadir.org.pages import ActingRequest

WRONG = 422
_UNITS = 10_000_000


@require_safe
@in_government
def sites(request: ActingRequest) -> HttpResponse:
    """List the places of work of the acting person's units."""
    request.actor.require_anywhere(Right.EDIT_SITES)
    found = queries.open_sites(today_at(request.zone)).filter(request.actor.within(Right.EDIT_SITES, "unit__path"))
    rows = [(site, _position(site)) for site in found.order_by("unit__code", "name")]
    return render(request, "org/sites.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@in_government
def site(request: ActingRequest, site_id: int | None = None) -> HttpResponse:
    """Make a place of work, or move one."""
    actor = request.actor
    actor.require_anywhere(Right.EDIT_SITES)
    known = queries.accessible_site(site_id, actor=actor) if site_id else None
    units = queries.visible_units(actor, Right.EDIT_SITES)
    form = SiteForm(units, request.POST or None, initial=_initial(known, request))
    form.fields["unit"].disabled = known is not None
    if request.method == "POST" and form.is_valid() and _is_saved(form, known, request):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("org:sites")
    return render(request, "org/site.html", {"form": form, "site": known}, status=WRONG if form.errors else 200)


@require_POST
@in_government
def close(request: ActingRequest, site_id: int) -> HttpResponse:
    """Take a place of work out of use."""
    known = queries.accessible_site(site_id, actor=request.actor)
    commands.close_site(known, on=today_at(request.zone), actor=request.actor)
    messages.success(request, _("%(name)s is no longer in use.") % {"name": known.name})
    return redirect("org:sites")


def _is_saved(form: SiteForm, known: Site | None, request: ActingRequest) -> bool:
    unit = queries.accessible_unit(form.cleaned_data["unit"], actor=request.actor, right=Right.EDIT_SITES)
    try:
        if known:
            commands.change_site(known, form.spot(), actor=request.actor)
        else:
            commands.add_site(form.spot(), unit=unit, actor=request.actor)
    except NameTaken as refusal:
        form.add_error("name", sentence_of(refusal))
    except WrongPlace as refusal:
        form.add_error("position", sentence_of(refusal))
    return not form.errors


def _initial(known: Site | None, request: ActingRequest) -> dict[str, object]:
    if known is None:
        return {"zone": request.zone.name, "radius": 100}
    position = _position(known)
    return {"unit": known.unit_id, "name": known.name, "position": position, "radius": known.radius, "zone": known.zone}


def _position(known: Site) -> str:
    """Return degrees as a map shows them, made of whole numbers."""
    return ", ".join(_degrees(number) for number in (known.latitude, known.longitude))


def _degrees(number: int) -> str:
    whole, rest = divmod(abs(number), _UNITS)
    return f"{'-' if number < 0 else ''}{whole}.{rest:07d}"
