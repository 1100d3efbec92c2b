from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from bench.phones import make_phone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.gate.conftest import Door, employ

from hadir.gate.app import create_app, owns
from hadir.kernel import passes, tap


def refusal(answer):
    return answer.status, answer.json["code"]


def nothing_of(ledger, phone) -> bool:
    return ledger.ask("SELECT count(*) FROM clocking_event WHERE person_id = %s", phone.granted.person) == [(0,)]


def test_a_forged_pass_is_refused(door, ledger, budi):
    body = budi.body(tap.encode(budi.tap(door.keys)))
    forged = passes.issue(bytes(32), budi.granted)
    for text in (f"Hadir {forged}", f"Bearer {forged}", "Hadir ", "", door.authorization(budi)[:-1]):
        assert refusal(door.ask("POST", "/gate/tap", body, authorization=text)) == (401, "pass_refused")
    assert nothing_of(ledger, budi)


def test_the_pass_of_another_person_is_refused(door, ledger, budi, sari):
    body = budi.body(tap.encode(budi.tap(door.keys)))
    assert refusal(door.ask("POST", "/gate/tap", body, authorization=door.authorization(sari))) == (403, "other_person")
    other = replace(budi, granted=replace(budi.granted, government=2))
    assert refusal(door.ask("POST", "/gate/tap", body, authorization=door.authorization(other))) == (
        403,
        "other_person",
    )
    assert nothing_of(ledger, budi)
    assert nothing_of(ledger, sari)


def test_a_tap_signed_by_another_phone_is_refused(door, ledger, budi):
    other = make_phone(budi.granted.government, budi.granted.person, (1,))
    body = other.body(tap.encode(budi.tap(door.keys)))
    assert refusal(door.ask("POST", "/gate/tap", body, authorization=door.authorization(budi))) == (
        401,
        "signature_refused",
    )
    assert nothing_of(ledger, budi)


@pytest.mark.parametrize("place", [22, 30, 60, 130, -1], ids=["at", "position", "selfie", "salt", "signature"])
def test_a_tap_changed_on_its_way_is_refused(door, ledger, budi, place):
    body = bytearray(budi.body(tap.encode(budi.tap(door.keys, note="hadir"))))
    body[place] ^= 1
    answer = door.ask("POST", "/gate/tap", bytes(body), authorization=door.authorization(budi))
    assert refusal(answer) in {(401, "signature_refused"), (422, "invalid_data")}
    assert nothing_of(ledger, budi)


@pytest.mark.parametrize(
    "spoil",
    [lambda body: body[:-1], lambda body: body + b"x", lambda _: b"", lambda body: body[:40], lambda _: b"\xff" * 99],
)
def test_a_body_that_is_no_tap_is_refused_with_its_place(door, budi, spoil):
    body = spoil(budi.body(tap.encode(budi.tap(door.keys))))
    answer = door.ask("POST", "/gate/tap", body, authorization=door.authorization(budi))
    assert refusal(answer) == (422, "invalid_data")
    assert answer.json["data"]["place"]


@pytest.mark.parametrize("announced", [{}, {"content_length": "5000"}], ids=["by its size", "by its announcement"])
def test_too_large_a_body_is_refused(door, budi, announced):
    answer = door.ask("POST", "/gate/tap", bytes(5000), authorization=door.authorization(budi), **announced)
    assert refusal(answer) == (413, "too_large")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=700), authorization=st.text(st.characters(codec="latin-1"), max_size=80))
def test_garbage_is_refused_and_never_a_fault(door, body, authorization):
    assert door.ask("POST", "/gate/tap", body, authorization=authorization).status in {401, 413, 422, 429}


def test_paths_and_methods_that_do_not_exist_are_said_to_be_so(door):
    assert refusal(door.ask("GET", "/gate/nothing")) == (404, "unknown_address")
    assert refusal(door.ask("GET", "/gate/tap")) == (405, "wrong_method")
    assert owns("/gate/tap")
    assert owns("/ICLOCK/cdata")
    assert not owns("/gates/")
    assert not owns("/")


@pytest.fixture
def strict(strict_settings):
    opened = Door(create_app(strict_settings), strict_settings)
    opened.do(opened.gate.start())
    yield opened
    opened.do(opened.gate.stop())
    opened.close()


def test_one_pass_cannot_ask_without_end(strict, budi, sari):
    statuses = [strict.tap(budi).status for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    last = strict.tap(budi)
    assert last.headers[b"retry-after"] == str(last.json["data"]["seconds"]).encode()
    assert strict.tap(sari).status == 200


def test_failures_are_throttled_by_address_and_leave_the_others_of_an_office_alone(strict, budi):
    statuses = [strict.ask("POST", "/gate/tap", b"", authorization="Hadir x").status for _ in range(4)]
    assert statuses == [401, 401, 429, 429]
    assert strict.tap(budi).status == 200


def test_wrong_signatures_use_up_the_pass_only(strict, ledger, sari):
    dewi = employ(ledger, "Dewi Lestari")
    wrong = replace(dewi, key=sari.key)
    assert [strict.tap(wrong).status for _ in range(3)] == [401, 401, 429]
    assert strict.tap(sari).status == 200


def test_an_address_cannot_ask_without_end(strict):
    statuses = [strict.ask("GET", "/gate/nonce", address="36.68.1.1").status for _ in range(25)]
    assert statuses[:20] == [200] * 20
    assert statuses[-1] == 429
    assert strict.ask("GET", "/gate/nonce", address="36.68.1.2").status == 200


def test_a_proxy_is_believed_only_where_it_is_trusted(ledger, settings_of_door, budi):
    trusting = replace(settings_of_door, trusted_proxies=("127.0.0.0/8",))
    for peer, expected in (("127.0.0.1", "36.68.5.5"), ("10.9.9.9", "10.9.9.9")):
        opened = Door(create_app(trusting), trusting)
        opened.do(opened.gate.start())
        answer = opened.ask(
            "POST",
            "/gate/tap",
            budi.body(tap.encode(budi.tap(opened.keys))),
            peer,
            authorization=opened.authorization(budi),
            x_forwarded_for="1.1.1.1, 36.68.5.5",
        )
        opened.do(opened.gate.stop())
        opened.close()
        found = ledger.ask(
            "SELECT host(address) FROM clocking_evidence WHERE event_id = %s", bytes.fromhex(answer.json["id"])
        )
        assert found == [(expected,)]


def test_the_gate_cannot_read_or_change_what_it_wrote(ledger, settings_of_door, door, budi):
    assert door.tap(budi).status == 200
    with psycopg.connect(settings_of_door.dsn, autocommit=True) as connection:
        for forbidden in (
            "SELECT person_id FROM clocking_event",
            "SELECT latitude FROM clocking_evidence",
            "UPDATE clocking_event SET counts = true",
            "DELETE FROM clocking_event",
            "SELECT name FROM org_person",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
