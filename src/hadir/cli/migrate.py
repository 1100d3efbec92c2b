import argparse
from collections.abc import Sequence

from django.core.management import call_command
from django.db import OperationalError, connection

from hadir.cli.django_as import django_as
from hadir.cli.trouble import TroubleError
from hadir.config import environment

OLDEST = 150000


def main(argv: Sequence[str]) -> int:
    """Bring the database that HADIR_DATABASE_URL names to this version."""
    parser = argparse.ArgumentParser(prog="hadir migrate", description="Bring the database to this version.")
    parser.add_argument("--quiet", action="store_true", help="say nothing where all goes well")
    quiet = parser.parse_args(argv).quiet
    django_as("owner")
    migrate(verbosity=0 if quiet else 1)
    return 0


def migrate(verbosity: int = 0) -> None:
    """Run the migrations as the owner and give the roles the passwords that the secret derives.

    Raises:
        TroubleError: The database does not answer, or is too old.
    """
    from hadir.tenancy.roles import align_passwords  # noqa: PLC0415 - models exist only once Django is set up

    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise TroubleError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error
    if connection.connection.info.server_version < OLDEST:
        raise TroubleError("PostgreSQL 15 or newer is needed; this one is older.")
    call_command("migrate", verbosity=verbosity, interactive=False)
    key = environment.secret()
    align_passwords(connection, lambda role: environment.derived(key, f"database role {role}"))
