from enum import IntEnum


class Status(IntEnum):
    """What a person-day was; the first that applies, in this order."""

    OUT_OF_SCOPE = 0
    DAY_OFF = 1
    UNSCHEDULED = 2
    COVERED = 3
    PRESENT = 4
    WAITING = 5
    ABSENT = 6


class DayKind(IntEnum):
    """What the calendar and the roster call a date of a person."""

    WORKING = 0
    WEEKLY_REST = 1
    NATIONAL_HOLIDAY = 2
    CUTI_BERSAMA = 3
    REGIONAL_HOLIDAY = 4
    OFF_ROSTER = 5


class Need(IntEnum):
    """Whether a duty has a checkpoint, and whether it must be tapped."""

    NONE = 0
    OPTIONAL = 1
    REQUIRED = 2


class Mark(IntEnum):
    """What a terminal or a person said a tap was: a hint that breaks ties, never the truth."""

    UNMARKED = 0
    IN = 1
    OUT = 2


class Effect(IntEnum):
    """What an approved absence does to a duty."""

    DAY = 0
    FIRST_HALF = 1
    SECOND_HALF = 2
    HOURS = 3
    MOVES_PLACE = 4
    EXCUSES_LATE = 5
    EXCUSES_EARLY = 6
    SUPPLIES_IN = 7
    SUPPLIES_OUT = 8
    SUSPENDS = 9


class Evidence(IntEnum):
    """Which column the evidence of a finding is a row of."""

    DUTY = 0
    TAP = 1
    COVER = 2
    OUTAGE = 3
