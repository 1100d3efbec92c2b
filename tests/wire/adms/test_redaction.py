from __future__ import annotations

import pytest
from tests.wire.adms.captured import OWN, own, read_capture

from hadir.wire.adms import count_rows, is_sensitive, redact


def test_templates_photos_passwords_and_identity_numbers_leave_the_operation_log():
    body = own("operlog_mixed").body

    kept = redact("OPERLOG", body)

    for secret in (b"271828", b"U0FNUExF", b"RkFDRQ", b"QklP", b"/9j/", b"9999999999999999"):
        assert secret in body
        assert secret not in kept
    assert b"Name=Sari Wulandari\tPri=14\tPasswd=[removed]\tCard=[00A1B2C3]" in kept
    assert b"\tPasswd=\tCard=" in kept
    assert b"OPLOG 4\t900\t2026-08-03 06:10:00\t0\r\n" in kept


def test_lines_stay_lines_in_every_table_of_lines():
    for path in OWN.glob("*.txt"):
        capture = read_capture(path)
        table = capture.target.table
        if table and table != "attphoto":
            assert count_rows(table, redact(table, capture.body)) == count_rows(table, capture.body), path.name


def test_rows_of_punches_are_kept_byte_for_byte():
    body = own("attlog_7_fields_batch").body

    assert redact("attlog", body) == body


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("attphoto_binary", b"PIN=20260803071209-412.jpg\nSN=HDR7261100033\nsize=12\nCMD=realupload[removed]"),
        ("attphoto_base64", b"PIN=20260803071300.jpg\nSN=HDR7261100034\nsize=4096\nCMD=uploadphoto\npicture=[removed]"),
    ],
)
def test_of_a_photo_only_its_header_is_kept(name, kept):
    assert redact("ATTPHOTO", own(name).body) == kept


def test_a_password_in_the_header_of_a_photo_is_removed_too():
    assert redact("ATTPHOTO", b"PIN=1.jpg\nPasswd=12\nCMD=realupload\x00abc") == (
        b"PIN=1.jpg\nPasswd=[removed]\nCMD=realupload[removed]"
    )


def test_a_photo_without_a_table_is_known_by_its_command():
    assert b"pixels" not in redact("", own("attphoto_binary").body)


def test_a_photo_among_punches_takes_no_punch_with_it():
    first, last = b"7\t2026-08-03 07:00:00\t0\t1\t0\n", b"8\t2026-08-03 07:00:01\t0\t1\t0\n"

    kept = redact("ATTLOG", first + b"\xff\xd8\xff\xe0abc\nrest of picture\n" + last)

    assert kept == first + b"[removed]\n[removed]\n" + last


def test_a_template_wrapped_over_unnamed_lines_is_removed():
    assert redact("OPERLOG", b"FP PIN=1\tTMP=QUJD\n" + b"QUJD" * 40 + b"\n") == b"FP PIN=1\tTMP=[removed]\n[removed]\n"


def test_option_values_with_commas_stay_and_keys_go():
    kept = redact("options", own("options_commas").body)

    assert kept.endswith(b",~MaxPvCount=,authKey=[removed],PIN2Width=9")
    assert b"~OEMVendor=CONTOH CO., LTD.,UserCount=41" in kept


@pytest.mark.parametrize(
    ("table", "line", "sensitive"),
    [
        ("ATTLOG", b"7\t2026-08-03 07:00:00\t0\t1", False),
        ("OPERLOG", b"OPLOG 4\t0\t2026-08-03 07:00:00\t0", False),
        ("OPERLOG", b"USER PIN=1\tName=Budi\tPasswd=", False),
        ("OPERLOG", b"USER PIN=1\tName=Budi\tPasswd=1", True),
        ("OPERLOG", b"FP PIN=1\tFID=0", True),
        ("OPERLOG", b"BIOPHOTO PIN=1", True),
        ("ATTLOG", b"BIODATA Pin=1\tTmp=QUJD", True),
        ("BIODATA", b"Pin=1", True),
        ("ATTPHOTO", b"", True),
        ("tabledata", b"user uid=1\tpin=4\tpassword=12", True),
        ("tabledata", b"templatev10 pin=4", True),
        ("options", b"FingerFunOn=1", False),
    ],
)
def test_a_line_says_whether_it_may_be_kept_as_it_came(table, line, sensitive):
    assert is_sensitive(table, line) is sensitive
