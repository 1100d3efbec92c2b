from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from hadir.accounts.commands import give_passwords, make_accounts, make_platform_operator
from hadir.accounts.queries import membership_of
from hadir.cli.demo_data.calendar import Span
from hadir.cli.demo_data.founding import desk_of, found, keepers, members_of, rule
from hadir.cli.demo_data.living import keep, live
from hadir.cli.demo_data.offices import city, ministry
from hadir.kernel.clock import now, today_at
from hadir.org.rights import SYSTEM
from hadir.tenancy.commands import found_government, set_help_desk
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

if TYPE_CHECKING:
    from collections.abc import Callable

    from hadir.cli.demo_data.founding import Founded
    from hadir.cli.demo_data.offices import Institution

SEED = 1928
MINISTRY = 300
REPORT_EVERY = 20_000
SHOWN_OFFICE = 3
PLATFORM = "Platform"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A way into the demo: the role in words, the sign-in name, the password."""

    role: str
    name: str
    password: str


def load(size: int, progress: Callable[[str], None]) -> list[SignIn]:
    """Make both governments, `size` people in the city, and their days up to now; return one sign-in for each role."""
    city_roles = _load_one(city(), size, progress)
    ministry_roles = _load_one(ministry(), min(size, MINISTRY), progress)
    return [*city_roles, *ministry_roles[:1]]


def _load_one(institution: Institution, size: int, progress: Callable[[str], None]) -> list[SignIn]:
    """Make one government; what the gate will refer to is committed before its taps are kept."""
    progress(f"  {institution.name}: {size} people, their units, rules and accounts ...")
    government = found_government(
        institution.slug,
        institution.name,
        kind=Government.Kind(institution.kind),
        zone=institution.zone,
        address=institution.address,
    )
    host = institution.slug.replace("-", "")
    set_help_desk(government, phone="0800-0-000-000", email=f"bantuan@{host}.example")
    span = Span.around(today_at(institution.zone))
    with acting_in(government.pk):
        founded = found(institution, size, SEED, span)
        rule(founded, span)
        make_accounts([person.pk for person in founded.people], on=span.today, actor=SYSTEM)
        sign_ins = [_sign_in(founded, role, place) for role, place in _shown(founded).items()]
    progress(f"  {institution.name}: two months of rosters, absences and taps ...")
    with acting_in(government.pk):
        life = live(founded, span, now(), seed=SEED)
    keep(life, founded, seed=SEED, progress=lambda done: _report(done, progress))
    progress(f"  {institution.name}: {len(life.taps.at)} taps kept.")
    return sign_ins


def _report(done: int, progress: Callable[[str], None]) -> None:
    if done % REPORT_EVERY == 0:
        progress(f"    {done} taps ...")


def _sign_in(founded: Founded, role: str, place: int) -> SignIn:
    """Give a password to one person, derived from the installation's secret, so that it is nowhere else."""
    person, made = founded.people[place], founded.made[place]
    told = f"{founded.institution.slug} {role}".encode()
    digest = hmac.digest(settings.HADIR_SECRET, told, hashlib.sha256)
    password = base64.b32encode(digest)[:12].decode().lower()
    give_passwords([person.pk], password, actor=SYSTEM)
    membership = membership_of(person.pk)
    if role == PLATFORM and membership is not None:
        make_platform_operator(membership.account, actor=SYSTEM)
    return SignIn(role, made.email, password)


def _shown(founded: Founded) -> dict[str, int]:
    """Return one person of each role by place in the list; the platform's operator serves the city's Kominfo."""
    office = founded.institution.offices[SHOWN_OFFICE]
    members = members_of(founded, office.code)
    head, admin, operator = desk_of(members)
    personnel, helpdesk, auditor = keepers(founded)
    superior = next((place for place in members if founded.made[place].is_head and place != head), head)
    plain = [place for place in members if founded.made[place].superior == superior]
    kominfo = members_of(founded, founded.made[helpdesk].office)
    return {
        "Pegawai": next((place for place in plain if place not in {admin, operator}), members[-1]),
        "Atasan langsung": superior,
        "Operator": operator,
        "Admin unit": admin,
        "Kepala": head,
        "BKD": personnel,
        "Petugas bantuan": helpdesk,
        "Auditor": auditor,
        PLATFORM: kominfo[len(kominfo) // 2],
    }
