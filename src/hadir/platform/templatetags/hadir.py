"""The look's tags and filters: assets, states, bars, fields, and how times and numbers are written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, json_script
from django.utils.translation import gettext

from hadir.kernel.clock import to_milliseconds
from hadir.platform import assets, formats
from hadir.platform.phone_sentences import PHONE_SENTENCES
from hadir.platform.states import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.forms import BoundField
    from django.utils.safestring import SafeString

    from hadir.kernel.zones import Zone

register = template.Library()

register.filter("jam", formats.time_text)
register.filter("menit", formats.minutes_text)
register.filter("persen", formats.percent_text)
register.filter("tingkat", formats.rate_text)
register.filter("angka", formats.count_text)
register.filter("jarak", formats.distance_text)
register.filter("tanggal", formats.date_text)
register.filter("tanggal_pendek", formats.short_date_text)
register.filter("bulan", formats.month_text)


@register.filter
def hari_di(at: datetime, zone: Zone) -> date:
    """Return the date of an instant in a zone, to be followed by `tanggal`."""
    return formats.local(at, zone).date()


@register.filter
def menit_timur(zone: Zone) -> int:
    """Return minutes east of Greenwich, as the page's script wants a zone."""
    return zone.offset // timedelta(minutes=1)


@register.simple_tag
def asset(name: str) -> SafeString:
    """Load a built script (`tap.ts`), style sheet (`look.css`) or the page's icon (`icon.svg`) by its source name."""
    url = static(assets.built_file(name))
    if name.endswith(".css"):
        return format_html('<link rel="stylesheet" href="{}">', url)
    if name.endswith(".svg"):
        return format_html('<link rel="icon" type="image/svg+xml" href="{}">', url)
    return format_html('<script type="module" src="{}"></script>', url)


@register.simple_tag
def mark(state: str, letter: str = "", label: str = "") -> SafeString:
    """Show a state as its shape with its letter, or a given one; the label is what is read aloud."""
    known = STATES[state]
    shown = letter or known.letter
    return format_html(
        '<span class="mark mark--{}{}" role="img" aria-label="{}">{}</span>',
        known.name,
        _long(shown),
        label or known.word,
        shown,
    )


@register.simple_tag
def chip(state: str, text: str = "", letter: str = "") -> SafeString:
    """Show a state as its mark followed by words, its own or given ones."""
    known = STATES[state]
    shown = letter or known.letter
    return format_html(
        '<span class="chip chip--{}"><span class="mark mark--{}{}" aria-hidden="true">{}</span>{}</span>',
        known.name,
        known.name,
        _long(shown),
        shown,
        text or known.word,
    )


def _long(letters: str) -> str:
    return " mark--long" if len(letters) > 1 else ""


@register.simple_tag
def bar(value: int, total: int, state: str = "action", label: str = "") -> SafeString:
    """Draw value of total as a bar."""
    return stack([(state, value)], total, label or f"{formats.count_text(value)} / {formats.count_text(total)}")


@register.simple_tag
def stack(parts: Iterable[tuple[str, int]], total: int, label: str, size: str = "") -> SafeString:
    """Draw parts of a total, each (state, amount), one after another; the label says them in words."""
    pieces: list[tuple[str, int, int]] = []
    start = 0
    for state, amount in parts:
        width = 10_000 * amount // total if total > 0 else 0
        pieces.append((state, start, width))
        start += width
    drawn = format_html_join("", '<rect class="bar__{}" x="{}" y="0" width="{}" height="1"></rect>', pieces)
    return format_html(
        '<svg class="bar{}" viewBox="0 0 10000 1" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        f" bar--{size}" if size else "",
        label,
        drawn,
    )


@register.simple_tag
def server_clock(now: datetime, zone: Zone) -> SafeString:
    """Show the server's clock at a zone; the page's script lets it run on."""
    return format_html(
        '<time class="clock" data-clock="{}" data-offset="{}"><span data-clock-text>{}</span>'
        '<span class="clock__zone">{}</span></time>',
        to_milliseconds(now),
        menit_timur(zone),
        formats.time_text(now, zone),
        zone.name,
    )


@register.simple_tag
def phone_sentences(*rooms: str) -> SafeString:
    """Lay the sentences that the page's script may say into the page, in its language; all, or those of some rooms.

    A room is what stands before the point of a key: `place` for `place.denied`.
    """
    wanted = {key: text for key, text in PHONE_SENTENCES.items() if not rooms or key.split(".")[0] in rooms}
    return json_script({key: str(sentence) for key, sentence in wanted.items()}, "messages")


@register.inclusion_tag("platform/components/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """Show a form field with label, hint and errors, tied together for who listens instead of reading."""
    kind = getattr(bound.field.widget, "input_type", "")
    return {"field": bound, "label": label or bound.label, "is_choice": kind == "checkbox"}


@register.inclusion_tag("platform/components/legend.html")
def legend(names: str = "present late absent away") -> dict[str, Any]:
    """Explain marks, given by their names with spaces between."""
    return {"states": [STATES[name] for name in names.split()]}


@register.inclusion_tag("platform/components/pagination.html", takes_context=True)
def pagination(context: template.RequestContext, page: Any) -> dict[str, Any]:
    """Lead from page to page of a list, keeping the rest of the address; nothing for a single page."""
    return {"page": page, "request": context["request"], "place": gettext("Pages")}
