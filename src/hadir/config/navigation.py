"""What the frame of every page shows: the institution, the rooms that the acting person may enter, the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.urls import reverse
from django.utils.functional import empty
from django.utils.translation import gettext_lazy as _

from hadir.notices.queries import unread_count
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
    count: int = 0
    """Shown beside it, where something waits there."""


MESSAGES = "notices:notices"
ENTRIES: tuple[Entry, ...] = (
    Entry(_("Home"), "portal:home"),
    Entry(_("Tap"), "portal:tap"),
    Entry(_("History"), "portal:history"),
    Entry(_("Live board"), "portal:board", frozenset({Right.SEE_BOARD})),
    Entry(_("Monthly recap"), "recaps:recap", frozenset({Right.SEE_RECAP})),
    Entry(_("Absences"), "requests:covers", frozenset({Right.ENTER_DOCUMENTS})),
    Entry(_("Calendar"), "schedules:calendar"),
    Entry(_("Policy"), "policies:mine"),
    Entry(_("People"), "org:people", frozenset({Right.EDIT_PEOPLE})),
    Entry(_("Units"), "org:units", frozenset({Right.EDIT_UNITS, Right.EDIT_PEOPLE})),
    Entry(_("Groups"), "org:groups", frozenset({Right.EDIT_ROSTERS})),
    Entry(_("Sites"), "org:sites", frozenset({Right.EDIT_SITES})),
    Entry(_("Roles"), "org:roles", frozenset({Right.APPOINT})),
    Entry(_("Terminals"), "terminals:fleet", frozenset({Right.APPROVE_TERMINALS})),
    Entry(_("Outages"), "clocking:outages", frozenset({Right.DECLARE_OUTAGE})),
    Entry(_("Never signed in"), "accounts:never_activated", frozenset({Right.EDIT_PEOPLE})),
    Entry(_("Help desk"), "accounts:helpdesk", frozenset({Right.HELP_SIGN_IN})),
    Entry(_("Journal"), "journal:journal", frozenset({Right.READ_JOURNAL})),
)
ACCOUNT_MENU: tuple[Entry, ...] = (
    Entry(_("Messages"), MESSAGES),
    Entry(_("Account"), "accounts:account"),
)
OF_THE_PLATFORM = Entry(_("Governments"), "accounts:platform")
SIGN_OUT = "accounts:sign_out"


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of a page shows to the acting person; to a guest only the name of the product."""
    home, user = getattr(request, "home", None), getattr(request, "user", None)
    is_keeper = user is not None and user.is_authenticated and user.is_platform_operator
    if home is None:
        return {"navigation": list(_shown([OF_THE_PLATFORM], request)) if is_keeper else [], "account": _nameless(user)}
    actor = request.actor  # type: ignore[attr-defined]
    entries = _open_to(actor) if _can_be_asked(actor) else []
    shown = list(_shown([*entries, OF_THE_PLATFORM] if is_keeper else entries, request))
    return {"institution": {"name": home.government}, "navigation": shown, "account": _account(home)}


def _can_be_asked(actor: object) -> bool:
    """Say whether rights can be told: after a refusal the transaction is lost; what was read before is known."""
    return not connection.needs_rollback or object.__getattribute__(actor, "_wrapped") is not empty


def _open_to(actor: Actor) -> list[Entry]:
    return [entry for entry in ENTRIES if entry.is_open_to(actor)]


def _shown(entries: list[Entry], request: HttpRequest) -> Iterator[Shown]:
    """The entries, of which the one whose address is the longest beginning of the page's is current."""
    addresses = [reverse(entry.name) for entry in entries]
    root = reverse("portal:home")
    fitting = [url for url in addresses if request.path.startswith(url) and url != root]
    current = max(fitting, key=len, default=root if request.path == root else "")
    for entry, url in zip(entries, addresses, strict=True):
        yield Shown(str(entry.label), url, url == current)


def _account(home: Any) -> dict[str, Any]:
    unread = 0 if connection.needs_rollback else unread_count(home.person_id)
    counts = {MESSAGES: unread}
    menu = [Shown(str(each.label), reverse(each.name), count=counts.get(each.name, 0)) for each in ACCOUNT_MENU]
    return {
        "name": home.person,
        "detail": home.government,
        "menu": menu,
        "count": unread,
        "sign_out_url": reverse(SIGN_OUT),
    }


def _nameless(user: Any) -> dict[str, Any] | None:
    """The account of somebody who signed in and belongs to no government."""
    if user is None or not user.is_authenticated:
        return None
    return {"name": str(_("Platform operator")), "menu": [], "sign_out_url": reverse(SIGN_OUT)}
