"""What the room of calendars, shifts and rosters refuses."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class NoSuchDay(Refusal):
    """The calendar has no such day, or another government's."""

    code = "no_such_day"
    status = 404
    sentence = gettext_noop("This day is not in the calendar.")


class DayTaken(Refusal):
    """The calendar has this date already."""

    code = "day_taken"
    status = 409
    sentence = gettext_noop("The calendar has %(date)s already: change that entry.")
