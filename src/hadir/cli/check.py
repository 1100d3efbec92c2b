import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from hadir.cli.assets import provide_modules, provide_node
from hadir.cli.homes import FRONTEND, ROOT
from hadir.cli.trouble import TroubleError

PYTHON = (sys.executable, "-m")
DJANGO = (*PYTHON, "django")
BIN = Path(sys.executable).parent
SOURCES = ("src", "tests", "bench")

COMMANDS: dict[str, tuple[str, ...]] = {
    "types": (*PYTHON, "mypy"),
    "format": (*PYTHON, "ruff", "format", "--check", "--quiet", *SOURCES),
    "lint": (*PYTHON, "ruff", "check", "--quiet", *SOURCES),
    "contracts": (str(BIN / "lint-imports"),),
    "templates": (*PYTHON, "djlint", "--lint", "--quiet", "src"),
    "migrations": (*DJANGO, "makemigrations", "--check", "--dry-run"),
    "translations": (*PYTHON, "hadir", "messages", "check"),
}

# An address of a package's host binds the lock file to one place; checksums are what binds.
ADDRESS = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\": ?\"http|@ https?://")

# Nothing is read from a database here; the settings only have to load.
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "hadir.config.settings",
    "HADIR_DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/nowhere",
    "HADIR_SECRET": "no secret at all, for checks alone",
    "PYTHONWARNINGS": "ignore::RuntimeWarning",
}


def main(argv: Sequence[str]) -> int:
    """Run the checks and tell what failed last, where it is seen."""
    parser = argparse.ArgumentParser(prog="hadir check", description="Check everything that needs no running Hadir.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(known_checks())}")
    names = parser.parse_args(argv).names or list(known_checks())
    unknown = set(names) - set(known_checks())
    if unknown:
        raise TroubleError(f"There is no check {', '.join(sorted(unknown))}; there are {', '.join(known_checks())}.")
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        said = dict(zip(names, pool.map(run_one, names), strict=True))
    failed = {name: words for name, words in said.items() if words}
    for name, words in failed.items():
        print(f"\n--- {name}\n{words}")
    print(f"\n{len(names) - len(failed)} checks hold{'; these do not: ' + ', '.join(failed) if failed else ''}.")
    return 1 if failed else 0


def known_checks() -> dict[str, Callable[[], str]]:
    """Every check by name; each returns what is wrong, or nothing."""
    return {
        **{name: partial(run, command, ROOT) for name, command in COMMANDS.items()},
        "front end": check_front_end,
        "addresses": addresses_in_lock_files,
    }


def run_one(name: str) -> str:
    """Run one check, with a line when it is done."""
    begun = time.monotonic()
    words = known_checks()[name]()
    print(f"{'FAILED' if words else 'ok':<7}{name} ({time.monotonic() - begun:.1f} s)", flush=True)
    return words


def run(command: Sequence[str], folder: Path) -> str:
    """What a command said, if it failed."""
    done = subprocess.run(
        list(command),
        cwd=folder,
        env={**os.environ, **SETTINGS},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else f"{done.stdout}{done.stderr}".strip() or f"exit status {done.returncode}"


def check_front_end() -> str:
    """What the front end's own formatter and type checker find."""
    node = provide_node(print)
    provide_modules(node, print)
    return run([*node.npm, "run", "--silent", "check"], FRONTEND)


def addresses_in_lock_files() -> str:
    """Lines of the lock files that name a host."""
    files = [*sorted((ROOT / "requirements").iterdir()), FRONTEND / "package-lock.json"]
    return "\n".join(
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if ADDRESS.search(line)
    )
