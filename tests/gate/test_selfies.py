from __future__ import annotations

import hashlib

import pytest

from hadir.kernel.clock import from_milliseconds, now, to_milliseconds
from hadir.kernel.photos import FolderStore

SELFIE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@pytest.fixture
def receipt(door, budi):
    return door.tap(budi, selfie=hashlib.sha256(SELFIE).digest()).json["receipt"]


def photos_of(ledger, identity):
    return ledger.ask("SELECT government_id, size FROM clocking_photo WHERE event_id = %s", bytes.fromhex(identity))


def test_the_announced_selfie_is_kept_once(door, ledger, receipt):
    first = door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=receipt)
    again = door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=receipt)
    assert (first.status, first.body) == (200, again.body)
    assert first.json["size"] == len(SELFIE)
    assert photos_of(ledger, first.json["id"]) == [(1, len(SELFIE))]
    assert FolderStore(door.settings.photo_folder).get(1, bytes.fromhex(first.json["id"])) == SELFIE


def test_another_image_than_the_announced_one_is_refused(door, receipt):
    answer = door.ask("POST", "/gate/selfie", SELFIE + b"x", hadir_receipt=receipt)
    assert (answer.status, answer.json["code"]) == (409, "selfie_mismatch")
    assert not door.settings.photo_folder.exists()


def test_a_tap_that_announced_no_selfie_takes_none(door, budi):
    receipt = door.tap(budi, selfie=None).json["receipt"]
    assert door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=receipt).status == 409


def test_what_is_no_image_or_too_large_is_refused(door, budi):
    page = b"<html><script>alert(1)</script>"
    receipt = door.tap(budi, selfie=hashlib.sha256(page).digest()).json["receipt"]
    assert door.ask("POST", "/gate/selfie", page, hadir_receipt=receipt).status == 415
    huge = SELFIE + bytes(door.settings.largest_selfie)
    assert door.ask("POST", "/gate/selfie", huge, hadir_receipt=receipt).status == 413


@pytest.mark.parametrize("spoil", [lambda _: "", lambda text: text[:-1], lambda text: "A" + text[1:]])
def test_without_an_authentic_receipt_nothing_is_kept(door, receipt, spoil):
    answer = door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=spoil(receipt))
    assert (answer.status, answer.json["code"]) == (401, "receipt_refused")
    assert not door.settings.photo_folder.exists()


def test_the_selfie_of_a_parked_tap_waits_in_the_store(door, ledger, budi):
    long_ago = from_milliseconds(to_milliseconds(now()) - 400 * 86_400_000)
    parked = door.tap(budi, at=long_ago, selfie=hashlib.sha256(SELFIE).digest()).json
    assert parked["reason"] == "parked"
    assert door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=parked["receipt"]).status == 200
    assert photos_of(ledger, parked["id"]) == []
    assert FolderStore(door.settings.photo_folder).get(1, bytes.fromhex(parked["id"])) == SELFIE
