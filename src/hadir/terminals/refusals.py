"""What the room of terminals refuses."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class NotHeard(Refusal):
    """No terminal of this serial number has spoken, or another government has it: the answer is the same."""

    code = "not_heard"
    status = 404
    sentence = gettext_noop(
        "No terminal with the number %(serial)s is waiting. Check the number on its box, and the server address in it."
    )


class SerialTaken(Refusal):
    """A terminal of this serial number is approved already."""

    code = "serial_taken"
    status = 409
    sentence = gettext_noop("The terminal %(serial)s is in use already.")


class WrongNetwork(Refusal):
    """A network is not written as address/length."""

    code = "wrong_network"
    status = 422
    sentence = gettext_noop("%(value)s is not a network. Write for example 10.20.30.0/24.")


class PinTaken(Refusal):
    """A PIN is somebody's within these dates."""

    code = "pin_taken"
    status = 409
    sentence = gettext_noop("In this time the PIN %(pin)s belongs to %(person)s. End that first.")


class WrongDates(Refusal):
    """The last day lies before the first."""

    code = "wrong_dates"
    status = 422
    sentence = gettext_noop("The last day lies before the first.")
