from collections.abc import Callable
from dataclasses import dataclass

from hadir.cli.trouble import TroubleError


@dataclass(frozen=True)
class Finding:
    """What one look at an installation found: what is so, and, where it is wrong, how to mend it."""

    said: str
    mend: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something must be mended."""
        return bool(self.mend)


def looked(look: Callable[[], Finding]) -> Finding:
    """The finding of a look; a trouble on the way is a finding as well."""
    try:
        return look()
    except TroubleError as trouble:
        said, _colon, mend = str(trouble).partition(": ")
        return Finding(said, mend or said)
