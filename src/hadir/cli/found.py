import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hadir.cli.django_as import django_as
from hadir.cli.founding_fields import FIELDS, TAKEN_SLUGS, Field, WrongAnswerError, here_today
from hadir.cli.installation import require_migrated
from hadir.cli.trouble import TroubleError
from hadir.config import environment

if TYPE_CHECKING:
    from hadir.cli.founding import Begun

Ask = Callable[[str], str]


def main(argv: Sequence[str]) -> int:
    """Begin with a government: what it needs on its first day, and one person who can sign in and go on."""
    options = parse(argv)
    django_as("owner")
    require_migrated()
    from hadir.cli import founding  # noqa: PLC0415 - models exist only once Django is set up

    if options.platform_operator:
        founding.make_operator(options.platform_operator)
        print(f"{options.platform_operator} sees the totals of every government from the next sign-in on.")
        return 0
    known: dict[str, Any] = {TAKEN_SLUGS: founding.taken_slugs()}
    if sys.stdin.isatty():
        ask_for(vars(options), known, input)
        if input("Found it so? It cannot be taken back. [y/N] ").strip().lower() not in {"y", "yes", "ya"}:
            raise TroubleError("Nothing was founded.")
    else:
        take(vars(options), known)
    tell(known, founding.begin(known, here_today(known)))
    return 0


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The options of the verb, one for each field."""
    parser = argparse.ArgumentParser(
        prog="hadir found",
        description="Begin with a government, as the owner of the database. What no option says is asked for, "
        "where there is somebody to ask. A code to sign in with is printed once.",
    )
    for field in FIELDS:
        parser.add_argument(field.option, help=field.question.replace("%", "%%"), metavar="TEXT")
    parser.add_argument(
        "--platform-operator",
        metavar="NAME",
        help="found nothing; let the account that signs in by this e-mail or number see the totals of all governments",
    )
    return parser.parse_args(argv)


def take(given: Mapping[str, str | None], known: dict[str, Any]) -> None:
    """Read every field from the options, as somebody says who is not there to be asked.

    Raises:
        TroubleError: Options are missing or wrong; all of them are named.
    """
    wrong = []
    for field in FIELDS:
        try:
            fill(field, given[field.name], known)
        except WrongAnswerError as problem:
            wrong.append(f"{field.option}: {problem}")
    if wrong:
        raise TroubleError("Nothing was founded.\n  " + "\n  ".join(wrong))


def ask_for(given: Mapping[str, str | None], known: dict[str, Any], ask: Ask) -> None:
    """Read every field, from its option or by asking, until it can be read."""
    for field in FIELDS:
        said = given[field.name]
        while True:
            if said is None and field.applies(known):
                otherwise = field.otherwise(known)
                said = ask(f"{field.question}{f' [{otherwise}]' if otherwise else ''}: ").strip() or None
            try:
                fill(field, said, known)
                break
            except WrongAnswerError as problem:
                print(f"  {field.option}: {problem}.")
                said = None


def fill(field: Field, said: str | None, known: dict[str, Any]) -> None:
    """Read one field into what is known.

    Raises:
        WrongAnswerError: It is missing, wrong, or said though it does not apply.
    """
    if not field.applies(known):
        if said:
            raise WrongAnswerError("it means nothing without --site")
        return
    told = field.otherwise(known) if said is None or not said.strip() else said.strip()
    if told is None:
        raise WrongAnswerError(f"is missing: {field.question}")
    known[field.name] = field.read(told, known)


def tell(known: Mapping[str, Any], begun: "Begun") -> None:
    """Print what was made, the code, and what comes next."""
    slip = begun.slip
    address = environment.public_url()
    until = slip.expires_at.astimezone(known["zone"].info)
    print(f"{known['name']} is founded: {known['policy']} from {known['begins']}, ", end="")
    print(f"with consequences from {known['enforced_from']}; everybody works {known['shift']}.\n")
    print(f"  {slip.person} (BKD) signs in as {slip.sign_in_name or ', '.join(begun.taken)}")
    print(f"  code     {slip.code[:5]} {slip.code[5:]}")
    print(f"  It works once, until {until:%Y-%m-%d %H.%M} {known['zone'].name}, and is kept nowhere.\n")
    for name in begun.taken:
        print(f"  {name} signs in to another government here already: sign in there first, then use the code.\n")
    print("Next:")
    print("  1. Start Hadir, if it does not run: ./hadir serve, or systemctl start hadir.")
    print(f"  2. Open {address}/activate, type the code, choose a password.")
    print(f"  3. Enter the units ({address}/units/), then the people from a sheet ({address}/people/upload),")
    print(f"     and give out roles ({address}/roles/): help desk, heads, admins, operators.")
    print(f"  4. Print slips or send links to those who never signed in: {address}/accounts/waiting.")
    if not known["site"]:
        print(f"  5. Enter the places of work ({address}/sites/): taps count inside them.")
