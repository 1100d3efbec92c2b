from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from hadir.clocking.commands import declare_outage, withdraw_outage
from hadir.clocking.forms import OutageForm, WithdrawForm
from hadir.clocking.queries import accessible_outage, outages_in_reach, people_hit
from hadir.kernel.clock import today_at
from hadir.org.queries import open_sites, tree_of, visible_units
from hadir.org.rights import Right
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hadir.org.pages import ActingRequest

A_PAGE = 50
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_government
def outages(request: ActingRequest) -> HttpResponse:
    """List the declared outages."""
    request.actor.require_anywhere(Right.DECLARE_OUTAGE)
    page = Paginator(outages_in_reach(request.actor), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "clocking/outages.html", {"page": page, "zone": request.zone})


@require_form
@in_government
def declare(request: ActingRequest) -> HttpResponse:
    """Declare an outage, after a look at how many people it touches."""
    request.actor.require_anywhere(Right.DECLARE_OUTAGE)
    units = tree_of(visible_units(request.actor, Right.DECLARE_OUTAGE))
    sites = open_sites(today_at(request.zone)).filter(request.actor.within(Right.DECLARE_OUTAGE, "unit__path"))
    form = OutageForm(request.zone, units, list(sites.order_by("name")), request.POST or None)
    if not form.is_valid():
        return render(request, "clocking/declare.html", {"form": form})
    if "confirmed" in request.POST:
        declare_outage(form.span, actor=request.actor)
        messages.success(request, gettext("Declared. Days already judged are judged anew."))
        return redirect("clocking:outages")
    span = form.span
    first, last = (at.astimezone(request.zone.info).date() for at in (span.starts_at, span.ends_at))
    number = people_hit(first, last, form.place_chosen)
    return render(
        request, "clocking/confirm.html", {"form": form, "span": span, "zone": request.zone, "number": number}
    )


@require_form
@in_government
def withdraw(request: ActingRequest, outage_id: int) -> HttpResponse:
    """Take an outage back, with a reason."""
    outage = accessible_outage(outage_id, actor=request.actor)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        withdraw_outage(outage, reason=form.cleaned_data["reason"], actor=request.actor)
        messages.success(request, gettext("Withdrawn. It excuses nobody any longer."))
        return redirect("clocking:outages")
    return render(request, "clocking/withdraw.html", {"outage": outage, "form": form, "zone": request.zone})
