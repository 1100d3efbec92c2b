"""`POST /gate/tap`: pass, signature, fence, durable, receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hadir.gate.http import Request, Response, json_response
from hadir.gate.judgement import WAY_OUT, Judge
from hadir.gate.ledger import Entry
from hadir.gate.refusals import NotStored, OtherPerson, SignatureRefused
from hadir.gate.throttle import Throttle
from hadir.kernel import passes, tap
from hadir.kernel.clock import from_milliseconds, now, to_milliseconds
from hadir.kernel.receipts import Receipt, ReceiptKey
from hadir.kernel.refusals import InvalidData
from hadir.kernel.signing import SIGNATURE_BYTES, is_signed_by

if TYPE_CHECKING:
    from hadir.gate.gathering import Gatherer
    from hadir.gate.ledger import Kept
    from hadir.gate.memory import Memory
    from hadir.gate.settings import GateSettings
    from hadir.kernel.keys import Keys
    from hadir.kernel.passes import Pass

_LENGTH_BYTES = 2
_LARGEST = _LENGTH_BYTES + tap.LARGEST + SIGNATURE_BYTES
_SCHEME = "Hadir "
_LONGEST_AGENT = 200


class TapDoor:
    """Takes signed taps and answers with receipts."""

    def __init__(self, settings: GateSettings, keys: Keys, memory: Memory, gatherer: Gatherer) -> None:
        self._pass_key = keys.for_passes
        self._receipt_key = ReceiptKey(keys.receipt_seed)
        self._judge = Judge(settings, keys.for_nonces)
        self._memory = memory
        self._gatherer = gatherer
        self._passes = Throttle(settings.throttles.per_pass)
        self._failures = Throttle(settings.throttles.failures)

    async def take(self, request: Request) -> Response:
        """Answer one tap; every authentic one is stored, whether it counts or not."""
        body = await request.read(_LARGEST)
        received = from_milliseconds(to_milliseconds(now()))
        granted = self._admit(request)
        canonical, signature = _split(body)
        read = tap.decode(canonical)
        self._authenticate(granted, read, canonical, signature)
        await self._know_the_sites_of(granted)
        entry = Entry(
            tap.identify(canonical),
            read,
            canonical,
            signature,
            granted.phone_key,
            self._judge.judge(read, granted, received, self._memory.facts),
            received,
            request.address,
            request.header(b"user-agent")[:_LONGEST_AGENT],
        )
        return self._answer(entry, await self._gatherer.keep(entry))

    def _admit(self, request: Request) -> Pass:
        """Check the pass; only who fails is counted by address, because a whole office shares one."""
        scheme, text = (
            request.header(b"authorization")[: len(_SCHEME)],
            request.header(b"authorization")[len(_SCHEME) :],
        )
        try:
            granted = passes.check(self._pass_key, text if scheme == _SCHEME else "")
        except passes.PassRefused:
            self._failures.take(request.address)
            raise
        self._passes.take(granted.serial)
        return granted

    def _authenticate(self, granted: Pass, read: tap.Tap, canonical: bytes, signature: bytes) -> None:
        if (granted.government, granted.person) != (read.government, read.person):
            raise OtherPerson
        self._failures.require(granted.serial)
        if not is_signed_by(granted.phone_key, canonical, signature):
            self._failures.take(granted.serial)
            raise SignatureRefused

    async def _know_the_sites_of(self, granted: Pass) -> None:
        await self._memory.read_for(granted.government, granted.sites or ())
        if self._memory.is_empty:
            raise NotStored

    def _answer(self, entry: Entry, kept: Kept) -> Response:
        read, standing = entry.tap, entry.judgement.standing
        receipt = Receipt(
            read.government, read.person, entry.identity, read.at, kept.received, read.selfie, kept.reason
        )
        return json_response(
            {
                "id": entry.identity.hex(),
                "at": to_milliseconds(read.at),
                "received": to_milliseconds(kept.received),
                "counts": receipt.counts,
                "reason": kept.reason.name.lower(),
                "way_out": WAY_OUT[kept.reason],
                "site": standing.site if standing else None,
                "distance": standing.distance if standing else None,
                "noted": receipt.counts and entry.judgement.is_noted,
                "receipt": self._receipt_key.write(receipt),
            }
        )


def _split(body: bytes) -> tuple[bytes, bytes]:
    """Return canonical bytes and signature of `u16 length | canonical | signature`."""
    length = int.from_bytes(body[:_LENGTH_BYTES])
    if len(body) != _LENGTH_BYTES + length + SIGNATURE_BYTES:
        raise InvalidData("body", len(body), f"2 + {length} + {SIGNATURE_BYTES} bytes")
    return body[_LENGTH_BYTES:-SIGNATURE_BYTES], body[-SIGNATURE_BYTES:]
