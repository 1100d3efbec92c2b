from __future__ import annotations

from datetime import timedelta

import pytest
from tests.wire.adms.captured import own, wall

from hadir.wire.adms import ClockDoubt, Fault, parse_attlog


def rows(name: str) -> list[tuple[object, ...]]:
    punches, bad_rows = parse_attlog(own(name).body)
    assert bad_rows == ()
    return [(p.pin, p.local_time, p.status, p.verify, p.workcode) for p in punches]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("attlog_10_fields_trailing_tab", [("412", wall("2026-08-03 07:12:09"), 255, 15, "0")]),
        (
            "attlog_7_fields_batch",
            [
                ("305", wall("2026-08-03 07:01:44"), 0, 1, "0"),
                ("305", wall("2026-08-03 07:01:46"), 0, 1, "0"),
                ("0007", wall("2026-08-03 07:02:30"), 0, 4, "0"),
                ("3174051122", wall("2026-08-03 16:31:05"), 1, 3, "0"),
                ("305", wall("2026-08-03 16:30:58"), 1, 1, "0"),
            ],
        ),
        (
            "attlog_crlf_empty_workcode",
            [("21", wall("2026-08-04 06:58:00"), 0, 1, ""), ("22", wall("2026-08-04 06:58:07"), 0, 1, "")],
        ),
        (
            "attlog_5_fields_no_final_newline",
            [("88", wall("2026-08-04 07:29:59"), 1, 0, "501"), ("88", wall("2026-08-04 16:00:01"), 1, 0, "502")],
        ),
        ("attlog_4_fields", [("640", wall("2026-08-05 07:30:00"), 0, 25, "")]),
        ("attlog_identity_card", [("77", wall("2026-08-05 07:31:12"), 0, 4, "0")]),
        ("attlog_job_codes", [("64", wall("2026-08-05 12:03:40"), 2, 1, "7")]),
        (
            "attlog_keyed",
            [("118", wall("2026-08-06 07:10:00"), 0, 1, ""), ("118", wall("2026-08-06 16:05:00"), 1, 15, "3")],
        ),
    ],
)
def test_each_form_of_row_becomes_a_punch(name, expected):
    assert rows(name) == expected


def test_the_fields_after_the_workcode_are_kept_as_sent():
    (card,), _ = parse_attlog(own("attlog_identity_card").body)
    (job,), _ = parse_attlog(own("attlog_job_codes").body)

    assert card.extra == ("0", "0", "9999999999999999", "1")
    assert job.extra == ("0", "0", "11", "12", "13", "14", "15", "16", "0.5", "0.6", "0.7")


def test_the_raw_line_is_kept_without_its_end():
    punches, _ = parse_attlog(own("attlog_crlf_empty_workcode").body)

    assert punches[0].raw == b"21\t2026-08-04 06:58:00\t0\t1\t\t0\t0\t"


def test_a_punch_time_carries_no_zone():
    (punch,), _ = parse_attlog(own("attlog_4_fields").body)

    assert punch.local_time.tzinfo is None


def test_bad_rows_are_named_and_block_no_other_row():
    punches, bad_rows = parse_attlog(own("attlog_bad_among_good").body)

    assert [(p.line_number, p.pin) for p in punches] == [(1, "51"), (11, "56")]
    assert [(row.line_number, row.why) for row in bad_rows] == [
        (2, Fault.BAD_TIME),
        (3, Fault.NO_PIN),
        (4, Fault.EPOCH_TIME),
        (5, Fault.TOO_FEW_FIELDS),
        (6, Fault.BAD_STATUS),
        (7, Fault.BAD_VERIFY),
        (8, Fault.CONTROL_BYTES),
        (9, Fault.FOREIGN_LINE),
    ]
    assert bad_rows[3].raw == b"rubbish"


def test_a_template_that_strayed_among_punches_is_not_kept_in_its_bad_row():
    _, bad_rows = parse_attlog(own("attlog_bad_among_good").body)

    assert bad_rows[-1].raw == b"BIODATA Pin=51\tNo=0\tTmp=[removed]"


def test_a_password_in_a_keyed_punch_is_not_kept_in_its_raw_line():
    (punch,), _ = parse_attlog(b"PIN=7\tDateTime=2026-08-03 07:00:00\tPasswd=12\tVerified=1\tStatus=0")

    assert punch.raw == b"PIN=7\tDateTime=2026-08-03 07:00:00\tPasswd=[removed]\tVerified=1\tStatus=0"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"7\t2026-08-03 07:00:00\t" + b"0" * 5000 + b"\t1", Fault.TOO_LONG),
        (b"7" * 65 + b"\t2026-08-03 07:00:00\t0\t1", Fault.LONG_PIN),
        (b"7\t2026-08-03 07:00:00\t\t1", Fault.BAD_STATUS),
        (b"7\t2026-08-03 07:00:00\t9999999999\t1", Fault.BAD_STATUS),
        (b"7\t0000-08-03 07:00:00\t0\t1", Fault.BAD_TIME),
        ("7\t\u0662\u0660\u0662\u0666-08-03 07:00:00\t0\t1".encode(), Fault.BAD_TIME),
        (b"PIN=7\tDateTime=2026-08-03 07:00:00\tVerified=1", Fault.TOO_FEW_FIELDS),
    ],
)
def test_a_row_that_a_table_could_not_hold_is_a_bad_row(line, why):
    punches, (bad,) = parse_attlog(line)

    assert punches == ()
    assert bad.why is why


def test_absurd_times_are_values_with_a_doubt():
    punches, bad_rows = parse_attlog(own("attlog_absurd_times").body)

    assert bad_rows == ()
    assert [p.doubt for p in punches] == [ClockDoubt.BEFORE_2000, ClockDoubt.CLOCK_RESET, ClockDoubt.FAR_FUTURE, None]


def test_a_backlog_of_17000_rows_is_read_whole_and_in_the_order_sent():
    start = wall("2026-07-01 06:00:00")
    times = [start + timedelta(seconds=7 * i) for i in range(17_000)]
    body = b"".join(b"%d\t%s\t0\t1\t0\t0\t0\n" % (i % 400 + 1, str(t).encode()) for i, t in enumerate(times))

    punches, bad_rows = parse_attlog(body)

    assert bad_rows == ()
    assert [p.local_time for p in punches] == times


def test_the_same_batch_sent_again_gives_the_same_punches():
    body = own("attlog_7_fields_batch").body

    assert parse_attlog(body) == parse_attlog(body)
