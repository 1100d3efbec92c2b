import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.sources import PACKAGE, calls, modules, place, tree

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete", "update"}
PROPER_TO_TABLES = WRITES - {"save", "delete", "update", "create"}
WRITTEN_SQL = re.compile(r"^\s*(insert\s+into|update\s+\w+\s+set|delete\s+from|copy\s+\w+.*\bfrom\b)", re.IGNORECASE)

# Not rooms of Django's: they keep no models. The command line lays out the demo's past, which no command would accept.
WITHOUT_MODELS = {"rules", "wire", "kernel", "gate", "cli"}

# Writes elsewhere, and why. The list only shrinks.
REASONS: dict[str, str] = {}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def is_command(path: Path) -> bool:
    return "commands" in {path.stem, path.parent.name}


def roots(node: ast.expr) -> Iterator[str]:
    """Every name in a chain such as Person.objects.filter(...).update."""
    while True:
        match node:
            case ast.Attribute(value=value, attr=attr):
                yield attr
                node = value
            case ast.Call(func=func):
                yield "()"
                node = func
            case ast.Name(id=name):
                yield name
                return
            case _:
                return


def foreign_models(path: Path) -> set[str]:
    own = f"hadir.{room(path)}.models"
    return {
        alias.asname or alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".models") and node.module != own
        for alias in node.names
        if (node.module or "").startswith("hadir.")
    }


def is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    chain = list(roots(call.func.value))
    if "objects" in chain or call.func.attr in PROPER_TO_TABLES:
        return True
    # A row saved or deleted, a query set updated: not the update of a dictionary or a digest.
    is_of_rows = "()" in chain and chain[-1] != "globals"
    is_of_a_row = call.func.attr in {"save", "delete"} and not call.args  # a picture is saved to somewhere
    return is_of_a_row or (call.func.attr == "update" and is_of_rows)


def written_sql(path: Path) -> Iterator[int]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITTEN_SQL.match(node.value):
            yield node.lineno


def writes_out_of_place(path: Path) -> Iterator[str]:
    foreign = foreign_models(path)
    for call in calls(path):
        if is_write(call) and (not is_command(path) or foreign & set(roots(call.func))):
            yield f"{place(path)}:{call.lineno}"
    if not is_command(path):
        yield from (f"{place(path)}:{line}" for line in written_sql(path))


def test_a_model_is_written_only_in_the_commands_of_its_own_room() -> None:
    rooms = [path for path in modules() if room(path) not in WITHOUT_MODELS]
    found = [where for path in rooms for where in writes_out_of_place(path)]
    assert [where for where in found if where.rpartition(":")[0] not in REASONS] == []


@pytest.mark.parametrize(
    "code",
    [
        "Person.objects.create(name='Budi')",
        "Person.objects.filter(name='Budi').update(name='Sari')",
        "person.save()",
        "form.save()",
        "query.filter(pk=1).update(name='Sari')",
        "Person.objects.filter(name='Budi').delete()",
    ],
)
def test_a_write_is_noticed(code: str) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert is_write(call)


@pytest.mark.parametrize(
    "code",
    [
        "digest.update(b'')",
        "globals().update({})",
        "picture.save(file, 'JPEG')",
        "Person.objects.filter(pk=1)",
        "shape.create(4)",
    ],
)
def test_what_only_looks_like_a_write_passes(code: str) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert not is_write(call)
