"""What the room of clock events refuses."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class NotYet(Refusal):
    """A tap would have been made in the future."""

    code = "not_yet"
    status = 422
    sentence = gettext_noop("This instant has not come yet.")


class WrongOutage(Refusal):
    """An outage ends before it begins, or names both a site and a unit."""

    code = "wrong_outage"
    status = 422
    sentence = gettext_noop("An outage ends after it begins, and hits one site, one unit or everybody.")


class AlreadyWithdrawn(Refusal):
    """The outage was withdrawn in the meantime."""

    code = "outage_withdrawn"
    status = 409
    sentence = gettext_noop("This outage was withdrawn already.")
