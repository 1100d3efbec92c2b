from __future__ import annotations

import hashlib
import socket
import threading
from dataclasses import replace

import pytest
from tests.buckets import KEY
from tests.gate.conftest import Door

from hadir.gate.app import create_app
from hadir.kernel.buckets import BucketKey
from hadir.kernel.clock import from_milliseconds, now, to_milliseconds
from hadir.kernel.photo_places import store_of

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
    assert door.settings.photos.get(1, bytes.fromhex(first.json["id"])) == SELFIE


def test_another_image_than_the_announced_one_is_refused(door, receipt, tmp_path):
    answer = door.ask("POST", "/gate/selfie", SELFIE + b"x", hadir_receipt=receipt)
    assert (answer.status, answer.json["code"]) == (409, "selfie_mismatch")
    assert not (tmp_path / "photos").exists()


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
def test_without_an_authentic_receipt_nothing_is_kept(door, receipt, spoil, tmp_path):
    answer = door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=spoil(receipt))
    assert (answer.status, answer.json["code"]) == (401, "receipt_refused")
    assert not (tmp_path / "photos").exists()


def test_the_selfie_of_a_parked_tap_waits_in_the_store(door, ledger, budi):
    long_ago = from_milliseconds(to_milliseconds(now()) - 400 * 86_400_000)
    parked = door.tap(budi, at=long_ago, selfie=hashlib.sha256(SELFIE).digest()).json
    assert parked["reason"] == "parked"
    assert door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=parked["receipt"]).status == 200
    assert photos_of(ledger, parked["id"]) == []
    assert door.settings.photos.get(1, bytes.fromhex(parked["id"])) == SELFIE


@pytest.fixture
def door_to(ledger, settings_of_door):
    """Open a gate whose photos live elsewhere."""
    opened = []

    def start(address, key):
        settings = replace(settings_of_door, photos=store_of(address, key))
        door = Door(create_app(settings), settings)
        opened.append(door)
        door.do(door.gate.start())
        return door

    yield start
    for door in opened:
        door.do(door.gate.stop())
        door.close()


def test_a_selfie_is_kept_in_a_bucket(door_to, s3, ledger, budi):
    door = door_to(s3.address("gate"), KEY)
    receipt = door.tap(budi, selfie=hashlib.sha256(SELFIE).digest()).json["receipt"]
    kept = door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=receipt)
    assert kept.status == 200
    assert door.settings.photos.get(1, bytes.fromhex(kept.json["id"])) == SELFIE
    assert photos_of(ledger, kept.json["id"]) == [(1, len(SELFIE))]


def test_a_bucket_that_refuses_the_gate_acknowledges_nothing(door_to, s3, ledger, budi):
    door = door_to(s3.address("gate"), BucketKey(KEY.name, "another secret"))
    tapped = door.tap(budi, selfie=hashlib.sha256(SELFIE).digest()).json
    answer = door.ask("POST", "/gate/selfie", SELFIE, hadir_receipt=tapped["receipt"])
    assert (answer.status, answer.json["code"]) == (503, "not_stored")
    assert photos_of(ledger, tapped["id"]) == []


def test_taps_are_taken_while_a_photo_waits_for_a_store_that_hangs(door_to, budi, sari):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        door = door_to(f"s3://photos?endpoint=http://127.0.0.1:{silent.getsockname()[1]}", KEY)
        receipt = door.tap(budi, selfie=hashlib.sha256(SELFIE).digest()).json["receipt"]
        sending = threading.Thread(
            target=door.ask, args=("POST", "/gate/selfie", SELFIE), kwargs={"hadir_receipt": receipt}
        )
        sending.start()
        connection, _ = silent.accept()  # the photo is on its way, and nobody answers
        assert door.tap(sari).status == 200
        assert sending.is_alive()
        connection.close()
        silent.close()
        sending.join()
