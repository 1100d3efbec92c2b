"""The four states and the two beside them: one colour, letter and word each, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class State:
    """How a state is shown: the style sheet's name for it, its letter, its word."""

    name: str
    letter: str
    word: _StrPromise


# The letters are those of the Indonesian words, in both languages: a printed recap is read by both.
STATES: dict[str, State] = {
    state.name: state
    for state in (
        State("present", "H", pgettext_lazy("state", "Present")),
        State("late", "T", gettext_lazy("Late or left early")),
        State("absent", "A", pgettext_lazy("state", "Absent")),
        State("away", "D", gettext_lazy("Duty, leave or holiday")),
        State("pending", "\N{MIDDLE DOT}", gettext_lazy("Still open")),
        State("none", "\N{EN DASH}", gettext_lazy("Not judged")),
    )
}
