"""What a terminal reports of the commands it was given."""

import re
from dataclasses import dataclass

from hadir.wire.adms.fields import Fields, read_fields
from hadir.wire.adms.lines import BadRow, Fault, filled_lines, text_of, whole_number
from hadir.wire.adms.redaction import redact_line
from hadir.wire.adms.target import Target

_OPENING = re.compile(rb"\s*ID *=", re.IGNORECASE)
_COMMAND_ID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
_HEAD = ("id", "return", "cmd")


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The outcome of one command: 0 or more is processed (not proven right), below 0 an error of the terminal.

    `line_number` and `line_count` say which filled lines of the body it was read from (0 where it came in the target);
    `details` are the named values under it, secrets withheld, and `text` the lines under it that name nothing.
    """

    line_number: int
    line_count: int
    command_id: str
    returned: int
    command: str
    details: Fields
    text: tuple[str, ...]


def parse_command_results(
    body: bytes, target: Target | None = None
) -> tuple[tuple[CommandResult, ...], tuple[BadRow, ...]]:
    """Results in the order sent and lines that belong to none; some firmware puts its one result in the target.

    A line that begins with `ID=` opens a result, its parts follow on the line (`&`) or one on each line. Repeats and
    ids that nobody gave are kept: whether they are known is the caller's to say.
    """
    results: list[CommandResult] = []
    bad_rows: list[BadRow] = []
    for block in _blocks(body):
        read = _result(block)
        if isinstance(read, CommandResult):
            results.append(read)
        else:
            bad_rows.extend(BadRow(number, redact_line(line), read) for number, line in block)
    if not results and not bad_rows and target is not None and target.first("id") is not None:
        results.extend(_from_target(target))
    return tuple(results), tuple(bad_rows)


def _blocks(body: bytes) -> list[list[tuple[int, bytes]]]:
    blocks: list[list[tuple[int, bytes]]] = []
    for number, line in filled_lines(body):
        if not blocks or _OPENING.match(line):
            blocks.append([])
        blocks[-1].append((number, line))
    return blocks


def _result(block: list[tuple[int, bytes]]) -> CommandResult | Fault:
    number, opening = block[0]
    if not _OPENING.match(opening):
        return Fault.STRAY_LINE
    texts = [*text_of(opening).split("&"), *(text_of(line) for _, line in block[1:])]
    read = _checked(number, len(block), texts)
    return Fault.BAD_RETURN if read is None else read


def _from_target(target: Target) -> list[CommandResult]:
    read = _checked(0, 0, [f"{name}={value}" for name, value in target.query if name in _HEAD])
    return [] if read is None else [read]


def _checked(number: int, line_count: int, texts: list[str]) -> CommandResult | None:
    fields = read_fields(texts)
    command_id = (fields.first("id") or "").strip()
    returned = whole_number(fields.first("return") or "")
    if returned is None or not _COMMAND_ID.fullmatch(command_id):
        return None
    return CommandResult(
        line_number=number,
        line_count=line_count,
        command_id=command_id,
        returned=returned,
        command=(fields.first("cmd") or "").strip(),
        details=Fields(_after_head(fields.pairs), fields.withheld),
        text=tuple(text for text in texts if "=" not in text),
    )


def _after_head(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    awaited = set(_HEAD)
    details = []
    for name, value in pairs:
        if name.lower() in awaited:
            awaited.remove(name.lower())
        else:
            details.append((name, value))
    return tuple(details)
