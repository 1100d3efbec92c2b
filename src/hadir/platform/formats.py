"""Times, dates, lengths and shares as people read them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from django.utils import dateformat, formats
from django.utils.translation import pgettext

from hadir.kernel.zones import Zone

_MINUTE = timedelta(minutes=1)
_HUNDRED = 100
_KILOMETRE = 1000
_SPACE = "\N{NO-BREAK SPACE}"


def time_text(at: datetime, zone: Zone | tzinfo) -> str:
    """Return the wall time of an aware instant in a zone, as 07.30 in every language."""
    return local(at, zone).strftime("%H.%M")


def date_text(day: date) -> str:
    """Return Senin, 3 Agustus 2026 or Monday, 3 August 2026."""
    return dateformat.format(day, "l, j F Y")


def short_date_text(day: date) -> str:
    """Return 3 Agu 2026 or 3 Aug 2026."""
    return dateformat.format(day, "j M Y")


def month_text(day: date) -> str:
    """Return Agustus 2026 or August 2026."""
    return dateformat.format(day, "F Y")


def minutes_text(length: timedelta | int) -> str:
    """Return a length, or a number of whole minutes, as 12 m, 1 j or 1 j 12 m; parts of a minute are cut."""
    minutes = length // _MINUTE if isinstance(length, timedelta) else length
    hours, rest = divmod(abs(minutes), 60)
    words = {"hours": hours, "minutes": rest}
    if not hours:
        text = pgettext("a length", "%(minutes)d m") % words
    elif not rest:
        text = pgettext("a length", "%(hours)d h") % words
    else:
        text = pgettext("a length", "%(hours)d h %(minutes)d m") % words
    return ("\N{MINUS SIGN}" if minutes < 0 else "") + text.replace(" ", _SPACE)


def percent_text(hundredths: int) -> str:
    """Return hundredths of a percent as 2,5 % or 2.5 %, without zeros that say nothing."""
    sign = "\N{MINUS SIGN}" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), _HUNDRED)
    fraction = f"{rest:02d}".rstrip("0")
    mark = formats.get_format("DECIMAL_SEPARATOR") if fraction else ""
    return f"{sign}{count_text(whole)}{mark}{fraction}{_SPACE}%"


def rate_text(hundredths: int) -> str:
    """Return hundredths of a percent with exactly one decimal, half rounded up: 81,3 %."""
    whole, tenth = divmod((hundredths + 5) // 10, 10)
    return f"{whole}{formats.get_format('DECIMAL_SEPARATOR')}{tenth}{_SPACE}%"


def count_text(number: int) -> str:
    """Return a whole number with its thousands apart: 2.404 or 2,404."""
    return str(formats.number_format(number, use_l10n=True, force_grouping=True))


def distance_text(metres: int) -> str:
    """Return a distance as 37 m, or from a kilometre on as 1,5 km with its last figure cut."""
    if metres < _KILOMETRE:
        return f"{metres}{_SPACE}m"
    mark = formats.get_format("DECIMAL_SEPARATOR")
    return f"{metres // _KILOMETRE}{mark}{metres % _KILOMETRE // 100}{_SPACE}km"


def local(at: datetime, zone: Zone | tzinfo) -> datetime:
    """Return an aware instant on the clocks of a zone; ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown")
    return at.astimezone(zone.info if isinstance(zone, Zone) else zone)
