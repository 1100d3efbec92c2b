"""A stage for pages: a small server with the look's pages and a gate made of the kernel's real parts.

The gate stands for the one of `hadir.gate`, which needs a database; here it can be told to fail on purpose.
"""

import json
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.frontend import samples

from hadir.kernel import passes, tap
from hadir.kernel.clock import now, to_milliseconds
from hadir.kernel.keys import derive_keys
from hadir.kernel.nonces import make_nonce
from hadir.kernel.receipts import Reason, Receipt, ReceiptKey
from hadir.kernel.signing import SIGNATURE_BYTES, is_signed_by
from hadir.kernel.text import from_text, to_text
from hadir.platform.middleware import CONTENT_POLICY

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
SARI, KOTA = 42, 1
OFFICE = {"id": 12, "name": "Kantor Wali Kota", "latitude": -6.2, "longitude": 106.8, "radius": 100}
KEYS = derive_keys(b"a secret that is long enough for this test")
RECEIPTS = ReceiptKey(KEYS.receipt_seed)


@dataclass
class Gate:
    """What the gate holds and how it is to fail."""

    failures: list[int] = field(default_factory=list)  # status of each next tap, before it answers well
    reason: Reason = Reason.NONE
    asked: list[bytes] = field(default_factory=list)
    kept: dict[bytes, tap.Tap] = field(default_factory=dict)
    selfies: dict[bytes, bytes] = field(default_factory=dict)
    boards: int = 0


class Stage(ThreadingHTTPServer):
    def __init__(self, dist: Path) -> None:
        super().__init__(("127.0.0.1", 0), Actor)
        self.dist, self.gate = dist, Gate()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Actor(BaseHTTPRequestHandler):
    server: Stage

    def log_message(self, *_: Any) -> None:
        """Say nothing: the test speaks."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/static/"):
            self._file(self.server.dist / path.removeprefix("/static/"))
        elif path == "/gate/nonce":
            at = now()
            self._json({"nonce": to_text(make_nonce(KEYS.for_nonces, at)), "now": to_milliseconds(at)})
        elif path == "/phone/today":
            self._json({"sentence": "Hadir tepat waktu.", "status": "present"})
        elif path == "/board-fragment":
            self.server.gate.boards += 1
            self._answer(200, "text/html; charset=utf-8", _board(self.server.gate.boards).encode())
        else:
            self._page(path.strip("/"))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        doors = {"/phone/pass": self._pass, "/gate/tap": self._tap, "/gate/selfie": self._selfie}
        doors[self.path](body)

    def _page(self, name: str) -> None:
        language = "en" if self.path.endswith("?en") else "id"
        addresses = {"person_id": SARI, "pass_url": "/phone/pass", "today_url": "/phone/today"}
        pages = {page: f"{page}.html" for page in samples.PAGES} | {"tap": "platform/tap_shell.html", "404": "404.html"}
        html = samples.render(pages[name], language, **addresses)
        self._answer(200, "text/html; charset=utf-8", html.encode())

    def _pass(self, body: bytes) -> None:
        point = from_text(json.loads(body)["public_key"]) or b""
        at = now()
        granted = passes.Pass(KOTA, SARI, 1, point, (12,), at, at + timedelta(hours=12))
        text = passes.issue(KEYS.for_passes, granted)
        expires = to_milliseconds(granted.expires)
        self._json({"pass": text, "expires_ms": expires, "government": KOTA, "person": SARI, "sites": [OFFICE]})

    def _tap(self, body: bytes) -> None:
        gate = self.server.gate
        gate.asked.append(body)
        if gate.failures:
            self._json({"code": "not_stored", "sentence": "", "data": {}}, gate.failures.pop(0))
            return
        granted = passes.check(KEYS.for_passes, self.headers["Authorization"].removeprefix("Hadir "))
        canonical, signature = body[2:-SIGNATURE_BYTES], body[-SIGNATURE_BYTES:]
        assert is_signed_by(granted.phone_key, canonical, signature)
        read, identity = tap.decode(canonical), tap.identify(canonical)
        gate.kept[identity] = read
        receipt = Receipt(KOTA, SARI, identity, read.at, read.at, read.selfie, gate.reason)
        ways_out = {Reason.NONE: None, Reason.OUTSIDE: "tap_inside_or_khusus"}
        self._json(
            {
                "id": identity.hex(),
                "at": to_milliseconds(read.at),
                "received": to_milliseconds(read.at),
                "counts": receipt.counts,
                "reason": gate.reason.name.lower(),
                "way_out": ways_out[gate.reason],
                "site": 12,
                "distance": 31,
                "noted": False,
                "receipt": RECEIPTS.write(receipt),
            },
        )

    def _selfie(self, body: bytes) -> None:
        receipt = RECEIPTS.reader.read(self.headers["Hadir-Receipt"])
        assert receipt
        self.server.gate.selfies[receipt.tap] = body
        self._json({"id": receipt.tap.hex(), "size": len(body)})

    def _file(self, file: Path) -> None:
        self._answer(200, TYPES[file.suffix], file.read_bytes())

    def _json(self, content: dict[str, Any], status: int = 200) -> None:
        self._answer(status, "application/json", json.dumps(content).encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", CONTENT_POLICY)
        self.end_headers()
        self.wfile.write(body)


def _board(number: int) -> str:
    rows = "".join(f'<tr><th scope="row">{name}</th><td>{number}</td></tr>' for name in ("Arsip", "Bappeda", "Camat"))
    head = '<thead><tr><th data-sort="text">Unit</th><th data-sort="number">Hadir</th></tr></thead>'
    return f'<table id="units" data-sortable>{head}<tbody>{rows}</tbody></table>'
