import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def leash(number: signal.Signals) -> Callable[[], None]:
    """What a child does before it becomes its program, so that it gets that signal when its parent dies without a word.

    Only Linux can do it; elsewhere a killed parent's children are found and ended by the next start.
    """
    if not sys.platform.startswith("linux"):
        return _nothing
    libc = ctypes.CDLL(None)

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number))

    return tie


def _nothing() -> None:
    """Do nothing."""
