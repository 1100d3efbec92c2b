"""Is a tap within its site? Accuracy is judged fairly, up to a cap (docs/rules, duty and checkpoints)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ACCURACY_CAP = 100
_EARTH_RADIUS = 6_371_009
_UNITS = 10_000_000


@dataclass(frozen=True, slots=True)
class Circle:
    """A site: its middle in units of 1e-7 degrees, its radius in metres."""

    site: int
    latitude: int
    longitude: int
    radius: int


class Side(Enum):
    """Where a position lies: NOTED is outside by less than its own accuracy, and counts with a note."""

    INSIDE = 0
    NOTED = 1
    OUTSIDE = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """How a position stands to the circle it fits best: its side, and whole metres from the middle."""

    side: Side
    site: int
    distance: int


def metres_between(latitude: int, longitude: int, other_latitude: int, other_longitude: int) -> int:
    """Return the great-circle distance in whole metres of two points in units of 1e-7 degrees."""
    phi, other_phi = math.radians(latitude / _UNITS), math.radians(other_latitude / _UNITS)
    half_phi = (other_phi - phi) / 2
    half_lambda = math.radians((other_longitude - longitude) / _UNITS) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lambda) ** 2
    return round(2 * _EARTH_RADIUS * math.asin(math.sqrt(min(chord, 1.0))))


def judge(latitude: int, longitude: int, accuracy: int | None, circle: Circle, cap: int = ACCURACY_CAP) -> Standing:
    """Return the standing of one position to one circle; an unknown accuracy earns no allowance."""
    distance = metres_between(latitude, longitude, circle.latitude, circle.longitude)
    if distance <= circle.radius:
        side = Side.INSIDE
    elif distance <= circle.radius + min(accuracy or 0, cap):
        side = Side.NOTED
    else:
        side = Side.OUTSIDE
    return Standing(side, circle.site, distance)


def best_standing(
    latitude: int,
    longitude: int,
    accuracy: int | None,
    circles: Iterable[Circle],
    cap: int = ACCURACY_CAP,
) -> Standing | None:
    """Return the best standing among circles: inside, then noted, then outside, nearest first; None without circles."""
    standings = [judge(latitude, longitude, accuracy, circle, cap) for circle in circles]
    return min(standings, key=lambda standing: (standing.side.value, standing.distance, standing.site), default=None)
