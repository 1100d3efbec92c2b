"""Which tap belongs to which duty and checkpoint."""

import numpy as np

from hadir.rules.columns import Assigned, Bools, Duties, Instants, Ints, Taps, as_instants, seconds
from hadir.rules.touching import REACH, give_by_hints
from hadir.rules.windows import Axis, Windows, lay_windows

REPEAT_SECONDS = 60
SMALL_PEOPLE = 1 << 16


def assign(duties: Duties, taps: Taps) -> Assigned:
    """Place every tap in the window it lies in and choose the first and the last counting one of each checkpoint.

    Args:
        duties: whole persons, with one duty of padding on each side of the span to be judged.
        taps: of the same persons, in any order; fastest in the order of time or of person and time.
    """
    axis = Axis.around(duties, taps, REACH)
    windows = lay_windows(duties, axis)
    order, places = _in_order(taps, axis)
    flat = _find_windows(windows, places)
    counts = np.ones(len(order), np.bool_) if taps.counts.all() else taps.counts[order]
    if len(windows.touching):
        flat = give_by_hints(windows, taps.mark[order], places, (flat, counts))
        again = np.argsort(flat, kind="stable")
        order, flat, counts = order[again], flat[again], counts[again]
    first, last = _choose(windows, order, (flat, counts & (flat >= 0)))
    return _answer(duties, windows, (first, last), (order, flat))


def repeats(taps: Taps, assigned: Assigned) -> Bools:
    """Which counting taps follow another of the same person and checkpoint within 60 s, and so are the same tap."""
    placed = (assigned.tap_duty >= 0) & taps.counts
    slot = np.where(placed, assigned.tap_slot, -1)
    order = np.lexsort((taps.identity, seconds(taps.at), slot, assigned.tap_duty))
    duty, slot, at = assigned.tap_duty[order], slot[order], seconds(taps.at)[order]
    same = (duty[1:] == duty[:-1]) & (slot[1:] == slot[:-1]) & (slot[1:] >= 0)
    again = np.zeros(len(taps), np.bool_)
    again[order[1:]] = same & (at[1:] - at[:-1] <= REPEAT_SECONDS)
    return again


def _in_order(taps: Taps, axis: Axis) -> tuple[Ints, Ints]:
    """Rows of taps in the order of person, instant and identity, and their places on the axis."""
    places = axis.place(taps.person, seconds(taps.at))
    order = _order_of(taps, places)
    placed = places[order]
    tied = np.flatnonzero(placed[1:] == placed[:-1])
    identity = taps.identity
    if (identity[order[tied]] > identity[order[tied + 1]]).any():
        order = np.lexsort((identity, places))
        placed = places[order]
    return order, placed


def _order_of(taps: Taps, places: Ints) -> Ints:
    if (places[1:] >= places[:-1]).all():
        return np.arange(len(places))
    at = seconds(taps.at)
    if (at[1:] >= at[:-1]).all() and int(taps.person.max()) < SMALL_PEOPLE:
        # Taps come in the order of time: a stable sort of 16-bit people is a radix sort, an order of magnitude faster.
        return np.argsort(taps.person.astype(np.uint16), kind="stable")
    return np.argsort(places, kind="stable")


def _find_windows(windows: Windows, places: Ints) -> Ints:
    """Flat number (position times slots plus slot) of the window of each place, -1 where it lies in none."""
    if not windows.opens.size:
        return np.full(len(places), -1)
    flat = np.searchsorted(windows.opens.reshape(-1), places, "right") - 1
    outside = places >= windows.closes.reshape(-1)[flat]
    outside |= flat < 0
    flat[outside] = -1
    return flat


def _choose(windows: Windows, order: Ints, found: tuple[Ints, Bools]) -> tuple[Ints, Ints]:
    """Rows of the first and the last counting tap of each flat window, -1 where it has none."""
    flat, counting = found
    if counting.all():
        rows = order
    else:
        flat, rows = flat[counting], order[counting]
    edge = np.empty(len(flat) + 1, np.bool_)
    edge[[0, -1]] = True
    np.not_equal(flat[1:], flat[:-1], out=edge[1:-1])
    first = np.full(windows.opens.size, -1)
    last = first.copy()
    if len(flat):
        begins = np.flatnonzero(edge[:-1])
        first[flat[begins]] = rows[begins]
        ends = np.flatnonzero(edge[1:])
        last[flat[ends]] = rows[ends]
    return first.reshape(windows.opens.shape), last.reshape(windows.opens.shape)


def _answer(duties: Duties, windows: Windows, chosen: tuple[Ints, Ints], placed: tuple[Ints, Ints]) -> Assigned:
    """Turn positions back into rows of duties, places into instants."""
    order, flat = placed
    if not windows.in_order:
        slots = windows.opens.shape[1]
        flat = np.where(flat < 0, -1, windows.order[flat // slots] * slots + flat % slots)
    tap_window = np.empty_like(flat)
    tap_window[order] = flat
    first, last = (_by_duty(windows, table) for table in chosen)
    if windows.changed:
        opens, closes = (_instants(duties, windows, table) for table in (windows.opens, windows.closes))
    else:
        opens, closes = tuple(slot.opens for slot in duties.slots), tuple(slot.closes for slot in duties.slots)
    return Assigned(first, last, opens, closes, tap_window)


def _by_duty(windows: Windows, table: Ints) -> tuple[Ints, ...]:
    if windows.in_order:
        return tuple(np.ascontiguousarray(column) for column in table.T)
    back = np.empty_like(table)
    back[windows.order] = table
    return tuple(np.ascontiguousarray(column) for column in back.T)


def _instants(duties: Duties, windows: Windows, table: Ints) -> tuple[Instants, ...]:
    columns = _by_duty(windows, table)
    return tuple(as_instants(windows.axis.instants(duties.person, column)) for column in columns)
