from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hadir.accounts import commands, queries
from hadir.accounts.addresses import address_of
from hadir.accounts.backends import normalised
from hadir.accounts.forms import NameForm, SignInForm
from hadir.accounts.middleware import SESSION_HOME
from hadir.accounts.models import Account
from hadir.accounts.refusals import TooManyAttempts
from hadir.platform.refusals import sentence_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WRONG = 422


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in by a sign-in name and a password."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(_way_on(request))
    form = SignInForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _sign_in_page(request, form, 200 if request.method == "GET" else WRONG)
    attempting = commands.Attempting(normalised(form.cleaned_data["name"]), address_of(request))
    try:
        commands.require_attempt(attempting)
    except TooManyAttempts as refusal:
        return _stopped(request, form, refusal)
    account = authenticate(request, username=form.cleaned_data["name"], password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        commands.note_failure(attempting)
        form.add_error(None, _("Name or password is wrong. If you never signed in here, use the code of your slip."))
        return _sign_in_page(request, form, WRONG)
    commands.forget_failures(attempting)
    return let_in(request, account)


def let_in(request: HttpRequest, account: Account) -> HttpResponse:
    """Open a new session for an account and lead it on; one with several governments chooses first."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    commands.note_sign_in(account, address=address_of(request))
    if len(queries.homes_of(account.pk)) > 1:
        return redirect("accounts:governments")
    return redirect(_way_on(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("accounts:sign_in")


@never_cache
@require_http_methods(["GET", "POST"])
def governments(request: HttpRequest) -> HttpResponse:
    """Let somebody with posts in several governments choose for which one to act."""
    if not request.user.is_authenticated:
        return redirect("accounts:sign_in")
    homes = queries.homes_of(request.user.pk)
    if request.method == "POST":
        chosen = request.POST.get("government", "")
        if chosen in {str(home.government_id) for home in homes}:
            request.session[SESSION_HOME] = int(chosen)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/governments.html", {"homes": homes})


@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password; the answer is the same whether there is such an account or not."""
    form = NameForm(request.POST or None)
    context = {"form": form, "help_desks": queries.help_desks()}
    if request.method == "GET" or not form.is_valid():
        return render(request, "accounts/forgotten.html", context)
    name = normalised(form.cleaned_data["name"])
    attempting = commands.Attempting(f"forgotten {name}", address_of(request))
    try:
        commands.require_attempt(attempting)
    except TooManyAttempts as refusal:
        form.add_error(None, sentence_of(refusal))
        return _limited(render(request, "accounts/forgotten.html", context, status=refusal.status), refusal)
    # Every question counts, for an answer that never tells cannot tell a failure either.
    commands.note_failure(attempting)
    commands.request_reset(name, address=attempting.address)
    return render(request, "accounts/forgotten_sent.html", context)


def _stopped(request: HttpRequest, form: SignInForm, refusal: TooManyAttempts) -> HttpResponse:
    form.add_error(None, sentence_of(refusal))
    return _limited(_sign_in_page(request, form, refusal.status), refusal)


def _limited(response: HttpResponse, refusal: TooManyAttempts) -> HttpResponse:
    response["Retry-After"] = str(refusal.data["seconds"])
    return response


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    way_on = request.POST.get("next", request.GET.get("next", ""))
    context = {"form": form, "next": way_on, "help_desks": queries.help_desks()}
    return render(request, "accounts/sign_in.html", context, status=status)


def _way_on(request: HttpRequest) -> str:
    """Return where somebody wanted to go, if that is a page of this site."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else resolve_url(settings.LOGIN_REDIRECT_URL)
