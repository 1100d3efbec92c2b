"""What reaches everybody: a right over a whole government is a right over each of its roots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hadir.org.models import Unit

if TYPE_CHECKING:
    from hadir.org.rights import Actor, Right


def root_paths() -> list[str]:
    """Paths of the units above which there is none."""
    return list(Unit.objects.filter(parent=None).values_list("path", flat=True))


def require_everywhere(right: Right, actor: Actor) -> None:
    """Refuse with NotAllowed where the actor lacks a right over the whole government."""
    for path in root_paths():
        actor.require(right, path)
