from typing import Any

import pytest

from hadir.rules import InvalidDocument, parse_policy, parse_shift
from hadir.rules.catalogue import shelf
from hadir.rules.document_facts import EFFECTS

TL1 = {"code": "TL1", "from": 1, "to": 31, "percent": "0.5"}
TL2 = {"code": "TL2", "from": 31, "percent": "1"}


def policy(bands: list[dict[str, Any]], **clauses: Any) -> dict[str, Any]:
    return {"name": "Disiplin", "clauses": {"late": {"bands": bands}, **clauses}}


def office(**change: Any) -> dict[str, Any]:
    variant = {"days": ["mon"], "in": {"opens": "05.00", "due": "07.30"}, "out": {"due": "16.00", "closes": "23.00"}}
    return {"name": "Kantor", "variants": [variant | change]}


@pytest.mark.parametrize(
    ("document", "path", "value"),
    [
        (policy([TL1, TL2 | {"from": 30}]), "clauses.late.bands[1].from", 30),
        (policy([TL1, TL2 | {"from": 32}]), "clauses.late.bands[1].from", 32),
        (policy([TL1 | {"from": -1}, TL2]), "clauses.late.bands[0].from", -1),
        (policy([TL1 | {"to": 1}, TL2]), "clauses.late.bands[0].to", 1),
        (policy([TL1]), "clauses.late.bands[0].to", 31),
        (policy([TL1 | {"percent": 0.5}, TL2]), "clauses.late.bands[0].percent", 0.5),
        (policy([TL1 | {"percent": "0.505"}, TL2]), "clauses.late.bands[0].percent", "0.505"),
        (policy([TL1 | {"percent": "101"}, TL2]), "clauses.late.bands[0].percent", "101"),
        (policy([TL1, TL2 | {"percent": "0.25"}]), "clauses.late.bands[1].percent", 25),
        (policy([TL1, TL2 | {"code": "TL1"}]), "clauses.late.bands[1].code", "TL1"),
        (policy([TL1, TL2], lateness={}), "clauses.lateness", {}),
        (policy([TL1, TL2], flex={"owes": "half"}), "clauses.flex.owes", "half"),
        (policy([TL1, TL2], outage={"margin": True}), "clauses.outage.margin", True),
        (policy([TL1, TL2], missing_in={"percent": "worse"}), "clauses.missing_in.percent", "worse"),
        (
            policy([TL1, TL2]) | {"month": {"free": [{"name": "f", "count": 1, "clauses": ["tl"]}]}},
            "month.free[0].clauses[0]",
            "tl",
        ),
        ({"name": " "}, "name", " "),
    ],
)
def test_a_wrong_policy_is_refused_with_path_and_value(document: dict[str, Any], path: str, value: object) -> None:
    with pytest.raises(InvalidDocument) as refused:
        parse_policy(document)
    assert (refused.value.path, refused.value.value) == (path, value)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (office(days=["senin"]), "variants[0].days[0]"),
        (office(flex=-5), "variants[0].flex"),
        (office(out={"opens": "07.00", "due": "16.00"}), "variants[0].in"),
        (office(present=[{"due": "25.00"}]), "variants[0].present[0].due"),
        (office(out={"due": "07.30"}), "variants[0].end"),
        (office(**{"break": {"start": "17.00", "end": "18.00"}}), "variants[0].break.start"),
        (office(half="20.00"), "variants[0].half"),
        (office(lunch=60), "variants[0].lunch"),
        ({"name": "Kantor"}, "variants"),
    ],
)
def test_a_wrong_shift_is_refused_with_the_path(document: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        parse_shift(document)
    assert refused.value.path == path


def test_two_variants_of_one_weekday_are_refused() -> None:
    document = office()
    with pytest.raises(InvalidDocument, match="has another variant already"):
        parse_shift(document | {"variants": document["variants"] * 2})


def test_windows_without_an_outer_bound_meet_half_way_between_the_dues() -> None:
    monday = parse_shift(office(**{"in": {"due": "07.30"}, "out": {"due": "16.00"}})).week[0]
    assert monday.arrival.closes == monday.departure.opens == (7 * 60 + 30 + 16 * 60) * 60 // 2
    assert monday.arrival.opens == (7 * 60 + 30 - 12 * 60) * 60


def test_a_missing_arrival_costs_the_worst_band_of_lateness() -> None:
    assert parse_policy(policy([TL1, TL2])).missing_in.hundredths == 100


@pytest.mark.parametrize("name", list(shelf("policies")))
def test_every_shipped_policy_can_be_read_and_names_its_article(name: str) -> None:
    assert parse_policy(shelf("policies")[name]).article


@pytest.mark.parametrize("name", list(shelf("shifts")))
def test_every_shipped_shift_can_be_read_and_names_its_article(name: str) -> None:
    assert parse_shift(shelf("shifts")[name]).article


@pytest.mark.parametrize("kind", list(shelf("kinds").values()), ids=list(shelf("kinds")))
def test_every_shipped_kind_has_names_an_effect_and_an_article(kind: dict[str, str]) -> None:
    assert set(kind) == {"id", "en", "effect", "counts", "article"}
    assert kind["effect"] in EFFECTS
    assert kind["counts"] in {"working", "calendar", "event"}


def test_the_hours_of_the_energy_ministry_are_seven_and_a_half_a_day() -> None:
    week = parse_shift(shelf("shifts")["esdm_hours"]).week
    worked = [v.end - v.start - (v.break_end - v.break_start) for v in week if v]
    assert worked == [27000] * 5
