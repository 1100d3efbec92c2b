import argparse
from collections.abc import Sequence

from django.core.management import call_command
from django.db import connection

from hadir.cli.django_as import django_as
from hadir.cli.installation import require_database
from hadir.config import environment


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
    from hadir.tenancy.roles import align_passwords, open_to_backup  # noqa: PLC0415 - models exist only once Django is set up

    require_database()
    call_command("migrate", verbosity=verbosity, interactive=False)
    key = environment.secret()
    align_passwords(connection, lambda role: environment.derived(key, f"database role {role}"))
    open_to_backup(connection)
