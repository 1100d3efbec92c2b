import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.accounts.test_pages import signed_in
from tests.org.people import NIP_BUDI, NIP_SARI, Office, open_office, row, today
from tests.org.test_imports import HEAD, line, packed, picture, xlsx

from hadir.audit.queries import acts_upon
from hadir.org import commands, queries
from hadir.org.importing.sheet import LARGEST, read_sheet
from hadir.org.models import Appointment, Group, PeopleUpload, Person, Role, Site, Unit
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government


@pytest.fixture
def rina(office: Office) -> Client:
    """Rina runs the personnel agency."""
    office.appoint(office.rina, Role.BKD, office.root)
    return signed_in(office, office.rina)


@pytest.fixture
def sari(office: Office) -> Client:
    """Sari is the admin of the health department."""
    office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    return signed_in(office, office.sari)


def send(client: Client, content: bytes, name: str = "pegawai.xlsx", photos: bytes = b"", **more: str) -> object:
    files = {"sheet": SimpleUploadedFile(name, content)}
    if photos:
        files["photos"] = SimpleUploadedFile("foto.zip", photos)
    return client.post("/people/upload", {"on": today().isoformat(), **more, **files})


PATHS = [
    "/people/",
    "/people/file",
    "/people/upload",
    "/people/template",
    "/units/",
    "/sites/",
    "/sites/new",
    "/groups/",
    "/roles/",
]
OPEN = {
    Role.BKD: set(PATHS),
    Role.UNIT_ADMIN: set(PATHS) - {"/roles/"},
    Role.OPERATOR: {"/groups/"},
    Role.HEAD: set(),
    Role.HELPDESK: set(),
    Role.AUDITOR: set(),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_enters_its_own_rooms_only(office: Office, role: Role) -> None:
    office.appoint(office.rina, role, office.root)
    client = signed_in(office, office.rina)
    seen = {path: client.get(path).status_code for path in PATHS}
    assert seen == {path: 200 if path in OPEN[role] else 403 for path in PATHS}


def test_an_employee_enters_none_and_a_guest_is_led_to_sign_in(office: Office) -> None:
    client = signed_in(office, office.budi)
    assert {client.get(path).status_code for path in PATHS} == {403}
    assert {Client().get(path)["Location"].partition("?")[0] for path in PATHS} == {"/sign-in"}


def test_an_admin_lists_the_people_of_their_units(sari: Client, office: Office) -> None:
    page = sari.get("/people/")
    assert "Budi Prasetyo" in page.text
    assert NIP_BUDI in page.text
    assert "Joko Susilo" not in page.text
    assert "Budi Prasetyo" in sari.get("/people/", {"q": "19860317 201001 1 004"}).text
    assert sari.get("/people/", {"unit": office.fire.pk}).status_code == 404
    assert sari.get(f"/people/{office.joko.pk}").status_code == 404
    assert sari.get(f"/people/{office.budi.pk}").status_code == 200


def test_no_page_asks_more_of_the_database_for_more_people(rina: Client, office: Office) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_:
            assert rina.get(path).status_code == 200
        return len(queries_)

    paths = ["/people/", "/units/", "/sites/", "/roles/", "/accounts/waiting", f"/people/{office.sari.pk}"]
    before = [asked(path) for path in paths]
    commands.load_people([row(f"Orang {n}", office.clinic) for n in range(40)], on=today(), actor=SYSTEM)
    assert [asked(path) for path in paths] == before
    assert max(before) <= 18


def test_the_whole_city_is_loaded_in_a_handful_of_statements(office: Office) -> None:
    rows = [row(f"Orang {n}", office.clinic, superior=0 if n else None) for n in range(500)]
    with CaptureQueriesContext(connection) as asked:
        commands.load_people(rows, on=today(), actor=SYSTEM)
    assert len(asked) <= 12


def test_a_sheet_is_looked_at_first_and_then_confirmed(rina: Client) -> None:
    answer = send(rina, xlsx(line(photo="dewi.jpg")), photos=packed(dewi_jpg=picture()))
    page = rina.get(answer["Location"])
    assert "Dewi Lestari" in page.text
    assert not Person.objects.filter(name="Dewi Lestari").exists()
    assert rina.post(answer["Location"])["Location"] == "/people/"
    dewi = Person.objects.get(name="Dewi Lestari")
    assert rina.get(f"/people/{dewi.pk}/photo")["Content-Type"] == "image/jpeg"
    assert "person.photo_seen" in {entry.act for entry in acts_upon(dewi)}
    assert not PeopleUpload.objects.exists()


def test_wrong_cells_are_shown_with_the_way_out_and_cannot_be_confirmed(rina: Client) -> None:
    answer = send(rina, xlsx(line("199505052020132003", name="<b>Dewi</b>")))
    rina.cookies["hadir_language"] = "en"
    page = rina.get(answer["Location"])
    assert "A2" in page.text
    assert "are a month" in page.text
    assert "<b>Dewi" not in page.text
    assert rina.post(answer["Location"]).status_code == 409


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"x" * (LARGEST + 1)])
def test_a_wrong_or_huge_file_is_told_beside_its_field(rina: Client, content: bytes) -> None:
    answer = send(rina, content)
    assert (answer.status_code, "field__error" in answer.text) == (422, True)


def test_an_upload_of_one_government_is_nothing_to_another(rina: Client, kementerian: Government) -> None:
    answer = send(rina, xlsx(line()))
    with acting_in(kementerian.pk):
        other = open_office("K")
        other.appoint(other.rina, Role.BKD, other.root)
        stranger = signed_in(other, other.rina)
    assert stranger.get(answer["Location"]).status_code == 404
    assert stranger.post(answer["Location"]).status_code == 404


def test_people_go_out_in_the_sheet_they_came_in_with_and_nothing_becomes_a_formula(
    rina: Client, office: Office
) -> None:
    commands.add_person(row("=cmd|' /C calc'!A0", office.fire), on=today(), actor=SYSTEM)
    content = rina.get("/people/file").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == HEAD
    budi = next(each for each in rows if each[1] == "Budi Prasetyo")
    assert (budi[0], budi[4], budi[8]) == (NIP_BUDI, "HC", NIP_SARI)
    assert "=cmd|' /C calc'!A0" in {each[1] for each in rows}
    assert len(read_sheet(content).rows) == 5


def test_the_empty_sheet_has_every_column(rina: Client) -> None:
    assert len(read_sheet(rina.get("/people/template").content).columns) == 10


@pytest.mark.parametrize("position", ["-6.1753924, 106.8271528", "-6,1753924, 106,8271528", "-6.1753924;106.8271528"])
def test_a_site_is_made_from_pasted_coordinates(sari: Client, office: Office, position: str) -> None:
    filled = {"unit": office.clinic.pk, "name": "Puskesmas", "position": position, "radius": 80, "zone": "WIB"}
    assert sari.post("/sites/new", filled).status_code == 302
    site = Site.objects.get()
    assert (site.latitude, site.longitude, site.radius) == (-61_753_924, 1_068_271_528, 80)
    assert "-6.1753924, 106.8271528" in sari.get(f"/sites/{site.pk}").text
    assert sari.post(f"/sites/{site.pk}/close").status_code == 302
    assert queries.sites_of_person(office.budi.pk, today()) == []


@pytest.mark.parametrize("position", ["", "Puskesmas", "48.85, 2.35", "NaN, Infinity", "-6.1", "1e99, 1"])
def test_a_place_that_is_none_is_told_beside_its_field(sari: Client, office: Office, position: str) -> None:
    filled = {"unit": office.clinic.pk, "name": "Puskesmas", "position": position, "radius": 80, "zone": "WIB"}
    answer = sari.post("/sites/new", filled)
    assert (answer.status_code, "field__error" in answer.text) == (422, True)


def test_a_site_of_another_unit_is_nothing_to_an_admin(sari: Client, office: Office) -> None:
    site = commands.add_site(commands.Spot("Pos", -61_753_924, 1_068_271_528), unit=office.fire, actor=SYSTEM)
    assert sari.get(f"/sites/{site.pk}").status_code == 404
    assert sari.post(f"/sites/{site.pk}/close").status_code == 404
    filled = {"unit": office.fire.pk, "name": "X", "position": "-6.1, 106.8", "radius": 80, "zone": "WIB"}
    assert sari.post("/sites/new", filled).status_code == 422


def test_roles_are_given_and_end_and_not_to_oneself(rina: Client, office: Office) -> None:
    filled = {"person": NIP_BUDI, "role": "operator", "unit": office.clinic.pk}
    assert rina.post("/roles/", filled).status_code == 302
    held = Appointment.objects.on(today()).get(person=office.budi)
    assert rina.post(f"/roles/{held.pk}/end").status_code == 302
    assert not Appointment.objects.on(today()).filter(person=office.budi).exists()
    assert rina.post("/roles/", filled | {"person": "198001012005011001"}).status_code == 422
    own = Appointment.objects.on(today()).get(person=office.rina)
    assert rina.post(f"/roles/{own.pk}/end").status_code == 403


def test_a_unit_is_added_and_an_empty_one_closed(rina: Client, office: Office) -> None:
    filled = {"code": "X1", "name": "Dinas Baru", "parent": office.root.pk}
    assert rina.post("/units/", filled).status_code == 302
    made = Unit.objects.get(code="X1")
    assert made.path == f"{office.root.path}{made.pk}/"
    assert rina.post("/units/", filled).status_code == 422
    assert rina.post(f"/units/{office.clinic.pk}/close").status_code == 409
    assert rina.post(f"/units/{made.pk}/close").status_code == 302


def test_a_group_takes_people_of_its_unit_only(sari: Client, office: Office) -> None:
    assert sari.post("/groups/", {"name": "Regu A", "unit": office.clinic.pk}).status_code == 302
    group = Group.objects.get()
    assert sari.post(f"/groups/{group.pk}", {"person": NIP_BUDI}).status_code == 302
    assert sari.post(f"/groups/{group.pk}", {"person": NIP_SARI}).status_code == 422
    assert sari.post(f"/groups/{group.pk}/leave", {"person": office.budi.pk}).status_code == 302
    assert not queries.members_on(group, today() + timedelta(days=1)).exists()


def test_a_person_is_placed_anew_from_their_page_and_the_act_is_told_in_words(sari: Client, office: Office) -> None:
    address = f"/people/{office.budi.pk}/place"
    assert address in sari.get(f"/people/{office.budi.pk}").text
    given = sari.get(address).context["form"].initial
    assert (given["unit"], given["superior"]) == (office.clinic.pk, NIP_SARI)
    wanted = {**given, "unit": office.health.pk, "post": "Perawat", "on": today().isoformat()}
    assert sari.post(address, wanted)["Location"] == f"/people/{office.budi.pk}"
    placement = queries.placement_on(office.budi.pk, today())
    assert placement is not None
    assert (placement.unit, placement.post, placement.superior) == (office.health, "Perawat", office.sari)
    page = sari.get(f"/people/{office.budi.pk}").text
    assert "Unit, jabatan, atau atasan berubah" in page
    assert "person.placed" not in page


def test_a_placement_is_refused_beside_its_field_and_nobody_places_themselves(sari: Client, office: Office) -> None:
    address = f"/people/{office.budi.pk}/place"
    given = {**sari.get(address).context["form"].initial, "on": today().isoformat()}
    past = (today() - timedelta(days=3)).isoformat()
    for field, wrong in (
        ("superior", {"superior": NIP_BUDI}),
        ("superior", {"superior": "1"}),
        ("reason", {"on": past}),
    ):
        answer = sari.post(address, {**given, **wrong})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    outside = sari.post(address, {**given, "unit": office.fire.pk})
    assert list(outside.context["form"].errors) == ["unit"]
    assert sari.get(f"/people/{office.sari.pk}/place").status_code == 403


def test_a_persons_page_leads_on_only_where_the_actor_has_the_right(sari: Client, office: Office) -> None:
    page = sari.get(f"/people/{office.budi.pk}").text
    for way in (f"/history/{office.budi.pk}/", f"/policy/{office.budi.pk}/", f"/absences/enter/{office.budi.pk}/"):
        assert way in page
    assert f"/help-desk/{office.budi.pk}" not in page
    assert f"/absences/enter/{office.sari.pk}/" not in sari.get(f"/people/{office.sari.pk}").text


def test_the_agency_renames_a_unit(rina: Client, office: Office) -> None:
    address = f"/units/{office.clinic.pk}/rename"
    assert address in rina.get("/units/").text
    assert rina.post(address, {"name": "Puskesmas Anggrek", "short_name": "PKM"})["Location"] == "/units/"
    assert Unit.objects.get(pk=office.clinic.pk).name == "Puskesmas Anggrek"
    assert rina.post(address, {"name": ""}).status_code == 422
