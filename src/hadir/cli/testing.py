import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from hadir.cli.assets import provide_assets
from hadir.cli.browser import provide_browser
from hadir.cli.homes import ROOT
from hadir.cli.messages import provide_messages
from hadir.cli.pgbin import embedded_binaries, installed_binaries

NO_TEST = 5  # pytest's status where nothing was selected


def main(argv: Sequence[str]) -> int:
    """Run every test; what follows the verb's own options goes to pytest."""
    parser = argparse.ArgumentParser(
        prog="hadir test", description="Run all tests; further arguments are pytest's.", allow_abbrev=False
    )
    parser.add_argument("--one-server", action="store_true", help="leave out the installed PostgreSQL")
    options, given = parser.parse_known_args(argv)
    provide_assets(say)
    provide_messages()
    env = {**os.environ, "PYTHONPATH": ""}
    browser = provide_browser(say)
    if browser:
        env["HADIR_CHROMIUM"] = str(browser)
    else:
        say("There is no Chromium and none could be installed: the browser tests are LEFT OUT.")
    # The embedded server's run comes last, so that the last line counts every test.
    for folder in [] if options.one_server else other_servers():
        say(f"The tests that touch a database, on the PostgreSQL in {folder}:")
        status = run_pytest([*given, "-m", "not browser"], {**env, "HADIR_TEST_PG": folder})
        if status not in {0, NO_TEST}:
            return status
    say("All tests, on the embedded PostgreSQL:")
    return run_pytest(given, env)


def other_servers() -> list[str]:
    """The program folders of the installed servers whose version differs from the embedded one's."""
    embedded = embedded_binaries().major
    return [str(each.folder) for each in installed_binaries() if each.major != embedded]


def run_pytest(given: Sequence[str], env: dict[str, str]) -> int:
    """Run pytest on as many processes as there are cores, unless told otherwise."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(os.cpu_count() or 1), "--dist", "loadfile", *given]
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode


def say(line: str) -> None:
    """Tell what is being done."""
    print(line, file=sys.stderr, flush=True)
