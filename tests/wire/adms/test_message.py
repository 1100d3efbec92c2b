from __future__ import annotations

import pytest
from tests.wire.adms.captured import own, wall

from hadir.wire.adms import (
    Call,
    CommandReport,
    Fault,
    Handshake,
    OperationUpload,
    OptionUpload,
    PhotoUpload,
    Ping,
    Poll,
    PunchUpload,
    SecurityPush,
    TimeRequest,
    UnknownRequest,
    parse_target,
    read_message,
    refusal,
)
from hadir.wire.adms.operlog import BiometricLine, Operation, PhotoLine, TerminalUser, UnknownLine


def message(name: str):
    capture = own(name)
    return read_message(capture.method, capture.target, capture.body)


def test_a_handshake_says_who_it_is_and_hides_its_key_when_printed():
    said = message("handshake_att")

    assert said == Handshake("2.4.1", "69", "att", "2", "rahasia")
    assert "rahasia" not in repr(said)


def test_a_poll_of_old_firmware_is_read_with_its_blanks():
    info = message("getrequest_info_old_spaces").info

    assert (info.firmware, info.users, info.fingerprints, info.punches) == ("Ver 6.4.1(build99)", 12, 24, 3060)
    assert (info.address, info.face_version, info.face_parts, info.faces) == ("10.20.30.40", "-1", -12, None)
    assert info.flags == "101"


def test_a_poll_of_new_firmware_is_read_with_a_comma_in_its_name():
    info = message("getrequest_info_new_aspx").info

    assert (info.firmware, info.users, info.punches, info.faces) == ("ZAM99,NF10-Ver1.2.3", 44, 910, 43)
    assert (info.flags, info.rest) == ("01110", ("2", "0", "7"))


def test_operations_people_and_templates_are_told_apart_and_no_secret_is_kept():
    said = message("operlog_mixed")
    kinds = [type(line) for line in said.lines]

    assert kinds == [
        *[Operation] * 3,
        *[TerminalUser] * 2,
        *[BiometricLine] * 3,
        PhotoLine,
        UnknownLine,
    ]
    assert [(row.line_number, row.why) for row in said.bad_rows] == [(11, Fault.BAD_CODE)]
    printed = repr(said)
    for secret in ("271828", "U0FNUExF", "RkFDRQ", "QklP", "/9j/", "9999999999999999"):
        assert secret not in printed


def test_an_operation_says_what_who_and_when():
    enrolled = message("operlog_mixed").lines[2]

    assert (enrolled.code, enrolled.admin_pin, enrolled.objects) == (6, "900", ("412", "6", "1544", "0"))
    assert enrolled.local_time == wall("2026-08-03 06:12:30")


def test_a_user_line_keeps_name_privilege_and_card_but_only_names_the_password():
    sari, chinese = message("operlog_mixed").lines[3:5]

    assert (sari.pin, sari.name, sari.privilege, sari.card) == ("412", "Sari Wulandari", 14, "[00A1B2C3]")
    assert sari.fields.withheld == ("Passwd",)
    assert chinese.name == "王芳"


def test_a_template_line_keeps_its_particulars_whatever_the_case_of_its_names():
    face, bio = message("operlog_mixed").lines[6:8]

    assert (face.kind, face.fields.first("Valid"), face.fields.first("tmp")) == ("face", "1", None)
    assert (bio.kind, bio.pin, bio.fields.first("majorver")) == ("biodata", "412", "39")


def test_a_table_of_templates_is_never_taken_for_punches():
    said = message("biodata_table")

    assert isinstance(said, OperationUpload)
    assert [line.pin for line in said.lines] == ["15"]


def test_a_line_without_its_word_is_known_by_its_own_table():
    said = read_message("POST", parse_target("/iclock/cdata?table=USERINFO"), b"PIN=7\tName=Budi\tPasswd=1\n")

    assert [(line.pin, line.name) for line in said.lines] == [("7", "Budi")]


def test_options_keep_commas_in_values_and_no_key():
    said = message("options_commas")

    assert isinstance(said, OptionUpload)
    assert said.options.first("~oemvendor") == "CONTOH CO., LTD."
    assert said.options.first("~MaxPvCount") == ""
    assert said.options.withheld == ("authKey",)


@pytest.mark.parametrize("name", ["attphoto_binary", "attphoto_base64"])
def test_a_photo_is_known_by_its_header(name):
    said = message(name)

    assert isinstance(said, PhotoUpload)
    assert said.header.startswith(b"PIN=20260803")


def test_results_of_commands_are_read_line_by_line():
    said = message("devicecmd_batch_and_info")

    assert [(r.command_id, r.returned, r.command) for r in said.results] == [
        ("17", 0, "DATA"),
        ("info18", -1002, "DATA UPDATE"),
        ("19", 0, "INFO"),
    ]
    assert said.results[2].details.pairs == (
        ("UserCount", "41"),
        ("~OEMVendor", " Contoh, Inc."),
        ("FWVersion", "Ver 9.1.0"),
    )
    assert said.results[2].line_count == 5


def test_a_result_with_one_part_on_each_line_is_one_result():
    (result,) = message("devicecmd_shell_form").results

    assert (result.command_id, result.returned, result.command, result.text) == ("20", 3, "GetFile", ("some output",))


def test_a_result_in_the_target_is_read_where_the_body_is_empty():
    target = parse_target("/iclock/devicecmd?SN=HDR72611&ID=31&Return=-22&CMD=DATA")

    (result,) = read_message("POST", target, b"").results

    assert (result.command_id, result.returned, result.line_number) == ("31", -22, 0)


def test_lines_that_belong_to_no_result_are_kept_aside():
    said = read_message("POST", parse_target("/iclock/devicecmd"), b"hello\nID=1&Return=zero\nID=2&Return=0\n")

    assert isinstance(said, CommandReport)
    assert [r.command_id for r in said.results] == ["2"]
    assert [(b.line_number, b.why) for b in said.bad_rows] == [(1, Fault.STRAY_LINE), (2, Fault.BAD_RETURN)]


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("POST", "/iclock/registry?SN=HDR72611", 406),
        ("POST", "/iclock/push?SN=HDR72611", 403),
        ("POST", "/iclock/cdata?SN=HDR72611&table=rtlog", 403),
        ("POST", "/iclock/cdata?SN=HDR72611&table=tabledata&tablename=user&count=1", 403),
        ("POST", "/iclock/querydata?SN=HDR72611&type=tabledata", 403),
        ("GET", "/iclock/cdata?SN=HDR72611&options=all&DeviceType=acc", 403),
        ("POST", "/iclock/exchange?SN=HDR72611&type=publickey", 404),
    ],
)
def test_the_access_control_dialect_is_refused_so_that_its_rows_stay_on_the_terminal(method, target, status):
    said = read_message(method, parse_target(target), b"time=2026-08-03 07:15:00\tpin=1\n")

    assert isinstance(said, SecurityPush)
    assert said.rows == 1
    assert refusal(said).status == status


def test_punches_in_the_known_table_are_taken_whatever_the_terminal_calls_itself():
    target = parse_target("/iclock/cdata?SN=HDR72611&table=ATTLOG&DeviceType=acc")

    assert isinstance(read_message("POST", target, b"7\t2026-08-03 07:00:00\t0\t1\n"), PunchUpload)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/iclock/ping?SN=HDR72611", Ping),
        ("/iclock/getrequest?SN=HDR72611", Poll),
        ("/iclock/cdata?SN=HDR72611&type=time", TimeRequest),
        ("/iclock/cdata?SN=HDR72611&table=RemoteAtt&PIN=7", UnknownRequest),
        ("/iclock/cdata?SN=HDR72611", UnknownRequest),
    ],
)
def test_a_question_is_told_by_its_parameters(target, kind):
    assert isinstance(read_message("GET", parse_target(target), b""), kind)


def test_an_unknown_table_is_kept_raw_and_never_parsed_as_punches():
    body = b"7\t2026-08-03 07:00:00\t0\t1\nabc\n"

    said = read_message("POST", parse_target("/iclock/cdata?SN=HDR72611&table=NEWTHING"), body)

    assert said == UnknownRequest(Call.CDATA, "newthing", 2, body)
