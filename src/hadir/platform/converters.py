"""Dates, months and digests in addresses: 2026-08-03, 2026-08 and 64 hexadecimal digits."""

from __future__ import annotations

from datetime import date

from django.urls import register_converter

# A page counts days and months from the one in its address, which the calendar of Python must not run out of; no
# record reaches further back or ahead than this.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class DayInAddress:
    """A date as 2026-08-03."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the date; ValueError, and so no such address, where the calendar has none or it lies too far."""
        return _near(date.fromisoformat(value))

    def to_url(self, value: date) -> str:
        """Return the date as it stands in the address."""
        return value.isoformat()


class MonthInAddress:
    """A month as 2026-08, given to the view as its first day."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the first day of the month; ValueError, and so no such address, where there is none so near."""
        return _near(date.fromisoformat(f"{value}-01"))

    def to_url(self, value: date) -> str:
        """Return the month as it stands in the address."""
        return f"{value:%Y-%m}"


class DigestInAddress:
    """The identity of a tap as hexadecimal digits."""

    regex = r"[0-9a-f]{64}"

    def to_python(self, value: str) -> bytes:
        """Return the 32 bytes."""
        return bytes.fromhex(value)

    def to_url(self, value: bytes) -> str:
        """Return the bytes as they stand in the address."""
        return value.hex()


def _near(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(day)
    return day


register_converter(DayInAddress, "day")
register_converter(MonthInAddress, "month")
register_converter(DigestInAddress, "digest")
