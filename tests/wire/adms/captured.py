"""Captures: the first line says what they are, every byte after it is what a terminal sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hadir.wire.adms import Target, parse_target

OWN = Path(__file__).parents[2] / "captures" / "adms"
SHARED = Path(__file__).parents[4] / "shared" / "domain" / "adms_samples"

_IN_COMMENT = re.compile(r"request: (GET|POST) (/\S+)")
_IN_BODY = re.compile(rb"(GET|POST) (/[^\r\n]*?)(?: HTTP/1\.[01])?\r?\n")


@dataclass(frozen=True)
class Capture:
    comment: str
    method: str
    target: Target
    body: bytes


def read_capture(path: Path) -> Capture:
    first, _, body = path.read_bytes().partition(b"\n")
    comment = first.decode("utf-8")
    line = _IN_BODY.match(body)
    if line:
        return Capture(comment, line[1].decode(), parse_target(line[2]), b"")
    found = _IN_COMMENT.search(comment)
    method, target = (found[1], found[2]) if found else ("", "")
    return Capture(comment, method, parse_target(target), body)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def own(name: str) -> Capture:
    return read_capture(OWN / f"{name}.txt")
