"""What proves the taps of a month is dropped when its time is over; the taps stay."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from hadir.audit.commands import note_act
from hadir.clocking.commands.photos import photo_store
from hadir.clocking.queries import months_with_proof, proof_of_month
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government


def drop_old_evidence(today: date, months: int) -> list[date]:
    """Drop evidence and photos of every month that ended at least so many months ago; return the months' first days."""
    count = today.year * 12 + today.month - 1 - months
    due = months_with_proof(date(count // 12, count % 12 + 1, 1))
    for month in due:
        drop_evidence(month)
    return due


def drop_evidence(month: date) -> None:
    """Drop evidence and photos of one month in every government, and note it in the journal of each.

    Photos leave the store first: what is interrupted here is found again, since the rows go last.
    """
    for government in Government.objects.all():
        with acting_in(government.pk):
            _forget_photos(government.pk, month)
    with transaction.atomic():
        for government in Government.objects.all():
            with acting_in(government.pk):
                proof = proof_of_month(month)
                if proof.rows:
                    told = {"month": f"{month:%Y-%m}", "evidence": proof.evidence, "photos": proof.photos}
                    note_act("evidence.dropped", government, actor=SYSTEM, **told)
        with connection.cursor() as cursor:
            cursor.execute("SELECT clocking_drop_evidence(%s)", [month])


def _forget_photos(government: int, month: date) -> None:
    store = photo_store()
    for tap in proof_of_month(month).with_photo:
        store.delete(government, tap)
