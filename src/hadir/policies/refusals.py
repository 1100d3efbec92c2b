"""What the room of policies refuses."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class TooEarly(Refusal):
    """A policy would begin today or earlier, though it is not the first one here or cites no document."""

    code = "too_early"
    status = 422
    sentence = gettext_noop("A policy begins tomorrow at the earliest. Only the first one here may cite a document.")


class EnforcedTooEarly(Refusal):
    """A policy would have consequences before it holds."""

    code = "enforced_too_early"
    status = 422
    sentence = gettext_noop("A policy cannot be enforced before it begins.")
