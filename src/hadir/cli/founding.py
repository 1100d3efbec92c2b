"""A new government by the rooms' own commands, all of it or nothing, with one person who can go on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hadir.accounts.backends import normalised
from hadir.accounts.commands import make_accounts, make_platform_operator, make_slips
from hadir.accounts.models import Account
from hadir.accounts.queries import homes_of
from hadir.cli.trouble import TroubleError
from hadir.daybook.targets import Target
from hadir.kernel.refusals import Refusal
from hadir.org.commands import PersonRow, Spot, add_person, add_site, add_unit, appoint_role
from hadir.org.models import Identifier, Role, StaffClass
from hadir.org.rights import SYSTEM
from hadir.policies.commands import Term, bind_policy, join_scope, record_policy
from hadir.rules.catalogue import shelf
from hadir.schedules.commands import define_shift, seed_calendar, set_pattern
from hadir.tenancy.commands import found_government, set_help_desk
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hadir.accounts.commands import Slip
    from hadir.org.models import Person, Unit

ROOT_CODE = "00"


@dataclass(frozen=True, slots=True)
class Begun:
    """A founded government: the slip of its first person, and those of the person's names that sign in elsewhere."""

    slip: Slip
    taken: tuple[str, ...]


def taken_slugs() -> frozenset[str]:
    """Return the short names of the governments that are there."""
    return frozenset(Government.objects.values_list("slug", flat=True))


def begin(known: Mapping[str, Any], today: date) -> Begun:
    """Found a government as `FIELDS` tells, in one transaction.

    Raises:
        TroubleError: A room refuses a part of it; nothing of it is there then.
    """
    try:
        with transaction.atomic():
            government = found_government(
                known["slug"],
                known["name"],
                kind=Government.Kind(known["kind"]),
                zone=known["zone"],
                address=known["address"],
            )
            set_help_desk(government, phone=known["helpdesk_phone"], email=known["helpdesk_email"])
            with acting_in(government.pk):
                return _furnish(known, today)
    except Refusal as refusal:
        raise TroubleError(f"Nothing was founded: {refusal}") from refusal


def _furnish(known: Mapping[str, Any], today: date) -> Begun:
    since = min(today, known["begins"])
    root = add_unit(ROOT_CODE, known["root"], actor=SYSTEM)
    if known["site"]:
        latitude, longitude = known["position"]
        spot = Spot(known["site"], latitude, longitude, known["radius"], known["zone"])
        add_site(spot, unit=root, actor=SYSTEM)
    _rule(known, today, since)
    person = _first_person(known, root, since)
    made = make_accounts([person.pk], on=today, actor=SYSTEM)
    (slip,) = make_slips([person.pk], on=today, actor=SYSTEM)
    return Begun(slip, made.taken)


def _rule(known: Mapping[str, Any], today: date, since: date) -> None:
    """Enter the calendar, every shift of the catalogue, whose shift is everybody's, and the policy."""
    everybody = Target()
    reason = known["cited"]
    seed_calendar({since.year, today.year, today.year + 1}, actor=SYSTEM)
    shifts = {
        code: define_shift(code, document, on=since, actor=SYSTEM, reason=reason)
        for code, document in shelf("shifts").items()
    }
    set_pattern(shifts[known["shift"]], target=everybody, on=since, actor=SYSTEM, reason=reason)
    document = shelf("policies")[known["policy"]]
    basis = known["cited"] or document["article"]
    policy = record_policy(known["policy"], document, legal_basis=basis, actor=SYSTEM)
    term = Term(known["begins"], known["enforced_from"], known["cited"])
    bind_policy(policy, target=everybody, term=term, actor=SYSTEM)
    join_scope(everybody, on=known["begins"], actor=SYSTEM)


def _first_person(known: Mapping[str, Any], root: Unit, since: date) -> Person:
    staff_class = StaffClass(known["staff_class"])
    kind = Identifier.Kind.NI_PPPK if staff_class is StaffClass.PPPK else Identifier.Kind.NIP
    named = {kind: known["number"], Identifier.Kind.EMAIL: known["email"]}
    row = PersonRow(name=known["person"], unit_id=root.pk, staff_class=staff_class, identifiers=named)
    person = add_person(row, on=since, actor=SYSTEM)
    appoint_role(person, Role.BKD, unit=root, on=since, actor=SYSTEM)
    return person


def make_operator(name: str) -> None:
    """Let the account that signs in by a name see the totals of every government.

    Raises:
        TroubleError: Nobody signs in by that name.
    """
    account = Account.objects.filter(sign_in_names__value=normalised(name)).first()
    home = next(iter(homes_of(account.pk)), None) if account else None
    if account is None or home is None:
        raise TroubleError(
            f"--platform-operator: nobody signs in as {name}. Found the government or add the person first."
        )
    with acting_in(home.government_id):
        make_platform_operator(account, actor=SYSTEM)
