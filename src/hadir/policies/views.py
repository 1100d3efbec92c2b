from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hadir.kernel.clock import today_at
from hadir.org.queries import accessible_person
from hadir.org.rights import Right
from hadir.policies.cards import clause_cards, shift_cards
from hadir.policies.forms import DateForm
from hadir.policies.queries import policy_held, policy_of, shifts_promised
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hadir.accounts.pages import PageRequest


@require_safe
@in_government
def mine(request: PageRequest) -> HttpResponse:
    """Lead to the policy that holds for the acting person."""
    return redirect("policies:person", request.home.person_id)


@require_safe
@in_government
def person(request: PageRequest, person_id: int) -> HttpResponse:
    """Show which policy holds for a person on a date, and why."""
    today = today_at(request.zone)
    found = accessible_person(person_id, actor=request.actor, right=Right.SEE_DAYS, on=today)
    form = DateForm(request.GET if "on" in request.GET else {"on": today.isoformat()})
    on = form.cleaned_data["on"] if form.is_valid() else today
    held, shifts = policy_of(found.pk, on), shifts_promised(found.pk, on)
    context = {
        "person": found,
        "form": form,
        "on": on,
        "held": held,
        "cards": clause_cards(policy_held(held), shifts) if held else [],
        "shifts": shift_cards(shifts),
    }
    return render(request, "policies/person.html", context)
