from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import SimpleLazyObject

from hadir.accounts.addresses import address_of
from hadir.accounts.queries import homes_of
from hadir.kernel.clock import today_at
from hadir.kernel.zones import Zone
from hadir.org.rights import actor_of
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from hadir.accounts.queries import Home

SESSION_HOME = "hadir_home"


class ActingPerson:
    """Run a signed-in request as one transaction of one government, with the person and the rights of today.

    Sets `request.home` (government, zone, person; None for a guest or a platform operator) and `request.actor`.
    An exception of the view takes back everything the request did.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the government of the session and act in it until the answer is made."""
        home = self._home(request)
        request.home = home  # type: ignore[attr-defined]
        if home is None:
            with transaction.atomic():
                return self.get_response(request)
        address = address_of(request)
        account_id: int = request.user.pk  # type: ignore[assignment]
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_of(home.person_id, account_id=account_id, on=today_at(Zone[home.zone]), address=address)
        )
        with acting_in(home.government_id):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:  # noqa: ARG002 - Django's signature
        """Take the whole request back; the refusal or fault itself is answered further out."""
        transaction.set_rollback(True)

    def _home(self, request: HttpRequest) -> Home | None:
        if not request.user.is_authenticated:
            return None
        homes = homes_of(request.user.pk)
        chosen = request.session.get(SESSION_HOME)
        return next((home for home in homes if home.government_id == chosen), homes[0] if homes else None)
