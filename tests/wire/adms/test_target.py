from __future__ import annotations

import pytest

from hadir.wire.adms import Call, parse_target


@pytest.mark.parametrize(
    ("path", "call"),
    [
        (b"/iclock/cdata", Call.CDATA),
        (b"/iclock/cdata.aspx", Call.CDATA),
        (b"/iclock/getrequest/", Call.GETREQUEST),
        (b"/IClock/DeviceCmd.ASPX/", Call.DEVICECMD),
        (b"//iclock//ping", Call.PING),
        (b"/iclock/%63data", Call.CDATA),
        (b"http://absen.contoh.test:8080/iclock/fdata", Call.FDATA),
        (b"/iclock/unknown", Call.UNKNOWN),
        (b"/iclock/elsewhere", Call.UNKNOWN),
        (b"/iclock/file.php", Call.UNKNOWN),
        (b"/iclock", Call.ELSEWHERE),
        (b"/masuk", Call.ELSEWHERE),
        (b"", Call.ELSEWHERE),
    ],
)
def test_a_path_is_read_in_every_spelling_that_firmware_has(path, call):
    assert parse_target(path).call is call


@pytest.mark.parametrize("query", ["SN=hdr72611", "sn=HDR72611", "Sn=%20HDR72611%20", "x=1&SN=HDR72611&sn=OTHER123"])
def test_a_serial_is_found_whatever_the_case_and_the_first_one_holds(query):
    assert parse_target(f"/iclock/cdata?{query}").serial == "HDR72611"


@pytest.mark.parametrize(
    "sent", ["", "abc", "A" * 33, "HDR 7261", "HDR7261%0aX", "HDR7261%00", "HDR'--1", "\uff28\uff24\uff327261"]
)
def test_a_malformed_serial_is_no_serial(sent):
    target = parse_target(f"/iclock/cdata?SN={sent}")

    assert target.serial is None
    assert target.serial_sent is None


def test_a_serial_is_echoed_as_sent_but_told_apart_in_upper_case():
    target = parse_target("/iclock/cdata?SN=Hdr-7261.a_b")

    assert (target.serial, target.serial_sent) == ("HDR-7261.A_B", "Hdr-7261.a_b")


def test_of_a_repeated_parameter_the_first_holds():
    target = parse_target("/iclock/querydata?SN=HDR72611&type=tabledata&TYPE=options&tablename=User")

    assert target.first("Type") == "tabledata"
    assert target.table_name == "user"


def test_raw_blanks_and_a_plus_stay_in_a_value():
    target = parse_target(b"/iclock/getrequest?SN=HDR72611&INFO= Ver 6+1, 2&x")

    assert target.first("info") == " Ver 6+1, 2"
    assert target.first("x") == ""
    assert target.first("absent") is None


def test_a_value_in_the_encoding_of_chinese_firmware_is_read_and_control_bytes_are_shown():
    target = parse_target(b"/iclock/cdata?name=%cd%f5&bad=a%00b%0a")

    assert target.first("name") == "王"
    assert target.first("bad") == "a\ufffdb\ufffd"


@pytest.mark.parametrize(
    ("sent", "table"), [("ATTLOG", "attlog"), ("a;b", ""), ("%2e%2e/x", ""), ("", ""), ("y" * 33, "")]
)
def test_a_table_is_a_plain_name_or_none(sent, table):
    assert parse_target(f"/iclock/cdata?SN=HDR72611&table={sent}").table == table


def test_the_archived_line_and_the_printed_target_hold_no_key():
    target = parse_target("/iclock/cdata?SN=HDR72611&pushcommkey=rahasia&options=all&token=rahasia")

    assert target.archived == "sn=HDR72611&options=all"
    assert "rahasia" not in repr(target)
