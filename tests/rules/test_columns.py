import numpy as np
import pytest

from hadir.rules import Covers, Effect, Taps, admit, assign, parse_shift, promise
from hadir.rules.catalogue import shelf
from hadir.rules.columns import INSTANT

BUDI = np.zeros(1, np.int64)
MORNING = np.array(["2026-08-03T00:30"], INSTANT)


def outside_tap() -> Taps:
    no, yes, code = np.zeros(1, np.bool_), np.ones(1, np.bool_), np.zeros(1, np.int8)
    return Taps(BUDI, MORNING, BUDI, code, code, no, yes, no)


def cover(effect: Effect, *, decided: bool) -> Covers:
    start, end = MORNING - np.timedelta64(1, "h"), MORNING + np.timedelta64(9, "h")
    return Covers(BUDI, start, end, np.array([effect], np.int8), BUDI, np.array([decided]), ("wfh",))


def test_a_column_of_another_type_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"Taps\.at"):
        Taps.plain(BUDI, MORNING.astype("datetime64[ms]"))


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"Taps\.at"):
        Taps.plain(np.zeros(2, np.int64), MORNING)


def test_a_tap_outside_counts_while_an_approved_cover_moves_the_place() -> None:
    assert admit(outside_tap(), cover(Effect.MOVES_PLACE, decided=True)).counts.tolist() == [True]


def test_a_tap_outside_does_not_count_by_an_undecided_or_another_cover() -> None:
    assert admit(outside_tap(), cover(Effect.MOVES_PLACE, decided=False)).counts.tolist() == [False]
    assert admit(outside_tap(), cover(Effect.HOURS, decided=True)).counts.tolist() == [False]


def test_nobody_may_be_on_duty_at_all() -> None:
    nothing = np.zeros(0, np.int64)
    duties = promise([], nothing, nothing.view("datetime64[D]"), nothing.view("timedelta64[s]"), nothing)
    assert assign(duties, Taps.plain(BUDI, MORNING)).tap_window.tolist() == [-1]


def test_nobody_may_have_tapped_at_all() -> None:
    shift = parse_shift(shelf("shifts")["esdm_hours"])
    monday = np.array(["2026-08-03"], "datetime64[D]")
    duties = promise([shift], BUDI, monday, np.full(1, 7 * 3600, "timedelta64[s]"), BUDI)
    nobody = Taps.plain(np.zeros(0, np.int64), np.zeros(0, INSTANT))
    assert [column.tolist() for column in assign(duties, nobody).first] == [[-1], [-1]]


def test_a_shift_is_not_promised_on_a_weekday_without_it() -> None:
    shift = parse_shift(shelf("shifts")["esdm_hours"])
    saturday = np.array(["2026-08-08"], "datetime64[D]")
    assert shift.works_on(saturday).tolist() == [False]
    with pytest.raises(ValueError, match="no times on the weekday"):
        promise([shift], BUDI, saturday, np.zeros(1, "timedelta64[s]"), BUDI)
