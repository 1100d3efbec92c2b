from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hadir.accounts import commands, queries
from hadir.accounts.addresses import address_of
from hadir.accounts.forms import ChangePasswordForm
from hadir.accounts.models import Account
from hadir.accounts.views.signing import WRONG
from hadir.kernel.clock import today_at
from hadir.kernel.zones import Zone
from hadir.org.rights import Actor, NotAllowed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LANGUAGES = {"id", "en"}


@never_cache
@sensitive_post_parameters("former", "password", "again")
@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account and phones, and let its password be changed."""
    own = _own(request)
    form = ChangePasswordForm(own, request.POST or None)
    if request.method == "POST" and form.is_valid():
        home = getattr(request, "home", None)
        actor = request.actor if home else Actor(own.pk, None, address=address_of(request))  # type: ignore[attr-defined]
        commands.change_password(own, form.cleaned_data["password"], actor=actor)
        update_session_auth_hash(request, own)
        messages.success(request, _("Your password is changed. Other browsers must sign in again."))
        return redirect("accounts:account")
    home = getattr(request, "home", None)
    context = {
        "form": form,
        "own": own,
        "sign_in_names": queries.names_of(own.pk),
        "phones": queries.phones_of(home.person_id) if home else [],
        "homes": queries.homes_of(own.pk),
        "zone": Zone[home.zone] if home else Zone.WIB,
    }
    return render(request, "accounts/account.html", context, status=WRONG if form.errors else 200)


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponse:
    """Keep in which language letters to oneself are written."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        commands.choose_language(_own(request), chosen)
        messages.success(request, _("Letters to you will be in this language."))
    return redirect("accounts:account")


@require_safe
@login_required
def platform(request: HttpRequest) -> HttpResponse:
    """Show who runs the installation how many people each government has, and nothing else."""
    if not _own(request).is_platform_operator:
        raise NotAllowed
    rows = queries.totals(today_at(Zone.WIB))
    return render(request, "accounts/platform.html", {"rows": rows})


def _own(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user
