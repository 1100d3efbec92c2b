from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from hadir.org.models import Identifier, Placement
from hadir.org.queries import last_path, placements_below
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.requests.models import Cover

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hadir.org.rights import Actor

FOUND_AT_ONCE = 20


def covers_in_reach(actor: Actor, on: date, words: str = "") -> QuerySet[Cover]:
    """The absences, as believed now, of those placed in the actor's units on a date, the latest first."""
    placed = Placement.objects.on(on).filter(
        actor.within(Right.ENTER_DOCUMENTS, "unit__path"), person_id=OuterRef("person_id")
    )
    found: QuerySet[Cover] = Cover.objects.filter(Exists(placed)).select_related("person", "decided_by")
    if words:
        found = found.filter(Q(person__name__icontains=words) | Q(letter_number__icontains=words))
    return found.order_by("-valid_from", "-pk")


def accessible_cover(cover_id: int, *, actor: Actor) -> Cover:
    """An absence of somebody in the actor's units; NotFound for any other, and for one that was replaced."""
    cover: Cover | None = Cover.objects.filter(pk=cover_id).select_related("person").first()
    if cover is None or not actor.may(Right.ENTER_DOCUMENTS, last_path(cover.person_id)):
        raise NotFound
    return cover


def people_found(words: str, *, actor: Actor, on: date) -> Sequence[Placement]:
    """Those in the actor's units whose name holds the words, or whose number begins with them; at most twenty."""
    if not words.strip():
        return []
    numbered = Identifier.objects.on(on).filter(value__istartswith=words.strip()).values("person_id")
    placed = placements_below(actor.roots(Right.ENTER_DOCUMENTS), on)
    fitting = placed.filter(Q(person__name__icontains=words.strip()) | Q(person_id__in=numbered))
    if actor.person_id is not None:
        fitting = fitting.exclude(person_id=actor.person_id)
    return list(fitting[:FOUND_AT_ONCE])
