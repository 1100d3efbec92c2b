"""Dates, months and digests in addresses: 2026-08-03, 2026-08 and 64 hexadecimal digits."""

from __future__ import annotations

from datetime import date

from django.urls import register_converter


class DayInAddress:
    """A date as 2026-08-03."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the date; ValueError, and so no such address, where the calendar has none."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Return the date as it stands in the address."""
        return value.isoformat()


class MonthInAddress:
    """A month as 2026-08, given to the view as its first day."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the first day of the month; ValueError, and so no such address, where there is none."""
        return date.fromisoformat(f"{value}-01")

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


register_converter(DayInAddress, "day")
register_converter(MonthInAddress, "month")
register_converter(DigestInAddress, "digest")
