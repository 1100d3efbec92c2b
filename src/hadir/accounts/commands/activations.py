from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hadir.accounts.commands.making import make_accounts
from hadir.accounts.commands.ways_in import LASTS, Channel, Purpose, address_of, open_ways, send_way
from hadir.accounts.models import Account, Activation, Membership
from hadir.accounts.queries import homes_of, keeper_of, reset_slips_awaited, sign_in_names_of
from hadir.accounts.refusals import NoAddress, NotKeeper
from hadir.audit.commands import note_act, note_acts
from hadir.kernel.clock import now, today_at
from hadir.kernel.zones import Zone
from hadir.org.models import Identifier, Person
from hadir.org.queries import identifiers_of, last_path, last_paths, placement_on
from hadir.org.refusals import NotFound
from hadir.org.rights import Actor, Right
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

_SECONDARY, _OFFICE = Identifier.Kind.SECONDARY_EMAIL, Identifier.Kind.EMAIL


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person; the code exists nowhere else."""

    person: str
    sign_in_name: str
    code: str
    expires_at: datetime


def make_slips(person_ids: Collection[int], *, on: date, actor: Actor) -> list[Slip]:
    """Open a way in by a printed slip for those who never signed in, and for whom the help desk allowed a new one.

    Slips made before for the same people stop working.
    """
    _require_people(person_ids, actor)
    make_accounts(person_ids, on=on, actor=actor)
    rows = Membership.objects.filter(person_id__in=person_ids, is_keeper=True).select_related("account", "person")
    allowed = reset_slips_awaited(person_ids)
    wanted = [
        (row, Purpose.RESET if row.account.has_usable_password() else Purpose.FIRST_SIGN_IN)
        for row in rows.order_by("person__name", "person_id")
        if not row.account.has_usable_password() or row.account_id in allowed
    ]
    codes = open_ways([(row.account_id, purpose) for row, purpose in wanted], Channel.SLIP)
    note_acts("account.slip", [(row.person, {"purpose": str(purpose)}) for row, purpose in wanted], actor=actor)
    names = sign_in_names_of([row.account_id for row, _ in wanted])
    at = now()
    return [
        Slip(row.person.name, names.get(row.account_id, ""), code, at + LASTS[purpose, Channel.SLIP])
        for (row, purpose), code in zip(wanted, codes, strict=True)
    ]


def send_invitations(person_ids: Collection[int], *, on: date, actor: Actor) -> int:
    """Send links to those who never signed in and have an e-mail; return how many letters leave."""
    _require_people(person_ids, actor)
    make_accounts(person_ids, on=on, actor=actor)
    named = identifiers_of(person_ids, on)
    rows = Membership.objects.filter(person_id__in=person_ids, is_keeper=True).select_related("account", "person")
    invited = []
    for row in rows:
        to = address_of(named[row.person_id], _OFFICE, _SECONDARY)
        if to and not row.account.has_usable_password():
            send_way(row.account, Purpose.FIRST_SIGN_IN, to=to, name=row.person.name)
            invited.append((row.person, {"purpose": "first"}))
    note_acts("account.link", invited, actor=actor)
    return len(invited)


def trigger_reset(person: Person, channel: Activation.Channel, *, on: date, actor: Actor) -> None:
    """Open a new way in for somebody whom the help desk talks to, without the help desk learning its secret.

    By e-mail it goes to the person's own address; by slip it waits until the admin of the person's unit prints it.
    """
    actor.require(Right.HELP_SIGN_IN, last_path(person.pk))
    actor.require_other(person.pk)
    make_accounts([person.pk], on=on, actor=actor)
    account = _own_account(person)
    if channel is Channel.SLIP:
        _allow_slip(account)
    else:
        to = address_of(identifiers_of([person.pk], on)[person.pk], _SECONDARY, _OFFICE)
        if not to:
            raise NoAddress
        is_first = not account.has_usable_password()
        send_way(account, Purpose.FIRST_SIGN_IN if is_first else Purpose.RESET, to=to, name=person.name)
    note_act("account.reset", person, actor=actor, channel=str(channel))


def request_reset(name: str, *, address: str) -> None:
    """Send a link to the secondary e-mail of whoever has this sign-in name, if there is anybody, and say nothing."""
    account = Account.objects.filter(sign_in_names__value=name, is_active=True).first()
    for home in homes_of(account.pk) if account else ():
        with acting_in(home.government_id):
            membership = keeper_of(account)
            if membership is None:
                continue
            on = today_at(Zone[home.zone])
            to = address_of(identifiers_of([home.person_id], on)[home.person_id], _SECONDARY)
            if to and placement_on(home.person_id, on):
                send_way(membership.account, Purpose.RESET, to=to, name=home.person)
                asked_by = Actor(account_id=None, person_id=None, address=address)
                note_act("account.reset_asked", membership.person, actor=asked_by)


def _allow_slip(account: Account) -> None:
    """Keep a way in whose code nobody knows: it says that the next slip may be printed, and opens nothing itself."""
    at = now()
    Activation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    Activation.objects.create(
        account=account,
        purpose=Purpose.RESET,
        channel=Channel.SLIP,
        digest=secrets.token_bytes(32),
        made_at=at,
        expires_at=at + LASTS[Purpose.RESET, Channel.SLIP],
    )


def _own_account(person: Person) -> Account:
    membership = Membership.objects.filter(person=person).select_related("account").first()
    if membership is None:
        raise NotFound
    if not membership.is_keeper:
        others = [home for home in homes_of(membership.account_id) if home.person_id != person.pk]
        raise NotKeeper(government=", ".join(home.government for home in others))
    account: Account = membership.account
    return account


def _require_people(person_ids: Collection[int], actor: Actor) -> None:
    paths = last_paths(person_ids)
    for person_id in person_ids:
        actor.require(Right.EDIT_PEOPLE, paths.get(person_id, "/"))
