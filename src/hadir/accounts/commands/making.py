from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Q

from hadir.accounts.backends import normalised
from hadir.accounts.models import Account, Membership, SignInName
from hadir.audit.commands import note_acts
from hadir.org.commands.people import MANY
from hadir.org.models import Identifier, Person
from hadir.org.queries import identifiers_of, last_paths
from hadir.org.rights import NotAllowed, Right

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hadir.org.rights import Actor

KINDS = {
    Identifier.Kind.EMAIL: SignInName.Kind.EMAIL,
    Identifier.Kind.NIP: SignInName.Kind.NUMBER,
    Identifier.Kind.NI_PPPK: SignInName.Kind.NUMBER,
}


@dataclass(frozen=True, slots=True)
class Made:
    """What making accounts came to: how many are new, and which sign-in names belong to other accounts already."""

    accounts: int
    taken: tuple[str, ...]


def make_accounts(person_ids: Collection[int], *, on: date, actor: Actor) -> Made:
    """Give accounts to the people who have none, and sign-in names to all of them as their identifiers say.

    No account gets a password here. A name that another account holds is left out: only somebody who got in by that
    account and holds a code of this one may make the two one.
    """
    _require(person_ids, actor)
    have = set(Membership.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))
    lacking = [pk for pk in person_ids if pk not in have]
    accounts = Account.objects.bulk_create(Account(password=make_password(None)) for _ in lacking)
    Membership.objects.bulk_create(
        Membership(account=account, person_id=pk) for account, pk in zip(accounts, lacking, strict=True)
    )
    taken = align_names(person_ids, on=on)
    if lacking:
        people = Person.objects.in_bulk(lacking)
        note_acts("account.made", [(people[pk], {}) for pk in lacking], actor=actor)
    if len(lacking) >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("SELECT accounts_refresh_statistics()")
    return Made(len(lacking), taken)


def align_names(person_ids: Collection[int], *, on: date) -> tuple[str, ...]:
    """Let people sign in by the identifiers of a date and by no former one; return the names that others hold."""
    account_of = dict(
        Membership.objects.filter(person_id__in=person_ids, is_keeper=True).values_list("person_id", "account_id")
    )
    wanted = {
        normalised(value): (account_of[person_id], KINDS[Identifier.Kind(kind)])
        for person_id, named in identifiers_of(list(account_of), on).items()
        for kind, value in named.items()
        if kind in KINDS
    }
    _drop_former(account_of, wanted)
    held = dict(SignInName.objects.filter(value__in=list(wanted)).values_list("value", "account_id"))
    SignInName.objects.bulk_create(
        SignInName(account_id=account_id, kind=kind, value=value)
        for value, (account_id, kind) in wanted.items()
        if value not in held
    )
    return tuple(sorted(value for value, account_id in held.items() if wanted[value][0] != account_id))


def _drop_former(account_of: dict[int, int], wanted: dict[str, tuple[int, SignInName.Kind]]) -> None:
    former = Q(pk__in=[])
    rows = Identifier.ever_recorded.filter(person_id__in=account_of, kind__in=list(KINDS))
    gone: dict[int, set[str]] = {}
    for person_id, value in rows.filter(~Q(valid_until=None) | ~Q(superseded_at=None)).values_list(
        "person_id", "value"
    ):
        name = normalised(value)
        if wanted.get(name, (None,))[0] != account_of[person_id]:
            gone.setdefault(account_of[person_id], set()).add(name)
    for account_id, names in gone.items():
        former |= Q(account_id=account_id, value__in=names)
    if gone:
        SignInName.objects.filter(former).delete()


def _require(person_ids: Collection[int], actor: Actor) -> None:
    paths = last_paths(person_ids)
    for pk in person_ids:
        path = paths.get(pk, "/")
        if not (actor.may(Right.EDIT_PEOPLE, path) or actor.may(Right.HELP_SIGN_IN, path)):
            raise NotAllowed
