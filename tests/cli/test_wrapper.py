import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "readlink", "cat", "cksum", "df", "awk", "id", "mkdir", "grep", "tail", "printf")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout on a machine with the tools of POSIX and no Python."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "hadir", tmp_path / "hadir")
    for name in ("run", "dev", "bootstrap"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("")
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def add_program(machine: Path, name: str, script: str) -> None:
    path = machine / "bin" / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def start(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(machine / "hadir"), *arguments],
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_without_python_is_told_which_one(machine: Path) -> None:
    done = start(machine)
    assert done.returncode == 1
    assert "Python 3.11 or newer, and there is none" in done.stderr


def test_an_old_python_is_named(machine: Path) -> None:
    add_program(machine, "python3", 'case $1 in -V) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    assert "this machine has only Python 3.9.2" in start(machine).stderr


def test_a_python_that_cannot_make_environments_is_told_what_to_install(machine: Path) -> None:
    add_program(machine, "python3", 'case "$*" in -V) echo "Python 3.11.2" ;; *ensurepip*) exit 1 ;; *) exit 0 ;; esac')
    assert "apt-get install python3-venv" in start(machine).stderr


def test_a_full_disk_is_told_before_anything_is_made(machine: Path) -> None:
    add_program(machine, "df", 'echo "Filesystem 1024-blocks Used Available"; echo "disk 100 100 5120"')
    done = start(machine)
    assert "has only 5 MB free" in done.stderr
    assert not (machine / ".venv").exists()


def test_a_network_that_is_gone_is_told_in_one_sentence(machine: Path) -> None:
    venv = machine / ".venv" / "bin"
    venv.mkdir(parents=True)
    script = 'case "$*" in *"import pip"*) exit 0 ;; *) echo "ERROR: Connection refused" >&2; exit 1 ;; esac'
    (venv / "python").write_text(f"#!/bin/sh\n{script}\n")
    (venv / "python").chmod(0o755)
    done = start(machine)
    assert "the package index cannot be reached" in done.stderr


def test_without_a_verb_every_verb_is_listed() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    said = subprocess.run([sys.executable, "-m", "hadir"], env=env, check=True, capture_output=True, text=True).stdout
    assert {"demo", "serve", "test", "check", "bench", "doctor", "backup", "restore"} <= set(said.split())


def test_an_unknown_verb_is_refused() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-m", "hadir", "fly"], env=env, check=False, capture_output=True, text=True)
    assert (done.returncode, "there is no verb 'fly'" in done.stderr) == (2, True)
