"""Bands of minutes with a code and a percentage, half-open: `[1,31) [31,61) [61,91) [91,...)`."""

from dataclasses import dataclass

import numpy as np

from hadir.rules.columns import Codes, Ints
from hadir.rules.parsing import Section, minutes, percent, text
from hadir.rules.problems import InvalidDocument


@dataclass(frozen=True)
class Bands:
    """Bands in rising order; the last one has no end. Without any band nothing is deducted."""

    begins: tuple[int, ...] = ()
    """Seconds."""
    codes: tuple[str, ...] = ()
    hundredths: tuple[int, ...] = ()
    """Percentages, never falling: a longer breach costs no less."""

    @property
    def worst(self) -> int:
        """Number of the last band, -1 where there is none."""
        return len(self.begins) - 1

    @property
    def price_of_worst(self) -> int:
        """Hundredths of a percent of the last band, 0 where there is none."""
        return self.hundredths[-1] if self.hundredths else 0

    def find(self, amounts: Ints) -> Codes:
        """Number of the band of each amount of seconds, -1 below the first."""
        return (np.searchsorted(np.array(self.begins, np.int64), amounts, "right") - 1).astype(np.int8)

    def price(self, numbers: Codes) -> Ints:
        """Hundredths of a percent of each band number, 0 for -1."""
        return np.array([*self.hundredths, 0], np.int64)[numbers]

    def code(self, number: int) -> str:
        """Code of a band such as TL1; empty below the first."""
        return self.codes[number] if number >= 0 else ""


def take_bands(section: Section) -> Bands:
    """Read `bands` of a clause: refused where they overlap, leave a gap, end, or fall in price."""
    begins: list[int] = []
    codes: list[str] = []
    prices: list[int] = []
    upto = -1
    tables = section.sections("bands")
    for number, table in enumerate(tables):
        begin = table.take("from", minutes)
        _require_joined(table, begin, upto if begins else begin)
        codes.append(_new_code(table, codes))
        price = table.take("percent", percent)
        if prices and price < prices[-1]:
            raise InvalidDocument(table.at("percent"), price, "a longer breach must not cost less than a shorter one")
        upto = _end_of(table, begin, is_last=number == len(tables) - 1)
        begins.append(begin)
        prices.append(price)
        table.finish()
    return Bands(tuple(begins), tuple(codes), tuple(prices))


def _require_joined(table: Section, begin: int, upto: int) -> None:
    if begin < upto:
        raise InvalidDocument(table.at("from"), begin // 60, f"overlaps the band before, which ends at {upto // 60}")
    if begin > upto:
        raise InvalidDocument(table.at("from"), begin // 60, f"leaves a gap after the band before, at {upto // 60}")


def _new_code(table: Section, codes: list[str]) -> str:
    code = table.take("code", text)
    if code in codes:
        raise InvalidDocument(table.at("code"), code, "names another band too")
    return code


def _end_of(table: Section, begin: int, *, is_last: bool) -> int:
    if is_last:
        if table.has("to"):
            raise InvalidDocument(table.at("to"), table.take("to", minutes) // 60, "the last band has no end")
        return begin
    end = table.take("to", minutes)
    if end <= begin:
        raise InvalidDocument(table.at("to"), end // 60, "a band ends after it begins")
    return end
