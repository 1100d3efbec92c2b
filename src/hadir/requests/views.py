from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hadir.kernel.clock import today_at
from hadir.kernel.zones import Zone
from hadir.org.queries import accessible_person, placement_on, sites_of_person
from hadir.org.rights import NotAllowed, Right
from hadir.requests.commands import decide_cover, enter_cover, withdraw_cover
from hadir.requests.forms import CoverForm, WithdrawForm
from hadir.requests.kinds import kind_label
from hadir.requests.queries import accessible_cover, covers_in_reach, people_found
from hadir.requests.refusals import Overlap
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hadir.accounts.pages import PageRequest

A_PAGE = 50
ONE_DAY = timedelta(days=1)
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_government
def covers(request: PageRequest) -> HttpResponse:
    """List the absences of the actor's units, and find a person to enter one for."""
    _require_right(request)
    today = today_at(request.zone)
    words = request.GET.get("q", "").strip()
    page = Paginator(covers_in_reach(request.actor, today, words), A_PAGE).get_page(request.GET.get("page"))
    for cover in page.object_list:
        cover.label = kind_label(cover.kind)
        cover.last = cover.valid_until - ONE_DAY if cover.valid_until else None
        cover.is_own = cover.person_id == request.actor.person_id
    people = people_found(words, actor=request.actor, on=today)
    return render(request, "requests/covers.html", {"page": page, "words": words, "people": people})


@require_form
@in_government
def enter(request: PageRequest, person_id: int) -> HttpResponse:
    """Enter an absence of a person from its document."""
    today = today_at(request.zone)
    person = accessible_person(person_id, actor=request.actor, right=Right.ENTER_DOCUMENTS, on=today)
    request.actor.require_other(person.pk)
    sites = sites_of_person(person.pk, today)
    form = CoverForm(Zone[sites[0].zone] if sites else request.zone, request.POST or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                enter_cover(form.entry(person), actor=request.actor)
        except Overlap as refusal:
            form.add_error("first", gettext(refusal.sentence) % refusal.data)
        else:
            messages.success(request, gettext("Entered. It is in force at once."))
            return redirect("requests:covers")
    context = {"form": form, "person": person, "placement": placement_on(person.pk, today)}
    return render(request, "requests/enter.html", context)


@require_form
@in_government
def withdraw(request: PageRequest, cover_id: int) -> HttpResponse:
    """Take an absence back, with a reason."""
    cover = accessible_cover(cover_id, actor=request.actor)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        withdraw_cover(cover, reason=form.cleaned_data["reason"], actor=request.actor)
        messages.success(request, gettext("Withdrawn. The days are judged by their records again."))
        return redirect("requests:covers")
    cover.label = kind_label(cover.kind)  # type: ignore[attr-defined]
    return render(request, "requests/withdraw.html", {"cover": cover, "form": form})


@require_POST
@in_government
def decide(request: PageRequest, cover_id: int) -> HttpResponse:
    """Enter the final decision on an absence that awaited it."""
    cover = accessible_cover(cover_id, actor=request.actor)
    decide_cover(cover, is_approved=request.POST.get("decision") == "approve", actor=request.actor)
    messages.success(request, gettext("The decision is entered."))
    return redirect("requests:covers")


def _require_right(request: PageRequest) -> None:
    if not request.actor.may_anywhere(Right.ENTER_DOCUMENTS):
        raise NotAllowed
