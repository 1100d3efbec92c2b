import re
import tomllib

from tests.house.sources import PACKAGE, ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
STOREYS = next(each for each in SETTINGS["contracts"] if each["type"] == "layers")
PLANNED = set(re.findall(r"\((\w+)\)", " ".join(STOREYS["layers"])))


def test_every_room_has_its_storey() -> None:
    assert STOREYS["exhaustive"] is True
    assert STOREYS["exhaustive_ignores"] == ["__main__"]


def test_a_room_leaves_the_brackets_of_the_planned_when_it_is_built() -> None:
    built = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert PLANNED & built == set()


def test_ci_runs_every_test_and_every_check() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert {"HADIR_REFUSE_SKIPS=1 ./hadir test", "./hadir check"} <= set(
        re.findall(r"HADIR_REFUSE_SKIPS=1 \./hadir test|\./hadir check", script.read_text())
    )
