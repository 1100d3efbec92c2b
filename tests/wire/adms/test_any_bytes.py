"""Whatever bytes arrive: typed results, nothing raised, no filled line lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadir.wire.adms import (
    CommandReport,
    OperationUpload,
    PunchUpload,
    acknowledgement,
    count_rows,
    is_sensitive,
    parse_attlog,
    parse_target,
    read_message,
    redact,
)

TABLES = ["ATTLOG", "OPERLOG", "BIODATA", "USERINFO", "options", "ATTPHOTO", "NEWTHING", ""]
PIECES = st.sampled_from(
    [
        *(b"\n", b"\r\n", b"\t", b" ", b",", b"&", b"=", b"\x00", b"\xff\xd8\xff", b"\xcd\xf5", b"QUJD" * 31),
        *(b"7\t2026-08-03 07:00:00\t0\t1", b"PIN=1\t", b"DateTime=2026-08-03 07:00:00\t", b"OPLOG 4\t0\t", b"USER "),
        *(
            b"Passwd=12",
            b"BIODATA Pin=1\t",
            b"Tmp=QUJD",
            b"CMD=uploadphoto",
            b"picture=",
            b"ID=1&Return=0",
            b"authKey=",
        ),
    ]
)
BODIES = st.one_of(st.binary(), st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=20).map(b"".join))


@given(body=BODIES)
def test_every_filled_line_of_punches_is_a_punch_or_a_bad_row(body):
    punches, bad_rows = parse_attlog(body)

    numbers = sorted([p.line_number for p in punches] + [row.line_number for row in bad_rows])
    filled = [n for n, line in enumerate(body.split(b"\n"), start=1) if line.strip(b" \t\r")]
    assert numbers == filled
    assert len(numbers) == count_rows("ATTLOG", body)
    assert all("\x00" not in p.pin + p.workcode + "".join(p.extra) for p in punches)


@given(body=BODIES, table=st.sampled_from(TABLES))
def test_any_upload_is_a_typed_message_with_every_line_accounted_for(body, table):
    said = read_message("POST", parse_target(f"/iclock/cdata?SN=HDR72611&table={table}"), body)

    if isinstance(said, PunchUpload):
        assert len(said.punches) + len(said.bad_rows) == count_rows(table, body)
    if isinstance(said, OperationUpload):
        assert len(said.lines) + len(said.bad_rows) == count_rows(table, body)
    assert b"OK" in acknowledgement(table, body).body


@given(body=BODIES)
def test_any_report_of_commands_accounts_for_every_line(body):
    said = read_message("POST", parse_target("/iclock/devicecmd?SN=HDR72611"), body)

    assert isinstance(said, CommandReport)
    assert sum(r.line_count for r in said.results) + len(said.bad_rows) == count_rows("", body)


@given(raw=st.one_of(st.binary(), st.text(), BODIES.map(lambda body: b"/iclock/cdata?SN=" + body)))
def test_any_target_is_read(raw):
    target = parse_target(raw)

    assert target.serial is None or (4 <= len(target.serial) <= 32 and target.serial.isascii())
    assert "\n" not in target.archived
    read_message("GET", target, b"")


@given(body=BODIES, table=st.sampled_from(TABLES))
def test_redacting_twice_changes_nothing(body, table):
    kept = redact(table, body)

    assert redact(table, kept) == kept


@given(line=BODIES, table=st.sampled_from(TABLES))
def test_any_line_is_sensitive_or_not(line, table):
    assert is_sensitive(table, line) in {True, False}


@pytest.mark.parametrize("table", ["ATTLOG", "OPERLOG", "NEWTHING", "options"])
def test_a_body_of_a_million_bytes_without_a_line_end_is_read_in_one_pass(table):
    bodies = (b"Tmp=" + b"QUJD" * 250_000, b"a=," * 330_000, b"\t " * 500_000, (b"A" * 119 + b"-") * 8_300)

    for hostile in bodies:
        read_message("POST", parse_target(f"/iclock/cdata?SN=HDR72611&table={table}"), hostile)
        redact(table, hostile)


def test_a_report_of_a_hundred_thousand_lines_under_one_command_is_read_in_one_pass():
    body = b"ID=1&Return=0&CMD=INFO\n" + b"a=1\n" * 100_000

    said = read_message("POST", parse_target("/iclock/devicecmd?SN=HDR72611"), body)

    assert isinstance(said, CommandReport)
    assert len(said.results[0].details.pairs) == 100_000
