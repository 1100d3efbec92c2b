"""The shared samples, where they lie beside the checkout."""

from __future__ import annotations

import pytest
from tests.wire.adms.captured import SHARED, Capture, read_capture, wall

from hadir.wire.adms import PunchUpload, SecurityPush, count_rows, parse_attlog, read_message, redact

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not beside this checkout"),
]


def sample(number: str) -> Capture:
    (path,) = SHARED.glob(f"{number}_*.txt")
    return read_capture(path)


@pytest.mark.parametrize(
    ("number", "count", "first", "extra"),
    [
        ("15", 1, ("3", wall("2026-09-15 15:35:43"), 255, 1, "0"), ("0",) * 5 + ("",)),
        ("17", 9, ("1452", wall("2015-07-30 15:16:28"), 0, 1, "0"), ("0", "0")),
        ("18", 3, ("1", wall("2024-07-28 01:25:24"), 0, 1, ""), ("0", "0", "")),
        ("19", 1, ("9001", wall("2026-07-28 22:40:21"), 1, 15, "0"), ("0",) * 5),
        ("22", 1, ("1452", wall("2015-07-30 15:16:28"), 0, 1, "0"), ("0", "0", "0" * 18, "0")),
        (
            "23",
            2,
            ("982", wall("2016-02-25 12:08:21"), 1, 0, "9001"),
            ("0", "0", "1", "2", "3", "4", "5", "6", "1.0", "2.0", "3.0"),
        ),
        ("24", 2, ("982", wall("2008-02-25 12:08:21"), 1, 0, "9001"), ()),
        ("25", 2, ("1001", wall("2026-08-20 09:15:00"), 0, 1, ""), ()),
        ("92", 2, ("1001", wall("2025-09-02 14:32:11"), 0, 1, ""), ()),
    ],
)
def test_each_sample_of_punches_is_read(number, count, first, extra):
    punches, bad_rows = parse_attlog(sample(number).body)

    assert bad_rows == ()
    assert len(punches) == count
    assert all(p.doubt is None for p in punches)
    p = punches[0]
    assert (p.pin, p.local_time, p.status, p.verify, p.workcode, p.extra) == (*first, extra)


def test_every_sample_is_read_with_nothing_lost():
    paths = sorted(SHARED.glob("*.txt"))
    assert len(paths) >= 70
    for path in paths:
        capture = read_capture(path)
        said = read_message(capture.method, capture.target, capture.body)
        rows = [*getattr(said, "lines", ()), *getattr(said, "punches", ()), *getattr(said, "bad_rows", ())]
        lines = len(rows) + sum(result.line_count for result in getattr(said, "results", ()))
        if lines:
            assert lines == count_rows(capture.target.table, capture.body), path.name
        assert getattr(said, "bad_rows", ()) == (), path.name


def test_samples_of_both_dialects_are_told_apart():
    for path in SHARED.glob("*_attlog_*.txt"):
        capture = read_capture(path)
        assert isinstance(read_message("POST", capture.target, capture.body), PunchUpload), path.name
    for kind in ("rtlog", "rtstate", "registry", "tabledata", "querydata"):
        for path in SHARED.glob(f"??_{kind}_*.txt"):
            capture = read_capture(path)
            assert isinstance(read_message("POST", capture.target, capture.body), SecurityPush), path.name


def test_no_template_or_photo_of_a_sample_is_kept():
    for path in SHARED.glob("*.txt"):
        capture = read_capture(path)
        kept = redact(capture.target.table, capture.body)
        for marker in (b"TEMPLATE REMOVED", b"PHOTO REMOVED", b"[CUT]", b"JFIF"):
            assert marker not in kept, path.name
