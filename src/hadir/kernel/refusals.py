"""What Hadir answers when it will not do what was asked: a code, a status, a sentence and the data in it."""

from __future__ import annotations

from typing import Any, ClassVar

from typing_extensions import override


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue of translations; it is translated where it is shown."""
    return sentence


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Something that was asked is not done; subclasses name what, and the keyword arguments fill the sentence."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = gettext_noop("This cannot be done.")

    def __init__(self, **data: Any) -> None:
        super().__init__(self.code)
        self.data = data

    @override
    def __str__(self) -> str:
        return self.sentence % self.data

    def as_dict(self) -> dict[str, Any]:
        """Return code, English sentence and data, as every JSON answer shows a refusal."""
        return {"code": self.code, "sentence": str(self), "data": self.data}


class InvalidData(Refusal):
    """Given data is wrong: `place` is the path of the value, `value` what stands there, `reason` why not."""

    code = "invalid_data"
    status = 422
    sentence = gettext_noop("%(place)s: %(value)s is not accepted (%(reason)s).")

    def __init__(self, place: str, value: object, reason: str) -> None:
        super().__init__(place=place, value=value if isinstance(value, int | str) else repr(value), reason=reason)
