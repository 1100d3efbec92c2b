"""What a page of one government asks before it does anything: somebody who signed in and belongs to one."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login

from hadir.kernel.refusals import Refusal, gettext_noop
from hadir.kernel.zones import Zone
from hadir.tenancy.current import government_or_none

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    View = Callable[..., HttpResponseBase]


class BelongsNowhere(Refusal):
    """An account without a person, such as that of who runs the installation, opens a page of a government."""

    code = "belongs_nowhere"
    status = 403
    sentence = gettext_noop("Your account belongs to no government, so there is nothing to show here.")


def in_government(view: View) -> View:
    """Let a view be opened by people of a government only; guests are led to the sign-in page.

    `request.zone` is the zone of the government's seat.
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        home: Any = getattr(request, "home", None)
        if home is None or government_or_none() is None:
            raise BelongsNowhere
        request.zone = Zone[home.zone]  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return opened
