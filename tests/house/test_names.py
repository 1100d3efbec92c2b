import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.sources import PACKAGE, ROOT, modules, place, tree

SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "handler", "handlers"}
SAY_NOTHING |= {"service", "services", "misc"}
SAY_NOTHING_FIRST = {"data", "process"}

# Django's own word for the door to a table, and Python's for what answers a request.
TERMS_OF_A_BASE = ("Manager", "Handler")


# What a library calls bears the name that the library gives it: Django's middleware, asyncio's protocols.
HOOKS = {"process_exception", "process_view", "process_template_response", "data_received"}


def words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)]


def says_nothing(name: str) -> bool:
    if name in HOOKS:
        return False
    parts = words(name)
    return bool(SAY_NOTHING & set(parts)) or (len(parts) > 1 and parts[0] in SAY_NOTHING_FIRST and name.islower())


def is_named_by_its_base(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        ast.unparse(base).partition("[")[0].endswith(TERMS_OF_A_BASE) for base in node.bases
    )


def defined(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not is_named_by_its_base(node):
            yield node.name


def empty_names(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        if says_nothing(path.stem):
            yield place(path)
        yield from (f"{place(path)}:{name}" for name in defined(path) if says_nothing(name))


def test_every_name_says_what_a_thing_is_for() -> None:
    assert list(empty_names(modules(PACKAGE, ROOT / "bench"))) == []


@pytest.mark.parametrize("name", ["utils", "TapManager", "process_tap", "handle_common_case", "data_of_people"])
def test_an_empty_name_is_noticed(name: str) -> None:
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["record_tap", "processes", "demo_data", "Data", "Government"])
def test_a_telling_name_passes(name: str) -> None:
    assert not says_nothing(name)
