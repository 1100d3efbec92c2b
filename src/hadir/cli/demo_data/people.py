"""The made-up people of an institution: numbers, ranks, posts and superiors, the same ones from the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from hadir.cli.demo_data.names import made_up_name
from hadir.org.models import StaffClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hadir.cli.demo_data.offices import Institution, Office

_CLASSES = (StaffClass.PNS, StaffClass.CPNS, StaffClass.PPPK, StaffClass.PPPK_PART_TIME, StaffClass.HONORER)
_SHARES = (60, 3, 19, 8, 10)
_RANKS = (
    "Pengatur (II/c)",
    "Pengatur Tk. I (II/d)",
    "Penata Muda (III/a)",
    "Penata Muda Tk. I (III/b)",
    "Penata (III/c)",
    "Penata Tk. I (III/d)",
)
_POSTS = ("Pengelola Data", "Analis Kebijakan", "Pengadministrasi Umum", "Bendahara", "Arsiparis", "Pranata Komputer")
_WARD_POSTS = ("Perawat", "Bidan", "Petugas Jaga", "Analis Kesehatan", "Pengemudi Ambulans")
_HEAD_RANK, _DIVISION_RANK = "Pembina Utama Muda (IV/c)", "Pembina (IV/a)"


@dataclass(frozen=True, slots=True)
class MadePerson:
    """A person before the database knows it; `superior` is the place of another one in the same list."""

    name: str
    number: str
    staff_class: StaffClass
    rank: str
    post: str
    unit: str
    office: str
    email: str
    secondary_email: str
    superior: int | None
    is_head: bool = False
    in_shifts: bool = False


class _Numbers:
    """Hands out NIP and NI PPPK: birth, appointment, sex and a sequence that never repeats."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._given: dict[str, int] = {}

    def number(self, staff_class: StaffClass, *, is_woman: bool, is_senior: bool) -> str:
        """Return 18 digits, or nothing for an honorer."""
        if staff_class is StaffClass.HONORER:
            return ""
        born = self._chance.randint(1968, 1980) if is_senior else self._chance.randint(1972, 2001)
        birth = f"{born}{self._chance.randint(1, 12):02}{self._chance.randint(1, 28):02}"
        if staff_class in {StaffClass.PPPK, StaffClass.PPPK_PART_TIME}:
            start = f"{self._chance.randint(2021, 2025)}21"
        else:
            year = 2025 if staff_class is StaffClass.CPNS else min(born + self._chance.randint(22, 30), 2024)
            start = f"{year}{self._chance.randint(1, 12):02}"
        stem = f"{birth}{start}{2 if is_woman else 1}"
        self._given[stem] = self._given.get(stem, 0) + 1
        return f"{stem}{self._given[stem]:03}"


def made_people(institution: Institution, size: int, seed: int) -> list[MadePerson]:
    """Return `size` people; the first heads the institution, every other one has a superior earlier in the list."""
    chance = Random(f"{institution.slug}-{seed}")  # noqa: S311 - made-up people, not secrets
    maker = _Maker(institution, chance)
    people = [maker.person(institution.root, "00", institution.head_post, _HEAD_RANK, None)]
    for office, count in _shares(institution, size - 1):
        people.extend(_staff_of(office, count, maker, len(people)))
    return people


def _shares(institution: Institution, size: int) -> list[tuple[Office, int]]:
    """Return how many people each office gets: by its weight, at least its head, together exactly `size`."""
    total = sum(office.weight for office in institution.offices)
    counts = [max(1, size * office.weight // total) for office in institution.offices]
    largest = counts.index(max(counts))
    counts[largest] = max(1, counts[largest] + size - sum(counts))
    return list(zip(institution.offices, counts, strict=True))


def _staff_of(office: Office, count: int, maker: _Maker, offset: int) -> Iterator[MadePerson]:
    yield maker.person(office.name, office.code, f"Kepala {office.name}", _HEAD_RANK, 0)
    heads = [offset]
    for division in office.divisions[: max(0, count - 2)]:
        heads.append(offset + len(heads))
        yield maker.person(f"{division} {office.short}", office.code, f"Kepala {division}", _DIVISION_RANK, offset)
    for number in range(count - len(heads)):
        place = number % len(heads)
        division = office.divisions[place - 1] if place else ""
        unit = f"{division} {office.short}" if place else office.name
        yield maker.staff(unit, office, heads[place])


class _Maker:
    def __init__(self, institution: Institution, chance: Random) -> None:
        self._chance = chance
        self._numbers = _Numbers(chance)
        self._domain = f"{institution.slug.replace('-', '')}.example"
        self._addresses: dict[str, int] = {}

    def person(self, unit: str, office: str, post: str, rank: str, superior: int | None) -> MadePerson:
        """Return somebody who heads a unit."""
        return self._made(unit, office, post, rank, superior, StaffClass.PNS, is_head=True)

    def staff(self, unit: str, office: Office, superior: int) -> MadePerson:
        """Return somebody who heads nothing."""
        staff_class = self._chance.choices(_CLASSES, _SHARES)[0]
        post = self._chance.choice(_WARD_POSTS if office.in_shifts else _POSTS)
        rank = self._chance.choice(_RANKS) if staff_class in {StaffClass.PNS, StaffClass.CPNS} else ""
        if staff_class is StaffClass.PPPK:
            rank = self._chance.choice(("VII", "IX", "X"))
        return self._made(unit, office.code, post, rank, superior, staff_class, in_shifts=office.in_shifts)

    def _made(  # noqa: PLR0913, PLR0917 - the columns of a row
        self,
        unit: str,
        office: str,
        post: str,
        rank: str,
        superior: int | None,
        staff_class: StaffClass,
        *,
        is_head: bool = False,
        in_shifts: bool = False,
    ) -> MadePerson:
        is_woman = self._chance.random() < 0.48  # noqa: PLR2004
        name = made_up_name(self._chance, is_woman=is_woman)
        number = self._numbers.number(staff_class, is_woman=is_woman, is_senior=is_head)
        email, secondary = self._email(name)
        return MadePerson(
            name, number, staff_class, rank, post, unit, office, email, secondary, superior, is_head, in_shifts
        )

    def _email(self, name: str) -> tuple[str, str]:
        stem = ".".join(name.split(",", 1)[0].lower().split())
        self._addresses[stem] = self._addresses.get(stem, 0) + 1
        counted = stem if self._addresses[stem] == 1 else f"{stem}{self._addresses[stem]}"
        return f"{counted}@{self._domain}", f"{counted}@surat.example"
