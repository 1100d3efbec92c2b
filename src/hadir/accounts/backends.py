from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from typing_extensions import override

from hadir.accounts.models import Account

if TYPE_CHECKING:
    from django.http import HttpRequest


class SignInNameBackend(BaseBackend):
    """Sign in with an office e-mail, a NIP or an NI PPPK."""

    @override
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """Return the account, or None; an unknown name costs as much time as a wrong password."""
        if username is None or password is None:
            return None
        account = Account.objects.filter(sign_in_names__value=normalised(username)).first()
        if account is None:
            make_password(password)
            return None
        return account if account.is_active and account.check_password(password) else None

    @override
    def get_user(self, user_id: int) -> Account | None:
        """Return an account that may still sign in."""
        return Account.objects.filter(pk=user_id, is_active=True).first()


def normalised(name: str) -> str:
    """Return a sign-in name as it is stored: lower case, and a number without the blanks it is printed with."""
    bare = name.strip().lower()
    return bare if "@" in bare else "".join(character for character in bare if character.isalnum())
