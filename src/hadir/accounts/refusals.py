"""What the room of signing in refuses."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class TooManyAttempts(Refusal):
    """Somebody failed too often from this address or with this name."""

    code = "too_many_attempts"
    status = 429
    sentence = gettext_noop("Too many attempts. Try again at %(time)s %(zone)s.")


class CodeRefused(Refusal):
    """The code or link is unknown, used, replaced or too old: which of them is nobody's business."""

    code = "code_refused"
    status = 410
    sentence = gettext_noop("This code or link does not work any more. Ask for a new one.")


class NoAddress(Refusal):
    """A letter cannot be sent to somebody without an e-mail."""

    code = "no_address"
    status = 409
    sentence = gettext_noop("No e-mail of this person is known. Use a printed slip.")


class NotKeeper(Refusal):
    """The account was made by another government, and only that one may help."""

    code = "not_keeper"
    status = 409
    sentence = gettext_noop("This account was made by %(government)s. Their help desk can help.")


class AlreadyActive(Refusal):
    """A first way in is asked for somebody who is in already."""

    code = "already_active"
    status = 409
    sentence = gettext_noop("%(name)s has signed in before. The help desk can open a new way in.")


class PhoneBlocked(Refusal):
    """The phone was blocked, because it was lost."""

    code = "phone_blocked"
    status = 403
    sentence = gettext_noop("This phone is blocked. Ask the help desk.")


class TooManyPhones(Refusal):
    """Somebody taps with more phones than a person carries."""

    code = "too_many_phones"
    status = 409
    sentence = gettext_noop(
        "You already use %(limit)s phones or browsers. Block one under Account, or ask the help desk."
    )


class NoPlacement(Refusal):
    """Somebody who belongs to no unit today has nothing to tap for."""

    code = "no_placement"
    status = 409
    sentence = gettext_noop("You belong to no unit today. Ask the admin of your unit.")


class AlreadyJoined(Refusal):
    """An account has somebody in that government already."""

    code = "already_joined"
    status = 409
    sentence = gettext_noop("Your account already belongs to that government.")


class NoSite(Refusal):
    """Neither the unit of a person nor any unit above it has a site, so that no tap could ever count."""

    code = "no_site"
    status = 409
    sentence = gettext_noop("Your unit has no place to tap at yet. Ask the admin of your unit, or use a terminal.")
