"""What every store of photos promises, held against a folder and against a real S3 server."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest
from tests.buckets import KEY

from hadir.kernel.buckets import BucketKey
from hadir.kernel.photo_places import folder_of, store_of, told_place
from hadir.kernel.photos import FolderStore, ImageType, PhotoStoreUnavailable, sniff
from hadir.kernel.refusals import InvalidData

if TYPE_CHECKING:
    from pathlib import Path

    from tests.buckets import S3Server

    from hadir.kernel.photos import PhotoStore

TAP = bytes(range(32))


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> PhotoStore:
    if request.param == "folder":
        return store_of(str(tmp_path), None)
    s3: S3Server = request.getfixturevalue("s3")
    return store_of(s3.address(f"contract/{secrets.token_hex(4)}"), KEY)


def test_a_photo_comes_back_until_it_is_deleted(store):
    assert store.get(1, TAP) is None
    store.put(1, TAP, b"image")
    assert store.get(1, TAP) == b"image"
    assert store.get(2, TAP) is None
    store.delete(1, TAP)
    store.delete(1, TAP)
    assert store.get(1, TAP) is None


def test_a_photo_that_comes_twice_is_kept_as_it_was(store):
    image = bytes(range(256)) * 8_000
    store.put(1, TAP, image)
    store.put(1, TAP, image)
    assert store.get(1, TAP) == image


def test_photos_of_another_kind_never_meet_those_of_taps(store):
    store.put(1, TAP, b"selfie")
    assert store.apart("people").get(1, TAP) is None
    store.apart("people").put(1, TAP, b"portrait")
    assert (store.get(1, TAP), store.apart("people").get(1, TAP)) == (b"selfie", b"portrait")


@pytest.mark.parametrize(("government", "tap"), [(0, TAP), (-1, TAP), (1, b"../../etc/passwd"), (1, b"")])
def test_a_name_that_is_no_tap_is_refused(store, government, tap):
    for ask in (store.get, store.delete, lambda *name: store.put(*name, b"image")):
        with pytest.raises(InvalidData):
            ask(government, tap)


@pytest.mark.parametrize("kind", ["..", "../1", "1", "a/b", ""])
def test_a_kind_that_is_no_word_is_refused(store, kind):
    with pytest.raises(InvalidData):
        store.apart(kind)


@pytest.mark.parametrize(
    ("key", "said"),
    [(BucketKey(KEY.name, "another secret"), "SignatureDoesNotMatch"), (BucketKey("x", "y"), "InvalidAccessKeyId")],
)
def test_a_bucket_that_refuses_our_key_is_told_from_one_without_the_photo(s3: S3Server, key, said):
    store_of(s3.address("refused"), KEY).put(1, TAP, b"image")
    stranger = store_of(s3.address("refused"), key)
    for ask in (stranger.get, stranger.delete, lambda *name: stranger.put(*name, b"another")):
        with pytest.raises(PhotoStoreUnavailable) as refused:
            ask(1, TAP)
        assert refused.value.data == {"reason": said}
    assert store_of(s3.address("refused"), KEY).get(1, TAP) == b"image"


def test_a_missing_bucket_is_no_missing_photo(s3: S3Server):
    with pytest.raises(PhotoStoreUnavailable, match="NoSuchBucket"):
        store_of(f"s3://nowhere?endpoint={s3.endpoint}", KEY).get(1, TAP)


def test_a_server_that_does_not_answer_is_told():
    with pytest.raises(PhotoStoreUnavailable, match="no answer"):
        store_of("s3://photos?endpoint=http://127.0.0.1:1", KEY).put(1, TAP, b"image")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(PhotoStoreUnavailable):
        FolderStore(tmp_path / "file").put(1, TAP, b"image")


def test_nothing_but_the_photo_is_left_in_the_folder(tmp_path):
    FolderStore(tmp_path).put(1, TAP, b"image")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [TAP.hex()]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://host/photos",
        "file://host/photos",
        "s3://name:secret@photos/",
        "s3://photos/../other",
        "s3://photos/a//b",
        "s3://photos?endpoint=http://s3.contoh.go.id",
        "s3://photos?endpoint=https://name:secret@s3.contoh.go.id",
        "s3://photos?anonymous=yes",
        "s3://",
    ],
)
def test_an_address_that_is_no_place_for_photos_is_refused_without_its_secrets(address):
    with pytest.raises(InvalidData) as refused:
        store_of(address, KEY)
    assert "secret" not in str(refused.value)


def test_a_bucket_without_a_key_is_refused():
    with pytest.raises(InvalidData):
        store_of("s3://photos", None)


def test_a_folder_is_named_by_a_path_or_an_address(tmp_path):
    assert folder_of(f"{tmp_path}/photos of 2026?") == tmp_path / "photos of 2026?"
    assert folder_of(f"file://{tmp_path}/photos%20of%202026") == tmp_path / "photos of 2026"
    assert folder_of("s3://photos") is None
    assert told_place("s3://photos/kota?endpoint=https://s3.contoh.go.id") == "s3://photos/kota"


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (b"\xff\xd8\xff\xe0....", ImageType.JPEG),
        (b"\x89PNG\r\n\x1a\n....", ImageType.PNG),
        (b"RIFF\x10\0\0\0WEBPVP8 ", ImageType.WEBP),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"<svg onload=alert(1)>", None),
        (b"", None),
    ],
)
def test_an_image_is_what_its_first_bytes_say(image, kind):
    assert sniff(image) is kind
