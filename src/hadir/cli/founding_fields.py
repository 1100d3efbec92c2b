"""What must be known to found a government: each thing by name, how it is asked, and how what was typed is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hadir.kernel.clock import today_at
from hadir.kernel.zones import Zone
from hadir.org.numbers import Fault, Kind, check
from hadir.rules.catalogue import shelf

Known = Mapping[str, Any]

UNITS_IN_DEGREE = 10_000_000
LONGEST_SLUG = 40
RADII = range(20, 5001)
TRIAL = timedelta(days=90)
GOVERNMENTS = ("ministry", "province", "regency", "city")
STAFF_CLASSES = ("pns", "cpns", "pppk")
TAKEN_SLUGS = "taken slugs"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SAID: dict[Fault, str] = {
    Fault.NOT_DIGITS: "it has other signs than digits",
    Fault.LENGTH: "it has not 18 digits",
    Fault.BIRTH: "its first eight digits are no date of birth",
    Fault.YEAR: "digits 9 to 12 are no year",
    Fault.MONTH: "digits 13 and 14 are no month",
    Fault.SEX: "digit 15 is neither 1 nor 2",
    Fault.SEQUENCE: "it ends in 000",
}


class WrongAnswerError(ValueError):
    """What was typed is not accepted; the message says why, and is to be read after the name of the field."""


@dataclass(frozen=True)
class Field:
    """One thing that must be known; `otherwise` is what holds where nothing is said, None where it must be said."""

    name: str
    question: str
    read: Callable[[str, Known], Any]
    otherwise: Callable[[Known], str | None] = lambda _known: None
    applies: Callable[[Known], bool] = lambda _known: True

    @property
    def option(self) -> str:
        """The option of the command line that says it."""
        return f"--{self.name.replace('_', '-')}"


def text(longest: int) -> Callable[[str, Known], str]:
    """Read a text of at most so many letters."""

    def read(given: str, _known: Known) -> str:
        if len(given) > longest:
            raise WrongAnswerError(f"it has {len(given)} letters, and {longest} have room")
        return given

    return read


def one_of(choices: Mapping[str, str] | tuple[str, ...]) -> Callable[[str, Known], str]:
    """Read one of some codes."""

    def read(given: str, _known: Known) -> str:
        if given not in choices:
            raise WrongAnswerError(f"it is none of {', '.join(choices)}")
        return given

    return read


def slug(given: str, known: Known) -> str:
    """Read a short name that no government of this installation has."""
    if not _SLUG.fullmatch(given) or len(given) > LONGEST_SLUG:
        raise WrongAnswerError("it must be small letters, digits and single hyphens, at most 40, such as kota-contoh")
    if given in known[TAKEN_SLUGS]:
        raise WrongAnswerError(f"{given} is taken by a government of this installation")
    return given


def zone(given: str, _known: Known) -> Zone:
    """Read WIB, WITA or WIT."""
    if given.upper() not in Zone.__members__:
        raise WrongAnswerError(f"it is none of {', '.join(Zone.__members__)}")
    return Zone[given.upper()]


def email(given: str, _known: Known) -> str:
    """Read an e-mail address, or nothing."""
    if given:
        try:
            validate_email(given)
        except ValidationError as problem:
            raise WrongAnswerError("it is no e-mail address") from problem
    return given.lower()


def person_email(given: str, known: Known) -> str:
    """Read the address of somebody who signs in by number or by address, by one of them at least."""
    if not given and not known.get("number"):
        raise WrongAnswerError("a NIP, an NI PPPK or an e-mail is needed to sign in with")
    return email(given, known)


def number(given: str, known: Known) -> str:
    """Read a NIP or an NI PPPK, as the class of staff says, or nothing."""
    if not given:
        return ""
    found = check(given, Kind.NI_PPPK if known.get("staff_class") == "pppk" else Kind.NIP)
    wrong = [_SAID[fault] for fault in found.faults if not fault.is_warning]
    if wrong:
        raise WrongAnswerError("; ".join(wrong))
    return found.value


def position(given: str, _known: Known) -> tuple[int, int]:
    """Read latitude and longitude, in units of 1e-7 degree."""
    try:
        latitude, longitude = (int(Decimal(part.strip()) * UNITS_IN_DEGREE) for part in given.split(","))
    except (InvalidOperation, ValueError, OverflowError) as problem:
        raise WrongAnswerError("write latitude, a comma, longitude, such as -6.175392, 106.827153") from problem
    return latitude, longitude


def radius(given: str, _known: Known) -> int:
    """Read metres."""
    if not given.isdecimal() or int(given) not in RADII:
        raise WrongAnswerError(f"it must be a number of metres from {RADII.start} to {RADII.stop - 1}")
    return int(given)


def day(given: str, _known: Known) -> date:
    """Read a date as 2026-08-03."""
    try:
        return date.fromisoformat(given)
    except ValueError as problem:
        raise WrongAnswerError("write a date as 2026-08-03") from problem


def enforcement(given: str, known: Known) -> date:
    """Read from when the policy has consequences."""
    found = day(given, known)
    if "begins" in known and found < known["begins"]:
        raise WrongAnswerError(f"it lies before the policy begins on {known['begins']}")
    return found


def citation(given: str, known: Known) -> str:
    """Read the document that orders the policy; a policy that begins before tomorrow needs one."""
    if not given and begins_early(known):
        raise WrongAnswerError("a policy that begins before tomorrow needs the document that orders it")
    return text(200)(given, known)


def begins_early(known: Known) -> bool:
    """Whether the policy would begin before tomorrow."""
    return "begins" in known and known["begins"] <= here_today(known)


def here_today(known: Known) -> date:
    """Today at the seat of the government."""
    return today_at(known.get("zone", Zone.WIB))


def has_site(known: Known) -> bool:
    """Whether a first place of work was named."""
    return bool(known.get("site"))


def empty(_known: Known) -> str:
    """Say nothing."""
    return ""


def named(shelf_of: Mapping[str, Any]) -> str:
    """The codes of a shelf of the catalogue with their names."""
    return "; ".join(f"{code} ({document['name']})" for code, document in shelf_of.items())


FIELDS = (
    Field("slug", "short name in addresses and files, such as kota-contoh", slug),
    Field("name", "name, such as Pemerintah Kota Contoh", text(120)),
    Field("kind", f"kind: {', '.join(GOVERNMENTS)}", one_of(GOVERNMENTS)),
    Field("zone", f"zone of the seat: {', '.join(Zone.__members__)}", zone),
    Field("address", "postal address", text(200), empty),
    Field("helpdesk_phone", "phone of the help desk, shown where people sign in", text(40), empty),
    Field("helpdesk_email", "e-mail of the help desk", email, empty),
    Field("root", "name of the unit above all others", text(160), lambda known: known.get("name")),
    Field("site", "name of the first place of work", text(120), empty),
    Field("position", "its latitude and longitude, such as -6.175392, 106.827153", position, applies=has_site),
    Field("radius", "its radius in metres", radius, lambda _known: "100", has_site),
    Field("person", "name of the first person of the personnel agency (BKD)", text(120)),
    Field(
        "staff_class",
        f"their class: {', '.join(STAFF_CLASSES)}",
        one_of(STAFF_CLASSES),
        lambda _known: STAFF_CLASSES[0],
    ),
    Field("number", "their NIP, or NI PPPK; empty where they sign in by e-mail", number, empty),
    Field("email", "their office e-mail", person_email, empty),
    Field(
        "shift",
        f"everybody's shift, until it is said otherwise: {named(shelf('shifts'))}",
        one_of(shelf("shifts")),
        lambda _known: "office_standard",
    ),
    Field("policy", f"policy: {named(shelf('policies'))}", one_of(shelf("policies"))),
    Field(
        "begins",
        "from when days are judged by it",
        day,
        lambda known: (here_today(known) + timedelta(days=1)).isoformat(),
    ),
    Field(
        "enforced_from",
        "from when it has consequences; before that it is on trial",
        enforcement,
        lambda known: (known["begins"] + TRIAL).isoformat() if "begins" in known else None,
    ),
    Field("cited", "the document that orders it", citation, empty),
)
