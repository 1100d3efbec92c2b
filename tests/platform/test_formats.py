from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from hadir.kernel.zones import Zone
from hadir.platform import formats


def test_one_instant_is_shown_in_the_zone_of_its_place() -> None:
    at = datetime(2026, 8, 3, 0, 30, tzinfo=UTC)
    assert [formats.time_text(at, zone) for zone in Zone] == ["07.30", "08.30", "09.30"]


def test_an_instant_without_a_zone_is_not_shown() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        formats.time_text(datetime(2026, 8, 3, 0, 30), Zone.WIB)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(("language", "text"), [("id", "Senin, 3 Agustus 2026"), ("en", "Monday, 3 August 2026")])
def test_a_date_is_written_with_its_weekday(language: str, text: str) -> None:
    with translation.override(language):
        assert formats.date_text(date(2026, 8, 3)) == text


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [(0, "0 m", "0 m"), (12, "12 m", "12 m"), (60, "1 j", "1 h"), (72, "1 j 12 m", "1 h 12 m")],
)
def test_a_length_is_written_in_hours_and_minutes(minutes: int, indonesian: str, english: str) -> None:
    for language, text in (("id", indonesian), ("en", english)):
        with translation.override(language):
            assert formats.minutes_text(minutes) == text.replace(" ", "\N{NO-BREAK SPACE}")
            assert formats.minutes_text(timedelta(minutes=minutes)) == formats.minutes_text(minutes)


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [(0, "0 %"), (250, "2,5 %"), (8133, "81,33 %"), (10_000, "100 %"), (5, "0,05 %")],
)
def test_a_percentage_says_no_more_than_it_knows(hundredths: int, text: str) -> None:
    with translation.override("id"):
        assert formats.percent_text(hundredths) == text.replace(" ", "\N{NO-BREAK SPACE}")


def test_english_writes_a_point_where_indonesian_writes_a_comma() -> None:
    with translation.override("en"):
        assert formats.percent_text(250) == "2.5\N{NO-BREAK SPACE}%"
        assert formats.count_text(2404) == "2,404"
        assert formats.distance_text(1580) == "1.5\N{NO-BREAK SPACE}km"


@pytest.mark.parametrize(("hundredths", "text"), [(8133, "81,3"), (8135, "81,4"), (9995, "100,0"), (0, "0,0")])
def test_a_rate_has_one_decimal_so_that_a_column_stands_in_line(hundredths: int, text: str) -> None:
    with translation.override("id"):
        assert formats.rate_text(hundredths) == f"{text}\N{NO-BREAK SPACE}%"


def test_thousands_are_set_apart_as_indonesian_does() -> None:
    with translation.override("id"):
        assert formats.count_text(2404) == "2.404"
        assert formats.distance_text(999) == "999\N{NO-BREAK SPACE}m"


def test_what_is_below_zero_carries_a_true_minus_sign() -> None:
    with translation.override("id"):
        assert formats.minutes_text(-5) == "\N{MINUS SIGN}5\N{NO-BREAK SPACE}m"
        assert formats.percent_text(-50) == "\N{MINUS SIGN}0,5\N{NO-BREAK SPACE}%"
