from __future__ import annotations

from typing import TYPE_CHECKING

from hadir.accounts.commands.passwords import store_password
from hadir.accounts.models import Account, Activation, Membership, SignInName
from hadir.accounts.queries import homes_of
from hadir.accounts.refusals import AlreadyJoined, CodeRefused
from hadir.audit.commands import note_act
from hadir.kernel.clock import now
from hadir.org.rights import Actor
from hadir.tenancy.current import acting_in

if TYPE_CHECKING:
    from hadir.accounts.queries import Way


def enter_by_way(way: Way, password: str, *, address: str | None) -> Account:
    """Use a way in once: give its account the password that its owner chose. CodeRefused where it is not open."""
    with acting_in(way.government_id):
        activation = _take(way)
        account: Account = activation.account
        store_password(account, password)
        membership = Membership.objects.get(account=account)
        actor = Actor(account.pk, membership.person_id, address=address)
        note_act("account.entered", membership.person, actor=actor, purpose=activation.purpose)
    return account


def join_by_way(way: Way, account: Account, *, address: str | None) -> None:
    """Make the account of a code one with the account that its owner is signed in with.

    The code proves who the person is here, the signed-in session that the account is theirs; neither alone is enough.
    The government of the code does not become keeper of the account.
    """
    with acting_in(way.government_id):
        activation = _take(way)
        joined: Account = activation.account
        if joined.has_usable_password() or joined.pk == account.pk:
            raise CodeRefused
        if Membership.objects.filter(account=account).exists():
            raise AlreadyJoined
        membership = Membership.objects.get(account=joined)
        membership.account, membership.is_keeper = account, False
        membership.save(update_fields=["account", "is_keeper"])
        SignInName.objects.filter(account=joined).update(account=account)
        joined.is_active = False
        joined.save(update_fields=["is_active"])
        actor = Actor(account.pk, membership.person_id, address=address)
        note_act("account.joined", membership.person, actor=actor)


def _take(way: Way) -> Activation:
    """Count a way in as used; of two who use it at once, one waits here and is refused."""
    at = now()
    activation: Activation | None = (
        Activation.objects.select_for_update(of=("self",))
        .filter(pk=way.activation_id, used_at=None, withdrawn_at=None, expires_at__gt=at)
        .select_related("account")
        .first()
    )
    if activation is None or not activation.account.is_active:
        raise CodeRefused
    activation.used_at = at
    activation.save(update_fields=["used_at"])
    return activation


def note_sign_in(account: Account, *, address: str | None) -> None:
    """Note in the journal of each government of an account that somebody signed in."""
    for home in homes_of(account.pk):
        with acting_in(home.government_id):
            note_act("account.signed_in", account, actor=Actor(account.pk, home.person_id, address=address))
