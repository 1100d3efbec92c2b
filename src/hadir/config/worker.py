"""The worker process: jobs of every room, kept in PostgreSQL."""

from __future__ import annotations

import django

from hadir.rules.memory import keep_freed_memory


def main() -> None:
    """Run jobs until the process is told to stop; a job under way is finished first."""
    from django.core.management import call_command  # noqa: PLC0415 - models exist only once Django is set up

    keep_freed_memory()
    call_command("procrastinate", "worker", "--concurrency=2", "--delete-jobs=successful")


if __name__ == "__main__":
    django.setup()
    main()
