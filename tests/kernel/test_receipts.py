from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hadir.kernel.clock import from_milliseconds
from hadir.kernel.keys import derive_keys
from hadir.kernel.nonces import make_nonce, nonce_issued
from hadir.kernel.receipts import Reason, Receipt, ReceiptKey, ReceiptReader
from hadir.kernel.refusals import InvalidData

KEYS = derive_keys(b"a secret of one installation, 32+")
MORNING = from_milliseconds(1785716999123)
BUDI = Receipt(1, 42, b"t" * 32, MORNING, MORNING + timedelta(seconds=1), b"s" * 32, Reason.NONE)


@pytest.mark.parametrize("receipt", [BUDI, replace(BUDI, selfie=None, reason=Reason.PARKED)], ids=["counts", "parked"])
def test_anyone_with_the_public_key_can_read_a_receipt(receipt):
    key = ReceiptKey(KEYS.receipt_seed)
    assert ReceiptReader(key.public).read(key.write(receipt)) == receipt
    assert receipt.counts == (receipt.reason is Reason.NONE)


def test_the_same_tap_gets_the_identical_receipt_from_any_process():
    assert ReceiptKey(KEYS.receipt_seed).write(BUDI) == ReceiptKey(KEYS.receipt_seed).write(BUDI)


def test_a_receipt_changed_or_of_another_installation_is_not_read():
    key = ReceiptKey(KEYS.receipt_seed)
    text = key.write(BUDI)
    assert key.reader.read(text[:60] + ("A" if text[60] != "A" else "B") + text[61:]) is None
    assert key.reader.read(text[:-4]) is None
    assert key.reader.read("no receipt") is None
    other = ReceiptKey(derive_keys(b"a secret of another installation!").receipt_seed)
    assert other.reader.read(text) is None


def test_a_nonce_tells_when_it_was_issued_and_cannot_be_made_elsewhere():
    nonce = make_nonce(KEYS.for_nonces, MORNING)
    assert len(nonce) == 24
    assert nonce_issued(KEYS.for_nonces, nonce) == MORNING
    assert nonce_issued(KEYS.for_nonces, nonce[:7] + bytes([nonce[7] ^ 1]) + nonce[8:]) is None
    assert nonce_issued(KEYS.for_nonces, bytes(24)) is None
    assert nonce_issued(KEYS.for_passes, nonce) is None


def test_each_purpose_has_its_own_key_and_a_short_secret_is_refused():
    assert len({KEYS.for_passes, KEYS.for_nonces, KEYS.receipt_seed}) == 3
    assert "\\x" not in repr(KEYS)
    with pytest.raises(InvalidData):
        derive_keys(b"123456")
