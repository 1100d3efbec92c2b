from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadir.kernel.text import from_text, to_text


@given(st.binary(max_size=200))
def test_bytes_come_back_from_their_text(raw):
    assert from_text(to_text(raw)) == raw


@given(st.text(st.sampled_from("Ab9-_+/= \n"), max_size=12))
def test_no_two_texts_mean_the_same_bytes(text):
    raw = from_text(text)
    assert raw is None or to_text(raw) == text


@pytest.mark.parametrize("text", ["QQ==", "QUJD====", "Q", "QR", "Q+", "Q/", "QQ\n", "é"])
def test_what_to_text_would_not_write_is_no_text(text):
    assert from_text(text) is None
