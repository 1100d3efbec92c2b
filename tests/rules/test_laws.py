"""The ten laws of the rules, on generated worlds."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.worlds import (
    DAY,
    FAR,
    LENGTHS,
    MIDNIGHT,
    World,
    days_of,
    duties_of,
    findings,
    judge_world,
    table,
    taps_of,
    worlds,
)

from hadir.rules import Effect, Evidence, Status, assign, fold, judge

OFFICES = (0, 1)
LAW = settings(max_examples=40, deadline=None)


@LAW
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_taps_and_rows_never_matters(world: World, random: object) -> None:
    taps, roster = list(world.taps), list(world.roster)
    random.shuffle(taps)
    random.shuffle(roster)
    turned = replace(world, taps=tuple(taps), roster=tuple(roster))
    here = dict(zip(world.roster, table(judge_world(world)), strict=True))
    assert dict(zip(turned.roster, table(judge_world(turned)), strict=True)) == here


@LAW
@given(worlds())
def test_the_order_of_policies_never_matters(world: World) -> None:
    size = len(world.policies)
    roster = tuple((*row[:3], size - 1 - row[3]) for row in world.roster)
    turned = replace(world, policies=world.policies[::-1], roster=roster)
    assert findings(judge_world(turned)) == findings(judge_world(world))


@LAW
@given(worlds())
def test_a_batch_equals_its_rows_one_by_one(world: World) -> None:
    whole = judge_world(world)
    for row in range(len(whole)):
        alone = judge(days_of(world).pick(np.array([row])), world.policies)
        assert table(alone) == [table(whole)[row]]
        assert [found[1:] for found in findings(alone)] == [found[1:] for found in findings(whole) if found[0] == row]


@LAW
@given(worlds())
def test_assigning_a_set_of_people_equals_assigning_them_one_by_one(world: World) -> None:
    duties, taps = duties_of(world), taps_of(world)
    together = assign(duties, taps)
    for person in range(world.people):
        mine = tuple(row for row in world.roster if row[0] == person)
        own = replace(world, roster=mine, taps=tuple(tap for tap in world.taps if tap[0] == person))
        alone = assign(duties_of(own), taps_of(own))
        rows = np.flatnonzero(duties.person == person)
        for slot in range(min(len(alone.first), len(together.first))):
            number = slot if slot < len(alone.first) - 1 else len(together.first) - 1
            assert identities(world, together.first[number][rows]) == identities(own, alone.first[slot])
            assert identities(world, together.last[number][rows]) == identities(own, alone.last[slot])


def identities(world: World, rows: np.ndarray) -> list[int]:
    return [world.taps[row][4] if row >= 0 else -1 for row in rows]


@LAW
@given(worlds(), st.integers(0, 13))
def test_a_duplicated_tap_changes_nothing(world: World, which: int) -> None:
    if world.taps:
        twice = replace(world, taps=(*world.taps, world.taps[which % len(world.taps)]))
        assert table(judge_world(twice)) == table(judge_world(world))


@LAW
@given(worlds())
def test_a_tap_outside_every_window_changes_nothing(world: World) -> None:
    placed = assign(duties_of(world), taps_of(world)).tap_window >= 0
    within = replace(world, taps=tuple(tap for tap, here in zip(world.taps, placed, strict=True) if here))
    assert table(judge_world(within)) == table(judge_world(world))


@LAW
@given(worlds(), st.sampled_from([60, 300, 900, 3600]))
def test_more_grace_never_raises_a_deduction(world: World, more: int) -> None:
    def kinder(policy):
        late = replace(policy.late, grace=policy.late.grace + more)
        return replace(policy, late=late, early=replace(policy.early, grace=policy.early.grace + more))

    kind = replace(world, policies=tuple(kinder(policy) for policy in world.policies))
    assert (judge_world(kind).deduction <= judge_world(world).deduction).all()


@LAW
@given(worlds(shifts=OFFICES), st.sampled_from([300, 900, 3600]))
def test_more_flex_that_is_worked_back_in_full_never_raises_a_deduction(world: World, more: int) -> None:
    def longer(shift):
        week = (replace(v, flex=v.flex + more) if v else None for v in shift.week)
        return replace(shift, week=tuple(week))

    before = judge_world(world)
    after = judge_world(replace(world, shifts=tuple(longer(shift) for shift in world.shifts)))
    in_full = after.made_up == after.owed
    assert (after.deduction <= before.deduction)[in_full].all()


@LAW
@given(worlds(shifts=OFFICES), st.sampled_from([600, 3600]))
def test_an_outer_edge_moved_outward_never_raises_a_deduction_of_a_lonely_duty(world: World, more: int) -> None:
    def wider(shift):
        week = (
            replace(
                v,
                arrival=replace(v.arrival, opens=v.arrival.opens - more),
                departure=replace(v.departure, closes=v.departure.closes + more),
            )
            if v
            else None
            for v in shift.week
        )
        return replace(shift, week=tuple(week))

    lonely = replace(world, roster=world.roster[:1], covers=(), outages=())
    wide = replace(lonely, shifts=tuple(wider(shift) for shift in world.shifts))
    assert (judge_world(wide).deduction <= judge_world(lonely).deduction).all()


@LAW
@given(worlds(), st.integers(-1, 2), st.integers(0, 5 * 48), st.integers(1, 40))
def test_an_added_outage_never_raises_a_deduction(world: World, person: int, start: int, length: int) -> None:
    begin = MIDNIGHT + start * 1800
    hit = replace(world, outages=(*world.outages, (min(person, world.people - 1), begin, begin + length * 1800)))
    assert (judge_world(hit).deduction <= judge_world(world).deduction).all()


@LAW
@given(worlds(), st.sampled_from(list(Effect)), st.integers(0, 5 * 48), st.integers(1, 80))
def test_an_added_cover_never_raises_a_deduction(world: World, effect: Effect, start: int, length: int) -> None:
    begin = MIDNIGHT + start * 1800
    covered = replace(world, covers=(*world.covers, (0, begin, begin + length * 1800, effect, True)))
    assert (judge_world(covered).deduction <= judge_world(world).deduction).all()


@LAW
@given(worlds(), st.sampled_from([FAR, MIDNIGHT + 12 * 3600, MIDNIGHT + 3 * DAY]))
def test_promised_time_is_divided_exactly(world: World, known: int) -> None:
    verdicts = judge_world(replace(world, known=known))
    parts = sum(getattr(verdicts, name) for name in ("covered", "present", "short", "absent"))
    assert (parts == verdicts.promised).all()
    for name in LENGTHS:
        assert (getattr(verdicts, name).astype(np.int64) >= 0).all()


@LAW
@given(worlds())
def test_every_amount_names_evidence_that_exists(world: World) -> None:
    verdicts = judge_world(world)
    days, found = verdicts.days, verdicts.findings
    tables = {Evidence.DUTY: days.duties, Evidence.TAP: days.taps}
    tables |= {Evidence.COVER: days.covers, Evidence.OUTAGE: days.outages}
    for finding in range(len(found)):
        row, index = found.row[finding], found.index[finding]
        named = tables[Evidence(int(found.evidence[finding]))]
        assert 0 <= index < len(named)
        own = named.person[index]
        assert own in {days.person[row], -1}


@LAW
@given(worlds())
def test_the_deduction_of_a_day_is_the_sum_of_its_findings(world: World) -> None:
    verdicts = judge_world(world)
    for row in range(len(verdicts)):
        assert verdicts.deduction[row] == sum(found[3] for found in findings(verdicts) if found[0] == row)


@LAW
@given(worlds())
def test_months_are_the_sums_of_days_and_adjustments(world: World) -> None:
    verdicts = judge_world(world)
    months = fold(verdicts)
    for row, person in enumerate(months.person):
        mine = verdicts.days.person == person
        assert months.days[row].sum() == mine.sum()
        assert months.late[row] == verdicts.late[mine].sum()
        assert months.absent[row] == verdicts.absent[mine].sum()
        added = sum(amounts[row] for amounts in months.adjustments.values())
        assert months.deduction[row] == verdicts.deduction[mine].sum() + added


@LAW
@given(worlds(), st.sampled_from([1, 2, -3]))
def test_shifting_every_instant_and_the_zone_together_changes_no_verdict(world: World, hours: int) -> None:
    step = hours * 3600
    moved = replace(
        world,
        offset=world.offset - step,
        taps=tuple((person, at + step, *rest) for person, at, *rest in world.taps),
        covers=tuple((person, start + step, end + step, *rest) for person, start, end, *rest in world.covers),
        outages=tuple((person, start + step, end + step) for person, start, end in world.outages),
        known=world.known + step,
    )
    assert findings(judge_world(moved)) == findings(judge_world(world))
    for name in ("status", *LENGTHS, "deduction", "pending_slot"):
        assert (getattr(judge_world(moved), name) == getattr(judge_world(world), name)).all()


@LAW
@given(worlds(), st.integers(0, 6 * 24), st.integers(1, 72))
def test_a_final_verdict_never_turns_back_to_pending(world: World, hour: int, later: int) -> None:
    known = MIDNIGHT + hour * 3600
    before = judge_world(replace(world, known=known))
    after = judge_world(replace(world, known=known + later * 3600))
    final = (before.pending_slot < 0) & (before.status != Status.WAITING)
    assert [row for row, here in zip(table(before), final, strict=True) if here] == [
        row for row, here in zip(table(after), final, strict=True) if here
    ]


@LAW
@given(worlds())
def test_the_same_facts_give_identical_bytes(world: World) -> None:
    first, second = judge_world(world), judge_world(world)
    for name in ("status", *LENGTHS, "deduction", "in_tap", "out_tap", "pending_closes"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
