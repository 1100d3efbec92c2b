from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hadir.accounts import commands, queries
from hadir.accounts.addresses import address_of
from hadir.accounts.commands.attempts import NOBODY
from hadir.accounts.forms import CodeForm, NewPasswordForm
from hadir.accounts.models import Account, Activation
from hadir.accounts.queries import Way
from hadir.accounts.refusals import CodeRefused, TooManyAttempts
from hadir.accounts.views.signing import WRONG, let_in
from hadir.platform.refusals import sentence_of
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What the session keeps of a code is which way in it opened, never the code.
SESSION_WAY = "hadir_way"


@never_cache
@require_http_methods(["GET", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a slip."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _remember(request, form.cleaned_data["code"])
        except (CodeRefused, TooManyAttempts) as refusal:
            form.add_error("code", sentence_of(refusal))
            status = WRONG
        else:
            return redirect("accounts:first_password")
    return render(request, "accounts/type_code.html", {"form": form, "help_desks": queries.help_desks()}, status=status)


@never_cache
@require_safe
def enter_code(request: HttpRequest, code: str) -> HttpResponse:
    """Follow a link or a QR code; nothing is used up until a password is chosen, so a mail scanner does no harm."""
    try:
        _remember(request, code)
    except CodeRefused as refusal:
        context = {"sentence": sentence_of(refusal), "help_desks": queries.help_desks()}
        return render(request, "accounts/code_refused.html", context, status=refusal.status)
    return redirect("accounts:first_password")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Let the person whose way in this is choose a password, and in."""
    way = _remembered(request)
    with acting_in(way.government_id):
        activation = queries.open_way(way)
        membership = queries.membership_of_account(activation.account_id)
    form = NewPasswordForm(activation.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = commands.enter_by_way(way, form.cleaned_data["password"], address=address_of(request))
        return let_in(request, account)
    is_first = activation.purpose == Activation.Purpose.FIRST_SIGN_IN
    context = {
        "form": form,
        "person": membership.person.name,
        "sign_in_names": queries.names_of(activation.account_id),
        "may_join": is_first and request.user.is_authenticated and request.user.pk != activation.account_id,
    }
    return render(request, "accounts/first_password.html", context, status=WRONG if form.errors else 200)


@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Make the way in that the session remembers part of the account that is signed in."""
    if not isinstance(request.user, Account):
        return redirect("accounts:sign_in")
    commands.join_by_way(_remembered(request), request.user, address=address_of(request))
    del request.session[SESSION_WAY]
    return redirect("accounts:governments")


def _remember(request: HttpRequest, code: str) -> None:
    """Keep in the session which open way in a code names; a wrong one counts as a failure of the address."""
    # A code names nobody before it is found, so that only the address of an office can have failed too often.
    attempting = commands.Attempting(NOBODY, address_of(request))
    commands.require_attempt(attempting)
    try:
        way = queries.find_way(code)
        with acting_in(way.government_id):
            queries.open_way(way)
    except CodeRefused:
        commands.note_failure(attempting)
        raise
    request.session[SESSION_WAY] = [way.government_id, way.activation_id]


def _remembered(request: HttpRequest) -> Way:
    kept = request.session.get(SESSION_WAY)
    if kept is None:
        raise CodeRefused
    return Way(*kept)
