import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from hadir.cli.trouble import TroubleError

INTERRUPTED = 130


@dataclass(frozen=True)
class Verb:
    """A command: the module whose `main(argv)` does it and returns the exit status, and what it is for."""

    module: str
    line: str


VERBS: dict[str, Verb] = {
    "demo": Verb("demo", "try Hadir on this machine: everything it needs, with made-up offices and people"),
    "serve": Verb("serve", "run Hadir for an office, against its PostgreSQL"),
    "migrate": Verb("migrate", "bring the database and its roles to this version"),
    "found": Verb("found", "begin with a government: its rules, its first person, a code to sign in with"),
    "doctor": Verb("doctor", "say what is wrong with an installation and how to mend it"),
    "backup": Verb("backup", "write database and photos into one verified archive"),
    "restore": Verb("restore", "bring a backup back and verify it"),
    "judge": Verb("judge", "judge days told as JSON: hadir judge FILE.json"),
    "test": Verb("testing", "run all tests, with a real PostgreSQL and a real browser"),
    "check": Verb("check", "check format, lint, types, contracts, templates, migrations, translations"),
    "bench": Verb("bench", "measure the figures that Hadir promises"),
    "screenshots": Verb("screenshots", "photograph every screen in both languages and two widths"),
    "messages": Verb("messages", "collect and compile the translations"),
    "assets": Verb("assets", "build the front end from its sources"),
}


def main(argv: Sequence[str]) -> int:
    """Run one verb; without one, list them."""
    if not argv or argv[0] in {"-h", "--help", "help"}:
        width = max(map(len, VERBS))
        print("Usage: hadir VERB [options]      hadir VERB --help tells a verb's options\n")
        print("\n".join(f"  {name:<{width}}  {verb.line}" for name, verb in VERBS.items()))
        return 0
    verb = VERBS.get(argv[0])
    if verb is None:
        print(f"hadir: there is no verb {argv[0]!r}; ./hadir alone lists them.", file=sys.stderr)
        return 2
    try:
        done: int = importlib.import_module(f"hadir.cli.{verb.module}").main(argv[1:])
    except TroubleError as trouble:
        print(f"hadir: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return done
