import json
import sys
from pathlib import Path

from hadir.rules.document import judge_document
from hadir.rules.problems import InvalidDocument

USAGE = "usage: ./hadir judge FILE.json   (FILE.json may be - for standard input)"


def main(argv: list[str]) -> int:
    """Judge the days of a JSON document and print the verdicts as JSON; the format is docs/rules/judge-format.md."""
    if len(argv) != 1 or argv[0] in {"-h", "--help"}:
        print(USAGE, file=sys.stderr)
        return 0 if argv and argv[0] in {"-h", "--help"} else 2
    try:
        text = sys.stdin.read() if argv[0] == "-" else Path(argv[0]).read_text("utf-8")
        answer = judge_document(json.loads(text))
    except OSError as problem:
        print(f"{argv[0]}: {problem.strerror}", file=sys.stderr)
        return 2
    except UnicodeDecodeError:
        print(f"{argv[0]}: is not UTF-8", file=sys.stderr)
        return 2
    except json.JSONDecodeError as problem:
        print(f"{argv[0]}: is no JSON: {problem.msg} in line {problem.lineno}", file=sys.stderr)
        return 2
    except InvalidDocument as problem:
        print(f"{argv[0]}: {problem}", file=sys.stderr)
        return 2
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0
