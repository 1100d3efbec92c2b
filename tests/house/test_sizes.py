import ast
from collections.abc import Iterator

from tests.house.sources import PACKAGE, ROOT, modules, place, tree

LONGEST_FILE = 300
LONGEST_CLASS = 150
LONGEST_FUNCTION = 40
LONGEST_RULE = 25

# What is longer, and why it must be. The list only shrinks.
REASONS: dict[str, str] = {}


def too_long() -> Iterator[tuple[str, str]]:
    for path in modules(PACKAGE, ROOT / "bench"):
        lines = len(path.read_text().splitlines())
        if lines > LONGEST_FILE:
            yield place(path), f"{lines} lines"
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > limit(node, place(path)):
                    yield f"{place(path)}:{node.name}", f"{length} lines"


def limit(node: ast.AST, where: str) -> int:
    if isinstance(node, ast.ClassDef):
        return LONGEST_CLASS
    return LONGEST_RULE if where.startswith("src/hadir/rules/") else LONGEST_FUNCTION


def test_no_file_class_or_function_is_too_long_without_a_reason() -> None:
    assert {where: length for where, length in too_long() if where not in REASONS} == {}


def test_a_reason_leaves_the_list_when_its_code_has_shrunk() -> None:
    assert set(REASONS) <= {where for where, _ in too_long()}
