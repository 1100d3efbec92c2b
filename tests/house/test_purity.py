import ast
import sys
from pathlib import Path

import pytest
from tests.house.sources import PACKAGE, calls, imported, modules, place

RULES_MAY_IMPORT = {"__future__", "abc", "bisect", "collections", "dataclasses", "datetime", "enum", "functools"}
RULES_MAY_IMPORT |= {"hashlib", "importlib", "itertools", "math", "numpy", "operator", "re", "tomllib", "types"}
RULES_MAY_IMPORT |= {"typing", "hadir"}
READS_THE_CLOCK = {"now", "today", "utcnow", "monotonic", "perf_counter", "time_ns", "localtime"}
NUMPY_CLOCK = {"now", "today"}


def top(name: str) -> str:
    return name.partition(".")[0]


def rules() -> list[Path]:
    return modules(PACKAGE / "rules")


def clock_readings(path: Path) -> list[str]:
    found = []
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
        words = {
            node.value for node in ast.walk(call) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        if name in READS_THE_CLOCK or (name == "datetime64" and words & NUMPY_CLOCK):
            found.append(f"{place(path)}:{call.lineno}")
    return found


def test_the_rules_never_read_a_clock() -> None:
    assert [reading for path in rules() for reading in clock_readings(path)] == []


def test_the_rules_import_nothing_that_could_read_a_clock_a_file_or_a_network() -> None:
    found = {
        f"{place(path)}: {name}" for path in rules() for name in imported(path) if top(name) not in RULES_MAY_IMPORT
    }
    assert found == set()


def test_the_wire_needs_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names | {"hadir"}
    found = {
        f"{place(path)}: {name}"
        for path in modules(PACKAGE / "wire")
        for name in imported(path)
        if top(name) not in allowed
    }
    assert found == set()


@pytest.mark.parametrize("code", ["clock.now()", "date.today()", "np.datetime64('now')", "time.monotonic()"])
def test_a_reading_of_the_clock_is_noticed(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.house.sources.ROOT", tmp_path)
    path = tmp_path / "rule.py"
    path.write_text(code)
    assert clock_readings(path)
