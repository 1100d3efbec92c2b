import http.cookiejar
import re
import ssl
import urllib.parse
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from tests.cli.installations import Installation
from tests.cli.test_serve import free_port, serving, write_certificate

from hadir.cli.found import ask_for
from hadir.cli.founding_fields import FIELDS, TAKEN_SLUGS
from hadir.kernel.clock import today_at
from hadir.kernel.zones import Zone

SARI = {
    "slug": "kabupaten-baru",
    "name": "Pemerintah Kabupaten Baru",
    "kind": "regency",
    "zone": "WITA",
    "helpdesk-phone": "0800-1-111-111",
    "site": "Kantor Bupati",
    "position": "-5.147665, 119.432732",
    "person": "Sari Wulandari",
    "number": "19850412 201001 2 003",
    "email": "Sari@baru.example",
    "policy": "esdm",
}
TODAY = today_at(Zone.WITA)
PASSWORD = "hujan turun di kebun teh"


def options(**changed: str) -> list[str]:
    told = SARI | {name.replace("_", "-"): value for name, value in changed.items()}
    return [part for name, value in told.items() if value for part in (f"--{name}", value)]


def refusal(office: Installation, *arguments: str) -> str:
    done = office.run("found", *arguments)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert office.rows("SELECT count(*) FROM tenancy_government") == [(2,)]
    return done.stderr


def code_in(said: str) -> str:
    found = re.search(r"code +(\w{5} \w{5})", said)
    assert found, said
    return found.group(1)


class Visitor:
    """A browser of somebody who opens pages and fills in forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        trusting = ssl._create_unverified_context()  # noqa: S323 - the certificate was made a moment ago, here
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
            urllib.request.HTTPSHandler(context=trusting),
        )

    def open(self, path: str, **fields: str) -> str:
        """The page at a path; with fields, the page after they were filled in and sent."""
        page = self._ask(path)
        if not fields:
            return page
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        return self._ask(path, urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token.group(1)}).encode())

    def _ask(self, path: str, content: bytes | None = None) -> str:
        asked = urllib.request.Request(f"{self.address}{path}", content, {"Referer": f"{self.address}{path}"})
        with self.opener.open(asked, timeout=20) as answer:
            read: bytes = answer.read()
        return read.decode()


def test_the_first_person_of_a_new_office_gets_in_with_the_code_and_finds_their_pages(
    office: Installation, tmp_path: Path
) -> None:
    done = office.run("found", *options())
    assert done.returncode == 0, done.stderr
    certificate, key = write_certificate(tmp_path)
    port = free_port()
    at = ["--host", "127.0.0.1", "--port", port, "--workers", "1", "--only", "web"]
    with serving(office, *at, "--tls-cert", certificate, "--tls-key", key):
        sari = Visitor(f"https://127.0.0.1:{port}")
        assert "0800-1-111-111" in sari.open("/sign-in")
        assert "Sari Wulandari" in sari.open("/activate", code=code_in(done.stdout))
        assert "Sari Wulandari" in sari.open("/activate/password", password=PASSWORD, again=PASSWORD)
        assert "Pemerintah Kabupaten Baru" in sari.open("/units/")
        assert "Kantor Bupati" in sari.open("/sites/")
        assert "Sari Wulandari" in sari.open("/roles/")
        assert sari.open("/people/upload")


def test_a_new_office_is_judged_from_tomorrow_on_trial_with_this_and_next_years_calendar(office: Installation) -> None:
    assert office.run("found", *options()).returncode == 0
    tomorrow = TODAY + timedelta(days=1)
    assert office.rows("SELECT target, valid_from FROM policies_scope") == [("government", tomorrow)]
    terms = office.rows("SELECT valid_from, enforced_from FROM policies_binding")
    assert terms == [(tomorrow, tomorrow + timedelta(days=90))]
    years = office.rows("SELECT DISTINCT extract(year FROM date)::int FROM schedules_calendarday ORDER BY 1")
    assert years == [(TODAY.year,), (TODAY.year + 1,)]
    everybodys = "SELECT code FROM schedules_shift s JOIN schedules_workpattern p ON p.shift_id = s.id"
    assert office.rows(everybodys) == [("office_standard",)]


def test_a_policy_in_force_from_a_past_date_needs_and_keeps_its_document(office: Installation) -> None:
    past = (TODAY - timedelta(days=20)).isoformat()
    early = options(begins=past, enforced_from=past)
    assert "--cited: a policy that begins before tomorrow needs the document" in refusal(office, *early)
    assert office.run("found", *early, "--cited", "Perbup 1/2026 (contoh)").returncode == 0
    assert ("Perbup 1/2026 (contoh)",) in office.rows("SELECT cited FROM policies_binding")


def test_every_wrong_value_is_told_by_its_field_at_once(office: Installation) -> None:
    wrong = options(slug="Kota_Baru", kind="village", number="123", position="here", policy="", zone="GMT")
    said = refusal(office, *wrong)
    for field in ("slug", "kind", "number", "position", "policy", "zone"):
        assert f"--{field}: " in said


def test_a_short_name_that_another_government_has_is_refused(office: Installation) -> None:
    assert "--slug: kota-contoh is taken" in refusal(office, *options(slug="kota-contoh"))


def test_somebody_without_number_and_address_cannot_be_the_first(office: Installation) -> None:
    assert "--email: a NIP, an NI PPPK or an e-mail is needed" in refusal(office, *options(number="", email=""))


def test_a_place_outside_indonesia_undoes_the_whole_founding(office: Installation) -> None:
    assert "Nothing was founded" in refusal(office, *options(position="52.5, 13.4"))


def test_the_account_of_somebody_who_is_there_can_be_made_operator_of_the_platform(office: Installation) -> None:
    assert "nobody signs in as sari@baru.example" in refusal(office, "--platform-operator", "sari@baru.example")
    assert office.run("found", *options()).returncode == 0
    assert office.run("found", "--platform-operator", "SARI@baru.example").returncode == 0
    assert office.rows("SELECT is_platform_operator FROM accounts_account") == [(True,)]


def test_what_no_option_says_is_asked_for_until_it_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    given: dict[str, str | None] = {field.name: SARI.get(field.name.replace("_", "-")) for field in FIELDS}
    given |= {"zone": None, "site": ""}
    answers = iter(["GMT", "wit", *[""] * len(FIELDS)])
    known: dict[str, object] = {TAKEN_SLUGS: frozenset()}
    ask_for(given, known, lambda _question: next(answers))
    assert known["zone"] is Zone.WIT
    assert known["root"] == "Pemerintah Kabupaten Baru"
    assert "position" not in known
    assert "--zone: it is none of WIB, WITA, WIT" in capsys.readouterr().out
