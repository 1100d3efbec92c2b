import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from typing import Any

from hadir.cli.homes import ROOT
from hadir.cli.trouble import TroubleError

FOLDER = ROOT / "bench"


def main(argv: Sequence[str]) -> int:
    """Measure the figures and tell whether each holds."""
    parser = argparse.ArgumentParser(prog="hadir bench", description="Measure the figures that Hadir promises.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(known_benches())}")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args(argv)
    unknown = set(options.names) - set(known_benches())
    if unknown:
        raise TroubleError(f"There is no bench {', '.join(sorted(unknown))}; there are {', '.join(known_benches())}.")
    sys.path.insert(0, str(ROOT))
    holds = True
    for name in options.names or known_benches():
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        for figure in importlib.import_module(f"bench.{name}").run():
            holds &= figure.holds
            print(json.dumps(figure.as_dict()) if options.json else row(figure), flush=True)
    return 0 if holds else 1


def known_benches() -> list[str]:
    """The modules of bench/ that measure something."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if "\ndef run()" in path.read_text())


def row(figure: Any) -> str:
    """One figure as a line for people."""
    sign = ">=" if figure.better == "higher" else "<="
    return (
        f"{figure.name:<22} {figure.value:>14,.1f} {figure.unit:<12} "
        f"against {figure.reference_value:>14,.1f} ({figure.reference}): "
        f"{figure.ratio:.3f} {sign} {figure.bar:g}  {'holds' if figure.holds else 'DOES NOT HOLD'}"
    )
