"""Keeping freed memory in the process, for processes that judge chunk after chunk."""

import numpy as np

LARGEST = 31 << 20
"""Bytes; just under the largest block that the C library learns to keep."""


def keep_freed_memory() -> None:
    """Let the C library keep what columns free instead of giving it back to the system after every chunk.

    glibc learns from the first large block freed how much to keep; without this a third of the time of judging goes to
    fetching the same pages again. Call it once at the start of a process; elsewhere it does nothing.
    """
    block = np.ones(LARGEST, np.uint8)
    del block
