import ast
from collections.abc import Iterator

from tests.house.sources import PACKAGE, modules, tree

from hadir.audit.acts import ACTS

WRITERS = {"note_act", "note_acts"}


def written() -> Iterator[str]:
    """The acts that the sources write, each by a literal code."""
    for path in modules(PACKAGE):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS:
                yield from codes(node.args[0])


def codes(given: ast.expr) -> list[str]:
    if isinstance(given, ast.IfExp):
        return codes(given.body) + codes(given.orelse)
    assert isinstance(given, ast.Constant), ast.unparse(given)
    return [str(given.value)]


def test_every_act_that_is_written_has_words_and_no_words_are_left_over() -> None:
    assert set(written()) == set(ACTS)
