from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.accounts.wording import password_hints, password_refusals

if TYPE_CHECKING:
    from hadir.accounts.models import Account

LONGEST_PASSWORD = 128


def _secret(**attributes: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs=attributes)


class SignInForm(forms.Form):
    """Who comes in, and with what."""

    name = forms.CharField(
        label=_("Office e-mail, NIP or NI PPPK"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=_secret(autocomplete="current-password"),
    )


class NameForm(forms.Form):
    """Whose password is to be new."""

    name = forms.CharField(
        label=_("Office e-mail, NIP or NI PPPK"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Ten signs from your slip; blanks and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class NewPasswordForm(forms.Form):
    """A password that its owner chooses, twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=_secret(autocomplete="new-password"),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=_secret(autocomplete="new-password"),
    )

    def __init__(self, account: Account, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account
        self.fields["password"].help_text = password_hints()

    @override
    def clean(self) -> dict[str, Any]:
        """Ask both to be the same, and the validators of the settings to be content."""
        given = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", _("This is not the same password."))
        elif password:
            try:
                validate_password(password, self.account)
            except ValidationError as error:
                self.add_error("password", password_refusals(error))
        return given


class ChangePasswordForm(NewPasswordForm):
    """The same, by somebody who knows the former one."""

    former = forms.CharField(
        label=_("Your password until now"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=_secret(autocomplete="current-password"),
    )
    field_order = ["former", "password", "again"]

    def clean_former(self) -> str:
        """Ask the former password to be right."""
        former: str = self.cleaned_data["former"]
        if not self.account.check_password(former):
            raise ValidationError(_("This is not your password."))
        return former
