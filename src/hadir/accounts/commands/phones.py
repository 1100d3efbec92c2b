from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from hadir.accounts.commands.attempts import too_many_until
from hadir.accounts.models import IssuedPass, Phone, RevokedPass
from hadir.accounts.refusals import NoPlacement, NoSite, PhoneBlocked, TooManyPhones
from hadir.audit.commands import note_act
from hadir.kernel.clock import now
from hadir.kernel.keys import derive_keys
from hadir.kernel.passes import LONGEST, MOST_SITES, Pass, issue
from hadir.kernel.refusals import gettext_noop
from hadir.kernel.signing import read_public_key
from hadir.notices.commands import post_notice
from hadir.org.queries import last_path, placement_on, sites_of_path
from hadir.org.rights import NotAllowed, Right
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from datetime import date, datetime

    from hadir.org.models import Person, Site
    from hadir.org.rights import Actor

MOST_PHONES = 3
# A phone asks twice a day, and once more for every browser that forgot its key.
MOST_PASSES, PASSES_WITHIN = 30, timedelta(hours=1)
# A pass is for one working day and the night after it; a phone asks for a new one at half of its life.
LASTS = LONGEST


@dataclass(frozen=True, slots=True)
class PhonePass:
    """A pass for a phone and the places it names."""

    text: str
    expires_at: datetime
    sites: list[Site]


def issue_pass(person: Person, public_key: bytes, *, label: str, on: date, actor: Actor) -> PhonePass:
    """Give the acting person's phone a pass of 36 hours for the sites of their unit; a new phone is bound to them.

    PhoneBlocked for a lost phone, TooManyPhones beyond three, TooManyAttempts beyond thirty passes an hour, NoPlacement
    and NoSite for who may tap nowhere, InvalidData for a key that is none.
    """
    if actor.person_id != person.pk:
        raise NotAllowed
    read_public_key(public_key)
    placement = placement_on(person.pk, on)
    if placement is None:
        raise NoPlacement
    sites = sites_of_path(placement.unit.path, on)[:MOST_SITES]
    if not sites:
        raise NoSite
    phone = _bound_phone(person, public_key, label, actor)
    issued = now()
    _require_few_passes(person, issued)
    row = IssuedPass.objects.create(phone=phone, issued_at=issued, expires_at=issued + LASTS)
    granted = Pass(
        government=government_id(),
        person=person.pk,
        serial=row.pk,
        phone_key=public_key,
        sites=tuple(site.pk for site in sites),
        issued=issued.replace(microsecond=0),
        expires=row.expires_at.replace(microsecond=0),
    )
    return PhonePass(issue(derive_keys(settings.HADIR_SECRET).for_passes, granted), granted.expires, sites)


def block_phone(phone: Phone, *, actor: Actor) -> None:
    """Block a lost phone: its passes no longer count, and it gets no new one. Its owner may, and the help desk."""
    if phone.person_id != actor.person_id:
        actor.require(Right.HELP_SIGN_IN, last_path(phone.person_id))
    at = now()
    phone.blocked_at = at
    phone.save(update_fields=["blocked_at"])
    valid = IssuedPass.objects.filter(phone=phone, expires_at__gt=at)
    RevokedPass.objects.bulk_create(
        [RevokedPass(serial=row.pk, expires_at=row.expires_at) for row in valid], ignore_conflicts=True
    )
    note_act("phone.blocked", phone.person, actor=actor, phone=phone.pk)


def unblock_phone(phone: Phone, *, actor: Actor) -> None:
    """Let a phone that was found again ask for passes; the help desk must, not who may have stolen it."""
    actor.require(Right.HELP_SIGN_IN, last_path(phone.person_id))
    actor.require_other(phone.person_id)
    phone.blocked_at = None
    phone.save(update_fields=["blocked_at"])
    note_act("phone.unblocked", phone.person, actor=actor, phone=phone.pk)


def forget_passes() -> int:
    """Forget revoked passes that would have expired anyway; return how many."""
    count, _ = RevokedPass.objects.filter(expires_at__lt=now()).delete()
    return count


def forget_issued_passes(before: datetime) -> int:
    """Forget passes of the current government that expired before an instant; return how many."""
    count, _ = IssuedPass.objects.filter(expires_at__lt=before).delete()
    return count


def _require_few_passes(person: Person, at: datetime) -> None:
    """Refuse with TooManyAttempts who asked for a pass too often, naming the time to ask again."""
    lately = IssuedPass.objects.filter(phone__person=person, issued_at__gt=at - PASSES_WITHIN).order_by("-issued_at")
    full = lately.values_list("issued_at", flat=True)[MOST_PASSES - 1 : MOST_PASSES]
    for issued_at in full:
        raise too_many_until(issued_at + PASSES_WITHIN)


def _bound_phone(person: Person, public_key: bytes, label: str, actor: Actor) -> Phone:
    phones = list(Phone.objects.select_for_update().filter(person=person))
    known = next((phone for phone in phones if bytes(phone.key) == public_key), None)
    if known is not None:
        if known.blocked_at is not None:
            raise PhoneBlocked
        return known
    if sum(phone.blocked_at is None for phone in phones) >= MOST_PHONES:
        raise TooManyPhones(limit=MOST_PHONES)
    phone = Phone.objects.create(person=person, key=public_key, label=label)
    note_act("phone.bound", person, actor=actor, phone=phone.pk, label=label)
    if phones:
        post_notice(person.pk, gettext_noop("A new phone or browser may tap for you: %(label)s"), label=label)
    return phone
