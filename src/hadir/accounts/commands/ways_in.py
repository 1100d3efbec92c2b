"""How a way in is opened: its code is made, its digest kept, and whatever was open before is withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from hadir.accounts.models import Account, Activation
from hadir.accounts.secrets import digest_of, make_code, make_link_code
from hadir.kernel.clock import now
from hadir.notices.commands import queue_mail
from hadir.notices.letters import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hadir.org.models import Identifier

Purpose, Channel = Activation.Purpose, Activation.Channel

LASTS = {
    (Purpose.FIRST_SIGN_IN, Channel.SLIP): timedelta(days=30),
    (Purpose.FIRST_SIGN_IN, Channel.EMAIL): timedelta(days=7),
    (Purpose.RESET, Channel.SLIP): timedelta(days=7),
    (Purpose.RESET, Channel.EMAIL): timedelta(hours=2),
}


def open_ways(wanted: Sequence[tuple[int, Activation.Purpose]], channel: Activation.Channel) -> list[str]:
    """Open a way in for each account and withdraw those before it; return the codes, which are kept nowhere."""
    at = now()
    account_ids = [account_id for account_id, _ in wanted]
    Activation.objects.filter(account_id__in=account_ids, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    make = make_code if channel is Channel.SLIP else make_link_code
    codes = [make() for _ in wanted]
    Activation.objects.bulk_create(
        Activation(
            account_id=account_id,
            purpose=purpose,
            channel=channel,
            digest=digest_of(code),
            made_at=at,
            expires_at=at + LASTS[purpose, channel],
        )
        for (account_id, purpose), code in zip(wanted, codes, strict=True)
    )
    return codes


def send_way(account: Account, purpose: Activation.Purpose, *, to: str, name: str) -> None:
    """Open a way in for an account and send its link to an address."""
    (code,) = open_ways([(account.pk, purpose)], Channel.EMAIL)
    link = settings.HADIR_PUBLIC_URL + reverse("accounts:enter_code", args=[code])
    letter = "invitation" if purpose is Purpose.FIRST_SIGN_IN else "reset"
    hours = LASTS[purpose, Channel.EMAIL] // timedelta(hours=1)
    told = {"name": name, "link": link, "hours": hours, "days": hours // 24}
    queue_mail(to, Letter(f"accounts/mail/{letter}.txt", told), language=account.language)


def address_of(named: Mapping[str, str], *kinds: Identifier.Kind) -> str:
    """Return the first address of these kinds that somebody has, or nothing."""
    return next((named[kind] for kind in kinds if named.get(kind)), "")
