"""How a dated row gives way to a later one: what was believed is superseded, never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hadir.kernel.clock import now, today_at
from hadir.kernel.zones import Zone
from hadir.org.refusals import ReasonNeeded
from hadir.tenancy.current import government_id
from hadir.tenancy.models import Government

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hadir.tenancy.models import DatedModel


def today() -> date:
    """Return today at the seat of the current government."""
    zone = Government.objects.values_list("zone", flat=True).get(pk=government_id())
    return today_at(Zone[zone])


def require_reason(on: date, reason: str) -> None:
    """Refuse with ReasonNeeded where a change reaches into days that are over and nobody says why."""
    if not reason.strip() and on < today():
        raise ReasonNeeded


def end_from(rows: Iterable[DatedModel], on: date) -> None:
    """Let rows hold up to `on`, itself excluded: each is superseded, and what is left of it is recorded anew."""
    ended = list(rows)
    if not ended:
        return
    model: Any = type(ended[0])
    model.objects.filter(pk__in=[row.pk for row in ended]).update(superseded_at=now())
    model.objects.bulk_create([_shortened(row, on) for row in ended if row.valid_from < on])


def succeed(former: Iterable[DatedModel], latter: Sequence[DatedModel], on: date) -> None:
    """End the former rows and record the latter ones, in three statements however many rows there are."""
    end_from(former, on)
    if latter:
        model: Any = type(latter[0])
        model.objects.bulk_create(latter)


def _shortened(row: DatedModel, on: date) -> DatedModel:
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "recorded_at", "superseded_at", "valid_until"}
    }
    return type(row)(**kept, valid_until=on)
