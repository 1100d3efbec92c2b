"""The catalogues of translations, made with Babel, so that no gettext of the system is needed.

Sentences stand in the source in English, which therefore needs no catalogue; every other language has one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_with_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[1]
LOCALE = SOURCE / "locale"
# Indonesian has no plural: one form for every number.
LANGUAGES = {"id": "nplurals=1; plural=0;"}

# Rooms whose sentences people read. rules says its sentences itself, in both languages; wire speaks to devices.
ROOMS = (
    "kernel",
    "gate",
    "platform",
    "tenancy",
    "audit",
    "notices",
    "org",
    "accounts",
    "clocking",
    "daybook",
    "recaps",
    "schedules",
    "policies",
    "requests",
    "terminals",
    "review",
    "diary",
    "portal",
    "api",
    "config",
)

_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A catalogue that is written twice from the same sources is the same file.
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A sentence of the source that a language lacks or fills with other data than the source does."""

    language: str
    sentence: str
    places: tuple[str, ...]
    reason: str

    @override
    def __str__(self) -> str:
        return f"{self.language}: {self.sentence!r} ({self.reason}) in {', '.join(self.places)}"


def extract(source: Path = SOURCE, locale: Path = LOCALE) -> list[Path]:
    """Write every sentence of the source into each language's catalogue, keeping translations; return the files."""
    template = sentences(source)
    files = []
    for language in LANGUAGES:
        catalogue = _read(language, locale)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        files.append(_write(catalogue, language, locale))
    return files


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Write the binary catalogue that Django reads beside each language's text; return the files."""
    files = []
    for language in LANGUAGES:
        file = _file(language, locale).with_suffix(".mo")
        binary = BytesIO()
        write_mo(binary, _read(language, locale))
        if not file.exists() or file.read_bytes() != binary.getvalue():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(binary.getvalue())
        files.append(file)
    return files


def untranslated(source: Path = SOURCE, locale: Path = LOCALE) -> list[Untranslated]:
    """Return what the source says and a catalogue does not, read from the source as it stands now."""
    template = sentences(source)
    missing = []
    for language in LANGUAGES:
        catalogue = _read(language, locale)
        for message in _messages(template):
            reason = _lack(message, catalogue.get(message.id, message.context))
            if reason:
                places = tuple(sorted({place for place, _ in message.locations}))
                missing.append(Untranslated(language, _first(message.id), places, reason))
    return missing


def sentences(source: Path = SOURCE) -> Catalog:
    """Return every sentence marked for translation in the rooms of the source."""
    template = Catalog(charset="utf-8")
    for room in ROOMS:
        for file in sorted((source / room).rglob("*.py")):
            _add(template, file.read_bytes(), file.relative_to(source))
        for file in sorted((source / room).glob("templates/**/*.*")):
            code = templatize(file.read_text(), origin=str(file))
            # What is left of the page is letters; its indentation would be read as Python's.
            _add(template, _INDENTATION.sub("", code).encode(), file.relative_to(source))
    return template


def _add(template: Catalog, python: bytes, place: Path) -> None:
    found = extract_with_babel("python", BytesIO(python), keywords=_KEYWORDS, comment_tags=("Translators:",))
    for line, sentence, comments, context in found:
        template.add(sentence, locations=[(place.as_posix(), line)], auto_comments=comments, context=context)


def _read(language: str, locale: Path) -> Catalog:
    file = _file(language, locale)
    if not file.exists():
        header = f'msgid ""\nmsgstr "Plural-Forms: {LANGUAGES[language]}\\n"\n'
        return read_po(BytesIO(header.encode()), locale=language, charset="utf-8")
    with file.open("rb") as opened:
        return read_po(opened, locale=language, charset="utf-8")


def _write(catalogue: Catalog, language: str, locale: Path) -> Path:
    file = _file(language, locale)
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue.project, catalogue.version, catalogue.fuzzy = "Hadir", "1", False
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.header_comment = "# Sentences of Hadir."
    catalogue.creation_date = catalogue.revision_date = _WRITTEN
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return file


def _file(language: str, locale: Path) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _lack(wanted: Message, held: Message | None) -> str:
    if held is None:
        return "not in the catalogue"
    given = (held.string,) if isinstance(held.string, str) else tuple(held.string or ())
    if held.fuzzy or not given or not all(given):
        return "not translated"
    # In a plural the source's singular may leave the number out, and so may a translation.
    asked = (wanted.id,) if isinstance(wanted.id, str) else tuple(wanted.id)
    names = {name for text in asked for name in _PLACEHOLDER.findall(text)}
    strange = {name for text in given for name in _PLACEHOLDER.findall(text)} ^ names
    return f"differs in {', '.join(sorted(strange))}" if strange else ""


def _first(identity: str | list[str] | tuple[str, ...]) -> str:
    return identity if isinstance(identity, str) else identity[0]
