import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hadir.rules.catalogue import shelf
from hadir.rules.document import judge_document

SCENES = Path(__file__).parent / "scenes"
SHELVES = ("policies", "shifts")
HOURS = {"WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00"}
MINUTES = ("late", "early", "owed", "made_up")
OPTIONAL_MINUTES = ("absent", "covered", "promised", "short", "open")
FLAGS = {
    "x": {"counts": False},
    "o": {"outside": True},
    "a": {"attempted": True},
    "in": {"mark": "in"},
    "out": {"mark": "out"},
}
FIRST_MONDAY = "2026-08-03"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((SCENES / f"{name}.toml").read_text("utf-8"))


def _told() -> list[Any]:
    themes = sorted(path.stem for path in SCENES.glob("*.toml") if path.stem not in SHELVES)
    scenes = []
    for theme in themes:
        table = _read(theme)
        common = {name: table[name] for name in ("policy", "shift")}
        scenes += [pytest.param({**common, **day}, id=f"{theme}: {day['told']}") for day in table["days"]]
    return scenes


def _at(scene: dict[str, Any], clock: str) -> str:
    """A local time of the scene such as 07.05+1 as an instant with its offset."""
    time, step = re.fullmatch(r"([\d.]+)([+-]1)?", clock).groups()
    when = date.fromisoformat(scene.get("date", FIRST_MONDAY)) + timedelta(days=int(step or 0))
    return f"{when}T{time.replace('.', ':')}{HOURS[scene.get('zone', 'WIB')]}"


def _document(scene: dict[str, Any]) -> dict[str, Any]:
    when = scene.get("date", FIRST_MONDAY)
    known = scene.get("known_until", _at(scene, scene["known"]) if "known" in scene else "2027-12-31T00:00:00+07:00")
    budi = {"id": "Budi", "zone": scene.get("zone", "WIB"), "policy": scene["policy"], "from": when, "to": when}
    budi |= {"roster": scene.get("roster", {})}
    budi |= {"shift": scene["shift"]} if scene["shift"] else {}
    budi |= {"in_scope_from": scene["in_scope_from"]} if "in_scope_from" in scene else {}
    budi |= {"explain_until": {when: scene["explain_until"]}} if "explain_until" in scene else {}
    sari = {"id": "Sari", "zone": "WIB", "policy": scene["policy"], "from": when, "to": when}
    return {
        "known_until": known,
        "policies": {scene["policy"]: (shelf("policies") | _read("policies"))[scene["policy"]]},
        "shifts": shelf("shifts") | _read("shifts"),
        "calendar": scene.get("calendar", {}),
        "people": [budi, sari],
        "taps": [_tap(scene, tap) for tap in scene["taps"]],
        "covers": [{"person": "Budi", **cover} for cover in scene.get("covers", [])],
        "outages": [
            outage | {"from": _at(scene, outage["from"]), "to": _at(scene, outage["to"])}
            for outage in scene.get("outages", [])
        ],
    }


def _tap(scene: dict[str, Any], told: str) -> dict[str, Any]:
    clock, *flags = told.split()
    tap: dict[str, Any] = {"person": "Budi", "at": _at(scene, clock)}
    for flag in flags:
        tap |= FLAGS[flag]
    return tap


def _expected(scene: dict[str, Any]) -> dict[str, Any]:
    expect = dict(scene["expect"])
    wanted = {name: expect.pop(f"{name}_seconds", 60 * expect.pop(name, 0)) for name in MINUTES}
    wanted |= {name: 60 * expect.pop(name) for name in OPTIONAL_MINUTES if name in expect}
    wanted |= {"deduction": expect.pop("deduction", "0.00"), "findings": expect.pop("findings", [])}
    wanted |= {"pending": expect.pop("pending", None)}
    for name in ("in", "out", "expected_end"):
        if name in expect:
            instant = _at(scene, expect.pop(name))
            wanted[name] = re.sub(r"(T\d\d:\d\d)([+-])", r"\1:00\2", instant)
    return wanted | expect


def _found(day: dict[str, Any], names: set[str]) -> dict[str, Any]:
    found = {**day, **day["seconds"]}
    found["findings"] = [finding["clause"] for finding in day["findings"]]
    found["pending"] = day["pending"]["checkpoint"] if day["pending"] else None
    return {name: found[name] for name in names}


@pytest.mark.parametrize("scene", _told())
def test_a_day_is_judged_as_told(scene: dict[str, Any]) -> None:
    answer = judge_document(_document(scene))
    budi = next(day for day in answer["days"] if day["person"] == "Budi")
    expected = _expected(scene)
    assert _found(budi, set(expected)) == expected


@pytest.mark.parametrize("scene", _told())
def test_promised_time_is_divided_exactly(scene: dict[str, Any]) -> None:
    for day in judge_document(_document(scene))["days"]:
        parts = day["seconds"]
        assert parts["promised"] == sum(parts[name] for name in ("covered", "present", "short", "absent"))
        assert min(parts.values()) >= 0


@pytest.mark.parametrize("scene", _told())
def test_every_finding_has_a_sentence_in_both_languages(scene: dict[str, Any]) -> None:
    for day in judge_document(_document(scene))["days"]:
        for finding in day["findings"]:
            assert finding["sentence"]["id"].endswith(".")
            assert finding["sentence"]["en"].endswith(".")
            assert finding["sentence"]["id"] != finding["sentence"]["en"]
