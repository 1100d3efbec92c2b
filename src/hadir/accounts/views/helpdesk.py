from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hadir.accounts import commands, queries
from hadir.accounts.models import Activation
from hadir.kernel.clock import today_at
from hadir.org.queries import accessible_person, identifiers_of, people_found, placement_on
from hadir.org.rights import Right
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hadir.accounts.pages import PageRequest
    from hadir.org.models import Person, Placement

MOST_FOUND = 20
FEWEST_LETTERS = 3


@require_safe
@in_government
def helpdesk(request: PageRequest) -> HttpResponse:
    """Let the help desk find somebody by name, number or e-mail."""
    request.actor.require_anywhere(Right.HELP_SIGN_IN)
    words = request.GET.get("q", "").strip()
    roots = request.actor.roots(Right.HELP_SIGN_IN)
    found: list[Placement] = []
    if len(words) >= FEWEST_LETTERS:
        found = list(people_found(words, roots, today_at(request.zone))[:MOST_FOUND])
    return render(request, "accounts/helpdesk.html", {"words": words, "found": found})


@require_safe
@in_government
def helped_person(request: PageRequest, person_id: int) -> HttpResponse:
    """Show how somebody signs in and from which phones, and no secret."""
    person = _person(request, person_id)
    on = today_at(request.zone)
    membership = queries.membership_of(person.pk)
    context = {
        "person": person,
        "placement": placement_on(person.pk, on),
        "membership": membership,
        "sign_in_names": queries.names_of(membership.account_id) if membership else [],
        "has_email": bool({"secondary_email", "email"} & set(identifiers_of([person.pk], on)[person.pk])),
        "phones": queries.phones_of(person.pk),
        "zone": request.zone,
    }
    return render(request, "accounts/helped_person.html", context)


@require_POST
@in_government
def reset(request: PageRequest, person_id: int) -> HttpResponse:
    """Open a new way in, by e-mail to the person's own address or by a slip that the unit prints."""
    person = _person(request, person_id)
    is_slip = request.POST.get("channel") == Activation.Channel.SLIP
    channel = Activation.Channel.SLIP if is_slip else Activation.Channel.EMAIL
    commands.trigger_reset(person, channel, on=today_at(request.zone), actor=request.actor)
    by_slip = _("The admin of the unit can print a slip for %(name)s now.")
    by_mail = _("A link leaves for the address of %(name)s.")
    messages.success(request, (by_slip if is_slip else by_mail) % {"name": person.name})
    return redirect("accounts:helped_person", person.pk)


@require_POST
@in_government
def block(request: PageRequest, phone_id: int) -> HttpResponse:
    """Block a lost phone, one's own or as the help desk."""
    phone = queries.accessible_phone(phone_id, actor=request.actor)
    commands.block_phone(phone, actor=request.actor)
    messages.success(request, _("The phone is blocked: its taps no longer count."))
    if phone.person_id == request.actor.person_id:
        return redirect("accounts:account")
    return redirect("accounts:helped_person", phone.person_id)


@require_POST
@in_government
def unblock(request: PageRequest, phone_id: int) -> HttpResponse:
    """Let a phone that was found again tap."""
    phone = queries.accessible_phone(phone_id, actor=request.actor)
    commands.unblock_phone(phone, actor=request.actor)
    messages.success(request, _("The phone may tap again."))
    return redirect("accounts:helped_person", phone.person_id)


def _person(request: PageRequest, person_id: int) -> Person:
    on = today_at(request.zone)
    return accessible_person(person_id, actor=request.actor, right=Right.HELP_SIGN_IN, on=on)
