"""What the gate answers when it will not keep what was sent."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class UnknownAddress(Refusal):
    """Nothing stands at this path."""

    code = "unknown_address"
    status = 404
    sentence = gettext_noop("There is nothing at this address.")


class WrongMethod(Refusal):
    """The path exists, but not with this method."""

    code = "wrong_method"
    status = 405
    sentence = gettext_noop("This address does not understand the method %(method)s.")


class TooLarge(Refusal):
    """The body is larger than `limit` bytes."""

    code = "too_large"
    status = 413
    sentence = gettext_noop("What was sent is larger than %(limit)s bytes.")


class TooMany(Refusal):
    """Asked too often; `seconds` says how long to wait."""

    code = "too_many"
    status = 429
    sentence = gettext_noop("Too many requests. Try again in %(seconds)s seconds.")


class SignatureRefused(Refusal):
    """The tap is not signed by the phone that the pass is bound to."""

    code = "signature_refused"
    status = 401
    sentence = gettext_noop("The tap was not signed by the phone that this pass belongs to.")


class OtherPerson(Refusal):
    """The pass belongs to somebody else than the tap says."""

    code = "other_person"
    status = 403
    sentence = gettext_noop("This pass belongs to another person.")


class ReceiptRefused(Refusal):
    """The receipt is not one that this installation signed."""

    code = "receipt_refused"
    status = 401
    sentence = gettext_noop("This receipt is not authentic.")


class SelfieMismatch(Refusal):
    """The image is not the one whose hash the tap holds."""

    code = "selfie_mismatch"
    status = 409
    sentence = gettext_noop("This photo is not the one that was announced with the tap.")


class NotAnImage(Refusal):
    """The first bytes are those of no JPEG, PNG or WebP."""

    code = "not_an_image"
    status = 415
    sentence = gettext_noop("This is not a JPEG, PNG or WebP image.")


class NotStored(Refusal):
    """The database cannot keep anything now: nothing is acknowledged, the sender repeats."""

    code = "not_stored"
    status = 503
    sentence = gettext_noop("Nothing can be stored now. Your phone will try again.")
