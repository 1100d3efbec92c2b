from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from hadir.kernel import passes
from hadir.kernel.clock import from_milliseconds
from hadir.kernel.keys import derive_keys
from hadir.kernel.refusals import InvalidData

KEY = derive_keys(b"a secret of one installation, 32+").for_passes
MORNING = from_milliseconds(1785716999000)
PUBLIC = generate_private_key(SECP256R1()).public_key()
SARI = passes.Pass(
    government=3,
    person=99,
    serial=2**40,
    phone_key=PUBLIC.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
    sites=(4, 5),
    issued=MORNING,
    expires=MORNING + timedelta(hours=36),
)


@pytest.mark.parametrize("sites", [(4, 5), (), None, (2**60,)])
@pytest.mark.parametrize("point", [PublicFormat.CompressedPoint, PublicFormat.UncompressedPoint])
def test_a_pass_reads_back_as_it_was_issued(sites, point):
    granted = replace(SARI, sites=sites, phone_key=PUBLIC.public_bytes(Encoding.X962, point))
    assert passes.check(KEY, passes.issue(KEY, granted)) == granted


def test_a_pass_is_valid_until_the_instant_it_expires():
    assert SARI.is_valid_at(SARI.expires - timedelta(microseconds=1))
    assert not SARI.is_valid_at(SARI.expires)


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires": MORNING + timedelta(hours=36, seconds=1)},
        {"expires": MORNING},
        {"phone_key": b"\x04" + b"\x01" * 64},
        {"phone_key": b""},
        {"sites": tuple(range(65))},
        {"person": -1},
    ],
    ids=str,
)
def test_a_pass_that_promises_too_much_or_binds_no_key_is_not_issued(wrong):
    with pytest.raises(InvalidData):
        passes.issue(KEY, replace(SARI, **wrong))


def test_a_pass_of_another_installation_is_refused():
    other = derive_keys(b"a secret of another installation!").for_passes
    with pytest.raises(passes.PassRefused):
        passes.check(KEY, passes.issue(other, SARI))


@given(st.integers(0, 220), st.characters(codec="ascii"))
def test_a_pass_with_any_character_changed_is_refused(place, character):
    text = passes.issue(KEY, SARI)
    place %= len(text)
    changed = text[:place] + character + text[place + 1 :]
    if changed != text:
        with pytest.raises(passes.PassRefused):
            passes.check(KEY, changed)


@given(st.text(max_size=300))
def test_garbage_is_no_pass(text):
    with pytest.raises(passes.PassRefused):
        passes.check(KEY, text)
