from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.contrib.auth import authenticate
from tests.org.people import NIP_BUDI, Office, open_office, today

from hadir.accounts import commands, queries
from hadir.accounts.models import Account, Activation, Membership, Phone, RevokedPass, SignInName
from hadir.accounts.refusals import (
    AlreadyJoined,
    CodeRefused,
    NoAddress,
    NoSite,
    NotKeeper,
    PhoneBlocked,
    TooManyAttempts,
    TooManyPhones,
)
from hadir.accounts.secrets import ALPHABET
from hadir.audit.queries import acts_upon
from hadir.kernel import passes
from hadir.kernel.clock import now
from hadir.kernel.keys import derive_keys
from hadir.kernel.refusals import InvalidData
from hadir.notices.models import Mail
from hadir.org import commands as org
from hadir.org.models import Identifier, Person, Role
from hadir.org.rights import SYSTEM, NotAllowed, OwnCase
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

PASSWORD = "kuda lumping 17"


def everybody(office: Office) -> list[int]:
    return [office.budi.pk, office.sari.pk, office.rina.pk, office.joko.pk]


def slip_of(office: Office, person: Person) -> commands.Slip:
    (slip,) = commands.make_slips([person.pk], on=today(), actor=SYSTEM)
    return slip


def account_of(person: Person) -> Account:
    membership = queries.membership_of(person.pk)
    assert membership is not None
    return membership.account  # type: ignore[no-any-return]


def activate(office: Office, person: Person) -> Account:
    return commands.enter_by_way(queries.find_way(slip_of(office, person).code), PASSWORD, address="10.0.0.1")


def open_clinic(office: Office) -> None:
    org.add_site(org.Spot("Puskesmas Melati", -61_753_924, 1_068_271_528), unit=office.clinic, actor=SYSTEM)


def make_point() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def test_accounts_are_named_by_number_and_office_email_and_have_no_password(office: Office) -> None:
    made = commands.make_accounts(everybody(office), on=today(), actor=SYSTEM)
    assert (made.accounts, made.taken) == (4, ())
    account = account_of(office.budi)
    assert {name.value for name in queries.names_of(account.pk)} == {NIP_BUDI, "budi@contoh.go.id"}
    assert not account.has_usable_password()
    assert commands.make_accounts(everybody(office), on=today(), actor=SYSTEM).accounts == 0


def test_a_number_printed_with_blanks_signs_in(office: Office) -> None:
    activate(office, office.budi)
    printed = f" {NIP_BUDI[:8]} {NIP_BUDI[8:14]} {NIP_BUDI[14]} {NIP_BUDI[15:]} "
    assert authenticate(None, username=printed, password=PASSWORD) == account_of(office.budi)
    assert authenticate(None, username="Budi@Contoh.go.id", password=PASSWORD) == account_of(office.budi)


def test_a_new_number_replaces_the_former_as_a_way_to_sign_in(office: Office) -> None:
    account = activate(office, office.budi)
    org.set_identifier(office.budi, Identifier.Kind.EMAIL, "budi.p@contoh.go.id", on=today(), actor=SYSTEM)
    assert office.budi.pk in queries.to_be_aligned(today())
    commands.make_accounts([office.budi.pk], on=today(), actor=SYSTEM)
    assert {name.value for name in queries.names_of(account.pk)} == {NIP_BUDI, "budi.p@contoh.go.id"}


def test_a_code_works_once(office: Office) -> None:
    slip = slip_of(office, office.budi)
    assert set(slip.code) <= set(ALPHABET)
    assert len(slip.code) == 10
    typed = f"{slip.code[:5]} {slip.code[5:]}".lower()
    account = commands.enter_by_way(queries.find_way(typed), PASSWORD, address=None)
    assert account.check_password(PASSWORD)
    assert account.password.startswith("argon2")
    with pytest.raises(CodeRefused):
        commands.enter_by_way(queries.find_way(slip.code), "another horse 18", address=None)


def test_the_database_keeps_no_code(office: Office) -> None:
    slip = slip_of(office, office.budi)
    kept = Activation.objects.get(account=account_of(office.budi))
    assert slip.code.encode() not in bytes(kept.digest)
    assert all(slip.code not in str(entry.detail) for entry in acts_upon(office.budi))


def test_an_expired_code_is_refused(office: Office) -> None:
    slip = slip_of(office, office.budi)
    Activation.objects.update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(CodeRefused):
        commands.enter_by_way(queries.find_way(slip.code), PASSWORD, address=None)


def test_a_new_slip_withdraws_the_former(office: Office) -> None:
    former = slip_of(office, office.budi)
    latter = slip_of(office, office.budi)
    with pytest.raises(CodeRefused):
        commands.enter_by_way(queries.find_way(former.code), PASSWORD, address=None)
    assert commands.enter_by_way(queries.find_way(latter.code), PASSWORD, address=None)


def test_an_unknown_code_is_refused(office: Office) -> None:
    with pytest.raises(CodeRefused):
        commands.enter_by_way(queries.find_way("ABCDEFGHJK"), PASSWORD, address=None)


def test_no_slip_is_made_for_somebody_who_is_in(office: Office) -> None:
    activate(office, office.budi)
    assert commands.make_slips([office.budi.pk], on=today(), actor=SYSTEM) == []


@pytest.mark.parametrize("role", list(Role))
def test_slips_are_made_by_admins_of_the_unit_only(office: Office, role: Role) -> None:
    actor = office.appoint(office.rina, role, office.health)
    if role in {Role.UNIT_ADMIN, Role.BKD}:
        assert commands.make_slips([office.budi.pk], on=today(), actor=actor)
    else:
        with pytest.raises(NotAllowed):
            commands.make_slips([office.budi.pk], on=today(), actor=actor)
    with pytest.raises(NotAllowed):
        commands.make_slips([office.joko.pk], on=today(), actor=actor)


def test_the_help_desk_opens_a_new_way_and_never_holds_its_secret(office: Office) -> None:
    activate(office, office.budi)
    desk = office.appoint(office.rina, Role.HELPDESK, office.root)
    admin = office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    commands.trigger_reset(office.budi, Activation.Channel.SLIP, on=today(), actor=desk)
    with pytest.raises(NotAllowed):
        commands.make_slips([office.budi.pk], on=today(), actor=desk)
    (slip,) = commands.make_slips([office.budi.pk], on=today(), actor=admin)
    commands.enter_by_way(queries.find_way(slip.code), "sepeda biru 99", address=None)
    assert account_of(office.budi).check_password("sepeda biru 99")
    assert "account.reset" in {entry.act for entry in acts_upon(office.budi)}


def test_nobody_but_the_help_desk_opens_a_new_way_and_not_for_themselves(office: Office) -> None:
    desk = office.appoint(office.rina, Role.HELPDESK, office.root)
    with pytest.raises(OwnCase):
        commands.trigger_reset(office.rina, Activation.Channel.EMAIL, on=today(), actor=desk)
    admin = office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    with pytest.raises(NotAllowed):
        commands.trigger_reset(office.budi, Activation.Channel.EMAIL, on=today(), actor=admin)
    with pytest.raises(NoAddress):
        commands.trigger_reset(office.joko, Activation.Channel.EMAIL, on=today(), actor=desk)


def test_a_reset_goes_to_the_secondary_email_and_to_nobody_else(office: Office) -> None:
    activate(office, office.budi)
    commands.request_reset(NIP_BUDI, address="10.0.0.1")
    assert not Mail.objects.exists()
    org.set_identifier(office.budi, Identifier.Kind.SECONDARY_EMAIL, "budi@rumah.id", on=today(), actor=SYSTEM)
    commands.request_reset(NIP_BUDI, address="10.0.0.1")
    commands.request_reset("198001012005011001", address="10.0.0.1")
    assert [mail.to for mail in Mail.objects.all()] == ["budi@rumah.id"]


def test_a_name_that_another_government_uses_is_not_taken_over(office: Office, kementerian: Government) -> None:
    commands.make_accounts(everybody(office), on=today(), actor=SYSTEM)
    with acting_in(kementerian.pk):
        other = open_office("K")
        made = commands.make_accounts([other.budi.pk], on=today(), actor=SYSTEM)
        assert made.taken == (NIP_BUDI, "budi@contoh.go.id")
        assert not queries.names_of(account_of(other.budi).pk).exists()
    assert SignInName.objects.get(value=NIP_BUDI).account == account_of(office.budi)


def test_a_second_government_is_joined_by_who_holds_both_and_becomes_no_keeper(
    office: Office, kementerian: Government
) -> None:
    account = activate(office, office.budi)
    with acting_in(kementerian.pk):
        other = open_office("K")
        code = slip_of(other, other.budi).code
        second = slip_of(other, other.sari).code
    commands.join_by_way(queries.find_way(code), account, address=None)
    assert [home.government_id for home in queries.homes_of(account.pk)] == [1, 2]
    with pytest.raises(AlreadyJoined):
        commands.join_by_way(queries.find_way(second), account, address=None)
    with acting_in(kementerian.pk):
        desk = other.appoint(other.rina, Role.HELPDESK, other.root)
        with pytest.raises(NotKeeper):
            commands.trigger_reset(other.budi, Activation.Channel.SLIP, on=today(), actor=desk)
        assert commands.make_slips([other.budi.pk], on=today(), actor=SYSTEM) == []


def test_a_phone_gets_a_pass_that_names_the_sites_of_its_person(office: Office) -> None:
    site = org.add_site(org.Spot("Puskesmas Melati", -61_753_924, 1_068_271_528), unit=office.clinic, actor=SYSTEM)
    point = make_point()
    given = commands.issue_pass(office.budi, point, label="Chrome", on=today(), actor=office.actor(office.budi))
    granted = passes.check(derive_keys(settings.HADIR_SECRET).for_passes, given.text)
    assert (granted.government, granted.person, granted.phone_key) == (1, office.budi.pk, point)
    assert granted.sites == (site.pk,)
    assert granted.expires - granted.issued == timedelta(hours=36)


def test_nobody_gets_a_pass_for_somebody_else_nor_for_a_key_that_is_none(office: Office) -> None:
    open_clinic(office)
    with pytest.raises(NotAllowed):
        commands.issue_pass(office.budi, make_point(), label="", on=today(), actor=office.actor(office.sari))
    with pytest.raises(InvalidData):
        commands.issue_pass(office.budi, b"\x04" * 65, label="", on=today(), actor=office.actor(office.budi))


def test_a_blocked_phone_loses_its_passes_and_gets_no_new_one(office: Office) -> None:
    open_clinic(office)
    budi, point = office.actor(office.budi), make_point()
    given = commands.issue_pass(office.budi, point, label="", on=today(), actor=budi)
    serial = passes.check(derive_keys(settings.HADIR_SECRET).for_passes, given.text).serial
    phone = Phone.objects.get(person=office.budi)
    desk = office.appoint(office.rina, Role.HELPDESK, office.root)
    commands.block_phone(phone, actor=desk)
    assert RevokedPass.objects.filter(serial=serial).exists()
    with pytest.raises(PhoneBlocked):
        commands.issue_pass(office.budi, point, label="", on=today(), actor=budi)
    with pytest.raises(NotAllowed):
        commands.unblock_phone(phone, actor=budi)
    commands.unblock_phone(phone, actor=desk)
    assert commands.issue_pass(office.budi, point, label="", on=today(), actor=budi)


def test_where_nobody_set_a_site_no_phone_gets_a_pass(office: Office) -> None:
    with pytest.raises(NoSite):
        commands.issue_pass(office.budi, make_point(), label="", on=today(), actor=office.actor(office.budi))


def test_a_fourth_phone_is_refused(office: Office) -> None:
    open_clinic(office)
    budi = office.actor(office.budi)
    for _ in range(3):
        commands.issue_pass(office.budi, make_point(), label="", on=today(), actor=budi)
    with pytest.raises(TooManyPhones):
        commands.issue_pass(office.budi, make_point(), label="", on=today(), actor=budi)


def test_failures_stop_a_name_at_an_address_and_leave_its_neighbours_alone(db: None) -> None:
    budi = commands.Attempting("budi@contoh.go.id", "10.0.0.1")
    for _ in range(8):
        commands.require_attempt(budi)
        commands.note_failure(budi)
    with pytest.raises(TooManyAttempts, match=r"Try again at \d\d\.\d\d WIB"):
        commands.require_attempt(budi)
    commands.require_attempt(commands.Attempting("sari@contoh.go.id", "10.0.0.1"))
    commands.require_attempt(commands.Attempting("budi@contoh.go.id", "10.0.0.2"))
    commands.forget_failures(budi)
    commands.require_attempt(budi)


def test_an_address_that_tries_many_names_is_stopped(db: None) -> None:
    for number in range(120):
        commands.note_failure(commands.Attempting(f"{number}", "2001:db8::1"))
    with pytest.raises(TooManyAttempts):
        commands.require_attempt(commands.Attempting("sari@contoh.go.id", "2001:db8::2"))


def test_only_the_installation_gives_many_people_one_password(office: Office) -> None:
    commands.make_accounts(everybody(office), on=today(), actor=SYSTEM)
    rina = office.appoint(office.rina, Role.BKD, office.root)
    with pytest.raises(NotAllowed):
        commands.give_passwords([office.budi.pk], PASSWORD, actor=rina)
    assert commands.give_passwords([office.budi.pk], PASSWORD, actor=SYSTEM) == 1
    assert Membership.objects.filter(account__password__startswith="!").count() == 3
    assert [placement.person for placement in queries.never_activated(["/"], today())] == [
        office.joko,
        office.rina,
        office.sari,
    ]
