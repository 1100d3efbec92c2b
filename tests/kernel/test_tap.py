from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadir.kernel import tap
from hadir.kernel.clock import from_milliseconds
from hadir.kernel.refusals import InvalidData
from hadir.kernel.signing import is_signed_by

VECTORS = json.loads(Path(__file__).with_name("tap_vectors.json").read_text())
PHONE_KEY = bytes.fromhex(VECTORS["phone_key"])


def tap_of(fields: dict[str, Any]) -> tap.Tap:
    position = None
    if fields["latitude"] is not None:
        age = None if fields["age"] is None else timedelta(seconds=fields["age"])
        position = tap.Position(fields["latitude"], fields["longitude"], fields["accuracy"], age)
    return tap.Tap(
        government=fields["government"],
        person=fields["person"],
        at=from_milliseconds(fields["at"]),
        position=position,
        kind=tap.Kind(fields["kind"]),
        mark=tap.Mark(fields["mark"]),
        selfie=bytes.fromhex(fields["selfie"]) if fields["selfie"] else None,
        nonce=bytes.fromhex(fields["nonce"]),
        salt=bytes.fromhex(fields["salt"]),
        note=fields["note"],
    )


BUDI = tap_of(VECTORS["taps"][0]["fields"])


@pytest.mark.parametrize("vector", VECTORS["taps"], ids=lambda vector: vector["name"])
def test_a_tap_is_written_and_read_as_the_committed_example_says(vector):
    canonical = bytes.fromhex(vector["canonical"])
    assert tap.encode(tap_of(vector["fields"])) == canonical
    assert tap.decode(canonical) == tap_of(vector["fields"])
    assert tap.identify(canonical).hex() == vector["id"]


@pytest.mark.parametrize("vector", VECTORS["taps"], ids=lambda vector: vector["name"])
def test_the_signature_of_the_committed_example_holds_for_these_bytes_only(vector):
    canonical, signature = bytes.fromhex(vector["canonical"]), bytes.fromhex(vector["signature"])
    assert is_signed_by(PHONE_KEY, canonical, signature)
    assert not is_signed_by(PHONE_KEY, canonical[:-1] + bytes([canonical[-1] ^ 1]), signature)
    assert not is_signed_by(PHONE_KEY, canonical, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not is_signed_by(PHONE_KEY, canonical, signature[:-1])


@pytest.mark.parametrize(
    ("offset", "written", "place"),
    [
        (0, b"HTP2", "tap.magic"),
        (4, bytes(4), "tap.government"),
        (4, b"\xff\xff\xff\xff", "tap.government"),
        (8, b"\xff" * 8, "tap.person"),
        (16, b"\xff" * 8, "tap.at"),
        (24, (900_000_001).to_bytes(4), "tap.latitude"),
        (24, b"\x80\0\0\0", "tap.latitude"),
        (28, b"\x7f\xff\xff\xff", "tap.longitude"),
        (36, b"\x03", "tap.kind"),
        (37, b"\x04", "tap.mark"),
        (110, b"\0\0", "tap.note"),
        (112, b"\0", "tap.note"),
        (112, b"\xff", "tap.note"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(offset, written, place):
    canonical = tap.encode(BUDI)
    with pytest.raises(InvalidData) as refused:
        tap.decode(canonical[:offset] + written + canonical[offset + len(written) :])
    assert refused.value.data["place"] == place


def test_bytes_missing_or_left_over_are_refused():
    canonical = tap.encode(BUDI)
    for wrong in (canonical[:-1], canonical + b"x", canonical[:50], b""):
        with pytest.raises(InvalidData):
            tap.decode(wrong)


def test_a_tap_without_position_has_no_accuracy_either():
    canonical = bytearray(bytes.fromhex(VECTORS["taps"][1]["canonical"]))
    canonical[32:34] = (12).to_bytes(2)
    with pytest.raises(InvalidData, match=r"^tap\.accuracy: "):
        tap.decode(bytes(canonical))


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": "x" * 501},
        {"salt": b"short"},
        {"at": BUDI.at + timedelta(microseconds=1)},
        {"government": -1},
        {"position": tap.Position(0, 0, 65535, None)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_would_not_read_back_the_same_is_not_written(wrong):
    with pytest.raises(InvalidData):
        tap.encode(replace(BUDI, **wrong))


@given(st.binary(max_size=700))
def test_garbage_is_either_refused_or_exactly_canonical(garbage):
    try:
        read = tap.decode(garbage)
    except InvalidData:
        return
    assert tap.encode(read) == garbage


@given(st.integers(0, 143), st.integers(0, 255))
def test_no_two_byte_strings_mean_the_same_tap(offset, value):
    canonical = bytearray(tap.encode(BUDI))
    canonical[offset] = value
    try:
        read = tap.decode(bytes(canonical))
    except InvalidData:
        return
    assert tap.encode(read) == bytes(canonical)
