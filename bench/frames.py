"""Byte strings one after another in a stream, each after its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable

_LENGTH_BYTES = 4


def read_frames(stream: BinaryIO) -> list[bytes]:
    """Return every frame until the stream ends."""
    frames = []
    while length := stream.read(_LENGTH_BYTES):
        frames.append(stream.read(int.from_bytes(length)))
    return frames


def write_frames(frames: Iterable[bytes]) -> bytes:
    """Return the frames as one byte string."""
    return b"".join(len(frame).to_bytes(_LENGTH_BYTES) + frame for frame in frames)
