from datetime import date, timedelta

import pytest
from django.test import Client
from tests.town import Town

from hadir.daybook.targets import Target
from hadir.kernel.clock import today_at
from hadir.kernel.refusals import InvalidData
from hadir.kernel.zones import Zone
from hadir.org.refusals import ReasonNeeded
from hadir.org.rights import SYSTEM, Actor, NotAllowed, OwnCase, actor_of
from hadir.rules.catalogue import shelf
from hadir.schedules.commands import (
    RestDay,
    RosterRow,
    add_calendar_day,
    define_shift,
    publish_roster,
    remove_calendar_day,
    seed_calendar,
    set_calendar_day,
    set_pattern,
    set_roster,
)
from hadir.schedules.models import CalendarDay, RosterDay, Shift, ShiftVersion
from hadir.schedules.refusals import DayTaken
from hadir.tenancy.current import acting_in

CATEGORY = CalendarDay.Category


def today() -> date:
    return today_at(Zone.WIB)


def actor(town: Town, role: str) -> Actor:
    return actor_of(town.people[role].pk, account_id=town.accounts[role].pk, on=today())


def rest(days: int = 3, name: str = "Hari Jadi Kota") -> RestDay:
    return RestDay(today() + timedelta(days=days), CATEGORY.REGIONAL, name, "Perwali 2/2026")


def test_national_holidays_and_cuti_bersama_are_told_apart(town: Town) -> None:
    with acting_in(town.government.pk):
        seed_calendar([2026], actor=SYSTEM)
        found = {day.date: day for day in CalendarDay.objects.all()}
    assert found[date(2026, 8, 17)].category == CATEGORY.NATIONAL
    assert found[date(2026, 12, 24)].category == CATEGORY.CUTI_BERSAMA
    assert "SKB" in found[date(2026, 8, 17)].source


def test_seeding_again_changes_nothing_that_people_changed(town: Town) -> None:
    with acting_in(town.government.pk):
        seed_calendar([2027], actor=SYSTEM)
        moved = CalendarDay.objects.get(date=date(2027, 3, 10))
        remove_calendar_day(moved, actor=SYSTEM, reason="SKB baru")
        assert seed_calendar([2027], actor=SYSTEM) == 0
        assert not CalendarDay.objects.filter(date=date(2027, 3, 10)).exists()


def test_a_changed_day_replaces_the_former_and_the_former_is_kept(town: Town) -> None:
    with acting_in(town.government.pk):
        set_calendar_day(rest(name="Hari Jadi"), actor=actor(town, "bkd"))
        set_calendar_day(rest(name="Hari Jadi ke-100"), actor=actor(town, "bkd"))
        assert CalendarDay.objects.get().name == "Hari Jadi ke-100"
        assert CalendarDay.ever_recorded.count() == 2
        with pytest.raises(DayTaken):
            add_calendar_day(rest(), actor=actor(town, "bkd"))


def test_a_date_that_is_over_wants_a_reason(town: Town) -> None:
    with acting_in(town.government.pk):
        with pytest.raises(ReasonNeeded):
            set_calendar_day(rest(-3), actor=SYSTEM)
        set_calendar_day(rest(-3), actor=SYSTEM, reason="SK terlambat")


@pytest.mark.parametrize("role", ["pegawai", "operator", "unit_admin", "head", "auditor"])
def test_only_the_personnel_agency_edits_the_calendar(town: Town, role: str) -> None:
    with acting_in(town.government.pk), pytest.raises(NotAllowed):
        set_calendar_day(rest(), actor=actor(town, role))


def test_a_shift_with_a_mistake_is_refused_with_its_place(town: Town) -> None:
    broken = {"name": "Pagi", "variants": [{"days": ["mon"], "in": {"due": "07.30"}, "out": {"due": "06.00"}}]}
    with acting_in(town.government.pk), pytest.raises(InvalidData) as refusal:
        define_shift("pagi", broken, on=today(), actor=SYSTEM)
    assert "variants" in refusal.value.data["place"]


def test_a_shift_gets_other_times_from_a_date_and_keeps_the_old_ones_before(town: Town) -> None:
    later = today() + timedelta(days=10)
    with acting_in(town.government.pk):
        define_shift("hours", shelf("shifts")["office_standard"], on=later, actor=actor(town, "bkd"))
        before, after = (ShiftVersion.objects.on(day).get() for day in (today(), later))
    assert (before.document["name"], before.valid_until) == (shelf("shifts")["esdm_hours"]["name"], later)
    assert after.document["name"] == shelf("shifts")["office_standard"]["name"]


def test_a_pattern_is_set_within_ones_own_units_only(town: Town) -> None:
    with acting_in(town.government.pk):
        shift = Shift.objects.get()
        rina = actor(town, "operator")
        set_pattern(shift, target=Target(unit=town.units["health"]), on=today(), actor=rina)
        for target in (Target(unit=town.units["social"]), Target()):
            with pytest.raises(NotAllowed):
                set_pattern(shift, target=target, on=today(), actor=rina)


def test_a_roster_is_a_draft_until_it_is_published(town: Town) -> None:
    with acting_in(town.government.pk):
        rina, budi, day = actor(town, "operator"), town.people["pegawai"].pk, today() + timedelta(days=1)
        rows = [RosterRow(budi, day, Shift.objects.get()), RosterRow(budi, day + timedelta(days=1), None)]
        set_roster(rows, is_published=False, actor=rina)
        assert RosterDay.objects.filter(published_at=None).count() == 2
        assert publish_roster([budi], day, day, actor=rina) == 1
        set_roster([RosterRow(budi, day, None)], is_published=True, actor=rina)
        assert RosterDay.objects.get(date=day).shift is None
        assert RosterDay.ever_recorded.filter(date=day).count() == 2


def test_nobody_sets_their_own_roster(town: Town) -> None:
    with acting_in(town.government.pk), pytest.raises(OwnCase):
        set_roster(
            [RosterRow(town.people["operator"].pk, today(), None)], is_published=True, actor=actor(town, "operator")
        )


def test_everybody_reads_the_calendar_and_the_personnel_agency_changes_it(client: Client, town: Town) -> None:
    with acting_in(town.government.pk):
        seed_calendar([today().year], actor=SYSTEM)
    client.force_login(town.accounts["pegawai"])
    page = client.get("/calendar/").content.decode()
    assert "Hari Raya Natal" in page
    assert "/calendar/days/add/" not in page
    day = today() + timedelta(days=4)
    given = {"date": day.isoformat(), "category": "regional", "name": "Hari Jadi", "source": "Perwali 2", "unit": "0"}
    assert client.post("/calendar/days/add/", given).status_code == 403
    client.force_login(town.accounts["bkd"])
    assert client.get("/calendar/days/add/").status_code == 200
    assert client.post("/calendar/days/add/", given).status_code == 302
    again = client.post("/calendar/days/add/", given)
    assert list(again.context["form"].errors) == ["date"]
    with acting_in(town.government.pk):
        entered = CalendarDay.objects.get(date=day)
    moved = given | {"date": (day + timedelta(days=1)).isoformat()}
    assert client.post(f"/calendar/days/{entered.pk}/", moved).status_code == 302
    with acting_in(town.government.pk):
        assert not CalendarDay.objects.filter(date=day).exists()
        entered = CalendarDay.objects.get(date=day + timedelta(days=1))
    assert client.get(f"/calendar/days/{entered.pk}/remove/").status_code == 200
    assert client.post(f"/calendar/days/{entered.pk}/remove/").status_code == 302
    with acting_in(town.government.pk):
        assert not CalendarDay.objects.filter(name="Hari Jadi").exists()


def test_the_calendar_asks_the_same_of_the_database_however_full_it_is(
    client: Client, town: Town, django_assert_max_num_queries
) -> None:
    with acting_in(town.government.pk):
        seed_calendar([2026, 2027], actor=SYSTEM)
    client.force_login(town.accounts["pegawai"])
    client.get("/calendar/")
    with django_assert_max_num_queries(12):
        assert client.get("/calendar/2027/").status_code == 200
    assert client.get("/calendar/1900/").status_code == 404
