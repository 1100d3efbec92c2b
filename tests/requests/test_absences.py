from datetime import date, timedelta

import pytest
from django.test import Client
from tests.town import Town

from hadir.audit.models import Entry as Act
from hadir.daybook.cells import Cell
from hadir.daybook.ledger import read_ledger
from hadir.kernel.clock import now, today_at
from hadir.kernel.zones import Zone
from hadir.org.refusals import NotFound
from hadir.org.rights import SYSTEM, Actor, NotAllowed, OwnCase, actor_of
from hadir.requests.commands import Entry, Letter, decide_cover, enter_cover, withdraw_cover
from hadir.requests.models import Cover
from hadir.requests.queries import accessible_cover
from hadir.requests.refusals import AlreadyEnded, Overlap, UnknownKind, WrongSpan
from hadir.tenancy.current import acting_in

LETTER = {"letter_number": "800/17/2026", "signed_by": "Sari Wulandari"}


def today() -> date:
    return today_at(Zone.WIB)


def actor(town: Town, role: str) -> Actor:
    return actor_of(town.people[role].pk, account_id=town.accounts[role].pk, on=today())


def entry(town: Town, role: str = "pegawai", **changed: object) -> Entry:
    given = {
        "person": town.people[role],
        "kind": "dinas_luar_kota",
        "first": today(),
        "last": today() + timedelta(days=2),
        "letter": Letter(number="800/17/2026", date=today(), signed_by="Sari Wulandari"),
    }
    return Entry(**(given | changed))  # type: ignore[arg-type]


def cell(town: Town, role: str = "pegawai") -> Cell:
    person = town.people[role].pk
    return Cell(int(read_ledger([person], today(), today(), known_until=now() + timedelta(days=1)).cells[0, 0]))


def test_a_letter_entered_by_the_operator_is_in_force_at_once_and_noted(town: Town) -> None:
    with acting_in(town.government.pk):
        assert cell(town) is Cell.ABSENT
        cover = enter_cover(entry(town), actor=actor(town, "operator"))
        assert cell(town) is Cell.AWAY
        act = Act.objects.get(act="cover.entered")
    assert (act.person_id, act.subject_id) == (town.people["operator"].pk, str(cover.pk))


def test_a_withdrawn_absence_covers_nothing_and_what_was_believed_is_kept(town: Town) -> None:
    with acting_in(town.government.pk):
        cover = enter_cover(entry(town), actor=actor(town, "operator"))
        withdraw_cover(cover, reason="Batal berangkat", actor=actor(town, "operator"))
        assert cell(town) is Cell.ABSENT
        believed = Cover.ever_recorded.order_by("pk").values_list("state", "superseded_at")
        assert [(state, at is None) for state, at in believed] == [("approved", False), ("withdrawn", True)]


def test_only_one_of_two_withdrawals_succeeds(town: Town) -> None:
    with acting_in(town.government.pk):
        cover = enter_cover(entry(town), actor=SYSTEM)
        withdraw_cover(cover, reason="Batal", actor=SYSTEM)
        with pytest.raises(AlreadyEnded):
            withdraw_cover(cover, reason="Batal", actor=SYSTEM)


def test_travel_waits_for_its_final_approval(town: Town) -> None:
    with acting_in(town.government.pk):
        cover = enter_cover(entry(town, is_decided=False), actor=actor(town, "operator"))
        assert (cell(town), cover.decided_at) == (Cell.WAITING, None)
        decided = decide_cover(cover, is_approved=True, actor=actor(town, "operator"))
        assert (cell(town), decided.decided_by_id) == (Cell.AWAY, town.people["operator"].pk)


def test_a_refused_absence_covers_nothing(town: Town) -> None:
    with acting_in(town.government.pk):
        cover = enter_cover(entry(town, is_decided=False), actor=SYSTEM)
        decide_cover(cover, is_approved=False, actor=SYSTEM)
        assert cell(town) is Cell.ABSENT


def test_nobody_enters_withdraws_or_decides_their_own_absence(town: Town) -> None:
    with acting_in(town.government.pk):
        rina = actor(town, "operator")
        with pytest.raises(OwnCase):
            enter_cover(entry(town, "operator"), actor=rina)
        own = enter_cover(entry(town, "operator", is_decided=False), actor=SYSTEM)
        with pytest.raises(OwnCase):
            decide_cover(own, is_approved=True, actor=rina)
        with pytest.raises(OwnCase):
            withdraw_cover(own, reason="Batal", actor=rina)


@pytest.mark.parametrize("role", ["pegawai", "atasan", "head", "helpdesk", "auditor", "neighbour"])
def test_who_lacks_the_right_enters_nothing(town: Town, role: str) -> None:
    other = "atasan" if role == "pegawai" else "pegawai"
    with acting_in(town.government.pk), pytest.raises(NotAllowed):
        enter_cover(entry(town, other), actor=actor(town, role))


def test_a_person_of_another_unit_is_out_of_an_operators_reach(town: Town) -> None:
    with acting_in(town.government.pk):
        with pytest.raises(NotAllowed):
            enter_cover(entry(town, "neighbour"), actor=actor(town, "operator"))
        cover = enter_cover(entry(town, "neighbour"), actor=SYSTEM)
        with pytest.raises(NotFound):
            accessible_cover(cover.pk, actor=actor(town, "operator"))


def test_two_absences_that_fill_the_same_day_are_refused(town: Town) -> None:
    with acting_in(town.government.pk):
        enter_cover(entry(town), actor=SYSTEM)
        with pytest.raises(Overlap) as refusal:
            enter_cover(entry(town, kind="cuti_tahunan", first=today() + timedelta(days=2)), actor=SYSTEM)
        assert refusal.value.data["name"] == "Budi Prasetyo"
        enter_cover(entry(town, kind="wfh"), actor=SYSTEM)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"kind": "libur_sendiri"}, UnknownKind),
        ({"last": date(2020, 1, 1)}, WrongSpan),
        ({"last": date(2099, 1, 1)}, WrongSpan),
        ({"kind": "izin_jam"}, WrongSpan),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(town: Town, changed: dict[str, object], refusal: type) -> None:
    with acting_in(town.government.pk), pytest.raises(refusal):
        enter_cover(entry(town, **changed), actor=SYSTEM)


@pytest.fixture
def operator(client: Client, town: Town) -> Client:
    client.force_login(town.accounts["operator"])
    return client


def form(**changed: str) -> dict[str, str]:
    day = today().isoformat()
    return {"kind": "sakit", "first": day, "last": day, "letter_date": day, **LETTER, **changed}


def test_an_operator_searches_a_person_and_enters_an_absence(operator: Client, town: Town) -> None:
    address = f"/absences/enter/{town.people['pegawai'].pk}/"
    assert address in operator.get("/absences/?q=Budi").content.decode()
    assert operator.get(address).status_code == 200
    answer = operator.post(address, form(), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/absences/", 302)]
    assert "800/17/2026" in page
    assert "Budi Prasetyo" in page
    with acting_in(town.government.pk):
        assert cell(town) is Cell.AWAY


def test_a_mistake_stands_beside_its_field(operator: Client, town: Town) -> None:
    address = f"/absences/enter/{town.people['pegawai'].pk}/"
    before = (today() - timedelta(days=1)).isoformat()
    answer = operator.post(address, form(last=before))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["last"]
    answer = operator.post(address, form(kind="izin_jam", from_time="10:00", to_time="09:00"))
    assert list(answer.context["form"].errors) == ["from_time"]
    operator.post(address, form())
    answer = operator.post(address, form(kind="cuti_tahunan"))
    assert list(answer.context["form"].errors) == ["first"]


def test_a_permit_for_hours_is_kept_in_the_zone_of_the_office(operator: Client, town: Town) -> None:
    address = f"/absences/enter/{town.people['pegawai'].pk}/"
    assert operator.post(address, form(kind="izin_jam", from_time="10:00", to_time="12:00")).status_code == 302
    with acting_in(town.government.pk):
        cover = Cover.objects.get()
    assert (cover.starts_at.hour, cover.ends_at.hour) == (3, 5)


def test_an_operator_withdraws_and_decides_from_the_list(operator: Client, town: Town) -> None:
    operator.post(f"/absences/enter/{town.people['pegawai'].pk}/", form(awaits="on"))
    with acting_in(town.government.pk):
        waiting = Cover.objects.get()
    assert operator.post(f"/absences/{waiting.pk}/decide/", {"decision": "approve"}).status_code == 302
    with acting_in(town.government.pk):
        approved = Cover.objects.get()
    assert approved.state == "approved"
    assert operator.get(f"/absences/{approved.pk}/withdraw/").status_code == 200
    assert operator.post(f"/absences/{approved.pk}/withdraw/", {"reason": "Batal"}).status_code == 302
    with acting_in(town.government.pk):
        assert Cover.objects.get().state == "withdrawn"


def test_the_page_is_closed_to_who_enters_no_documents(client: Client, town: Town) -> None:
    client.force_login(town.accounts["pegawai"])
    assert client.get("/absences/").status_code == 403
    assert client.get(f"/absences/enter/{town.people['atasan'].pk}/").status_code in {403, 404}
    assert client.get("/absences/").status_code == 403


def test_the_list_asks_the_same_of_the_database_however_long_it_is(
    operator: Client, town: Town, django_assert_max_num_queries
) -> None:
    with acting_in(town.government.pk):
        for role in ("pegawai", "atasan", "head", "unit_admin"):
            enter_cover(entry(town, role), actor=SYSTEM)
    operator.get("/absences/")
    with django_assert_max_num_queries(14):
        assert operator.get("/absences/?q=a").status_code == 200
