from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from hadir.accounts.models import Account, Activation, IssuedPass, Membership, Phone, SignInName
from hadir.accounts.refusals import CodeRefused
from hadir.accounts.secrets import digest_of
from hadir.kernel.clock import now
from hadir.org.queries import last_path, placements_below
from hadir.org.refusals import NotFound
from hadir.org.rights import Right
from hadir.tenancy.current import government_id
from hadir.tenancy.models import Government

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from hadir.org.models import Placement
    from hadir.org.rights import Actor

NEVER = "!"

_UNALIGNED = """
SELECT p.person_id FROM org_placement p
LEFT JOIN accounts_membership m ON m.government_id = p.government_id AND m.person_id = p.person_id
WHERE p.government_id = %(government)s AND p.superseded_at IS NULL
  AND p.valid_from <= %(day)s AND (p.valid_until IS NULL OR p.valid_until > %(day)s)
  AND (m.id IS NULL OR m.is_keeper AND EXISTS (
    SELECT FROM org_identifier i WHERE i.government_id = p.government_id AND i.person_id = p.person_id
      AND i.kind IN ('email', 'nip', 'ni_pppk')
      AND (i.superseded_at IS NULL AND i.valid_from <= %(day)s AND (i.valid_until IS NULL OR i.valid_until > %(day)s))
          = NOT EXISTS (SELECT FROM accounts_signinname s WHERE s.account_id = m.account_id AND s.value = i.value)))
"""


@dataclass(frozen=True, slots=True)
class Home:
    """A government in which an account has a person."""

    government_id: int
    government: str
    zone: str
    person_id: int
    person: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way in that a code names: of which government, under which number."""

    government_id: int
    activation_id: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What the operator of the platform sees of a government: no row, only how many."""

    government: str
    kind: str
    units: int
    sites: int
    people: int
    accounts: int
    activated: int


def homes_of(account_id: int) -> list[Home]:
    """Return the governments of an account, asked of the database before any government is chosen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_homes(%s)", [account_id])
        return [Home(*row) for row in cursor.fetchall()]


def find_way(code: str) -> Way:
    """The way in that a code names, open or not; CodeRefused where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_activation_of(%s)", [digest_of(code)])
        row = cursor.fetchone()
    if row is None:
        raise CodeRefused
    return Way(*row)


def open_way(way: Way) -> Activation:
    """A way in that can still be used, with its account, read in its own government; else CodeRefused."""
    found = Activation.objects.filter(pk=way.activation_id, used_at=None, withdrawn_at=None, expires_at__gt=now())
    activation: Activation | None = found.select_related("account").first()
    if activation is None or not activation.account.is_active:
        raise CodeRefused
    return activation


def totals(on: date) -> list[Totals]:
    """The totals of every government, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_totals(%s)", [on])
        return [Totals(*row) for row in cursor.fetchall()]


def keeper_of(account: Account | None) -> Membership | None:
    """The membership by which the current government keeps an account; None where it does not."""
    found = Membership.objects.filter(account=account, is_keeper=True).select_related("account", "person")
    return found.first()


def membership_of(person_id: int) -> Membership | None:
    """The account of a person, with it."""
    return Membership.objects.filter(person_id=person_id).select_related("account", "person").first()


def membership_of_account(account_id: int) -> Membership:
    """The person of an account in the current government."""
    membership: Membership = Membership.objects.select_related("person").get(account_id=account_id)
    return membership


def sign_in_names_of(account_ids: Collection[int]) -> dict[int, str]:
    """One sign-in name of each account to be printed: its number before its e-mail."""
    rows = SignInName.objects.filter(account_id__in=account_ids).order_by("kind").values_list("account_id", "value")
    return dict(rows)


def sign_in_names_of_people(person_ids: Any) -> dict[int, str]:
    """One sign-in name of each person, of those who have an account."""
    rows = SignInName.objects.filter(account__memberships__person_id__in=person_ids).order_by("kind")
    return dict(rows.values_list("account__memberships__person_id", "value"))


def names_of(account_id: int) -> QuerySet[SignInName]:
    """Everything that an account can be signed in with."""
    return SignInName.objects.filter(account_id=account_id).order_by("-kind", "value")


def reset_slips_awaited(person_ids: Collection[int]) -> frozenset[int]:
    """The accounts of these people for whom the help desk allowed that a slip is printed."""
    rows = Activation.objects.filter(
        purpose=Activation.Purpose.RESET,
        channel=Activation.Channel.SLIP,
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=now(),
        account__memberships__person_id__in=person_ids,
    )
    return frozenset(rows.values_list("account_id", flat=True))


def never_activated(roots: Collection[str], on: date) -> QuerySet[Placement]:
    """The placements of those in these subtrees who never signed in, by name, with their sign-in names if any."""
    active = Membership.objects.exclude(account__password__startswith=NEVER).values("person_id")
    return placements_below(roots, on).exclude(person_id__in=active)


def awaiting_slip(roots: Collection[str], on: date) -> QuerySet[Placement]:
    """The placements of those in these subtrees for whom the help desk allowed a slip."""
    rows = Activation.objects.filter(
        purpose=Activation.Purpose.RESET,
        channel=Activation.Channel.SLIP,
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=now(),
    )
    people = Membership.objects.filter(account_id__in=rows.values("account_id")).values("person_id")
    return placements_below(roots, on).filter(person_id__in=people)


def accessible_phone(phone_id: int, *, actor: Actor) -> Phone:
    """A phone of one's own, or of somebody whom the actor helps to sign in; else NotFound."""
    phone = Phone.objects.filter(pk=phone_id).select_related("person").first()
    if phone is None:
        raise NotFound
    if phone.person_id != actor.person_id and not actor.may(Right.HELP_SIGN_IN, last_path(phone.person_id)):
        raise NotFound
    return phone


def phones_of(person_id: int) -> QuerySet[Phone]:
    """The phones of a person, the latest first, each with the instant of its latest pass."""
    latest = IssuedPass.objects.filter(phone=OuterRef("pk")).order_by("-issued_at").values("issued_at")[:1]
    return Phone.objects.filter(person_id=person_id).annotate(latest=Subquery(latest)).order_by("-bound_at")


def help_desks() -> QuerySet[Government]:
    """The governments that say how their help desk is reached, for whoever cannot sign in."""
    return Government.objects.filter(~Q(helpdesk_phone="") | ~Q(helpdesk_email="")).order_by("name")


def to_be_aligned(on: date) -> list[int]:
    """The people of the current government who belong to a unit and lack an account or one of their sign-in names."""
    with connection.cursor() as cursor:
        cursor.execute(_UNALIGNED, {"day": on, "government": government_id()})
        return [person_id for (person_id,) in cursor.fetchall()]
