from __future__ import annotations

import pytest

from hadir.kernel.fence import Circle, Side, best_standing, judge, metres_between

OFFICE = Circle(site=1, latitude=-62_000_000, longitude=1_068_000_000, radius=100)
METRE = 90  # units of 1e-7 degree of latitude, 1.0008 m


def at(metres: int, accuracy: int | None) -> Side:
    return judge(OFFICE.latitude + metres * METRE, OFFICE.longitude, accuracy, OFFICE).side


@pytest.mark.parametrize(
    ("metres", "accuracy", "side"),
    [
        (0, 5, Side.INSIDE),
        (99, None, Side.INSIDE),
        (99, 3000, Side.INSIDE),
        (140, 60, Side.NOTED),
        (140, 30, Side.OUTSIDE),
        (140, None, Side.OUTSIDE),
        (199, 100, Side.NOTED),
        (210, 2000, Side.OUTSIDE),
        (1600, 2000, Side.OUTSIDE),
    ],
)
def test_accuracy_is_judged_fairly_up_to_its_cap(metres, accuracy, side):
    assert at(metres, accuracy) is side


def test_the_cap_is_a_setting():
    assert judge(OFFICE.latitude + 250 * METRE, OFFICE.longitude, 200, OFFICE, cap=200).side is Side.NOTED


def test_distance_agrees_with_known_cities():
    jakarta, jayapura = (-61_754_000, 1_068_272_000), (-25_337_000, 1_407_181_000)
    assert metres_between(*jakarta, *jakarta) == 0
    assert metres_between(*jakarta, *jayapura) == metres_between(*jayapura, *jakarta)
    assert abs(metres_between(*jakarta, *jayapura) - 3_781_000) < 15_000
    assert abs(metres_between(0, 1_799_999_000, 0, -1_799_999_000) - 22) < 1


def test_the_site_that_fits_best_is_named():
    wide = Circle(site=2, latitude=OFFICE.latitude + 500 * METRE, longitude=OFFICE.longitude, radius=600)
    best = best_standing(OFFICE.latitude + 120 * METRE, OFFICE.longitude, 50, [OFFICE, wide])
    assert best is not None
    assert (best.site, best.side) == (2, Side.INSIDE)
    assert best_standing(0, 0, 5, []) is None
