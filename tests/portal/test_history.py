import pytest
from django.test import Client
from tests.portal.queries import queries_of
from tests.roles import acting_as
from tests.town import Town

from hadir.audit.models import Entry
from hadir.clocking.models import Channel, Event, Evidence, Photo, Reason
from hadir.kernel.clock import now, to_milliseconds
from hadir.kernel.fence import metres_between
from hadir.tenancy.current import acting_in

JPEG = b"\xff\xd8\xff\xe0 a face"
SELFIE = bytes(range(32))


@pytest.fixture
def sari(client: Client, town: Town) -> Client:
    client.force_login(town.accounts["atasan"])
    return client


def day_of(town: Town, role: str) -> str:
    return f"/history/{town.people[role].pk}/{now().date().isoformat()}/"


def test_a_superior_reads_why_the_day_of_a_subordinate_is_judged_so(sari: Client, town: Town) -> None:
    town.tap("pegawai", 8, 42)
    page = sari.get(day_of(town, "pegawai")).content.decode()
    assert "Datang 08.42, batas 07.30: terlambat 1 jam 12 menit" in page
    assert "Perwali Kota Contoh" in page
    assert "Balai Kota" in page
    assert "Masuk, terminal" in page


def test_the_same_day_is_told_in_english(sari: Client, town: Town) -> None:
    town.tap("pegawai", 8, 42)
    sari.cookies["hadir_language"] = "en"
    page = sari.get(day_of(town, "pegawai")).content.decode()
    assert "In at 08.42, due 07.30: late by 1 h 12 min" in page


def test_a_day_without_any_record_says_what_it_still_waits_for(sari: Client, town: Town) -> None:
    page = sari.get(day_of(town, "atasan")).content.decode()
    assert "belum tercatat" in page


def test_the_month_marks_each_day_up_to_today(sari: Client, town: Town) -> None:
    town.tap("atasan", 7, 20)
    page = sari.get("/history/").content.decode()
    assert page.count("month__today") == 1
    assert "07.20" in page


def test_a_day_that_has_not_come_has_no_page(sari: Client, town: Town) -> None:
    ahead = now().date().replace(year=now().year + 1)
    assert sari.get(f"/history/{town.people['atasan'].pk}/{ahead.isoformat()}/").status_code == 404


@pytest.mark.parametrize("far", ["0001-01", "0001-01-01", "1999-12-31", "9999-12", "9999-12-31"])
def test_a_date_beyond_all_records_has_no_page(sari: Client, town: Town, far: str) -> None:
    assert sari.get(f"/history/{town.people['atasan'].pk}/{far}/").status_code == 404


def test_the_queries_of_a_month_do_not_grow_with_its_taps(sari: Client, town: Town) -> None:
    before = queries_of(sari, "/history/")
    for hour in (7, 9, 11):
        town.tap("atasan", hour, 5)
    assert queries_of(sari, "/history/") == before <= 26


def test_the_queries_of_a_day_do_not_grow_with_its_taps(sari: Client, town: Town) -> None:
    town.tap("atasan", 7, 5)
    before = queries_of(sari, day_of(town, "atasan"))
    for minute in (10, 20, 30):
        town.tap("atasan", 7, minute)
    assert queries_of(sari, day_of(town, "atasan")) == before <= 28


@pytest.fixture
def selfie(town: Town) -> str:
    """The address of a selfie of Budi's."""
    budi, at = town.people["pegawai"].pk, now()
    with acting_in(town.government.pk), acting_as("worker"):
        given = {"government": town.government, "at": at, "received": at}
        Event.objects.create(id=SELFIE, person_id=budi, channel=Channel.PHONE, counts=True, **given)
        Photo.objects.create(event_id=SELFIE, size=len(JPEG), **given)
    return f"/history/{budi}/photos/{to_milliseconds(at)}/{SELFIE.hex()}"


def test_a_selfie_is_shown_to_a_superior_and_the_look_is_written_down(
    sari: Client, town: Town, selfie: str, settings: object
) -> None:
    settings.HADIR_PHOTO_STORE.put(town.government.pk, SELFIE, JPEG)  # type: ignore[attr-defined]
    shown = sari.get(selfie)
    assert (shown.content, shown["Content-Type"], shown["Cache-Control"]) == (JPEG, "image/jpeg", "private, no-store")
    with acting_in(town.government.pk):
        look = Entry.objects.get(act="photo.opened")
    assert (look.person_id, look.subject_id) == (town.people["atasan"].pk, str(town.people["pegawai"].pk))


def test_a_colleague_of_another_office_sees_no_selfie(client: Client, town: Town, selfie: str) -> None:
    client.force_login(town.accounts["neighbour"])
    assert client.get(selfie).status_code == 404


def test_the_day_links_to_the_selfie(sari: Client, town: Town, selfie: str) -> None:
    assert selfie in sari.get(day_of(town, "pegawai")).content.decode()


def test_a_month_before_all_records_says_so_and_leads_to_the_first(sari: Client, town: Town) -> None:
    town.tap("atasan", 7, 20)
    page = sari.get(f"/history/{town.people['atasan'].pk}/2020-01/").content.decode()
    assert "Belum ada catatan pada bulan ini." in page
    assert f"/history/{town.people['atasan'].pk}/{now().date():%Y-%m}/" in page
    assert "Belum ada catatan" not in sari.get("/history/").content.decode()


def test_a_tap_outside_tells_the_distance_with_the_name_of_the_site(sari: Client, town: Town) -> None:
    budi, at, north = town.people["pegawai"].pk, now(), town.site.latitude + 30_000
    far = metres_between(north, town.site.longitude, town.site.latitude, town.site.longitude)
    with acting_in(town.government.pk), acting_as("worker"):
        given = {"government": town.government, "at": at, "received": at}
        refused = {"channel": Channel.PHONE, "counts": False, "reason": Reason.OUTSIDE}
        Event.objects.create(id=SELFIE, person_id=budi, **given, **refused)
        where = {"latitude": north, "longitude": town.site.longitude, "accuracy": 9, "distance": far}
        signed = {"canonical": b"tap", "signature": b"hand", "phone_key": b"key"}
        Evidence.objects.create(event_id=SELFIE, **given, **signed, **where)
    assert f"Balai Kota, {far}\N{NO-BREAK SPACE}m" in sari.get(day_of(town, "pegawai")).content.decode()
