"""The order in which an office names its people: the head, then by class and rank, then by name."""

from __future__ import annotations

import re
from functools import lru_cache

from hadir.org.models import StaffClass

_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
_GRADE_AND_ROOM = re.compile(r"\b(IV|I{1,3})\s*/\s*([A-E])\b", re.IGNORECASE)
_GRADE = re.compile(r"\b[IVX]+\b")
_CLASSES = {
    StaffClass.PNS: 0,
    StaffClass.CPNS: 0,
    StaffClass.PPPK: 1,
    StaffClass.PPPK_PART_TIME: 2,
    StaffClass.HONORER: 3,
}
_ROOMS = 10


@lru_cache(1024)
def seniority(staff_class: str, rank: str) -> tuple[int, int]:
    """The place of a class and rank among others, the first ones first.

    Ranks are free text: `Penata (III/c)` and `III/c` count alike, `Golongan IX` is a grade without room, and what
    names no grade comes last within its class.
    """
    return _CLASSES[StaffClass(staff_class)], -_grade(rank)


def _grade(rank: str) -> int:
    both = _GRADE_AND_ROOM.search(rank)
    if both:
        return (_ROMAN.index(both[1].upper()) + 1) * _ROOMS + "abcde".index(both[2].lower()) + 1
    alone = [found for found in _GRADE.findall(rank) if found in _ROMAN]
    return (_ROMAN.index(alone[-1]) + 1) * _ROOMS if alone else 0
