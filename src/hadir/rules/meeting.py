"""Which rows meet which spans: a join of people and time."""

import numpy as np

from hadir.rules.columns import Ints

EVERYBODY = -1


def meet(rows: tuple[Ints, Ints, Ints], spans: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints]:
    """Pairs of a row and a span of the same person that share more than an edge, by span and then by start of the row.

    Args:
        rows: person, start and end (seconds) of each row.
        spans: person (-1: everybody), start and end of each span.
    """
    person, start, end = rows
    nothing = np.zeros(0, np.int64)
    if not len(person) or not len(spans[0]):
        return nothing, nothing
    number, spans = _of_people(person, spans)
    number, spans = _for_each_person(person, number, spans)
    if not len(number):
        return nothing, nothing
    order, begin, count = _candidates(rows, spans)
    span = np.repeat(np.arange(len(count)), count)
    row = order[begin[span] + np.arange(len(span)) - np.repeat(np.cumsum(count) - count, count)]
    meets = (end[row] > spans[1][span]) & (start[row] < spans[2][span])
    return row[meets], number[span[meets]]


def _candidates(rows: tuple[Ints, Ints, Ints], spans: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    """Rows in the order of person and start, and where in it those that could meet each span begin and how many."""
    person, start, end = rows
    longest = int((end - start).max())
    base = min(int(start.min()), int(spans[1].min())) - longest - 1
    reach = max(int(end.max()), int(spans[2].max())) - base + 2
    places = person * reach + (start - base)
    order = np.arange(len(places))
    if (places[1:] < places[:-1]).any():
        order = np.argsort(places, kind="stable")
        places = places[order]
    begin = np.searchsorted(places, spans[0] * reach + spans[1] - longest - base, "left")
    upto = np.searchsorted(places, spans[0] * reach + spans[2] - base, "left")
    return order, begin, np.maximum(upto - begin, 0)


def _of_people(rows: Ints, spans: tuple[Ints, Ints, Ints]) -> tuple[Ints, tuple[Ints, Ints, Ints]]:
    """The spans of everybody and of people among the rows, and their numbers."""
    person, start, end = spans
    number = np.flatnonzero((person == EVERYBODY) | ((person >= rows.min()) & (person <= rows.max())))
    return number, (person[number], start[number], end[number])


def _for_each_person(rows: Ints, number: Ints, spans: tuple[Ints, Ints, Ints]) -> tuple[Ints, tuple[Ints, Ints, Ints]]:
    """Write a span of everybody out for each person; keep the number of the span it came from."""
    person, start, end = spans
    everybody = np.flatnonzero(person == EVERYBODY)
    if not len(everybody):
        return number, spans
    people = np.unique(rows)
    which = np.concatenate([np.flatnonzero(person != EVERYBODY), np.repeat(everybody, len(people))])
    whose = np.concatenate([person[person != EVERYBODY], np.tile(people, len(everybody))])
    return number[which], (whose, start[which], end[which])
