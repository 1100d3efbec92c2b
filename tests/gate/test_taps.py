from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from bench.phones import OFFICE, Phone, make_phone
from tests.gate.conftest import KOTA, employ

from hadir.kernel import passes, tap
from hadir.kernel.clock import from_milliseconds, now, to_milliseconds
from hadir.kernel.nonces import make_nonce
from hadir.kernel.receipts import Reason, ReceiptKey
from hadir.kernel.text import from_text

METRE = 90  # units of 1e-7 degree of latitude


def north(metres: int, accuracy: int | None = 10) -> tap.Position:
    return tap.Position(OFFICE[0] + metres * METRE, OFFICE[1], accuracy, None)


def expired(phone: Phone) -> Phone:
    issued = now() - timedelta(hours=37)
    return replace(phone, granted=replace(phone.granted, issued=issued, expires=issued + passes.LONGEST))


def stored(ledger, answer):
    return ledger.ask(
        "SELECT e.counts, e.reason, e.site_id, v.distance FROM clocking_event e JOIN clocking_evidence v "
        "ON (v.government_id, v.at, v.event_id) = (e.government_id, e.at, e.id) WHERE e.id = %s",
        bytes.fromhex(answer.json["id"]),
    )


def events_of(ledger, phone) -> int:
    return ledger.ask("SELECT count(*) FROM clocking_event WHERE person_id = %s", phone.granted.person)[0][0]


def test_a_tap_at_the_office_counts_and_its_receipt_says_so(door, ledger, budi):
    canonical = tap.encode(budi.tap(door.keys))
    answer = door.send(budi, canonical)
    assert answer.status == 200
    assert (answer.json["counts"], answer.json["reason"], answer.json["way_out"]) == (True, "none", None)
    assert (answer.json["site"], answer.json["distance"], answer.json["noted"]) == (1, 0, False)
    receipt = ReceiptKey(door.keys.receipt_seed).reader.read(answer.json["receipt"])
    assert receipt is not None
    assert (receipt.tap, receipt.person, receipt.reason) == (
        tap.identify(canonical),
        budi.granted.person,
        Reason.NONE,
    )
    assert to_milliseconds(receipt.received) == answer.json["received"]
    assert stored(ledger, answer) == [(True, 0, 1, 0)]


def test_the_evidence_holds_what_proves_the_tap(door, ledger, sari):
    made = sari.tap(door.keys, note="Apel pagi, langit é cerah", mark=tap.Mark.IN)
    canonical = tap.encode(made)
    answer = door.ask(
        "POST",
        "/gate/tap",
        sari.body(canonical),
        "36.68.1.9",
        authorization=door.authorization(sari),
        user_agent="Redmi",
    )
    found = ledger.ask(
        "SELECT canonical, phone_key, latitude, longitude, accuracy, host(address), user_agent, selfie_sha256, note, "
        "e.mark, e.channel, e.proven_from FROM clocking_evidence v JOIN clocking_event e ON e.id = v.event_id "
        "WHERE v.event_id = %s",
        bytes.fromhex(answer.json["id"]),
    )
    issued = from_milliseconds(int.from_bytes(made.nonce[:8]))
    expected = (
        canonical,
        sari.granted.phone_key,
        *OFFICE,
        12,
        "36.68.1.9",
        "Redmi",
        made.selfie,
        made.note,
        1,
        1,
        issued,
    )
    assert found == [expected]


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (north(90), (True, False)),
        (north(140, 60), (True, True)),
        (north(140, 20), (False, False)),
        (north(1600, 2000), (False, False)),
        (None, (False, False)),
    ],
    ids=["inside", "outside by less than the accuracy", "outside by more", "far and inaccurate", "no position"],
)
def test_a_tap_outside_is_stored_as_not_counting(door, ledger, budi, position, expected):
    answer = door.tap(budi, position=position)
    counts = answer.json["counts"]
    assert (answer.status, (counts, answer.json["noted"])) == (200, expected)
    assert answer.json["way_out"] == (None if counts else "tap_inside_or_khusus")
    assert stored(ledger, answer) == [
        (counts, 0 if counts else Reason.OUTSIDE, 1 if counts else None, answer.json["distance"])
    ]


def test_a_pass_for_anywhere_needs_no_position(door, ledger):
    dewi = employ(ledger, "Dewi Lestari", sites=None)
    assert door.tap(dewi, position=None).json["counts"]


def test_a_site_made_a_moment_ago_is_known(door, ledger):
    ledger.ask(
        "INSERT INTO org_site (id, government_id, unit_id, name, latitude, longitude, radius, zone) "
        "OVERRIDING SYSTEM VALUE VALUES (2, 1, 1, 'Puskesmas', %s, %s, 50, 'WIB')",
        *OFFICE,
    )
    dewi = employ(ledger, "Dewi Lestari", sites=(2,))
    door.do(asyncio.sleep(1.1))  # the gate looks for an unknown site once a second
    assert door.tap(dewi).json["site"] == 2


@pytest.mark.parametrize(
    ("kind", "reason"), [(tap.Kind.PRACTICE, "practice"), (tap.Kind.KHUSUS, "khusus_undecided")], ids=str
)
def test_practice_and_khusus_are_kept_without_counting(door, ledger, budi, kind, reason):
    answer = door.tap(budi, kind=kind, position=north(5000))
    assert (answer.json["counts"], answer.json["reason"]) == (False, reason)
    assert stored(ledger, answer)[0][:2] == (False, Reason[reason.upper()])


def test_a_tap_that_comes_after_its_pass_expired_is_kept_without_counting(door, ledger, budi):
    answer = door.tap(expired(budi))
    assert (answer.status, answer.json["reason"]) == (200, "pass_expired")
    assert stored(ledger, answer)[0][0] is False


@pytest.mark.parametrize(
    "shift", [timedelta(seconds=-20), timedelta(seconds=20)], ids=["before nonce", "in the future"]
)
def test_a_time_that_cannot_be_is_kept_without_counting(door, budi, shift):
    made = now()
    at = from_milliseconds(to_milliseconds(made + shift))
    answer = door.tap(budi, at=at, nonce=make_nonce(door.keys.for_nonces, made))
    assert (answer.status, answer.json["reason"], answer.json["at"]) == (200, "doubtful_time", to_milliseconds(at))


def test_a_nonce_that_the_server_never_gave_makes_the_time_doubtful(door, ledger, budi):
    answer = door.tap(budi, nonce=bytes(24))
    assert answer.json["reason"] == "doubtful_time"
    assert ledger.ask("SELECT proven_from FROM clocking_event WHERE id = %s", bytes.fromhex(answer.json["id"])) == [
        (None,)
    ]


@pytest.mark.parametrize(("waited", "counts"), [(timedelta(minutes=10), True), (timedelta(days=1), False)])
def test_a_tap_that_waited_counts_without_review_for_a_short_while_only(door, budi, waited, counts):
    at = from_milliseconds(to_milliseconds(now() - waited))
    answer = door.tap(budi, at=at, nonce=make_nonce(door.keys.for_nonces, at - timedelta(minutes=5)))
    assert (answer.status, answer.json["counts"]) == (200, counts)
    assert answer.json["reason"] == ("none" if counts else "doubtful_time")


def test_a_revoked_pass_is_known_after_the_next_reading_and_its_taps_do_not_count(ledger, door, budi):
    ledger.ask(
        "INSERT INTO accounts_revokedpass (serial, expires_at) VALUES (%s, now() + interval '1 day')",
        budi.granted.serial,
    )
    door.do(door.gate._memory.read())
    answer = door.tap(budi)
    assert (answer.status, answer.json["reason"], answer.json["way_out"]) == (200, "revoked", "ask_help_desk")


def test_a_time_outside_the_open_months_is_parked_once(door, ledger, budi):
    long_ago = from_milliseconds(to_milliseconds(now() - timedelta(days=400)))
    canonical = tap.encode(budi.tap(door.keys, at=long_ago))
    first, second = door.send(budi, canonical), door.send(budi, canonical)
    assert (first.status, first.json["reason"]) == (200, "parked")
    assert first.body == second.body
    parked = ledger.ask("SELECT canonical FROM clocking_parked WHERE id = %s", tap.identify(canonical))
    assert parked == [(canonical,)]
    assert events_of(ledger, budi) == 0


def test_a_repeat_gets_the_identical_answer_and_nothing_is_doubled(door, ledger, budi):
    canonical = tap.encode(budi.tap(door.keys))
    first = door.send(budi, canonical)
    again = [door.send(budi, canonical) for _ in range(3)]
    assert {answer.body for answer in again} == {first.body}
    assert len(stored(ledger, first)) == 1


def test_a_repeat_says_how_the_tap_was_judged_when_it_first_came(door, ledger, budi):
    canonical = tap.encode(budi.tap(door.keys))
    first = door.send(budi, canonical)
    again = door.send(expired(budi), canonical)
    assert again.json["receipt"] == first.json["receipt"]
    assert again.json["counts"]


def test_taps_that_arrive_together_are_each_answered_with_their_own_receipt(door, ledger):
    people = [employ(ledger, f"Pegawai {number}") for number in range(40)]
    sent = [tap.encode(phone.tap(door.keys)) for phone in people]
    sent, people = sent + sent[:10], people + people[:10]

    async def all_at_once():
        return await asyncio.gather(
            *(
                door.asking(
                    "POST", "/gate/tap", phone.body(canonical), "10.0.0.1", authorization=door.authorization(phone)
                )
                for phone, canonical in zip(people, sent, strict=True)
            )
        )

    answers = door.do(all_at_once())
    assert [answer.json["id"] for answer in answers] == [tap.identify(canonical).hex() for canonical in sent]
    assert [answer.body for answer in answers[40:]] == [answer.body for answer in answers[:10]]
    assert sum(events_of(ledger, phone) for phone in people[:40]) == 40


def test_one_tap_that_the_database_will_not_have_does_not_harm_its_neighbours(door, ledger, budi):
    nobody = make_phone(KOTA, 999_999_999, (1,))
    pair = [(phone, tap.encode(phone.tap(door.keys))) for phone in (nobody, budi)]

    async def both():
        return await asyncio.gather(
            *(
                door.asking(
                    "POST", "/gate/tap", phone.body(canonical), "10.0.0.1", authorization=door.authorization(phone)
                )
                for phone, canonical in pair
            )
        )

    refused, kept = door.do(both())
    assert (refused.status, refused.json["code"]) == (503, "not_stored")
    assert kept.status == 200
    assert events_of(ledger, budi) == 1


def test_the_nonce_of_the_gate_is_good_for_a_tap(door, budi):
    answer = door.ask("GET", "/gate/nonce")
    nonce = from_text(answer.json["nonce"])
    at = from_milliseconds(answer.json["now"])
    assert door.tap(budi, nonce=nonce, at=at).json["counts"]


def test_the_public_key_of_the_gate_reads_its_receipts(door):
    (key,) = door.ask("GET", "/gate/keys").json["keys"]
    assert from_text(key["ed25519"]) == ReceiptKey(door.keys.receipt_seed).public


def test_a_pass_of_a_compressed_key_is_as_good(door, budi):
    point = budi.granted.phone_key
    compressed = bytes([2 + (point[-1] & 1)]) + point[1:33]
    assert door.tap(replace(budi, granted=replace(budi.granted, phone_key=compressed))).json["counts"]
