"""Named fields `key=value`, whose secrets are dropped while they are read."""

from collections.abc import Iterable
from dataclasses import dataclass

from hadir.wire.adms.lines import without_control
from hadir.wire.adms.redaction import is_secret_name


@dataclass(frozen=True, slots=True)
class Fields:
    """Named texts in the order sent, names as sent; `withheld` names the fields whose values were not kept."""

    pairs: tuple[tuple[str, str], ...]
    withheld: tuple[str, ...]

    def first(self, name: str) -> str | None:
        """The first value of a field, whose name is compared without regard to case; None where absent or withheld."""
        wanted = name.lower()
        return next((value for key, value in self.pairs if key.lower() == wanted), None)


def read_fields(parts: Iterable[str]) -> Fields:
    """Fields of texts `key=value`; a text without `=` or without a name is passed over."""
    pairs: list[tuple[str, str]] = []
    withheld: list[str] = []
    for part in parts:
        name, sign, value = part.partition("=")
        key = without_control(name.strip())
        if not sign or not key:
            continue
        if is_secret_name(key):
            withheld.append(key)
        else:
            pairs.append((key, without_control(value.rstrip("\r"))))
    return Fields(tuple(pairs), tuple(withheld))
