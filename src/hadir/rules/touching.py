"""Taps around the point where one duty of a person ends and the next one starts."""

import numpy as np

from hadir.rules.codes import Mark
from hadir.rules.columns import Bools, Codes, Ints
from hadir.rules.windows import Windows

REACH = 15 * 60
"""Seconds before and after the touch point within which a mark or a second tap has a say."""


def give_by_hints(windows: Windows, mark: Codes, places: Ints, found: tuple[Ints, Bools]) -> Ints:
    """Let marks, or a pair of unmarked taps, close the earlier and open the later of two touching duties.

    Args:
        windows: with the positions of touching duties.
        mark: of the taps in the order of `places`.
        places: of the taps on the axis, sorted.
        found: flat window of each tap, and whether it counts.

    Returns:
        The flat windows, no longer rising with `places` where a tap was given to the other duty.
    """
    flat, counting = found
    point = windows.end[windows.touching]
    tap, touch = _around(point, places)
    tap, touch = tap[counting[tap]], touch[counting[tap]]
    leader = _leaders(places[tap], touch)
    wanted = _wishes(point, (tap[leader], touch[leader]), places, mark)
    follows = np.cumsum(leader) - 1
    return _give(windows, flat, (tap, touch), (wanted[0][follows], wanted[1][follows]))


def _wishes(point: Ints, pairs: tuple[Ints, Ints], places: Ints, mark: Codes) -> tuple[Bools, Bools]:
    """Which taps close the earlier duty though they come after the touch point, and which open the later before it."""
    tap, touch = pairs
    after = places[tap] >= point[touch]
    marks, unmarked = mark[tap], mark[tap] == Mark.UNMARKED
    count = np.bincount(touch[unmarked], minlength=len(point))
    before = np.bincount(touch[unmarked & ~after], minlength=len(point))
    rank, paired = _rank(touch, unmarked), unmarked & (count[touch] > 1)
    closes = after & (marks == Mark.OUT)
    closes |= paired & (before[touch] == 0) & (rank == 0)
    opens = ~after & (marks == Mark.IN)
    opens |= paired & (before[touch] == count[touch]) & (rank == count[touch] - 1)
    return closes, opens


def _around(point: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Every tap within reach of every touch point, as pairs in order."""
    begin = np.searchsorted(places, point - REACH, "left")
    count = np.searchsorted(places, point + REACH, "right") - begin
    touch = np.repeat(np.arange(len(point)), count)
    step = np.arange(len(touch)) - np.repeat(np.cumsum(count) - count, count)
    return begin[touch] + step, touch


def _leaders(place: Ints, touch: Ints) -> Bools:
    """The first tap of each second: a repeat is no second tap and goes where the first goes."""
    leads = np.ones(len(place), np.bool_)
    leads[1:] = (place[1:] != place[:-1]) | (touch[1:] != touch[:-1])
    return leads


def _rank(touch: Ints, unmarked: Bools) -> Ints:
    """How many unmarked taps of the same touch point come before each."""
    running: Ints = np.cumsum(unmarked) - unmarked
    begins = np.searchsorted(touch, touch, "left")
    return np.asarray(running - running[begins], np.int64)


def _give(windows: Windows, flat: Ints, pairs: tuple[Ints, Ints], wanted: tuple[Bools, Bools]) -> Ints:
    tap, touch = pairs
    slots = windows.opens.shape[1]
    earlier = windows.touching[touch]
    given = flat.copy()
    for wish, target, has in (
        (wanted[0], earlier * slots + slots - 1, windows.has_departure[earlier]),
        (wanted[1], (earlier + 1) * slots, windows.has_arrival[earlier + 1]),
    ):
        move = wish & has
        given[tap[move]] = target[move]
    return given
