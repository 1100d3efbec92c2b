from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hadir.kernel.clock import now, today_at
from hadir.org.rights import NotAllowed, Right
from hadir.tenancy.pages import in_government
from hadir.terminals import queries
from hadir.terminals.commands.fleet import approve_terminal, block_terminal, change_terminal, unblock_terminal
from hadir.terminals.commands.pins import end_pin, map_pin
from hadir.terminals.forms import EndForm, MountingForm, OwnerForm, SerialForm, suggested_networks
from hadir.terminals.pages import faulty_rows, fleet_rows, person_choices, punch_rows
from hadir.terminals.refusals import NotHeard

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hadir.accounts.pages import PageRequest

PINS_A_PAGE = 50
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_government
def fleet(request: PageRequest) -> HttpResponse:
    """Show the terminals of the actor's units, and ask for the number of a new one."""
    _require_right(request)
    rows = fleet_rows(queries.approved_terminals(request.actor), now())
    waiting = sum(row.terminal.waiting or 0 for row in rows)
    context = {"rows": rows, "form": SerialForm(), "waiting": waiting, "zone": request.zone}
    return render(request, "terminals/fleet.html", context)


@require_form
@in_government
def approve(request: PageRequest) -> HttpResponse:
    """Show what is known of the terminal whose number was typed, and take it into the fleet."""
    _require_right(request)
    asked = SerialForm(request.GET)
    if not asked.is_valid():
        return redirect("terminals:fleet")
    serial = asked.cleaned_data["serial"].strip().upper()
    contact = queries.contact_for(serial)
    if contact is None:
        raise NotHeard(serial=serial)
    sites = queries.sites_to_mount(request.actor, today_at(request.zone))
    form = MountingForm(sites, request.POST or None, initial={"networks": suggested_networks(contact)})
    if form.is_valid():
        terminal = approve_terminal(serial, form.mounting, actor=request.actor)
        messages.success(request, gettext("Approved. What the terminal kept arrives within minutes."))
        return redirect("terminals:terminal", terminal.pk)
    context = {"contact": contact, "form": form, "zone": request.zone}
    return render(request, "terminals/approve.html", context)


@require_safe
@in_government
def terminal(request: PageRequest, terminal_id: int) -> HttpResponse:
    """Show one terminal: how it is, what it sent last, what could not be read."""
    found = queries.accessible_terminal(terminal_id, actor=request.actor)
    (row,) = fleet_rows([found], now())
    context = {
        "terminal": found,
        "row": row,
        "zone": request.zone,
        "stranger": queries.contact_for(found.serial),
        "messages_sent": queries.latest_messages(found),
        "bad_rows": faulty_rows(queries.latest_bad_rows(found)),
        "punches": punch_rows(queries.latest_punches(found)),
    }
    return render(request, "terminals/terminal.html", context)


@require_form
@in_government
def change(request: PageRequest, terminal_id: int) -> HttpResponse:
    """Name, move or re-zone a terminal."""
    found = queries.accessible_terminal(terminal_id, actor=request.actor)
    given = {"name": found.name, "site": found.site_id, "zone": found.zone, "networks": "\n".join(found.networks)}
    given["anywhere"] = not found.networks
    sites = queries.sites_to_mount(request.actor, today_at(request.zone), found.site)
    form = MountingForm(sites, request.POST or None, initial=given)
    if form.is_valid():
        change_terminal(found, form.mounting, actor=request.actor)
        messages.success(request, gettext("Saved. The gate follows within seconds."))
        return redirect("terminals:terminal", found.pk)
    return render(request, "terminals/change.html", {"terminal": found, "form": form})


@require_POST
@in_government
def block(request: PageRequest, terminal_id: int) -> HttpResponse:
    """Turn a terminal away."""
    found = queries.accessible_terminal(terminal_id, actor=request.actor)
    block_terminal(found, actor=request.actor)
    messages.success(request, gettext("Blocked. It keeps its punches until it is heard again."))
    return redirect("terminals:terminal", found.pk)


@require_POST
@in_government
def unblock(request: PageRequest, terminal_id: int) -> HttpResponse:
    """Hear a blocked terminal again."""
    found = queries.accessible_terminal(terminal_id, actor=request.actor)
    unblock_terminal(found, actor=request.actor)
    messages.success(request, gettext("Heard again. What the terminal kept arrives within minutes."))
    return redirect("terminals:terminal", found.pk)


@require_safe
@in_government
def pins(request: PageRequest) -> HttpResponse:
    """List the PINs whose punches wait for a person."""
    _require_right(request)
    words = request.GET.get("q", "").strip()
    page = Paginator(queries.waiting_pins(request.actor, words), PINS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "terminals/pins.html", {"page": page, "words": words})


@require_form
@in_government
def pin(request: PageRequest, terminal_id: int, pin: str) -> HttpResponse:
    """Show whose a PIN is and was at a terminal, find a person, and say that it is theirs."""
    found = queries.accessible_terminal(terminal_id, actor=request.actor)
    first, last = queries.days_waiting(found, pin)
    today = today_at(request.zone)
    words = request.GET.get("q", "")
    people = queries.people_to_map(request.actor, words, last or today)
    given = {"first_day": first or today}
    form = OwnerForm(person_choices(people), request.POST or None, initial=given)
    if form.is_valid():
        owner = form.owner(pin, queries.person_among(people, form.cleaned_data["person"]), found)
        map_pin(owner, actor=request.actor)
        messages.success(request, gettext("Mapped. Punches that waited count within seconds."))
        return redirect("terminals:pins")
    context = {
        "terminal": found,
        "pin": pin,
        "form": form,
        "words": words,
        "people": people,
        "first": first,
        "last": last,
        "mappings": queries.mappings_of(pin, found),
        "end_form": EndForm(initial={"last_day": today}),
    }
    return render(request, "terminals/pin.html", context)


@require_POST
@in_government
def end(request: PageRequest, terminal_id: int, pin_id: int) -> HttpResponse:
    """Let a PIN be somebody's up to a day."""
    found = queries.accessible_terminal(terminal_id, actor=request.actor)
    mapped = queries.mapping_at(found, pin_id)
    form = EndForm(request.POST)
    if form.is_valid():
        end_pin(mapped, form.cleaned_data["last_day"], actor=request.actor)
        messages.success(request, gettext("Ended. The PIN can be given to somebody else."))
    else:
        messages.error(request, gettext("Write the last day as a date."))
    return redirect("terminals:pin", found.pk, mapped.pin)


def _require_right(request: PageRequest) -> None:
    if not request.actor.may_anywhere(Right.APPROVE_TERMINALS):
        raise NotAllowed
