from typing import Any

from hadir.rules.document import judge_document

WEEK = ["2026-08-03", "2026-08-04", "2026-08-05", "2026-08-06", "2026-08-07"]
BANDS = [{"code": "TL1", "from": 1, "to": 31, "percent": "0.5"}, {"code": "TL2", "from": 31, "percent": "3"}]


def month_of(arrivals: list[str], month: dict[str, Any], second: str = "") -> dict[str, Any]:
    policy = {"name": "P", "clauses": {"late": {"bands": BANDS}, "absent": {"percent": "4"}}, "month": month}
    taps = [{"person": "Sari", "at": f"{date}T{at}"} for date, at in zip(WEEK, arrivals, strict=True) if at]
    taps += [{"person": "Sari", "at": f"{date}T17:00"} for date, at in zip(WEEK, arrivals, strict=True) if at]
    sari = {"id": "Sari", "zone": "WIB", "policy": "p", "shift": "k", "from": WEEK[0], "to": second or WEEK[-1]}
    document = {
        "known_until": "2026-10-01T00:00:00+07:00",
        "policies": {"p": policy},
        "shifts": {"k": "office_standard"},
    }
    return judge_document(document | {"people": [sari], "taps": taps})["months"]


def test_a_month_sums_its_days() -> None:
    (august,) = month_of(["07:40", "07:30", "08:10", "", "07:20"], {})
    assert august["days"] == {"present": 4, "absent": 1}
    assert august["seconds"]["late"] == 50 * 60
    assert august["clauses"] == {"late": "3.50", "absent": "4.00"}
    assert august["deduction"] == "7.50"


def test_the_first_two_late_arrivals_of_a_month_are_free() -> None:
    free = {"free": [{"name": "dua kali", "clauses": ["late"], "count": 2}]}
    (august,) = month_of(["08:10", "07:40", "07:41", "", "07:20"], free)
    assert august["adjustments"] == {"dua kali": "-3.50"}
    assert august["deduction"] == "4.50"


def test_a_cap_takes_off_what_is_over_it() -> None:
    caps = {"caps": [{"name": "batas telat", "clauses": ["late"], "percent": "4"}]}
    (august,) = month_of(["08:10", "08:10", "08:10", "", "07:20"], caps)
    assert august["adjustments"] == {"batas telat": "-5.00"}
    assert august["deduction"] == "8.00"


def test_a_cap_of_everything_counts_after_the_narrower_one_and_the_free_count() -> None:
    rules = {
        "free": [{"name": "sekali", "clauses": ["late"], "count": 1}],
        "caps": [{"name": "semua", "percent": "6"}, {"name": "telat", "clauses": ["late"], "percent": "4"}],
    }
    (august,) = month_of(["08:10", "08:10", "08:10", "", "07:20"], rules)
    assert august["adjustments"] == {"sekali": "-3.00", "telat": "-2.00", "semua": "-2.00"}
    assert august["deduction"] == "6.00"


def test_days_of_two_months_are_two_rows() -> None:
    months = month_of(["07:30", "07:30", "07:30", "07:30", "07:30"], {}, second="2026-09-01")
    assert [month["month"] for month in months] == ["2026-08", "2026-09"]
    assert months[1]["days"] == {"absent": 1}
