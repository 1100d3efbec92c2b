from __future__ import annotations

import pytest

from hadir.kernel.photos import FolderStore, ImageType, sniff
from hadir.kernel.refusals import InvalidData

TAP = bytes(range(32))


def test_a_photo_comes_back_until_it_is_deleted(tmp_path):
    store = FolderStore(tmp_path)
    assert store.get(1, TAP) is None
    store.put(1, TAP, b"image")
    store.put(1, TAP, b"image")
    assert store.get(1, TAP) == b"image"
    assert store.get(2, TAP) is None
    store.delete(1, TAP)
    store.delete(1, TAP)
    assert store.get(1, TAP) is None


def test_nothing_but_the_photo_is_left_in_the_folder(tmp_path):
    FolderStore(tmp_path).put(1, TAP, b"image")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [TAP.hex()]


@pytest.mark.parametrize(("government", "tap"), [(0, TAP), (-1, TAP), (1, b"../../etc/passwd"), (1, b"")])
def test_a_name_that_is_no_tap_is_refused(tmp_path, government, tap):
    with pytest.raises(InvalidData):
        FolderStore(tmp_path).put(government, tap, b"image")


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
