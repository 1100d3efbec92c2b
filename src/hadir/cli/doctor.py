import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

from hadir.cli import doctor_database, doctor_machine
from hadir.cli.findings import Finding, looked

Look = Callable[[], Finding]


def main(argv: Sequence[str]) -> int:
    """Look at an installation; tell what is wrong and how to mend it."""
    parser = argparse.ArgumentParser(prog="hadir doctor", description="Say what is wrong and how to mend it.")
    parser.add_argument(
        "--ntp",
        metavar="HOST",
        default=os.environ.get("HADIR_TIME_SERVER"),
        help="a time server (host or host:port) to compare the clock with (default: HADIR_TIME_SERVER)",
    )
    parser.add_argument("--clock-url", metavar="URL", help="a web server to compare the clock with")
    options = parser.parse_args(argv)
    looks = [*machine_looks(), *clock_looks(options)]
    with doctor_database.Examined() as database:
        looks += database.looks()
        wrong = sum(tell(name, looked(look)) for name, look in looks)
    print(f"\n{wrong} to mend." if wrong else "\nAll is well.")
    return 1 if wrong else 0


def machine_looks() -> list[tuple[str, Look]]:
    """What can be looked at without the database."""
    return [
        ("Python", doctor_machine.python),
        ("disk", doctor_machine.disk),
        ("secret", doctor_machine.secret),
        ("address", doctor_machine.address),
        ("certificate", doctor_machine.certificate),
        ("photos", doctor_machine.photos),
        ("pages", doctor_machine.pages),
        ("mail", doctor_machine.mail),
    ]


def clock_looks(options: argparse.Namespace) -> list[tuple[str, Look]]:
    """The comparisons of the clock that were asked for."""
    asked: list[tuple[str, Callable[[str], Finding], str | None]] = [
        ("clock, by NTP", doctor_machine.clock_by_ntp, options.ntp),
        ("clock, by HTTPS", doctor_machine.clock_by_https, options.clock_url),
    ]
    return [(name, partial(look, at)) for name, look, at in asked if at]


def tell(name: str, finding: Finding) -> bool:
    """Print a finding; return whether it is wrong."""
    print(f"{'WRONG' if finding.is_wrong else 'ok':<6} {name}: {finding.said}")
    if finding.is_wrong:
        print(f"       {finding.mend}")
    sys.stdout.flush()
    return finding.is_wrong
