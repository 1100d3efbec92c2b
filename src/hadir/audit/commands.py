from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from hadir.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model


class Acting(Protocol):
    """Who acts, as the journal needs to know it."""

    @property
    def account_id(self) -> int | None:
        """The account that signed in; None for the system itself."""

    @property
    def person_id(self) -> int | None:
        """The person behind the account in this government."""

    @property
    def address(self) -> str | None:
        """Where the act came from."""


def note_act(act: str, subject: Model, *, actor: Acting, **detail: Any) -> Entry:
    """Write one act into the journal, in the transaction that does it; `detail` must fit into JSON."""
    entry = _entry(act, subject, detail, actor)
    entry.save(force_insert=True)
    return entry


def note_acts(act: str, subjects: Sequence[tuple[Model, dict[str, Any]]], *, actor: Acting) -> None:
    """Write the same act upon many things into the journal, in one statement; each has its own detail."""
    Entry.objects.bulk_create(_entry(act, subject, detail, actor) for subject, detail in subjects)


def _entry(act: str, subject: Model, detail: dict[str, Any], actor: Acting) -> Entry:
    return Entry(
        act=act,
        subject=subject._meta.label_lower,
        subject_id=str(subject.pk),
        detail=detail,
        account_id=actor.account_id,
        person_id=actor.person_id,
        address=actor.address,
    )
