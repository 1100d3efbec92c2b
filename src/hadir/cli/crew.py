import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from hadir.cli.leash import leash
from hadir.cli.trouble import TroubleError

STOP_SECONDS = 15.0
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequestedError(Exception):
    """Somebody asked this process to end, by Ctrl-C or a signal."""


@dataclass
class Crew:
    """The processes that work for this one; none of them outlives it.

    Each runs in a session of its own, so that Ctrl-C reaches only the parent, which ends them in order.
    """

    _members: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False)

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str], log: Path | None = None) -> None:
        """Start a process; its words go to the log, or to the terminal where there is none."""
        with contextlib.ExitStack() as stack:
            out: IO[bytes] | None = stack.enter_context(log.open("ab")) if log else None
            self._members[name] = subprocess.Popen(
                list(command),
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=leash(signal.SIGTERM),  # noqa: PLW1509 - no threads run yet, and only the kernel is asked
            )

    @property
    def numbers(self) -> dict[str, int]:
        """The process number of each member."""
        return {name: member.pid for name, member in self._members.items()}

    def check(self) -> None:
        """Say so where a member has ended.

        Raises:
            TroubleError: A member ended by itself.
        """
        for name, member in self._members.items():
            code = member.poll()
            if code is not None:
                raise TroubleError(f"The {name} process ended by itself ({_ending(code)}).")

    def watch(self) -> None:
        """Wait until a member, or any other child of this process, ends.

        Raises:
            TroubleError: A member, or the database server, ended by itself.
            StopRequestedError: A signal came, where `ending_signals` stands around this call.
        """
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        self.check()
        raise TroubleError("The database server ended by itself.")

    def stop(self) -> None:
        """Ask every member to end, last come first, and end those that take too long."""
        members = list(reversed(self._members.values()))
        for member in members:
            _signal_group(member, signal.SIGTERM)
        for member in members:
            with contextlib.suppress(subprocess.TimeoutExpired):
                member.wait(STOP_SECONDS)
            _signal_group(member, signal.SIGKILL)  # also what a member left behind in its group
            member.wait()
        self._members.clear()


@contextlib.contextmanager
def ending_signals() -> Iterator[None]:
    """Turn the signals that end a process into `StopRequestedError`, so that what was begun is ended in order."""

    def ask(number: int, _frame: FrameType | None) -> None:
        # One request is enough: a second Ctrl-C must not interrupt the tidying up.
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN)
        raise StopRequestedError(signal.Signals(number).name)

    before = {number: signal.signal(number, ask) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _signal_group(member: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # the whole group may be gone already
        os.killpg(member.pid, number)


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
