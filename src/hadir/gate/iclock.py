"""`/iclock/...`: what approved terminals send is durable before it is acknowledged; everybody else is turned away."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from typing import TYPE_CHECKING

from hadir.gate.fleet import Contact, FleetLedger, Upload
from hadir.gate.http import Response
from hadir.gate.refusals import NotStored, TooLarge, TooMany
from hadir.gate.throttle import Seldom, Throttle
from hadir.kernel.clock import now
from hadir.wire import adms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hadir.gate.http import Request
    from hadir.gate.memory import Memory, Terminal
    from hadir.gate.settings import GateSettings
    from hadir.kernel.refusals import Refusal

_LOG = logging.getLogger(__name__)
_PLAIN = ((b"content-type", adms.CONTENT_TYPE.encode()), (b"cache-control", b"no-store"))
_REFUSALS: Mapping[type[Refusal], adms.Reply] = {
    TooLarge: adms.TOO_LARGE,
    TooMany: adms.TOO_MANY,
    NotStored: adms.NOT_STORED,
}
_LARGEST_TEXT = 1024 * 1024
_MIXED_TABLES = frozenset({"operlog", "userinfo"})  # templates and photos stand between the lines
_LONGEST_QUERY = 600  # characters: part of a unique index, whose rows have a largest size
_LONGEST_PATH = 200
_UNHURRIED = 64 * 1024


class TerminalDoor:
    """Answers terminals; polls from memory, uploads once they are stored."""

    def __init__(self, settings: GateSettings, memory: Memory, ledger: FleetLedger) -> None:
        self._memory = memory
        self._ledger = ledger
        self._largest = settings.largest_upload
        self._terminals = Throttle(settings.throttles.per_terminal)
        self._strangers = Throttle(settings.throttles.failures)
        self._contacts = Throttle(settings.throttles.contacts)
        self._seen = Seldom(settings.sightings)
        self._met = Seldom(settings.sightings / 2)
        self._writing: set[asyncio.Task[None]] = set()

    async def take(self, request: Request) -> Response:
        """Answer one request, always as plain text: a terminal reads neither pages nor JSON."""
        target = adms.parse_target(_raw_target(request))
        try:
            reply = await self._answer(request, target)
        except (TooLarge, TooMany, NotStored) as refusal:
            reply = _REFUSALS[type(refusal)]
        return Response(reply.status, reply.body, _PLAIN)

    async def finish(self) -> None:
        """Write down the last sightings."""
        await asyncio.gather(*self._writing)

    async def _answer(self, request: Request, target: adms.Target) -> adms.Reply:
        if self._memory.is_empty:
            raise NotStored
        terminal = self._memory.facts.terminals.get(target.serial or "")
        message = adms.read_message(request.scope["method"], target, b"")
        if terminal is None or not terminal.may_speak_from(request.address):
            await self._turn_away(request, target, message)
            return adms.NOT_APPROVED
        self._terminals.take(target.serial)
        self._note_sighting(terminal, request.address)
        return await self._serve(request, target, terminal, message)

    async def _turn_away(self, request: Request, target: adms.Target, message: adms.Message) -> None:
        """Remember that a stranger spoke, so that an admin can find it, and believe nothing it says."""
        self._strangers.take(request.address)
        if target.serial is None or not self._met.is_due((target.serial, request.address)):
            return
        self._contacts.take(None)
        says_something = isinstance(message, adms.Handshake | adms.SecurityPush)
        options = target.archived[:_LONGEST_QUERY] if says_something else ""
        await self._ledger.note_contact(Contact(target.serial, now(), request.address, options, _dialect_of(message)))

    def _note_sighting(self, terminal: Terminal, address: str) -> None:
        """Write down at most once a minute that a terminal lives, without its poll waiting for it."""
        if self._seen.is_due((terminal.government, terminal.terminal)):
            task = asyncio.get_running_loop().create_task(self._ledger.note_sighting(terminal, now(), address))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _serve(
        self, request: Request, target: adms.Target, terminal: Terminal, message: adms.Message
    ) -> adms.Reply:
        match message:
            case adms.Handshake():
                return await self._greet(target, terminal)
            case adms.TimeRequest():
                return adms.time_reply(now(), terminal.zone_minutes // 60)
            case adms.SecurityPush():
                return adms.refusal(message)
            case adms.UnknownRequest(call=adms.Call.UNKNOWN):
                _LOG.warning("A terminal asked for something unknown: %s %r", *_shown(request))
                return adms.NOT_FOUND
            case adms.Poll() | adms.Ping():
                return adms.ACCEPTED
            case _:
                return await self._keep(request, target, terminal)

    async def _greet(self, target: adms.Target, terminal: Terminal) -> adms.Reply:
        """Ask for everything a terminal holds until its first punches since its approval have come."""
        has_sent = await self._ledger.has_sent_punches(terminal)
        backlog = adms.Backlog.CONTINUE if has_sent else adms.Backlog.FROM_START
        return adms.handshake_reply(target.serial_sent or "", terminal.zone_minutes // 60, backlog=backlog)

    async def _keep(self, request: Request, target: adms.Target, terminal: Terminal) -> adms.Reply:
        body = await request.read(_limit(target, self._largest))
        if not body:
            return adms.ACCEPTED
        path = request.scope["path"][:_LONGEST_PATH].replace("\0", "")
        if len(body) > _UNHURRIED:  # taps must not wait for the reading of a large body
            upload, reply = await asyncio.to_thread(_read, target, path, body)
        else:
            upload, reply = _read(target, path, body)
        await self._ledger.keep(terminal, upload)
        return reply


def _read(target: adms.Target, path: str, body: bytes) -> tuple[Upload, adms.Reply]:
    kept = adms.redact(target.table, body)
    query = target.archived[:_LONGEST_QUERY]
    upload = Upload(now(), path, query, target.table, kept, hashlib.sha256(kept).digest())
    is_counted = target.call in {adms.Call.CDATA, adms.Call.FDATA}
    return upload, adms.acknowledgement(target.table, body) if is_counted else adms.ACCEPTED


def _limit(target: adms.Target, largest: int) -> int:
    """Bytes that a body may have: a photo, or templates and photos between lines, need more than text does."""
    is_large = target.call is adms.Call.FDATA or target.table in _MIXED_TABLES or adms.is_sensitive(target.table, b"")
    return largest if is_large else min(_LARGEST_TEXT, largest)


def _dialect_of(message: adms.Message) -> str:
    match message:
        case adms.SecurityPush():
            return "acc"
        case adms.PunchUpload() | adms.OperationUpload():
            return "att"
        case adms.Handshake(device_type=said) if said.strip().lower() == "att":
            return "att"
        case _:
            return ""


def _raw_target(request: Request) -> bytes:
    scope = request.scope
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")
    query: bytes = scope.get("query_string", b"")
    return b"%b?%b" % (path.partition(b"?")[0], query)


def _shown(request: Request) -> tuple[str, str]:
    return request.scope["method"], request.scope["path"][:_LONGEST_PATH]
