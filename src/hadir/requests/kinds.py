"""The kinds of absence of the rules' catalogue, as this room needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from hadir.requests.refusals import UnknownKind
from hadir.rules import Effect
from hadir.rules.catalogue import kind_name, shelf

if TYPE_CHECKING:
    from hadir.rules.words import Lang

KINDS: tuple[str, ...] = tuple(shelf("kinds"))


def effect_of(kind: str) -> Effect:
    """What an absence of a kind does to a duty; UnknownKind outside the catalogue."""
    found = shelf("kinds").get(kind)
    if found is None:
        raise UnknownKind
    return Effect[found["effect"].upper()]


def kind_label(kind: str) -> str:
    """The name of a kind in the language of the page."""
    lang: Lang = "en" if get_language() == "en" else "id"
    return kind_name(kind, lang)
