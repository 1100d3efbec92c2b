from __future__ import annotations

import time

import pytest

from hadir.gate.refusals import TooMany
from hadir.gate.settings import Rate
from hadir.gate.throttle import Throttle


@pytest.fixture
def clock(monkeypatch):
    """The monotonic clock, moved by hand."""
    hand = [1_000_000_000_000]
    monkeypatch.setattr(time, "monotonic_ns", lambda: hand[0])
    return hand


def taken(throttle, key, times):
    allowed = 0
    for _ in range(times):
        try:
            throttle.take(key)
        except TooMany:
            continue
        allowed += 1
    return allowed


def test_a_bucket_gives_its_burst_and_then_its_rate(clock):
    throttle = Throttle(Rate(2, 10))
    assert taken(throttle, "Budi", 20) == 10
    clock[0] += 3_000_000_000
    assert taken(throttle, "Budi", 20) == 6
    clock[0] += 3600_000_000_000
    assert taken(throttle, "Budi", 20) == 10


def test_one_key_takes_nothing_from_another(clock):
    throttle = Throttle(Rate(1, 1))
    assert taken(throttle, "Budi", 2) == 1
    assert taken(throttle, "Sari", 2) == 1


def test_the_wait_it_names_is_long_enough(clock):
    throttle = Throttle(Rate(1, 3))
    assert taken(throttle, "Budi", 3) == 3
    with pytest.raises(TooMany) as refused:
        throttle.take("Budi")
    clock[0] += refused.value.data["seconds"] * 1_000_000_000
    assert taken(throttle, "Budi", 2) == 1


def test_asking_without_taking_leaves_the_bucket_as_it_was(clock):
    throttle = Throttle(Rate(1, 1))
    throttle.require("Budi")
    throttle.require("Budi")
    assert taken(throttle, "Budi", 1) == 1
    with pytest.raises(TooMany):
        throttle.require("Budi")


def test_many_keys_take_bounded_memory(clock):
    throttle = Throttle(Rate(1, 1), most=100)
    for number in range(1000):
        throttle.take(number)
    assert len(throttle._full_at) == 100
