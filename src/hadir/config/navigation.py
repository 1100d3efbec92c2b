"""What the frame of every page shows: the institution, the rooms that the acting person may enter, the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hadir.org.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from hadir.org.rights import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """A way into a room: its word, the name of its first address, the rights of which one is enough."""

    label: _StrPromise
    name: str
    rights: frozenset[Right] = frozenset()
    """Nothing: for everybody."""

    def is_open_to(self, actor: Actor) -> bool:
        """Say whether somebody may enter."""
        return not self.rights or any(actor.may_anywhere(right) for right in self.rights)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry on a page."""

    label: str
    url: str
    current: bool = False


ENTRIES: tuple[Entry, ...] = (
    Entry(_("Home"), "portal:home"),
    Entry(_("Tap"), "portal:tap"),
    Entry(_("History"), "portal:history"),
    Entry(_("Live board"), "portal:board", frozenset({Right.SEE_BOARD})),
    Entry(_("Monthly recap"), "recaps:recap", frozenset({Right.SEE_RECAP})),
    Entry(_("Terminals"), "terminals:fleet", frozenset({Right.APPROVE_TERMINALS})),
)
ACCOUNT_MENU: tuple[Entry, ...] = (Entry(_("Messages"), "notices:notices"),)


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of a page shows to the acting person; to a guest only the name of the product."""
    home = getattr(request, "home", None)
    if home is None:
        return {"navigation": [], "account": _nameless(request)}
    # After a refusal or a fault the transaction is lost, and nobody can be asked for rights any more.
    entries = [] if connection.needs_rollback else list(_entries(request))
    return {"institution": {"name": home.government}, "navigation": entries, "account": _account(home)}


def _entries(request: HttpRequest) -> Iterator[Shown]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    open_to = [(entry, reverse(entry.name)) for entry in ENTRIES if entry.is_open_to(actor)]
    fitting = [url for _entry, url in open_to if request.path.startswith(url)]
    current = max(fitting, key=len, default="")
    home = reverse("portal:home")
    for entry, url in open_to:
        yield Shown(str(entry.label), url, url == current and (url != home or request.path == home))


def _account(home: Any) -> dict[str, Any]:
    menu = [Shown(str(entry.label), reverse(entry.name)) for entry in ACCOUNT_MENU]
    return {"name": home.person, "detail": home.government, "menu": menu, "sign_out_url": reverse(SIGN_OUT)}


def _nameless(request: HttpRequest) -> dict[str, Any] | None:
    """The account of somebody who signed in and belongs to no government."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {"name": str(_("Platform operator")), "menu": [], "sign_out_url": reverse(SIGN_OUT)}


SIGN_OUT = "accounts:sign_out"
