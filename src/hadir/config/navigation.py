"""What the header of every page shows: the rooms that the acting person may enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, Any]:
    """Return the institution and the entries of the navigation for a page."""
    return {"home": getattr(request, "home", None), "navigation": []}
