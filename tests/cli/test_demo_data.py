from collections import Counter
from datetime import date

import numpy as np
import pytest

from hadir.cli.demo_data.calendar import Span, office_days, roster_turns
from hadir.cli.demo_data.habits import made_absences, made_taps
from hadir.cli.demo_data.offices import city, ministry
from hadir.cli.demo_data.people import made_people
from hadir.kernel.zones import Zone
from hadir.org.models import StaffClass
from hadir.org.numbers import Kind, check

SPAN = Span.around(date(2026, 3, 10))


def test_the_span_is_the_last_whole_month_and_the_present_one() -> None:
    assert (SPAN.first, SPAN.today, SPAN.last) == (date(2026, 2, 1), date(2026, 3, 10), date(2026, 3, 31))
    assert Span.around(date(2027, 1, 31)).first == date(2026, 12, 1)


def test_the_city_has_44_live_units_and_18_with_shifts() -> None:
    assert Counter(office.in_shifts for office in city().offices) == {False: 44, True: 18}


def test_the_ministry_has_sites_in_all_three_zones() -> None:
    assert {ministry().zone_of(office.code) for office in ministry().offices} == set(Zone)


@pytest.mark.parametrize("size", [100, 600, 2404])
def test_the_city_has_exactly_as_many_people_as_asked_for_and_every_unit_a_head(size: int) -> None:
    people = made_people(city(), size, 7)
    assert len(people) == size
    assert {person.office for person in people if person.is_head} == {"00", *(each.code for each in city().offices)}


def test_the_same_seed_makes_the_same_people_and_another_one_others() -> None:
    assert made_people(city(), 300, 7) == made_people(city(), 300, 7)
    assert made_people(city(), 300, 7) != made_people(city(), 300, 8)


def test_numbers_and_addresses_name_one_person_each() -> None:
    people = made_people(city(), 2404, 7)
    numbers = [person.number for person in people if person.number]
    assert len(set(numbers)) == len(numbers)
    assert len({person.email for person in people}) == len(people)


def test_people_of_all_classes_work_in_the_city() -> None:
    assert {person.staff_class for person in made_people(city(), 2404, 7)} == set(StaffClass)


def test_everybody_but_the_first_has_a_superior_who_is_somebody_else() -> None:
    people = made_people(city(), 600, 7)
    assert people[0].superior is None
    assert all(person.superior is not None and person.superior < place for place, person in enumerate(people[1:], 1))


def test_absences_of_one_person_do_not_meet() -> None:
    days = office_days(SPAN, [])
    by_person: dict[int, list[tuple[date, date]]] = {}
    for absence in made_absences(400, days, 7):
        by_person.setdefault(absence.person, []).append((absence.first, absence.last))
    assert any(len(spans) > 1 for spans in by_person.values())
    for spans in by_person.values():
        assert all(former[1] < latter[0] for former, latter in zip(sorted(spans), sorted(spans)[1:], strict=False))


def test_taps_come_in_the_order_of_time_and_none_after_the_present() -> None:
    turns, codes = roster_turns(np.arange(40), 7, SPAN)
    until = np.datetime64("2026-03-10T05:00:00")
    taps = made_taps(turns, np.zeros(len(turns.person), dtype=bool), until, 7)
    assert "hospital_night" in codes
    assert len(taps.at) > 500
    assert (np.diff(taps.at) >= np.timedelta64(0, "s")).all()
    assert taps.at.max() <= until


def test_nobody_taps_on_a_day_that_a_document_covers() -> None:
    turns, _ = roster_turns(np.arange(10), 7, SPAN)
    away = turns.person == 3
    assert 3 not in made_taps(turns, away, np.datetime64("2026-04-30"), 7).person


def test_every_number_is_one_that_an_import_would_take_without_a_word() -> None:
    pppk = {StaffClass.PPPK, StaffClass.PPPK_PART_TIME}
    for person in made_people(city(), 2404, 7):
        if person.number:
            kind = Kind.NI_PPPK if person.staff_class in pppk else Kind.NIP
            assert check(person.number, kind).faults == (), person
