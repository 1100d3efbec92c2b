import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from tests.org.people import NIP_BUDI, NIP_SARI, Office, today
from xlsxwriter import Workbook

from hadir.kernel.clock import now
from hadir.kernel.portraits import redrawn
from hadir.org import queries
from hadir.org.commands.imports import SheetHasFaults, Uploaded, apply_upload, keep_upload, person_photos
from hadir.org.importing.fields import Field
from hadir.org.importing.photos import NotAZip
from hadir.org.importing.plan import Plan
from hadir.org.importing.sheet import LARGEST, NotASheet, SheetTooLarge, letter_of, read_sheet
from hadir.org.importing.troubles import Trouble
from hadir.org.importing.uploads import own_upload, plan_upload
from hadir.org.models import Identifier, PeopleUpload, Person, Role, StaffClass
from hadir.org.refusals import NotFound
from hadir.org.rights import Actor

HEAD = ["NIP / NI PPPK", "Nama", "Pangkat / Golongan", "Jabatan", "Unit kerja", "Status", "Email dinas"]
HEAD += ["Email cadangan", "Atasan langsung", "Foto"]
DEWI = "199505052020122003"
AGUS = "198812122023211007"


def line(number: Any = DEWI, name: str = "Dewi Lestari", **more: Any) -> list[Any]:
    cells = {"rank": "III/a", "post": "Perawat", "unit": "HC", "staff": "PNS"} | more
    order = ["rank", "post", "unit", "staff", "email", "secondary", "superior", "photo"]
    return [number, name, *(cells.get(each, "") for each in order)]


def xlsx(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    written = io.BytesIO()
    with Workbook(written) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([head, *rows]):
            for column, value in enumerate(cells):
                sheet.write(number, column, value)
    return written.getvalue()


def upload(content: bytes, actor: Actor, photos: bytes = b"") -> PeopleUpload:
    return keep_upload(Uploaded(read_sheet(content), "pegawai.xlsx", photos, today(), ""), actor=actor)


def plan(office: Office, *rows: Sequence[Any], photos: bytes = b"", role: Role = Role.BKD) -> Plan:
    actor = office.appoint(office.rina, role, office.root)
    return plan_upload(upload(xlsx(*rows), actor, photos), actor=actor)


def faults(planned: Plan) -> list[tuple[int, str, Trouble]]:
    return [(fault.row, fault.column, fault.trouble) for fault in planned.faults]


def test_a_sheet_adds_people_with_superiors_that_stand_further_down(office: Office) -> None:
    actor = office.appoint(office.rina, Role.BKD, office.root)
    rows = [
        line(superior="Agus Salim"),
        [],
        line(AGUS, "Agus Salim", staff="PPPK", email="Agus@Contoh.go.id", superior=NIP_SARI),
    ]
    done = apply_upload(upload(xlsx(*rows), actor), actor=actor)
    assert (len(done.new), len(done.changed), done.unchanged) == (2, 0, 0)
    dewi, agus = Person.objects.get(name="Dewi Lestari"), Person.objects.get(name="Agus Salim")
    placed = queries.placement_on(dewi.pk, today())
    above = queries.placement_on(agus.pk, today())
    assert placed is not None
    assert above is not None
    assert (placed.superior, above.superior, above.staff_class) == (agus, office.sari, StaffClass.PPPK)
    assert queries.identifiers_of([agus.pk], today())[agus.pk] == {"ni_pppk": AGUS, "email": "agus@contoh.go.id"}


def test_what_is_on_record_already_changes_nothing_and_what_differs_is_named(office: Office) -> None:
    same = line(NIP_BUDI, "Budi Prasetyo", rank="III/a", post="", superior=NIP_SARI, email="budi@contoh.go.id")
    assert plan(office, same).unchanged == 1
    (changed,) = plan(office, line(NIP_BUDI, "Budi Prasetyo", rank="III/b", post="", unit="F")).changed
    assert changed.changes == {Field.RANK, Field.UNIT}


def test_confirming_changes_places_numbers_and_names_and_keeps_what_was_left_empty(office: Office) -> None:
    actor = office.appoint(office.rina, Role.BKD, office.root)
    row = line(NIP_BUDI, "Budi Prasetyo, S.Kep.", rank="III/b", unit="F", secondary="budi@rumah.id")
    apply_upload(upload(xlsx(row), actor), actor=actor)
    placed = queries.placement_on(office.budi.pk, today())
    assert placed is not None
    assert (placed.unit, placed.rank, placed.superior) == (office.fire, "III/b", office.sari)
    assert placed.person.name == "Budi Prasetyo, S.Kep."
    assert queries.person_named(Identifier.Kind.SECONDARY_EMAIL, "budi@rumah.id", today()) == office.budi
    yesterday = queries.placement_on(office.budi.pk, today() - timedelta(days=1))
    assert yesterday is not None
    assert yesterday.unit == office.clinic


@pytest.mark.parametrize(
    ("row", "column", "trouble"),
    [
        (line("19950505202012200"), "A", Trouble.LENGTH),
        (line("1995O5052020122003"), "A", Trouble.NOT_DIGITS),
        (line("199513052020122003"), "A", Trouble.BIRTH),
        (line("199505052020132003"), "A", Trouble.MONTH),
        (line("199505052020125003"), "A", Trouble.SEX),
        (line("199505052020122000"), "A", Trouble.SEQUENCE),
        (line(199505052020122003), "A", Trouble.ROUNDED),
        (line(name=""), "B", Trouble.EMPTY),
        (line(name="D" * 121), "B", Trouble.TOO_LONG),
        (line(rank="#REF!"), "C", Trouble.FORMULA),
        (line(unit=""), "E", Trouble.EMPTY),
        (line(unit="Dinas Antah"), "E", Trouble.UNKNOWN_UNIT),
        (line(staff="direktur"), "F", Trouble.UNKNOWN_CLASS),
        (line(staff=""), "F", Trouble.EMPTY),
        (line(email="dewi at contoh"), "G", Trouble.BAD_EMAIL),
        (line(email="sari@contoh.go.id", number=NIP_BUDI), "G", Trouble.TWO_PEOPLE),
        (line(superior="198001012005011001"), "I", Trouble.UNKNOWN_SUPERIOR),
        (line(superior="Siti Nurbaya"), "I", Trouble.UNKNOWN_SUPERIOR),
        (line(superior=DEWI), "I", Trouble.OWN_SUPERIOR),
        (line(photo="dewi.jpg"), "J", Trouble.NO_PHOTO),
    ],
    ids=lambda value: value.name if isinstance(value, Trouble) else "",
)
def test_every_bad_cell_is_named_by_row_and_column(
    office: Office, row: list[Any], column: str, trouble: Trouble
) -> None:
    assert (2, column, trouble) in faults(plan(office, row))


def test_a_young_appointment_is_only_a_warning(office: Office) -> None:
    planned = plan(office, line("199505052010122003"))
    assert (planned.faults, [each.trouble for each in planned.warnings]) == ([], [Trouble.UNDER_AGE])


def test_a_pppk_number_needs_no_month(office: Office) -> None:
    assert plan(office, line(AGUS, staff="PPPK")).faults == []
    assert faults(plan(office, line(AGUS, staff="PNS"))) == [(2, "A", Trouble.MONTH)]


def test_doubles_within_a_file_are_named_in_every_row(office: Office) -> None:
    twice = plan(office, line(), line(name="Dewi L.", email="d@contoh.go.id"), line("", "Tono", email="d@contoh.go.id"))
    assert faults(twice) == [
        (2, "A", Trouble.NUMBER_TWICE),
        (3, "A", Trouble.NUMBER_TWICE),
        (3, "G", Trouble.EMAIL_TWICE),
        (4, "G", Trouble.EMAIL_TWICE),
    ]


def test_two_rows_that_name_each_other_as_superior_are_refused(office: Office) -> None:
    planned = plan(office, line(superior=AGUS), line(AGUS, "Agus Salim", staff="PPPK", superior=DEWI))
    assert faults(planned) == [(2, "I", Trouble.OWN_SUPERIOR), (3, "I", Trouble.OWN_SUPERIOR)]


def test_an_admin_reaches_the_units_and_people_in_their_care_only(office: Office) -> None:
    admin = office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    sheet = xlsx(line(unit="F"), line("", "Joko Susilo"), line(NIP_SARI, "Sari Wulandari", unit="H", rank="IV/e"))
    planned = plan_upload(upload(sheet, admin), actor=admin)
    assert faults(planned) == [(2, "E", Trouble.NOT_YOUR_UNIT), (4, "B", Trouble.YOURSELF)]


def test_a_sheet_with_faults_changes_nothing(office: Office) -> None:
    actor = office.appoint(office.rina, Role.BKD, office.root)
    kept = upload(xlsx(line(), line("123", "Tono")), actor)
    with pytest.raises(SheetHasFaults):
        apply_upload(kept, actor=actor)
    assert not Person.objects.filter(name="Dewi Lestari").exists()


def test_an_upload_is_its_owners_and_expires(office: Office) -> None:
    rina, sari = (office.appoint(each, Role.BKD, office.root) for each in (office.rina, office.sari))
    kept = upload(xlsx(line()), rina)
    assert own_upload(kept.pk, actor=rina) == kept
    with pytest.raises(NotFound):
        own_upload(kept.pk, actor=sari)
    PeopleUpload.objects.update(expires_at=now())
    with pytest.raises(NotFound):
        own_upload(kept.pk, actor=rina)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_csv_of_any_office_is_read(delimiter: str, encoding: str) -> None:
    text = delimiter.join(["Nama", "Unit Kerja", "Status"]) + "\r\n" + delimiter.join(["René Siahaan", "HC", "PNS"])
    (row,) = read_sheet(text.encode(encoding)).rows
    assert (row.number, row.cells[Field.NAME], row.cells[Field.UNIT]) == (2, "René Siahaan", "HC")


def test_english_headings_and_a_title_above_them_are_understood() -> None:
    sheet = read_sheet(
        xlsx(["Employee number", "Full name", "Unit", "Class"], [DEWI, "Dewi", "HC", "PNS"], head=["Data"])
    )
    assert sheet.columns == {Field.NUMBER: "A", Field.NAME: "B", Field.UNIT: "C", Field.CLASS: "D"}
    assert sheet.rows[0].number == 3


def test_missing_and_doubled_columns_are_named() -> None:
    sheet = read_sheet(xlsx(head=["Nama", "Nama Lengkap", "NIP"]))
    assert [problem.trouble for problem in sheet.problems] == [Trouble.TWICE, Trouble.NO_COLUMN, Trouble.NO_COLUMN]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 ...", b"PK\x03\x04 not a zip", b"\x89PNG\r\n\x1a\n\0\0", b"plain words"]
)
def test_another_file_is_no_sheet_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(NotASheet):
        read_sheet(content)


def test_a_zip_that_is_no_sheet_and_one_that_swells_are_refused() -> None:
    plain, swelling = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(plain, "w") as packed:
        packed.writestr("a.txt", "a")
    with zipfile.ZipFile(swelling, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * 100 * 1024 * 1024)
    with pytest.raises(NotASheet):
        read_sheet(plain.getvalue())
    with pytest.raises(SheetTooLarge):
        read_sheet(swelling.getvalue())


def test_a_huge_file_and_a_file_of_too_many_rows_are_refused() -> None:
    for content in (b"Nama;Unit;Status\n" + b"x" * LARGEST, b"Nama;Unit;Status\n" + b"a;b;c\n" * 10_001):
        with pytest.raises(SheetTooLarge):
            read_sheet(content)


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_sheets_name_them(column: int, letter: str) -> None:
    assert letter_of(column) == letter


def picture(form: str = "JPEG") -> bytes:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (900, 1600), "navy").save(written, form, exif=exif)
    return written.getvalue()


def packed(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"foto/{name.replace('_', '.')}", content)
    return written.getvalue()


def test_a_photo_comes_along_smaller_and_without_metadata(office: Office) -> None:
    actor = office.appoint(office.rina, Role.BKD, office.root)
    kept = upload(xlsx(line(photo="Dewi.JPG")), actor, packed(dewi_jpg=picture(), other_jpg=picture()))
    apply_upload(kept, actor=actor)
    dewi = Person.objects.get(name="Dewi Lestari")
    stored = person_photos().get(1, bytes.fromhex(dewi.photo))
    assert stored is not None
    with Image.open(io.BytesIO(stored)) as opened:
        assert (opened.format, opened.height, len(opened.getexif())) == ("JPEG", 640, 0)


def test_a_file_that_only_calls_itself_a_photo_is_named(office: Office) -> None:
    planned = plan(office, line(photo="dewi.jpg"), photos=packed(dewi_jpg=b"<script>alert(1)</script>"))
    assert faults(planned) == [(2, "J", Trouble.BAD_PHOTO)]


def test_a_picture_that_claims_a_gigantic_size_is_not_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    assert redrawn(png) == b""


def test_photos_that_are_no_zip_are_refused(office: Office) -> None:
    with pytest.raises(NotAZip):
        plan(office, line(photo="dewi.jpg"), photos=b"not a zip")
