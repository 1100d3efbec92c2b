from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from hadir.accounts.models import Account, Activation, Membership
from hadir.audit.commands import note_act
from hadir.kernel.clock import now
from hadir.org.rights import NotAllowed, Right

if TYPE_CHECKING:
    from collections.abc import Collection

    from hadir.org.rights import Actor


def change_password(account: Account, password: str, *, actor: Actor) -> None:
    """Give one's own account another password; every other session of it ends, and no way in stays open."""
    if actor.account_id != account.pk:
        raise NotAllowed
    store_password(account, password)
    if actor.person_id is not None:
        note_act("account.password", account, actor=actor)


def store_password(account: Account, password: str) -> None:
    """Keep a new password, which ends the sessions that were opened with the former, and withdraw every code."""
    account.set_password(password)
    account.save(update_fields=["password"])
    Activation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=now())


def choose_language(account: Account, language: str) -> None:
    """Keep in which language letters to the owner of an account are written."""
    account.language = language
    account.save(update_fields=["language"])


def give_passwords(person_ids: Collection[int], password: str, *, actor: Actor) -> int:
    """Give people's accounts one password, so that the demo can be tried; only the installation's owner may."""
    actor.require(Right.EDIT_UNITS, "/")
    accounts = Membership.objects.filter(person_id__in=person_ids).values_list("account_id", flat=True)
    return Account.objects.filter(pk__in=list(accounts)).update(password=make_password(password))


def make_platform_operator(account: Account, *, actor: Actor) -> None:
    """Let an account see the totals of every government; only the installation's owner may."""
    actor.require(Right.EDIT_UNITS, "/")
    account.is_platform_operator = True
    account.save(update_fields=["is_platform_operator"])
