"""What the room of units and people refuses."""

from __future__ import annotations

from hadir.kernel.refusals import Refusal, gettext_noop


class NotFound(Refusal):
    """There is no such thing, or it belongs to others: the answer is the same, so that nothing is given away."""

    code = "not_found"
    status = 404
    sentence = gettext_noop("This was not found.")


class IdentifierTaken(Refusal):
    """A number or address names somebody else at that time."""

    code = "identifier_taken"
    status = 409
    sentence = gettext_noop("%(value)s already belongs to somebody else.")


class CodeTaken(Refusal):
    """A unit has this code already."""

    code = "code_taken"
    status = 409
    sentence = gettext_noop("The code %(value)s already belongs to another unit.")


class NameTaken(Refusal):
    """A site or a group has this name already."""

    code = "name_taken"
    status = 409
    sentence = gettext_noop("The name %(value)s is already used.")


class ReasonNeeded(Refusal):
    """A change of the past has consequences for days already judged, so somebody must say why."""

    code = "reason_needed"
    status = 422
    sentence = gettext_noop("This changes days that are over. Write the reason.")


class LoopOfSuperiors(Refusal):
    """Somebody would be, over others or at once, their own superior."""

    code = "loop_of_superiors"
    status = 422
    sentence = gettext_noop("%(name)s cannot be their own superior, directly or over others.")


class StillInUse(Refusal):
    """A unit that people or units belong to cannot be closed."""

    code = "still_in_use"
    status = 409
    sentence = gettext_noop("People or units still belong to it. Move them first.")


class WrongPlace(Refusal):
    """A position or a radius lies where no office can be."""

    code = "wrong_place"
    status = 422
    sentence = gettext_noop("This is not a place in Indonesia, or its radius is not between 20 m and 5 km.")
