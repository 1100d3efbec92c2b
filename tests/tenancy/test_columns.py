import numpy as np
import pytest
from django.db import DataError, connection

from hadir.tenancy.columns import BOOL, DATE, INSTANT, INT2, INT4, INT8, UnevenRowsError, fetch_columns, id_array
from hadir.tenancy.current import NoGovernment, acting_in
from hadir.tenancy.models import Government

EVERY_KIND = (
    "SELECT n::int2, n::int4, n::int8, mod(n::int, 2) = 0, date '2026-08-17' + n, "
    "timestamptz '2026-08-17 07:30:00.25+07'"
)
KINDS = {"a": INT2, "b": INT4, "c": INT8, "even": BOOL, "date": DATE, "at": INSTANT}


def test_every_kind_of_column_arrives_as_it_is(kota: Government) -> None:
    with acting_in(kota.pk):
        found = fetch_columns(f"{EVERY_KIND} FROM generate_series(-1, %s) n", [1], KINDS)
    assert [found[name].tolist() for name in "abc"] == [[-1, 0, 1]] * 3
    assert found["even"].tolist() == [False, True, False]
    assert found["date"].astype(str).tolist() == ["2026-08-16", "2026-08-17", "2026-08-18"]
    assert set(found["at"].astype(str).tolist()) == {"2026-08-17T00:30:00.250000"}


def test_a_hundred_thousand_rows_arrive_whole(kota: Government) -> None:
    with acting_in(kota.pk):
        found = fetch_columns("SELECT n::int8 FROM generate_series(1, %s) n", [100_000], {"n": INT8})
    assert np.array_equal(found["n"], np.arange(1, 100_001))


def test_no_row_is_no_row(kota: Government) -> None:
    with acting_in(kota.pk):
        assert len(fetch_columns("SELECT 1::int8 WHERE false", [], {"n": INT8})["n"]) == 0


def test_a_missing_value_is_refused_and_not_taken_for_another(kota: Government) -> None:
    with acting_in(kota.pk), pytest.raises(UnevenRowsError):
        fetch_columns("SELECT nullif(n, 2)::int8 FROM generate_series(1, 3) n", [], {"n": INT8})


def test_a_column_of_another_width_is_refused(kota: Government) -> None:
    with acting_in(kota.pk), pytest.raises(UnevenRowsError):
        fetch_columns("SELECT 1::int4, 1::int8", [], {"a": INT8, "b": INT4})


def test_a_failure_in_the_middle_of_the_answer_is_told_and_the_connection_lives_on(kota: Government) -> None:
    with pytest.raises(DataError, match="division by zero"), acting_in(kota.pk):
        fetch_columns("SELECT 1 / (n - 50000) FROM generate_series(1, 60000) n", [], {"n": INT4})
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_columns_are_read_for_a_government_only(db: None) -> None:
    with pytest.raises(NoGovernment):
        fetch_columns("SELECT 1::int8", [], {"n": INT8})


def test_ids_are_written_as_one_array(kota: Government) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::bigint[]", [id_array(np.array([3, 1, 2]))])
        assert cursor.fetchone() == ([3, 1, 2],)
