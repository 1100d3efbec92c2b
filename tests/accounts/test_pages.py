import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.accounts.test_commands import PASSWORD, account_of, activate, make_point, slip_of
from tests.org.people import NIP_BUDI, Office, open_office, today
from tests.roles import acting_as

from hadir.accounts import commands
from hadir.accounts.commands.attempts import NOBODY
from hadir.accounts.models import Account, Activation, Phone
from hadir.accounts.secrets import digest_of
from hadir.kernel import passes
from hadir.kernel.clock import now
from hadir.kernel.keys import derive_keys
from hadir.kernel.text import to_text
from hadir.notices.models import Mail
from hadir.notices.sealing import unseal
from hadir.org import commands as org
from hadir.org.models import Identifier, Person, Role
from hadir.org.rights import SYSTEM
from hadir.tenancy.current import acting_in
from hadir.tenancy.models import Government

NEW = "sepeda biru 99"


def signed_in(office: Office, person: Person) -> Client:
    account = account_of(person) if account_exists(person) else activate(office, person)
    if not account.has_usable_password():
        account = activate(office, person)
    client = Client()
    client.force_login(account)
    return client


def account_exists(person: Person) -> bool:
    return Account.objects.filter(memberships__person_id=person.pk).exists()


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"name": name, "password": password, **more})


@pytest.mark.parametrize("name", [NIP_BUDI, "budi@contoh.go.id", "19860317 201001 1 004"])
def test_budi_signs_in_by_number_or_address(office: Office, name: str) -> None:
    activate(office, office.budi)
    answer = sign_in(Client(), name)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_wrong_password_and_an_unknown_name_are_told_alike(office: Office) -> None:
    activate(office, office.budi)
    wrong, unknown = (sign_in(Client(), name, "salah semua 1") for name in (NIP_BUDI, "198001012005011001"))
    assert wrong.status_code == unknown.status_code == 422
    assert re.findall(r'class="errors".*?</div>', wrong.text, re.DOTALL) == re.findall(
        r'class="errors".*?</div>', unknown.text, re.DOTALL
    )


def test_after_too_many_failures_the_page_says_when_to_come_back(office: Office) -> None:
    activate(office, office.budi)
    client = Client()
    for _ in range(8):
        sign_in(client, NIP_BUDI, "salah semua 1")
    answer = sign_in(client, NIP_BUDI)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 16 * 60
    assert re.search(r"\d\d\.\d\d WIB", answer.text)


def test_a_stranger_is_not_led_to_another_site(office: Office) -> None:
    activate(office, office.budi)
    assert sign_in(Client(), NIP_BUDI, next="https://evil.example/")["Location"] == "/"
    assert sign_in(Client(), NIP_BUDI, next="/account")["Location"] == "/account"


def test_signing_in_opens_a_session_that_was_not_known_before(office: Office) -> None:
    activate(office, office.budi)
    client = Client()
    client.get("/activate")
    client.post("/activate", {"code": slip_of(office, office.sari).code})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    sign_in(client, NIP_BUDI)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_the_help_desk_is_named_to_who_cannot_get_in(office: Office) -> None:
    assert Client().get("/sign-in").status_code == 200


def test_signing_out_needs_a_post_and_ends_the_session(office: Office) -> None:
    client = signed_in(office, office.budi)
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert client.get("/account").status_code == 302


def test_a_code_leads_to_a_password_of_ones_own_and_in(office: Office) -> None:
    client, slip = Client(), slip_of(office, office.budi)
    assert client.get(f"/activate/with/{slip.code}")["Location"] == "/activate/password"
    assert "Budi Prasetyo" in client.get("/activate/password").text
    assert slip.code not in json.dumps(dict(client.session))
    weak = client.post("/activate/password", {"password": "12345", "again": "12345"})
    assert weak.status_code == 422
    assert client.post("/activate/password", {"password": NEW, "again": NEW})["Location"] == "/"
    assert client.get("/account").status_code == 200
    assert Client().get(f"/activate/with/{slip.code}").status_code == 410


def test_the_typos_of_one_desk_do_not_stop_the_slips_of_its_office(office: Office) -> None:
    answers = [Client().post("/activate", {"code": f"ABCDEFGH{number:02d}"}).status_code for number in range(20)]
    assert answers == [422] * 20
    assert Client().post("/activate", {"code": slip_of(office, office.budi).code}).status_code == 302


def test_guessing_codes_is_stopped(office: Office) -> None:
    for _ in range(120):
        commands.note_failure(commands.Attempting(NOBODY, "127.0.0.1"))
    assert Client().post("/activate", {"code": slip_of(office, office.budi).code}).status_code == 422


@pytest.mark.parametrize("unit", [{}, {"unit": "tujuh"}, {"unit": "²"}, {"unit": "9" * 30}])
@pytest.mark.parametrize("path", ["/accounts/slips", "/accounts/invitations"])
def test_slips_for_no_unit_are_refused(office: Office, path: str, unit: dict[str, str]) -> None:
    office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    assert signed_in(office, office.sari).post(path, unit).status_code == 404


def test_a_password_left_open_elsewhere_ends_with_the_change(office: Office) -> None:
    here, elsewhere = signed_in(office, office.budi), signed_in(office, office.budi)
    changed = here.post("/account", {"former": PASSWORD, "password": NEW, "again": NEW})
    assert changed.status_code == 302
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_the_former_password_is_asked(office: Office) -> None:
    client = signed_in(office, office.budi)
    assert client.post("/account", {"former": "bukan ini", "password": NEW, "again": NEW}).status_code == 422
    assert account_of(office.budi).check_password(PASSWORD)


def test_a_reset_ends_every_session_and_tells_nothing_of_accounts(office: Office) -> None:
    client = signed_in(office, office.budi)
    org.set_identifier(office.budi, Identifier.Kind.SECONDARY_EMAIL, "budi@rumah.id", on=today(), actor=SYSTEM)
    known, unknown = (Client().post("/forgotten", {"name": name}) for name in (NIP_BUDI, "198001012005011001"))
    assert (known.status_code, _without_token(known)) == (unknown.status_code, _without_token(unknown))
    mail = Mail.objects.get()
    assert b"activate" not in bytes(mail.content)
    assert mail.to == "budi@rumah.id"
    link = re.search(r"http://testserver(\S+)", unseal(bytes(mail.content))[1])
    assert link is not None
    fresh = Client()
    fresh.get(link[1])
    fresh.post("/activate/password", {"password": NEW, "again": NEW})
    assert client.get("/account").status_code == 302
    assert fresh.get("/account").status_code == 200


def _without_token(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.text)


def test_an_expired_link_is_refused_on_the_page_as_well(office: Office) -> None:
    client, slip = Client(), slip_of(office, office.budi)
    client.get(f"/activate/with/{slip.code}")
    Activation.objects.filter(digest=digest_of(slip.code)).update(expires_at=now() - timedelta(seconds=1))
    assert client.post("/activate/password", {"password": NEW, "again": NEW}).status_code == 410


def test_a_phone_gets_what_the_tap_page_expects(office: Office) -> None:
    site = org.add_site(org.Spot("Puskesmas Melati", -61_753_924, 1_068_271_528, 80), unit=office.clinic, actor=SYSTEM)
    client, point = signed_in(office, office.budi), make_point()
    answer = _ask_pass(client, {"public_key": to_text(point)})
    given = answer.json()
    assert passes.check(derive_keys(settings.HADIR_SECRET).for_passes, given["pass"]).phone_key == point
    assert (given["government"], given["person"]) == (1, office.budi.pk)
    assert given["sites"] == [
        {"id": site.pk, "name": "Puskesmas Melati", "latitude": -6.1753924, "longitude": 106.8271528, "radius": 80}
    ]
    assert Phone.objects.get(person=office.budi).label == "Chrome, Android"


@pytest.mark.parametrize("body", [{"public_key": 7}, {"public_key": "!!"}, [], {"public_key": "AAAA"}, {}])
def test_a_key_that_is_none_is_refused_in_json(office: Office, body: Any) -> None:
    org.add_site(org.Spot("Puskesmas Melati", -61_753_924, 1_068_271_528, 80), unit=office.clinic, actor=SYSTEM)
    answer = _ask_pass(signed_in(office, office.budi), body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_data")


def test_a_guest_gets_no_pass(office: Office) -> None:
    assert _ask_pass(Client(), {}).status_code == 302


def _ask_pass(client: Client, body: Any) -> Any:
    headers = {
        "accept": "application/json",
        "user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/120 Mobile Safari/537",
    }
    return client.post("/phone/pass", json.dumps(body), content_type="application/json", headers=headers)


def test_slips_are_printed_once_with_a_square_to_read(office: Office) -> None:
    office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    client = signed_in(office, office.sari)
    page = client.post("/accounts/slips", {"unit": office.clinic.pk})
    (code,) = re.findall(r'class="slip__code">(.....) (.....)<', page.text)
    assert "<svg" in page.text
    assert commands.enter_by_way(_way("".join(code)), NEW, address=None) == account_of(office.budi)
    assert client.post("/accounts/slips", {"unit": office.fire.pk}).status_code == 404


def _way(code: str) -> Any:
    from hadir.accounts.queries import find_way  # noqa: PLC0415 - read only once the tests' settings are known

    return find_way(code)


def test_who_never_signed_in_is_listed_per_unit_and_as_a_sheet(office: Office) -> None:
    office.appoint(office.sari, Role.UNIT_ADMIN, office.health)
    client = signed_in(office, office.sari)
    page = client.get("/accounts/waiting")
    assert "Budi Prasetyo" in page.text
    assert "Joko Susilo" not in page.text
    sheet = client.get("/accounts/waiting?as=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["Budi Prasetyo"]


def test_the_help_desk_finds_somebody_and_sees_no_secret(office: Office) -> None:
    activate(office, office.budi)
    office.appoint(office.rina, Role.HELPDESK, office.root)
    client = signed_in(office, office.rina)
    assert "Budi Prasetyo" in client.get("/help-desk", {"q": NIP_BUDI}).text
    page = client.get(f"/help-desk/{office.budi.pk}")
    assert NIP_BUDI in page.text
    answer = client.post(f"/help-desk/{office.budi.pk}/reset", {"channel": "email"}, follow=False)
    assert answer.status_code == 302
    assert Mail.objects.get().to == "budi@contoh.go.id"


@pytest.mark.parametrize("path", ["/help-desk", "/help-desk/{}", "/accounts/waiting", "/platform"])
def test_an_employee_enters_none_of_the_rooms_of_others(office: Office, path: str) -> None:
    client = signed_in(office, office.budi)
    assert client.get(path.format(office.joko.pk)).status_code in {403, 404}


def test_another_governments_help_desk_finds_nobody_here(office: Office, kementerian: Government) -> None:
    activate(office, office.budi)
    with acting_in(kementerian.pk):
        other = open_office("K")
        other.appoint(other.rina, Role.HELPDESK, other.root)
        client = signed_in(other, other.rina)
    assert client.get(f"/help-desk/{office.budi.pk}").status_code == 404
    assert client.post(f"/help-desk/{office.budi.pk}/reset", {"channel": "slip"}).status_code == 404


def test_somebody_with_two_posts_chooses(office: Office, kementerian: Government) -> None:
    client = signed_in(office, office.budi)
    with acting_in(kementerian.pk):
        code = slip_of(other := open_office("K"), other.budi).code
    client.get(f"/activate/with/{code}")
    assert client.post("/activate/join")["Location"] == "/governments"
    assert sign_in(Client(), NIP_BUDI)["Location"] == "/governments"
    client.post("/governments", {"government": kementerian.pk})
    assert "Kementerian Contoh" in client.get("/notices/").text
    client.post("/governments", {"government": 4711})
    assert "Kementerian Contoh" in client.get("/notices/").text


def test_the_operator_of_the_platform_sees_totals_and_no_person(office: Office) -> None:
    with acting_as("founder"):
        operator = Account.objects.create()
        commands.make_platform_operator(operator, actor=SYSTEM)
    client = Client()
    client.force_login(operator)
    page = client.get("/platform")
    assert "Pemerintah Kota Contoh" in page.text
    assert "Budi" not in page.text
    assert client.get("/help-desk").status_code == 403


def test_one_blocks_ones_own_phone_and_nobody_elses(office: Office) -> None:
    org.add_site(org.Spot("Puskesmas Melati", -61_753_924, 1_068_271_528), unit=office.clinic, actor=SYSTEM)
    client = signed_in(office, office.budi)
    _ask_pass(client, {"public_key": to_text(make_point())})
    phone = Phone.objects.get(person=office.budi)
    assert signed_in(office, office.joko).post(f"/phones/{phone.pk}/block").status_code == 404
    assert client.post(f"/phones/{phone.pk}/block").status_code == 302
    assert Phone.objects.get(pk=phone.pk).blocked_at is not None
    assert client.post(f"/phones/{phone.pk}/unblock").status_code == 403
