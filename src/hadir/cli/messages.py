import argparse
from collections.abc import Sequence
from pathlib import Path

from hadir.cli.homes import SOURCES
from hadir.cli.trouble import TroubleError
from hadir.platform.messages import compile_catalogues, extract, untranslated

LOCALE = SOURCES / "hadir" / "locale"


def main(argv: Sequence[str]) -> int:
    """Collect sentences into the catalogues, compile them, or tell which still lack a translation."""
    parser = argparse.ArgumentParser(prog="hadir messages", description="Collect and compile the translations.")
    parser.add_argument("what", choices=["extract", "compile", "check"], nargs="?", default="extract")
    what = parser.parse_args(argv).what
    if what == "check":
        check_translations()
        print("Every sentence is translated.")
        return 0
    made = extract() if what == "extract" else compile_catalogues()
    print("\n".join(map(str, made)))
    return 0


def check_translations() -> None:
    """Say which sentences lack a translation.

    Raises:
        TroubleError: At least one does.
    """
    lacking = untranslated()
    if lacking:
        raise TroubleError("\n  ".join(["These sentences lack a translation:", *map(str, lacking)]))


def provide_messages() -> None:
    """Compile the catalogues where a source is newer than what was made of it."""
    if any(_is_stale(source, source.with_suffix(".mo")) for source in LOCALE.rglob("*.po")):
        compile_catalogues()


def _is_stale(source: Path, made: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime
