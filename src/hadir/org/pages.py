"""What a view of this room is given: a request that already knows who acts, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from hadir.kernel.zones import Zone
    from hadir.org.rights import Actor


class ActingRequest(HttpRequest):
    """The request that a view behind `in_government` gets: never made, only annotated with."""

    actor: Actor
    zone: Zone
    """Of the government's seat."""
