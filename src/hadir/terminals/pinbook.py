"""Whose a PIN was at a terminal on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Mapping:
    """A PIN of a person from `valid_from` on, until before `valid_until`; without a terminal, at all of them."""

    pin: str
    terminal: int | None
    person: int
    valid_from: date
    valid_until: date | None

    def holds(self, terminal: int, day: date) -> bool:
        """Say whether this is the PIN's owner at a terminal on a date."""
        is_here = self.terminal in {None, terminal}
        return is_here and self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class PinBook:
    """Finds people by PIN: by its text first, then without leading zeros where that leaves one person alone."""

    def __init__(self, mappings: Iterable[Mapping]) -> None:
        self._by_text: dict[str, list[Mapping]] = defaultdict(list)
        self._by_digits: dict[str, list[Mapping]] = defaultdict(list)
        for mapping in mappings:
            self._by_text[mapping.pin].append(mapping)
            if is_number(mapping.pin):
                self._by_digits[stripped(mapping.pin)].append(mapping)

    def person_of(self, pin: str, terminal: int, day: date) -> int | None:
        """Return the person, a terminal's own mapping before one for all; None where nobody, or not one alone."""
        exact = [each for each in self._by_text.get(pin, ()) if each.holds(terminal, day)]
        if exact:
            return max(exact, key=lambda each: each.terminal is not None).person
        if not is_number(pin):
            return None
        people = {each.person for each in self._by_digits.get(stripped(pin), ()) if each.holds(terminal, day)}
        return people.pop() if len(people) == 1 else None


def is_number(pin: str) -> bool:
    """Say whether a PIN is digits alone, of which some terminals drop leading zeros."""
    return pin.isascii() and pin.isdigit()


def stripped(pin: str) -> str:
    """Return the digits without leading zeros; one zero of nothing but zeros."""
    return pin.lstrip("0") or "0"
