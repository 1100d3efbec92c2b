"""Days of people, told as facts in the database and read back as verdicts."""

from datetime import timedelta

import pytest
from tests.daybook.office import WHY, Office

from hadir.clocking.commands import OutageSpan, declare_outage
from hadir.clocking.models import Reason
from hadir.daybook.cells import Cell
from hadir.daybook.targets import Target
from hadir.kernel.zones import Zone
from hadir.org.commands import place_person
from hadir.org.commands.placements import Posting
from hadir.org.models import StaffClass
from hadir.org.rights import SYSTEM
from hadir.policies.commands import Term, bind_policy, record_policy
from hadir.rules import DayKind, Status
from hadir.rules.catalogue import shelf
from hadir.schedules.commands import RestDay, define_shift, set_calendar_day, set_pattern_of_person
from hadir.schedules.models import CalendarDay

MINUTE = timedelta(minutes=1)


def only_day(office: Office, name: str, number: int):
    ledger = office.ledger(name, (number, number))
    return ledger.day(int(ledger.row[0, 0]))


def test_tolerance_used_is_worked_back_to_the_minute(office: Office) -> None:
    office.tap("Budi", 0, "07.47", "16.16")
    day = only_day(office, "Budi", 0)
    assert (day.status, day.owed, day.made_up, day.early) == (Status.PRESENT, 17 * MINUTE, 16 * MINUTE, MINUTE)
    assert day.cell is Cell.LATE
    assert day.expected_end == office.at(0, "16.17")
    assert (day.came, day.left) == (office.at(0, "07.47"), office.at(0, "16.16"))


def test_a_day_is_explained_in_both_languages_with_the_article(office: Office) -> None:
    office.tap("Budi", 0, "08.31", "16.30")
    ledger = office.ledger("Budi", (0, 0))
    indonesian, english = (ledger.explain_day(0, lang) for lang in ("id", "en"))
    assert indonesian[0].text == "Hadir."
    assert english[0].text == "Present."
    assert "61 menit" in indonesian[1].text or "1 jam 1 menit" in indonesian[1].text
    assert "TL3" in indonesian[1].article or "TL" in indonesian[1].article


def test_nobody_is_absent_before_the_last_window_has_closed(office: Office) -> None:
    morning = office.ledger("Budi", (0, 0), office.at(0, "06.00"))
    assert morning.status[0, 0] == Status.WAITING
    assert not morning.is_final()[0, 0]
    evening = office.ledger("Budi", (0, 0), office.at(1, "00.00"))
    assert evening.status[0, 0] == Status.ABSENT


def test_the_next_tap_and_its_end_are_known(office: Office) -> None:
    office.tap("Budi", 0, "07.10")
    ledger = office.ledger("Budi", (0, 0), office.at(0, "10.00"))
    pending = ledger.day(0).pending
    assert pending is not None
    assert (pending.name, pending.due, pending.closes) == ("out", office.at(0, "16.00"), office.at(0, "23.59"))
    assert ledger.cells[0, 0] == Cell.PRESENT


def test_a_tap_after_what_is_known_is_not_known(office: Office) -> None:
    office.tap("Budi", 0, "07.10")
    assert office.ledger("Budi", (0, 0), office.at(0, "07.00")).status[0, 0] == Status.WAITING


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        (CalendarDay.Category.NATIONAL, DayKind.NATIONAL_HOLIDAY),
        (CalendarDay.Category.CUTI_BERSAMA, DayKind.CUTI_BERSAMA),
        (CalendarDay.Category.REGIONAL, DayKind.REGIONAL_HOLIDAY),
    ],
)
def test_a_date_of_the_calendar_is_free(office: Office, category, kind) -> None:
    set_calendar_day(RestDay(office.day(1), category, "Hari Contoh", "SKB"), actor=SYSTEM, reason=WHY)
    ledger = office.ledger("Budi", (0, 6))
    assert ledger.kind[0].tolist() == [0, kind, 0, 0, 0, DayKind.WEEKLY_REST, DayKind.WEEKLY_REST]
    assert ledger.cells[0].tolist() == [Cell.ABSENT, Cell.REST, *[Cell.ABSENT] * 3, Cell.REST, Cell.REST]


def test_a_regional_holiday_of_one_unit_is_nobody_elses(office: Office) -> None:
    there = RestDay(office.day(0), CalendarDay.Category.REGIONAL, "Hari Papua", "Pergub", unit=office.units["jayapura"])
    set_calendar_day(there, actor=SYSTEM, reason=WHY)
    assert office.ledger("Yosef Budi", (0, 0)).cells[:, 0].tolist() == [Cell.REST, Cell.ABSENT]


def test_approved_travel_covers_its_days(office: Office) -> None:
    office.cover("Budi", "dinas_luar_kota", (0, 1))
    ledger = office.ledger("Budi", (0, 2))
    assert ledger.cells[0].tolist() == [Cell.AWAY, Cell.AWAY, Cell.ABSENT]
    assert ledger.cover()[0].tolist() == ["dinas_luar_kota", "dinas_luar_kota", ""]


def test_travel_that_awaits_its_second_approval_waits(office: Office) -> None:
    office.cover("Budi", "dinas_luar_kota", (0, 1), is_decided=False)
    assert office.ledger("Budi", (0, 2)).status[0].tolist() == [Status.WAITING, Status.WAITING, Status.ABSENT]


def test_a_sick_day_is_covered_and_its_taps_are_kept(office: Office) -> None:
    office.cover("Sari", "sakit", (0, 0))
    office.tap("Sari", 0, "07.20")
    day = only_day(office, "Sari", 0)
    assert day.status is Status.COVERED
    assert [cover.kind for cover in day.covers] == ["sakit"]
    assert [tap.at for tap in day.taps] == [office.at(0, "07.20")]


def test_a_tap_outside_counts_nowhere_until_a_letter_moves_the_place(office: Office) -> None:
    office.tap("Budi", 0, "07.10", "16.10", reason=Reason.OUTSIDE)
    assert office.ledger("Budi", (0, 0)).status[0, 0] == Status.ABSENT
    office.cover("Budi", "wfh", (0, 0))
    assert office.ledger("Budi", (0, 0)).status[0, 0] == Status.PRESENT


def test_a_night_shift_belongs_to_the_date_on_which_it_starts(office: Office) -> None:
    office.roster("Rina", (0, "hospital_night"), (1, None), (2, "hospital_morning"))
    office.tap("Rina", 0, "20.55")
    office.tap("Rina", 1, "07.02")
    office.tap("Rina", 2, "06.58", "14.01")
    ledger = office.ledger("Rina", (0, 2))
    assert ledger.cells[0].tolist() == [Cell.PRESENT, Cell.REST, Cell.PRESENT]
    assert ledger.kind[0].tolist() == [DayKind.WORKING, DayKind.OFF_ROSTER, DayKind.WORKING]
    assert ledger.left()[0, 0].item() == office.at(1, "07.02").replace(tzinfo=None)


def test_two_shifts_that_touch_part_the_taps_between_them(office: Office) -> None:
    office.roster("Rina", (0, "hospital_night"), (1, "hospital_morning"))
    office.tap("Rina", 0, "20.55")
    office.tap("Rina", 1, "06.59", "07.02")
    assert only_day(office, "Rina", 0).left == office.at(1, "06.59")
    assert only_day(office, "Rina", 1).came == office.at(1, "07.02")


def test_two_shifts_of_one_date_are_two_rows_and_the_worse_is_shown(office: Office) -> None:
    office.roster("Rina", (0, "hospital_morning"), (0, "hospital_night"))
    office.tap("Rina", 0, "06.58", "14.01")
    ledger = office.ledger("Rina", (0, 0))
    shown = [ledger.day(row) for row in ledger.rows_of(office.people["Rina"].pk)]
    assert [(day.shift, day.cell) for day in shown] == [
        ("Rumah sakit: pagi", Cell.PRESENT),
        ("Rumah sakit: malam", Cell.ABSENT),
    ]
    assert ledger.cells[0, 0] == Cell.ABSENT


def test_who_works_by_roster_and_has_none_published_is_not_scheduled_yet(office: Office) -> None:
    office.roster("Rina", (0, "hospital_morning"), is_published=False)
    ledger = office.ledger("Rina", (0, 6))
    assert set(ledger.status[0].tolist()) == {Status.UNSCHEDULED}


def test_a_published_roster_works_through_a_holiday(office: Office) -> None:
    set_calendar_day(
        RestDay(office.day(0), CalendarDay.Category.NATIONAL, "Hari Contoh", "SKB"), actor=SYSTEM, reason=WHY
    )
    office.roster("Rina", (0, "hospital_morning"))
    office.tap("Rina", 0, "06.50", "14.05")
    ledger = office.ledger("Rina Budi", (0, 0))
    assert ledger.cells[:, 0].tolist() == [Cell.PRESENT, Cell.REST]


def test_a_roster_beats_the_pattern_of_an_office_worker(office: Office) -> None:
    office.roster("Budi", (0, None), (5, "hospital_morning"))
    office.tap("Budi", 5, "06.50", "14.05")
    assert office.ledger("Budi", (0, 5)).cells[0].tolist() == [Cell.REST, *[Cell.ABSENT] * 4, Cell.PRESENT]


def test_each_zone_judges_by_its_own_clocks(office: Office) -> None:
    for name in ("Budi", "Made", "Yosef"):
        office.tap(name, 0, "07.25", "16.05")
    ledger = office.ledger("Budi Made Yosef", (0, 0))
    assert ledger.cells[:, 0].tolist() == [Cell.PRESENT] * 3
    assert [ledger.day(row).zone for row in range(3)] == [Zone.WIB, Zone.WITA, Zone.WIT]
    clocks = ledger.local(ledger.came())[:, 0]
    assert {str(clock)[11:16] for clock in clocks} == {"07:25"}


def test_who_moves_to_another_zone_is_judged_by_the_clocks_of_each_day(office: Office) -> None:
    posting = Posting(office.units["jayapura"].pk, StaffClass.PNS)
    place_person(office.people["Budi"], posting, on=office.day(1), actor=SYSTEM, reason=WHY)
    office.tap("Budi", 0, "07.25", "16.05")
    office.zones["Budi"] = Zone.WIT
    office.tap("Budi", 1, "07.25", "16.05")
    ledger = office.ledger("Budi", (0, 1))
    assert ledger.cells[0].tolist() == [Cell.PRESENT, Cell.PRESENT]
    assert [ledger.day(row).zone for row in (0, 1)] == [Zone.WIB, Zone.WIT]


def test_a_unit_in_preparation_is_out_of_scope(office: Office) -> None:
    office.tap("Lina", 0, "07.25", "16.05")
    ledger = office.ledger("Lina", (0, 0))
    assert ledger.status[0, 0] == Status.OUT_OF_SCOPE
    assert not ledger.due()[0, 0]


def test_days_before_somebody_came_and_after_somebody_left_are_out_of_scope(office: Office) -> None:
    budi = office.people["Budi"]
    far = (budi.placements.get().valid_from - office.monday).days
    assert office.ledger("Budi", (far - 2, far)).status[0, :2].tolist() == [Status.OUT_OF_SCOPE] * 2
    assert office.ledger("Budi", (far, far)).status[0, 0] != Status.OUT_OF_SCOPE


def test_during_a_trial_everything_is_shown_and_nothing_is_deducted(office: Office) -> None:
    version = record_policy("trial", shelf("policies")["permentan_68_2012"], legal_basis="Permentan", actor=SYSTEM)
    term = Term(office.day(0), office.day(1), cited="Edaran 1/2026")
    bind_policy(version, target=Target(unit=office.units["energy"]), term=term, actor=SYSTEM)
    ledger = office.ledger("Budi", (0, 1))
    assert ledger.status[0].tolist() == [Status.ABSENT, Status.ABSENT]
    assert ledger.deduction()[0].tolist() == [0, 400]
    assert (ledger.totals.deduction[0], ledger.totals.would_be[0]) == (400, 800)
    trial = ledger.day(0)
    assert (trial.is_enforced, trial.deduction, trial.would_be) == (False, 0, 400)


def test_an_outage_excuses_those_it_hit_and_nobody_else(office: Office) -> None:
    span = OutageSpan(office.at(0, "06.00"), office.at(0, "23.59"), "Listrik padam", unit=office.units["energy"])
    declare_outage(span, actor=SYSTEM)
    assert office.ledger("Budi Made", (0, 0)).status[:, 0].tolist() == [Status.COVERED, Status.ABSENT]


def test_ones_own_pattern_is_nearer_than_the_governments(office: Office) -> None:
    document = shelf("shifts")["esdm_hours"] | {"name": "Siang"}
    late = document | {
        "variants": [{"days": ["mon"], "in": {"opens": "10.00", "due": "12.00"}, "out": {"due": "18.00"}}]
    }
    shift = define_shift("afternoons", late, on=office.day(-5), actor=SYSTEM, reason=WHY)
    set_pattern_of_person(shift, person=office.people["Budi"], on=office.day(0), actor=SYSTEM)
    office.tap("Budi", 0, "11.55", "18.05")
    office.tap("Sari", 0, "11.55", "18.05")
    ledger = office.ledger("Budi Sari", (0, 1))
    assert ledger.cells[:, 0].tolist() == [Cell.PRESENT, Cell.LATE]
    assert ledger.kind[:, 1].tolist() == [DayKind.WEEKLY_REST, DayKind.WORKING]


def test_totals_count_days_and_minutes(office: Office) -> None:
    office.tap("Budi", 0, "08.20", "16.30")
    office.tap("Budi", 1, "07.20", "15.50")
    office.tap("Budi", 2, "07.20", "16.00")
    office.cover("Budi", "cuti_tahunan", (3, 3))
    totals = office.ledger("Budi", (0, 6)).totals
    counted = {cell: int(totals.cells[0, cell]) for cell in Cell if totals.cells[0, cell]}
    assert counted == {Cell.LATE: 2, Cell.PRESENT: 1, Cell.AWAY: 1, Cell.ABSENT: 1, Cell.REST: 2}
    assert (totals.late[0], totals.early[0]) == (50, 10)


def test_who_must_be_present_now_has_begun_and_is_not_covered(office: Office) -> None:
    office.cover("Sari", "sakit", (0, 0))
    ledger = office.ledger("Budi Sari Lina", (0, 0), office.at(0, "09.00"))
    assert ledger.due()[:, 0].tolist() == [True, False, False]
    assert not office.ledger("Budi", (0, 0), office.at(0, "07.00")).due()[0, 0]
