"""Reading documents strictly: every value is asked for by name, what nobody asked for is refused."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Self, TypeVar

from hadir.rules.problems import InvalidDocument

T = TypeVar("T")
PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?")
CLOCK = re.compile(r"([01]\d|2[0-3])\.([0-5]\d)(?:\.([0-5]\d))?([+-]1)?")
WHOLE = 100
MISSING: Any = object()


class Section:
    """One table of a document; values are taken by name and `finish` refuses the rest."""

    def __init__(self, path: str, value: object) -> None:
        if not isinstance(value, Mapping):
            raise InvalidDocument(path, value, "a table is wanted")
        self.path = path
        self._rest = dict(value)

    def at(self, name: str) -> str:
        """The path of a value of this table."""
        return f"{self.path}.{name}" if self.path else name

    @property
    def names(self) -> list[str]:
        """The names of the values not yet taken."""
        return list(self._rest)

    def has(self, name: str) -> bool:
        """Whether a value of that name is there and not yet taken."""
        return name in self._rest

    def take(self, name: str, read: Callable[[str, object], T], otherwise: T = MISSING) -> T:
        """Read and remove one value; refuse the document if it is missing and nothing stands in for it."""
        if name in self._rest:
            return read(self.at(name), self._rest.pop(name))
        if otherwise is MISSING:
            raise InvalidDocument(self.at(name), None, "is missing")
        return otherwise

    def peek(self, name: str, read: Callable[[str, object], T], otherwise: T) -> T:
        """Read one value and leave it for whoever takes it."""
        return read(self.at(name), self._rest[name]) if name in self._rest else otherwise

    def section(self, name: str) -> Self:
        """Take a table within this one; an empty one where there is none."""
        return type(self)(self.at(name), self._rest.pop(name, {}))

    def sections(self, name: str) -> list[Self]:
        """Take a list of tables; an empty one where there is none."""
        return [type(self)(path, value) for path, value in items(self.at(name), self._rest.pop(name, []))]

    def named_sections(self) -> Iterator[tuple[str, Self]]:
        """Take every value left as a table."""
        for name in self.names:
            yield name, self.section(name)

    def finish(self) -> None:
        """Refuse what nobody asked for."""
        for name, value in self._rest.items():
            raise InvalidDocument(self.at(name), value, "nothing of this name is known here")


def items(path: str, value: object) -> Iterator[tuple[str, object]]:
    """The values of a list with their paths."""
    if not isinstance(value, list):
        raise InvalidDocument(path, value, "a list is wanted")
    for number, item in enumerate(value):
        yield f"{path}[{number}]", item


def text(path: str, value: object) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidDocument(path, value, "a text is wanted")
    return value


def flag(path: str, value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise InvalidDocument(path, value, "true or false is wanted")
    return value


def count(path: str, value: object) -> int:
    """A whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidDocument(path, value, "a whole number from 0 is wanted")
    return value


def minutes(path: str, value: object) -> int:
    """A length given in whole minutes, as seconds."""
    return count(path, value) * 60


def percent(path: str, value: object) -> int:
    """A percentage as a text such as "0.5" or "2", in hundredths of a percent."""
    found = PERCENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise InvalidDocument(path, value, 'a percentage is wanted, as a text such as "0.5"')
    hundredths = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if hundredths > WHOLE * 100:
        raise InvalidDocument(path, value, "more than the whole")
    return hundredths


def clock(path: str, value: object) -> int:
    """A local time such as "07.30", "23.00-1" (the day before) or "07.00+1" (the day after), in seconds of the date."""
    found = CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise InvalidDocument(path, value, 'a time is wanted, such as "07.30" or "07.00+1"')
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) + int(found[4] or 0) * 86400


def day(path: str, value: object) -> date:
    """A date such as "2026-08-17", or a date of TOML."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(text(path, value))
    except ValueError:
        raise InvalidDocument(path, value, 'a date is wanted, such as "2026-08-17"') from None


def days_between(first: date, last: date) -> list[date]:
    """Every date from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def one_of(names: Mapping[str, T]) -> Callable[[str, object], T]:
    """A reader of one of the names, answering what it stands for."""

    def read(path: str, value: object) -> T:
        if not isinstance(value, str) or value not in names:
            raise InvalidDocument(path, value, f"one of {', '.join(names)} is wanted")
        return names[value]

    return read
