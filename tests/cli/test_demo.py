import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests import servers

SOURCES = Path(__file__).resolve().parents[2] / "src"
PEOPLE = "25"


@dataclass
class Demo:
    """The demo on a machine of its own: a state folder and a port."""

    state: Path
    port: int

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "hadir", "demo", "--port", str(self.port), *arguments]

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HADIR_")}
        return {**kept, "PYTHONPATH": str(SOURCES), "HADIR_STATE": str(self.state)}

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            self.command("--size", PEOPLE), env=self.env, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C ends everything" in line:
                break
        else:
            process.communicate()
            pytest.fail("".join(said))
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)

    def fetch(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    def refusal(self, *arguments: str) -> str:
        done = subprocess.run(self.command(*arguments), env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A demo that was started once, answered, and was ended by Ctrl-C."""
    folder = servers.open_temporary_folder()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        made = Demo(folder / "state", probe.getsockname()[1])
    with made.running() as process:
        assert '"healthy": true' in made.fetch("/gate/health").replace('":t', '": t')
    assert process.returncode == 0
    assert processes_of(made) == []
    yield made
    servers.remove(folder)


def processes_of(demo: Demo) -> list[str]:
    """Processes that name the demo's folder in their command line: its PostgreSQL, above all."""
    said = subprocess.run(["ps", "-ww", "-e", "-o", "args="], check=True, capture_output=True, text=True).stdout
    return [line for line in said.splitlines() if str(demo.state) in line]


def test_a_second_start_keeps_what_the_first_one_made(demo: Demo) -> None:
    loaded = (demo.state / "demo" / "loaded.json").stat().st_mtime_ns
    with demo.running():
        assert "<form" in demo.fetch("/sign-in")
    assert (demo.state / "demo" / "loaded.json").stat().st_mtime_ns == loaded


def test_a_start_after_a_crash_finds_everything_again(demo: Demo) -> None:
    with demo.running() as process:
        process.kill()
        process.wait()
    with demo.running():
        assert "<form" in demo.fetch("/sign-in")
    assert processes_of(demo) == []


def test_a_second_demo_beside_the_first_is_told_where_that_one_is(demo: Demo) -> None:
    with demo.running() as process:
        assert f"already runs here: process {process.pid}, http://localhost:{demo.port}" in demo.refusal()


def test_another_size_needs_a_fresh_start(demo: Demo) -> None:
    assert f"holds {PEOPLE} people" in demo.refusal("--size", "26")


def test_a_busy_port_is_told_by_its_number(demo: Demo) -> None:
    with socket.create_server(("127.0.0.1", demo.port)):
        assert f"Port {demo.port} of 127.0.0.1 is busy" in demo.refusal()
