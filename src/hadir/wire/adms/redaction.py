"""What must not be kept as it came: templates, photos, passwords, keys and national identity numbers."""

import re

REMOVED = b"[removed]"
PHOTO_TABLES = frozenset({"attphoto"})
SENSITIVE_TABLES = PHOTO_TABLES | {
    "biodata",
    "biophoto",
    "face",
    "facev7",
    "fingertmp",
    "fptemplate",
    "fvein",
    "fvtemplate",
    "idcard",
    "templatev10",
    "userpic",
}
SENSITIVE_KINDS = frozenset({"fp"}) | SENSITIVE_TABLES

# Suffixes, because firmware writes Tmp, TMP, template, FPTmp, userphoto, WIFIPassword, ...
_SECRET = rb"tmp|template|content|picture|photo|pic|passwd|password|pwd|psk|key|token|idnum"
_NAMED_SECRET = re.compile(rb"((?:\A|[\t\r\n &,;])~?\w{0,40}?(?:" + _SECRET + rb") *= *)([^\t\n]+)", re.IGNORECASE)
_SECRET_NAME = re.compile(rf"~?\w{{0,40}}?(?:{_SECRET.decode()})", re.IGNORECASE | re.ASCII)
_BASE64_RUN = re.compile(rb"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{120,}")
_NEXT_OPTION = re.compile(rb"(,(?=~?\w+=)|\r?\n)")
_JPEG = b"\xff\xd8\xff"
_LINE_TABLES = frozenset({"attlog", "operlog", "options"})
_PUNCH = re.compile(rb"[^\t]{1,64}\t\d{4}-")
_PHOTO_COMMAND = re.compile(rb"^CMD=(?:uploadphoto|realupload)", re.IGNORECASE | re.MULTILINE)
_PHOTO_START = re.compile(rb"\x00|\xff\xd8\xff|(?:^|[\t\n])(?:picture|photo|content)=", re.IGNORECASE)


def is_secret_name(name: str) -> bool:
    """Whether a field of this name holds a template, a photo, a password, a key or a national identity number."""
    return _SECRET_NAME.fullmatch(name.strip()) is not None


def kind_of(line: bytes) -> str:
    """The word in lower case with which a line of mixed tables says what it is; empty where it has none."""
    head, blank, _ = line.lstrip(b" ").partition(b" ")
    return head.decode("ascii").lower() if blank and head.isalnum() and head.isascii() else ""


def is_sensitive(table: str, line: bytes) -> bool:
    """Whether a line of a table may be kept only after `redact`; tables of templates and photos always."""
    return table.lower() in SENSITIVE_TABLES or kind_of(line) in SENSITIVE_KINDS or redact_line(line) != line


def redact_line(line: bytes) -> bytes:
    """One line with each secret replaced by `[removed]`; the names of its fields stay."""
    named = _NAMED_SECRET.sub(_removed, line)
    text, photo, _ = named.partition(_JPEG)
    return _BASE64_RUN.sub(REMOVED, text) + (REMOVED if photo else b"")


def redact(table: str, body: bytes) -> bytes:
    """A body that may be kept: `[removed]` stands where a template, a photo, a password or a key stood.

    Lines stay lines, and redacting twice changes nothing. A photo's bytes are not lines: they go as one, and so does
    everything after a photo that strayed into another table, except rows of punches.
    """
    name = table.lower()
    if name in PHOTO_TABLES or (name not in _LINE_TABLES and _PHOTO_COMMAND.search(body)):
        return _cut_photo(body)
    if name == "options":
        return b"".join(_redacted_option(piece) for piece in _NEXT_OPTION.split(body))
    if name == "attlog":
        return _redacted_punches(body)
    text, photo, _ = _NAMED_SECRET.sub(_removed, body).partition(_JPEG)
    return _BASE64_RUN.sub(REMOVED, text) + (REMOVED if photo else b"")


def _removed(found: re.Match[bytes]) -> bytes:
    value = found[2]
    if not value.strip():
        return found[0]
    return found[1] + REMOVED + (b"\r" if value.endswith(b"\r") else b"")


def _redacted_option(piece: bytes) -> bytes:
    name, sign, value = piece.partition(b"=")
    if not value.strip() or not is_secret_name(name.decode("latin-1")):
        return piece
    return name + sign + REMOVED


def _cut_photo(body: bytes) -> bytes:
    start = _PHOTO_START.search(body)
    if start is None:
        return _NAMED_SECRET.sub(_removed, body)
    named = start[0] if start[0].endswith(b"=") else b""
    return _NAMED_SECRET.sub(_removed, body[: start.start()] + named + REMOVED)


def _redacted_punches(body: bytes) -> bytes:
    after_photo = False
    kept = []
    for line in body.split(b"\n"):
        is_punch = _PUNCH.match(line) is not None
        after_photo = after_photo or _JPEG in line
        if is_punch and _JPEG not in line:
            kept.append(_NAMED_SECRET.sub(_removed, line))
        elif after_photo and _JPEG not in line:
            kept.append(REMOVED if line.strip() else line)
        else:
            kept.append(redact_line(line))
    return b"\n".join(kept)
