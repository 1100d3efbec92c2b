"""What holds of every ledger: one by one, many at once, apart from neighbours, in a dozen statements."""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.daybook.office import Office, first_monday, open_office

from hadir.daybook import ledger as ledgers
from hadir.daybook.ledger import read_ledger, read_ledgers
from hadir.kernel.clock import now
from hadir.tenancy.current import NoGovernment, acting_in
from hadir.tenancy.models import Government

STATEMENTS = 11
NAMES = "Budi Sari Rina Made Yosef Lina"


def live(office: Office) -> None:
    """A week in which much happens."""
    for number in range(5):
        for name, came, left in (("Budi", "07.1", "16.0"), ("Made", "07.4", "16.1"), ("Yosef", "08.2", "15.3")):
            office.tap(name, number, f"{came}{number}", f"{left}{number}")
    office.roster("Rina", (-1, "hospital_night"), (0, "hospital_night"), (1, None), (2, "hospital_morning"))
    office.roster("Rina", (3, "hospital_morning"), (3, "hospital_night"), (4, "hospital_afternoon"))
    office.tap("Rina", 0, "07.03", "20.50", "20.51")
    office.tap("Rina", 1, "07.11")
    office.tap("Rina", 3, "06.44", "14.20", "21.10")
    office.tap("Rina", 4, "07.00", "13.58", "21.03")
    office.cover("Sari", "izin_paruh_pertama", (1, 1))
    office.tap("Sari", 1, "11.50", "16.20")
    office.cover("Sari", "dinas_luar_kota", (3, 4), is_decided=False)
    office.cover("Made", "cuti_tahunan", (2, 3))


def pictures(ledger: ledgers.Ledger, person: int) -> list[object]:
    days = [ledger.day(row) for row in ledger.rows_of(person)]
    sentences = [ledger.explain_day(row, "id") for row in ledger.rows_of(person)]
    plain = [{name: getattr(day, name) for name in day.__slots__ if name != "row"} for day in days]
    return [plain, sentences]


def test_the_ledger_of_a_set_is_the_ledgers_of_its_people(office: Office) -> None:
    live(office)
    together = office.ledger(NAMES, (-1, 7))
    for number, name in enumerate(NAMES.split()):
        person = office.people[name].pk
        alone = office.ledger(name, (-1, 7))
        assert pictures(together, person) == pictures(alone, person)
        assert together.cells[number].tolist() == alone.cells[0].tolist()
        for total in ("late", "early", "deduction", "would_be"):
            assert getattr(together.totals, total)[number] == getattr(alone.totals, total)[0]


def test_the_order_of_people_is_kept_and_changes_nothing(office: Office) -> None:
    live(office)
    forth, back = office.ledger(NAMES, (0, 6)), office.ledger(" ".join(reversed(NAMES.split())), (0, 6))
    assert forth.people.tolist() == back.people[::-1].tolist()
    assert np.array_equal(forth.cells, back.cells[::-1])
    assert np.array_equal(forth.minutes("present"), back.minutes("present")[::-1])


def test_a_span_is_its_days(office: Office) -> None:
    live(office)
    whole = office.ledger(NAMES, (0, 6), office.at(12, "12.00"))
    for number in range(7):
        one = office.ledger(NAMES, (number, number), office.at(12, "12.00"))
        assert whole.cells[:, number].tolist() == one.cells[:, 0].tolist()


def test_several_chunks_answer_like_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    live(office)
    one = office.ledger(NAMES, (0, 6))
    monkeypatch.setattr(ledgers, "CHUNK", 4)
    two = office.ledger(NAMES, (0, 6))
    assert len(two.leaves) == 2
    assert np.array_equal(one.cells, two.cells)
    assert np.array_equal(one.came(), two.came(), equal_nan=True)
    for name in NAMES.split():
        assert pictures(one, office.people[name].pk) == pictures(two, office.people[name].pk)
    people = [office.people[name].pk for name in NAMES.split()]
    parts = list(read_ledgers(people, office.day(0), office.day(6), known_until=two.known_until))
    assert [part.people.tolist() for part in parts] == [people[:4], people[4:]]


@pytest.mark.parametrize(("names", "days"), [("Budi", (0, 0)), (NAMES, (0, 0)), (NAMES, (-10, 20))])
def test_the_number_of_statements_does_not_grow(office: Office, names: str, days: tuple[int, int]) -> None:
    live(office)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        office.ledger(names, days)
    assert len(captured) == STATEMENTS


def test_two_governments_never_meet(office: Office, kementerian: Government) -> None:
    live(office)
    with acting_in(kementerian.pk):
        other = open_office("K")
        mixed = [other.people["Budi"].pk, office.people["Budi"].pk]
        ledger = read_ledger(mixed, office.day(0), office.day(0), known_until=office.at(1, "12.00"))
        stranger = ledger.day(ledger.rows_of(office.people["Budi"].pk)[0])
        assert (stranger.shift, stranger.taps, stranger.status.name) == ("", (), "OUT_OF_SCOPE")


def test_nothing_is_read_without_a_government(db: None) -> None:
    with pytest.raises(NoGovernment):
        read_ledger([1], first_monday(), first_monday(), known_until=now())
