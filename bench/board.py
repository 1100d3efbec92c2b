"""The live board of 2,404 people from request to bytes, beside the bare COPY of every fact it reads."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client

from bench.facts import FACTS, copy_all, span
from bench.figure import Figure
from bench.office import PEOPLE, in_turns, measured_apart, moment, tell
from hadir.cli.django_as import django_as

ROUNDS = 11
BAR = 12


def run() -> list[Figure]:
    """Measure the board on a city of its own."""
    return measured_apart("bench.board")


def main() -> None:
    """Measure, with the city loaded and Django set up as the web role."""
    from hadir.accounts.models import Membership  # noqa: PLC0415 - models exist only once Django is set up
    from hadir.org.models import Placement  # noqa: PLC0415
    from hadir.tenancy.current import acting_in  # noqa: PLC0415
    from hadir.tenancy.models import Government  # noqa: PLC0415

    government = Government.objects.get().pk
    client = Client()
    with time_machine.travel(moment(), tick=True):
        with acting_in(government):
            keeper = Membership.objects.get().account
            people = list(Placement.objects.values_list("person_id", flat=True))
        client.force_login(keeper)
        day = moment().date()
        begin = moment() - timedelta(hours=10)
        given = span(people, (day - timedelta(days=1), day + timedelta(days=1)), (begin, moment()))
        board, bare = in_turns(lambda: _ask(client), lambda: _bare(government, given), ROUNDS)
    tell([Figure("board", board, "ms", "bare COPY of the same facts, ms", bare, BAR, "lower")])


def _bare(government: int, given: dict[str, Any]) -> float:
    from hadir.tenancy.current import acting_in  # noqa: PLC0415

    with acting_in(government):
        return copy_all(FACTS, given)


def _ask(client: Client) -> float:
    begin = time.perf_counter()
    response = client.get("/board/")
    taken = time.perf_counter() - begin
    if response.status_code != 200 or f"{PEOPLE:,}".replace(",", ".") not in response.content.decode():  # noqa: PLR2004
        raise RuntimeError(f"the board answered {response.status_code}")
    return taken


if __name__ == "__main__":
    django_as("web")
    main()
