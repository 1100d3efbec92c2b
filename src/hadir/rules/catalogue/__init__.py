"""The shipped documents: policies, shifts and kinds of absence, each with its source."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Shelf = Literal["policies", "shifts", "kinds"]


@cache
def shelf(name: Shelf) -> dict[str, Any]:
    """The documents of one file by code, as `parse_policy` and `parse_shift` take them."""
    found: dict[str, Any] = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
    return found


def kind_name(code: str, lang: Literal["id", "en"]) -> str:
    """The name of a kind of absence; its code in words where it is not in the catalogue."""
    kind = shelf("kinds").get(code)
    return str(kind[lang]) if kind else code.replace("_", " ").capitalize()


def kind_article(code: str) -> str:
    """The article behind a kind of absence; empty where it is not in the catalogue."""
    kind = shelf("kinds").get(code)
    return str(kind["article"]) if kind else ""
