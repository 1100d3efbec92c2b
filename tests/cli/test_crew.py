import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hadir.cli.crew import Crew, StopRequestedError, ending_signals
from hadir.cli.trouble import TroubleError

# A server with a child of its own, as granian has; each says that it is there.
PARENT_OF_A_CHILD = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(60)"
)


@pytest.fixture
def crew() -> Iterator[Crew]:
    made = Crew()
    yield made
    made.stop()


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def lives(number: int) -> bool:
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], check=False, capture_output=True, text=True).stdout
    return bool(said.strip()) and not said.strip().startswith("Z")


def first_line(log: Path) -> str:
    deadline = time.monotonic() + 20
    while not (log.exists() and log.read_text().endswith("\n")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return log.read_text().splitlines()[0]


def await_end(number: int) -> None:
    deadline = time.monotonic() + 20
    while lives(number):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_stopping_ends_a_member_and_what_it_started(crew: Crew, tmp_path: Path) -> None:
    crew.start("server", python(PARENT_OF_A_CHILD), os.environ, tmp_path / "log")
    child = int(first_line(tmp_path / "log"))
    parent = crew.numbers["server"]
    crew.stop()
    await_end(child)
    assert not lives(parent)


def test_a_member_that_ends_by_itself_is_told_by_name(crew: Crew) -> None:
    crew.start("worker", python("raise SystemExit(3)"), os.environ)
    with pytest.raises(TroubleError, match=r"The worker process ended by itself \(exit status 3\)"):
        crew.watch()


def test_a_signal_asks_for_the_end_once() -> None:
    with ending_signals():
        with pytest.raises(StopRequestedError, match="SIGTERM"):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a child that its parent died")
def test_members_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from hadir.cli.crew import Crew\n"
        "crew = Crew()\n"
        "crew.start('server', [sys.executable, '-c', 'import time; time.sleep(60)'], os.environ)\n"
        f"Path({str(tmp_path / 'log')!r}).write_text(str(crew.numbers['server']) + chr(10))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run(python(code), check=False, env={**os.environ, "PYTHONPATH": "src"})
    await_end(int(first_line(tmp_path / "log")))
