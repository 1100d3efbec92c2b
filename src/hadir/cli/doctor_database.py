from collections.abc import Callable
from datetime import timedelta
from functools import partial
from types import TracebackType
from typing import Any, Self

import psycopg

from hadir.cli.django_as import django_as
from hadir.cli.doctor_machine import clock
from hadir.cli.findings import Finding
from hadir.cli.installation import require_migrated
from hadir.cli.rows import HIDDEN_FROM_BACKUP
from hadir.config import environment
from hadir.kernel.clock import now
from hadir.platform.clocks import ahead_of_database

ROLES = ("web", "worker", "gate", "backup")
RUNNING = ("web", "worker", "gate")
OLDEST = 150000
HEARTBEAT = timedelta(minutes=2)
PATIENCE = "5"

UNGUARDED = """
SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'government_id'
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND NOT relrowsecurity
ORDER BY relname
"""
TOO_MIGHTY = """
SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)
AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb) ORDER BY rolname
"""
CHANGEABLE = """
SELECT role || ' may change ' || kept FROM unnest(%s::text[]) role, unnest(%s::text[]) kept
WHERE has_table_privilege(role, kept, 'DELETE') OR has_table_privilege(role, kept, 'TRUNCATE')
   OR has_any_column_privilege(role, kept, 'UPDATE') ORDER BY 1
"""
KEPT_FOR_EVER = (
    "clocking_event",
    "clocking_evidence",
    "clocking_photo",
    "clocking_parked",
    "audit_entry",
    "policies_policyversion",
)
# Row-level security and grants stand at the partitioned table; whoever may reach a part goes round them.
OPEN_PARTS = """
SELECT role || ' may reach ' || relname FROM unnest(%s::text[]) role, pg_class
WHERE relispartition AND relkind = 'r' AND relnamespace = 'public'::regnamespace
AND (has_any_column_privilege(role, oid, 'SELECT, INSERT, UPDATE')
     OR has_table_privilege(role, oid, 'DELETE, TRUNCATE'))
ORDER BY 1
"""
LETTERS = """
SELECT count(*) FILTER (WHERE state = 'failed'), count(*) FILTER (WHERE state = 'waiting' AND attempts > 0)
FROM notices_mail WHERE made_at > now() - interval '7 days'
"""
NEXT_MONTHS = "SELECT count(*) FROM clocking_open_months() month WHERE month >= date_trunc('month', now())"


class Examined:
    """The database of an installation, met in each role that Hadir uses."""

    def __init__(self) -> None:
        self._met: dict[str, psycopg.Connection] = {}
        self._said: dict[str, str] = {}

    def __enter__(self) -> Self:
        for role in ROLES:
            self._meet(role)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in self._met.values():
            connection.close()

    def looks(self) -> list[tuple[str, Callable[[], Finding]]]:
        """What can be looked at, given who was let in."""
        found: list[tuple[str, Callable[[], Finding]]] = [
            (f"database, as {role}", partial(self._entrance, role)) for role in ROLES
        ]
        if "web" in self._met:
            found += [("PostgreSQL", self._version), ("migrations", self._migrations), ("guard", self._guard)]
            found += [
                ("roles", self._roles),
                ("append-only tables", self._kept),
                ("partitions", self._parts),
                ("clock, by the database", self._clock),
            ]
            found += [("months", self._months), ("worker", self._worker)]
        if "backup" in self._met:
            found.append(("letters", self._letters))
        return found

    def _meet(self, role: str) -> None:
        try:
            owner = environment.database(environment.required("HADIR_DATABASE_URL"))
            told = environment.conninfo(environment.in_role(owner, role, environment.secret()))
            self._met[role] = psycopg.connect(told, autocommit=True, connect_timeout=int(PATIENCE))
        except (environment.EnvironmentMistakeError, psycopg.OperationalError, OSError) as error:
            self._said[role] = str(error).strip().splitlines()[0]

    def _entrance(self, role: str) -> Finding:
        if role in self._met:
            return Finding("let in")
        return Finding(
            self._said[role],
            "Check HADIR_DATABASE_URL and the network; after a change of the secret run ./hadir migrate as the owner.",
        )

    def _version(self) -> Finding:
        version = self._met["web"].info.server_version
        said = f"version {version // 10000}"
        return Finding(said) if version >= OLDEST else Finding(said, "Upgrade it to 15 or newer.")

    def _migrations(self) -> Finding:
        django_as("web")
        require_migrated()
        return Finding("all are there")

    def _guard(self) -> Finding:
        open_tables = self._names("web", UNGUARDED)
        hidden = self._names("web", HIDDEN_FROM_BACKUP)
        if open_tables or hidden:
            return Finding(
                f"without row-level security: {', '.join(open_tables) or 'none'}; "
                f"hidden from backups: {', '.join(hidden) or 'none'}",
                "Somebody changed the tables by hand: restore a backup into an empty database and compare.",
            )
        return Finding("every table of a government has row-level security, and backups see every row")

    def _roles(self) -> Finding:
        mighty = self._names("web", TOO_MIGHTY, [[f"hadir_{role}" for role in ROLES]])
        if mighty:
            return Finding(
                f"{', '.join(mighty)} may do more than Hadir needs",
                "Take it back: ALTER ROLE name NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB.",
            )
        return Finding("none may do more than it needs")

    def _kept(self) -> Finding:
        parties = [[f"hadir_{role}" for role in ROLES], list(KEPT_FOR_EVER)]
        changeable = self._names("web", CHANGEABLE, parties)
        if changeable:
            return Finding("; ".join(changeable), "Take it back: REVOKE UPDATE, DELETE, TRUNCATE ON table FROM role.")
        return Finding("no role of Hadir can change or delete a tap, an act or a policy's version")

    def _parts(self) -> Finding:
        reached = self._names("web", OPEN_PARTS, [[f"hadir_{role}" for role in RUNNING]])
        if reached:
            return Finding("; ".join(reached), "Take it back: REVOKE ALL ON table FROM role.")
        return Finding("no role that serves reaches one past its guarded table")

    def _letters(self) -> Finding:
        row = self._met["backup"].execute(LETTERS).fetchone()
        failed, waiting = row or (0, 0)
        said = f"{failed} of the last seven days failed for good, {waiting} failed and will be tried again"
        return Finding(said, "Check HADIR_SMTP_URL, then send the links anew.") if failed else Finding(said)

    def _clock(self) -> Finding:
        return clock("the database's clock", lambda: ahead_of_database(self._met["web"]))

    def _months(self) -> Finding:
        row = self._met["web"].execute(NEXT_MONTHS).fetchone()
        months = row[0] if row else 0
        said = f"{months} months are open for taps, this one included"
        return Finding(said) if months > 1 else Finding(said, "Start the worker: it opens the months ahead.")

    def _worker(self) -> Finding:
        row = self._met["web"].execute("SELECT max(last_heartbeat) FROM procrastinate_workers").fetchone()
        last = row[0] if row else None
        if last is None or now() - last > HEARTBEAT:
            said = "it has never run" if last is None else f"its last sign of life was at {last:%Y-%m-%d %H:%M} UTC"
            return Finding(said, "Start it: systemctl start hadir, or ./hadir serve --only worker.")
        return Finding("alive")

    def _names(self, role: str, question: str, given: list[Any] | None = None) -> list[str]:
        return [str(row[0]) for row in self._met[role].execute(question, given).fetchall()]
