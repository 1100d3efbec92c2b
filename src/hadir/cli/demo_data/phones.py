"""Signed taps of the made-up people's phones, kept by the gate's own ledger: what a tap looks like when it is real."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hadir.gate.columns import teach_columns
from hadir.gate.judgement import Judgement
from hadir.gate.ledger import Entry, record
from hadir.kernel import tap
from hadir.kernel.fence import Circle, Side, judge
from hadir.kernel.nonces import make_nonce
from hadir.kernel.receipts import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hadir.cli.demo_data.habits import MadeTaps

BATCH = 1000
_UNITS_OF_METRE = 90  # of 1e-7 degree, a little less than a metre anywhere in Indonesia
_AGENT = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Mobile Safari/537.36"
)
_NONCE_AGE = timedelta(seconds=40)
_SIGNED = ec.ECDSA(SHA256())


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with a phone: government, id, and the circle of the place of work."""

    government: int
    person: int
    circle: Circle


class _Phone:
    def __init__(self, owner: Owner, seed: int) -> None:
        secret = hashlib.sha256(f"{seed} {owner.government} {owner.person}".encode()).digest()
        # Any number of 31 bytes is a valid private key of this curve.
        self._key = ec.derive_private_key(int.from_bytes(secret[:31]) + 1, ec.SECP256R1())
        self.point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def sign(self, canonical: bytes) -> bytes:
        r, s = decode_dss_signature(self._key.sign(canonical, _SIGNED))
        return r.to_bytes(32) + s.to_bytes(32)


def keep_taps(  # noqa: PLR0913 - what is kept, and four things that it is kept with
    taps: MadeTaps, owners: dict[int, Owner], *, seed: int, nonce_key: bytes, dsn: str, progress: Callable[[int], None]
) -> None:
    """Sign and keep the taps of the owners (by place in the list), by a database login that may append events."""
    phones = {place: _Phone(owner, seed) for place, owner in owners.items()}
    asyncio.run(_keep(_entries(taps, owners, phones, seed, nonce_key), dsn, progress))


async def _keep(entries: Iterator[Entry], dsn: str, progress: Callable[[int], None]) -> None:
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        teach_columns(connection)
        done = 0
        batch: list[Entry] = []
        for entry in entries:
            batch.append(entry)
            if len(batch) == BATCH:
                await record(connection, batch)
                done += len(batch)
                progress(done)
                batch = []
        if batch:
            await record(connection, batch)
            progress(done + len(batch))


def _entries(
    taps: MadeTaps, owners: dict[int, Owner], phones: dict[int, _Phone], seed: int, nonce_key: bytes
) -> Iterator[Entry]:
    chance = np.random.default_rng(seed + 2)
    east, north = (chance.normal(0, 22, len(taps.at)).clip(-60, 60) for _ in range(2))
    accuracy = chance.integers(4, 28, len(taps.at)).tolist()
    salts = chance.bytes(tap.SALT_BYTES * len(taps.at))
    seconds = taps.at.astype("datetime64[s]").astype(int).tolist()
    for number, (place, second, mark) in enumerate(zip(taps.person.tolist(), seconds, taps.mark.tolist(), strict=True)):
        owner = owners[place]
        at = datetime.fromtimestamp(second, UTC)
        position = tap.Position(
            owner.circle.latitude + round(north[number] * _UNITS_OF_METRE),
            owner.circle.longitude + round(east[number] * _UNITS_OF_METRE),
            accuracy[number],
            timedelta(seconds=2),
        )
        made = tap.Tap(
            government=owner.government,
            person=owner.person,
            at=at,
            position=position,
            kind=tap.Kind.ORDINARY,
            mark=tap.Mark(mark),
            selfie=None,
            nonce=make_nonce(nonce_key, at - _NONCE_AGE),
            salt=salts[number * tap.SALT_BYTES : (number + 1) * tap.SALT_BYTES],
        )
        yield _entry(made, position, owner, phones[place])


def _entry(made: tap.Tap, position: tap.Position, owner: Owner, phone: _Phone) -> Entry:
    canonical = tap.encode(made)
    standing = judge(position.latitude, position.longitude, position.accuracy, owner.circle)
    reason = Reason.OUTSIDE if standing.side is Side.OUTSIDE else Reason.NONE
    return Entry(
        identity=tap.identify(canonical),
        tap=made,
        canonical=canonical,
        signature=phone.sign(canonical),
        phone_key=phone.point,
        judgement=Judgement(reason, standing, made.at - _NONCE_AGE),
        received=made.at + timedelta(milliseconds=400),
        address="198.51.100.7",
        user_agent=_AGENT,
    )
