"""Times, dates, lengths and shares as people read them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from django.utils import dateformat, formats
from django.utils.translation import gettext, pgettext

from hadir.kernel.zones import Zone

_MINUTE = timedelta(minutes=1)
_HUNDRED = 100


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
    sign = "\N{MINUS SIGN}" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return sign + pgettext("a length", "%(minutes)d m") % {"minutes": rest}
    if not rest:
        return sign + pgettext("a length", "%(hours)d h") % {"hours": hours}
    return sign + pgettext("a length", "%(hours)d h %(minutes)d m") % {"hours": hours, "minutes": rest}


def percent_text(hundredths: int) -> str:
    """Return hundredths of a percent as 2,5 % or 2.5 %, without zeros that say nothing."""
    sign = "\N{MINUS SIGN}" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), _HUNDRED)
    fraction = f"{rest:02d}".rstrip("0")
    mark = formats.get_format("DECIMAL_SEPARATOR") if fraction else ""
    return f"{sign}{count_text(whole)}{mark}{fraction}\N{NO-BREAK SPACE}%"


def count_text(number: int) -> str:
    """Return a whole number with its thousands apart: 2.404 or 2,404."""
    return str(formats.number_format(number, use_l10n=True, force_grouping=True))


def distance_text(metres: int) -> str:
    """Return a distance in metres up to a kilometre, beyond it in kilometres with one decimal, cut."""
    if metres < 1000:  # noqa: PLR2004 - a kilometre
        return gettext("%(metres)d m") % {"metres": metres}
    mark = formats.get_format("DECIMAL_SEPARATOR")
    return gettext("%(kilometres)s km") % {"kilometres": f"{metres // 1000}{mark}{metres % 1000 // 100}"}


def local(at: datetime, zone: Zone | tzinfo) -> datetime:
    """Return an aware instant on the clocks of a zone; ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown")
    return at.astimezone(zone.info if isinstance(zone, Zone) else zone)
