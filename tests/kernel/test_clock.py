from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import time_machine

from hadir.kernel import clock
from hadir.kernel.refusals import InvalidData
from hadir.kernel.zones import Zone


def test_the_date_is_the_date_of_the_place():
    with time_machine.travel(datetime(2026, 8, 2, 16, 30, tzinfo=UTC), tick=False):
        assert clock.today_at(Zone.WIB) == date(2026, 8, 2)
        assert clock.today_at(Zone.WITA) == date(2026, 8, 3)
        assert clock.now().utcoffset() == timedelta(0)


def test_each_zone_keeps_the_offset_that_the_zone_data_knows():
    for zone in Zone:
        assert clock.now().astimezone(zone.info).utcoffset() == zone.offset


def test_milliseconds_are_cut_towards_the_past_and_read_back():
    at = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert clock.to_milliseconds(at) == -1
    assert clock.from_milliseconds(1785716999123) == datetime(2026, 8, 3, 0, 29, 59, 123_000, tzinfo=UTC)


def test_a_refusal_is_a_code_a_sentence_and_its_data():
    refusal = InvalidData("row 3, NIP", "19xx", "18 digits")
    assert refusal.as_dict() == {
        "code": "invalid_data",
        "sentence": "row 3, NIP: 19xx is not accepted (18 digits).",
        "data": {"place": "row 3, NIP", "value": "19xx", "reason": "18 digits"},
    }
