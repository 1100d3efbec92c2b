"""A city of 44 offices and 2,404 people with months of taps, on a server of its own, for what is measured on pages."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from bench.figure import Figure
from hadir.cli.cluster import Cluster, provide_database
from hadir.cli.django_as import django_as
from hadir.cli.pgbin import embedded_binaries
from hadir.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

PEOPLE, OFFICES, SMALL = 2_404, 44, 100
"""The first office has exactly `SMALL` people; the others share the rest."""
DAYS = 70
SEED = 2_404
WIB = timedelta(hours=7)
MORNING = timedelta(hours=3)
AWAY, FORGOTTEN = 0.03, 0.02
_EVENTS = (
    "COPY clocking_event (government_id, at, id, person_id, channel, mark, kind, counts, reason, received, site_id) "
    "FROM STDIN"
)


def measured_apart(module: str) -> list[Figure]:
    """Make the city, run the module's `main` in a process of its own as the web role, return the figures it prints."""
    with tempfile.TemporaryDirectory(prefix="hadir-bench-") as folder, installation(Path(folder)) as surroundings:
        order = [sys.executable, "-m", module]
        said = subprocess.run(order, env=surroundings, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [Figure(**told) for told in json.loads(said)]


@contextmanager
def installation(home: Path) -> Iterator[dict[str, str]]:
    """Start a server, make the tables, load the city; give the environment for processes that use it."""
    home.chmod(0o755)
    settings = {"shared_buffers": "256MB", "max_wal_size": "4GB"}
    with Cluster(home / "cluster", embedded_binaries(), settings) as cluster:
        provide_database(cluster, "hadir", "hadir_owner", "owner of the bench")
        surroundings = os.environ | {
            "HADIR_DATABASE_URL": cluster.url("hadir", "hadir_owner", "owner of the bench"),
            "HADIR_SECRET": secrets.token_hex(32),
            "HADIR_HOSTS": "localhost,testserver",
            "HADIR_PUBLIC_URL": "http://localhost",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run([sys.executable, "-m", "hadir", "migrate", "--quiet"], env=surroundings, check=True)
        subprocess.run([sys.executable, "-m", "bench.office"], env=surroundings, check=True)
        yield surroundings


def moment() -> datetime:
    """Ten o'clock in Jakarta on the Wednesday of last week."""
    today = now().date()
    return datetime.combine(today - timedelta(days=today.weekday() + 5), datetime.min.time(), UTC) + MORNING


def load() -> None:
    """Load the city: people first, then their taps in the order of time."""
    from hadir.kernel.zones import Zone  # noqa: PLC0415
    from hadir.tenancy.commands import found_government  # noqa: PLC0415 - models exist only once Django is set up
    from hadir.tenancy.current import acting_in  # noqa: PLC0415
    from hadir.tenancy.models import Government  # noqa: PLC0415

    government = found_government("kota-contoh", "Kota Contoh", kind=Government.Kind.CITY, zone=Zone.WIB)
    with acting_in(government.pk):
        first = moment().date() - timedelta(days=DAYS)
        people, site = _found(first)
        _absences(people, first)
        with connection.cursor() as cursor:
            for step in range(-4, 1):
                month = (moment().date().replace(day=15) + timedelta(days=30 * step)).replace(day=1)
                cursor.execute("SELECT clocking_open_month(%s)", [month])
            with cursor.copy(_EVENTS) as copy:
                for row in _taps(people, first):
                    copy.write_row((government.pk, *row, site))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _found(since: date) -> tuple[list[int], int]:
    from hadir.accounts.commands import make_accounts  # noqa: PLC0415
    from hadir.daybook.targets import Target  # noqa: PLC0415
    from hadir.kernel.zones import Zone  # noqa: PLC0415
    from hadir.org.commands.appointments import appoint_role  # noqa: PLC0415
    from hadir.org.commands.people import PersonRow, load_people  # noqa: PLC0415
    from hadir.org.commands.units import Spot, UnitRow, add_site, load_units  # noqa: PLC0415
    from hadir.org.models import Identifier, Role, StaffClass  # noqa: PLC0415
    from hadir.org.rights import SYSTEM  # noqa: PLC0415
    from hadir.policies.commands import Term, bind_policy, join_scope, record_policy  # noqa: PLC0415
    from hadir.rules.catalogue import shelf  # noqa: PLC0415
    from hadir.schedules.commands import define_shift, seed_calendar, set_pattern  # noqa: PLC0415

    offices = [UnitRow(f"{number:02}", f"Dinas {number}", "00") for number in range(1, OFFICES + 1)]
    units = load_units([UnitRow("00", "Kota Contoh"), *offices], actor=SYSTEM)
    site = add_site(Spot("Balai Kota", -62_000_000, 1_068_000_000, 100, Zone.WIB), unit=units["00"], actor=SYSTEM)
    shift = define_shift("hours", shelf("shifts")["esdm_hours"], on=since, actor=SYSTEM, reason="bench")
    set_pattern(shift, target=Target(), on=since, actor=SYSTEM, reason="bench")
    policy = record_policy("rules", shelf("policies")["kota_contoh"], legal_basis="bench", actor=SYSTEM)
    bind_policy(policy, target=Target(), term=Term(since, since, cited="bench"), actor=SYSTEM)
    join_scope(Target(), on=since, actor=SYSTEM)
    seed_calendar([since.year, since.year + 1], actor=SYSTEM)
    rows = [
        PersonRow(
            name=f"Pegawai {number:04}",
            unit_id=units["01" if number < SMALL else f"{2 + number % (OFFICES - 1):02}"].pk,
            staff_class=StaffClass.PNS,
            rank="Penata (III/c)",
            post="Analis",
            identifiers={Identifier.Kind.NIP: f"19850101201001{number:04}"},
        )
        for number in range(PEOPLE)
    ]
    people = load_people(rows, on=since, actor=SYSTEM)
    appoint_role(people[0], Role.BKD, unit=units["00"], on=since, actor=SYSTEM)
    make_accounts([people[0].pk], on=since, actor=SYSTEM)
    return [person.pk for person in people], site.pk


def _absences(people: list[int], first: date) -> None:
    from hadir.requests.models import Cover  # noqa: PLC0415
    from hadir.rules import Effect  # noqa: PLC0415

    random = np.random.default_rng(SEED)
    kinds = ("cuti_tahunan", "dinas_luar_kota", "sakit", "cuti_sakit", "diklat")
    covers = []
    for person in people:
        for day in np.flatnonzero(random.random(DAYS // 3) < AWAY).tolist():
            begin = first + timedelta(days=3 * day)
            kind = kinds[int(random.integers(len(kinds)))]
            span = {"valid_from": begin, "valid_until": begin + timedelta(days=int(random.integers(1, 4)))}
            state = Cover.State.APPROVED
            covers.append(Cover(person_id=person, kind=kind, effect=Effect.DAY, state=state, **span))
    Cover.objects.bulk_create(covers)


def _taps(people: list[int], first: date) -> Iterator[tuple[Any, ...]]:
    """Two taps a working day, some late, some early, some forgotten, in the order of time."""
    random = np.random.default_rng(SEED)
    end = moment()
    for step in range(DAYS + 1):
        midnight = datetime.combine(first + timedelta(days=step), datetime.min.time(), UTC) - WIB
        if (first + timedelta(days=step)).weekday() > 4:  # noqa: PLR2004 - Saturday and Sunday
            continue
        for hours, mean, spread in ((7.5, -600, 900), (16, 900, 900)):
            late = random.normal(mean, spread, len(people)).astype(int)
            there = np.flatnonzero(random.random(len(people)) > FORGOTTEN)
            for place in there[np.argsort(late[there], kind="stable")].tolist():
                at = midnight + timedelta(hours=hours, seconds=int(late[place]))
                if at <= end:
                    identity = hashlib.sha256(f"{people[place]} {at}".encode()).digest()
                    yield (at, identity, people[place], 1, 0, 0, True, 0, at)


def tell(figures: list[Figure]) -> None:
    """Print figures for the process that asked."""
    names = ("name", "value", "unit", "reference", "reference_value", "bar", "better")
    print(json.dumps([{name: getattr(figure, name) for name in names} for figure in figures]))


def in_turns(action: Callable[[], float], reference: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Return milliseconds of the round in the middle, in which both follow each other, after one not counted."""
    pairs = [(action(), reference()) for _ in range(rounds + 1)][1:]
    value, beside = sorted(pairs, key=lambda pair: pair[0] / pair[1])[rounds // 2]
    return value * 1000, beside * 1000


if __name__ == "__main__":
    django_as("owner")
    load()
