"""What the room of absences refuses."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class Overlap(Refusal):
    """The person has an absence of the same effect on some of these days already."""

    code = "cover_overlap"
    status = 409
    sentence = gettext_noop("%(name)s has %(kind)s from %(first)s to %(last)s already.")


class WrongSpan(Refusal):
    """The span of an absence ends before it begins, lasts longer than any law allows, or lacks its hours."""

    code = "wrong_span"
    status = 422
    sentence = gettext_noop("The dates or hours are not in order.")


class UnknownKind(Refusal):
    """The catalogue has no such kind of absence."""

    code = "unknown_kind"
    status = 422
    sentence = gettext_noop("There is no such kind of absence.")


class AlreadyEnded(Refusal):
    """The absence was withdrawn or replaced in the meantime."""

    code = "cover_ended"
    status = 409
    sentence = gettext_noop("This absence was withdrawn or replaced already.")
