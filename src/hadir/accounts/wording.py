"""What is asked of a password, and why one is refused, in this product's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
    get_default_password_validators,
)
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError
    from django.utils.functional import _StrPromise

_HINTS: dict[type, _StrPromise] = {
    UserAttributeSimilarityValidator: _("Not like your name or your e-mail."),
    MinimumLengthValidator: _("At least %(min_length)d characters."),
    CommonPasswordValidator: _("Not one that many people use."),
    NumericPasswordValidator: _("Not figures alone."),
}
_REFUSALS: dict[str, _StrPromise] = {
    "password_too_similar": _("This password is too much like your name or your e-mail. Choose another one."),
    "password_too_short": _("This password is too short: it needs at least %(min_length)d characters."),
    "password_too_common": _("Many people use this password, so it is easily guessed. Choose another one."),
    "password_entirely_numeric": _("This password is made of figures alone. Add letters or other signs."),
}


def password_hints() -> str:
    """Return what the validators of the settings ask; a validator without words here speaks for itself."""
    hints = []
    for validator in get_default_password_validators():
        hint = _HINTS.get(type(validator))
        hints.append(validator.get_help_text() if hint is None else str(hint) % vars(validator))
    return " ".join(hints)


def password_refusals(error: ValidationError) -> list[str]:
    """Return why the validators refused a password, one sentence for each."""
    said = []
    for each in error.error_list:
        words = _REFUSALS.get(each.code or "")
        said += each.messages if words is None else [str(words) % (each.params or {})]
    return said
