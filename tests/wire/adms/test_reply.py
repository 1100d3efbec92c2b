from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.wire.adms.captured import OWN, own, read_capture

from hadir.wire import adms
from hadir.wire.adms import Backlog, acknowledgement, count_rows, handshake_reply, time_reply


def options_of(body: bytes) -> dict[str, str]:
    lines = body.decode("ascii").split("\n")
    return dict(line.split("=", 1) for line in lines[1:-1])


def test_every_line_of_the_handshake_ends_in_a_line_feed_alone():
    body = handshake_reply("HDR7261100036", 7).body

    assert body.startswith(b"GET OPTION FROM: HDR7261100036\n")
    assert body.endswith(b"\n")
    assert b"\r" not in body


@pytest.mark.parametrize("hours", [7, 8, 9])
def test_the_zone_is_told_in_whole_hours(hours):
    assert options_of(handshake_reply("HDR7261100036", hours).body)["TimeZone"] == str(hours)


def test_the_handshake_asks_for_punches_at_once_and_for_no_template_or_photo():
    options = options_of(handshake_reply("HDR7261100036", 7).body)

    assert options["TransFlag"] == "TransData AttLog\tOpLog"
    assert (options["Realtime"], options["Encrypt"], options["ServerVer"]) == ("1", "None", "2.4.1")


def test_the_whole_backlog_is_asked_for_by_the_word_none():
    new = options_of(handshake_reply("HDR7261100036", 7, backlog=Backlog.FROM_START).body)
    known = options_of(handshake_reply("HDR7261100036", 7).body)

    assert (new["ATTLOGStamp"], known["ATTLOGStamp"]) == ("None", "9999")


def test_a_serial_that_would_add_a_line_is_refused():
    with pytest.raises(ValueError, match="serial"):
        handshake_reply("HDR7261\nTimeZone=0", 7)


@pytest.mark.parametrize(("hours", "poll"), [(15, 10), (-13, 10), (7, 0), (7, 601)])
def test_a_zone_or_period_that_no_terminal_has_is_refused(hours, poll):
    with pytest.raises(ValueError, match=r"zone|polls"):
        handshake_reply("HDR7261100036", hours, poll_seconds=poll)


def test_each_capture_is_acknowledged_as_its_first_line_says():
    checked = 0
    for path in OWN.glob("*.txt"):
        capture = read_capture(path)
        _, _, expected = capture.comment.partition("reply: ")
        if expected.startswith("OK"):
            assert acknowledgement(capture.target.table, capture.body).body.decode() == expected, path.name
            checked += 1
    assert checked >= 12


def test_unreadable_rows_are_acknowledged_too_so_that_they_block_nothing():
    body = own("attlog_bad_among_good").body

    assert count_rows("ATTLOG", body) == 10
    assert acknowledgement("ATTLOG", b"\r\n\t\r\n").body == b"OK"


def test_no_refusal_reads_as_a_success():
    refusals = [
        adms.NOT_APPROVED,
        adms.REGISTRY_REFUSED,
        adms.NOT_FOUND,
        adms.TOO_LARGE,
        adms.TOO_MANY,
        adms.NOT_STORED,
    ]

    assert all(b"OK" not in reply.body and reply.status >= 400 for reply in refusals)


def test_the_time_is_told_in_the_zone_of_the_terminal():
    now = datetime(2026, 8, 3, 0, 30, 5, 999, tzinfo=UTC)

    assert time_reply(now, 9).body == b"Time=2026-08-03T09:30:05+09:00"
