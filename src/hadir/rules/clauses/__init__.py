"""Every clause in one place: a new one is a file here, a line in `CLAUSES` and a field of `Policy`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hadir.rules.case import Case
from hadir.rules.clauses import absent, covered, early, flex, late, missing_in, missing_out, outage, presence
from hadir.rules.sheet import Found, Sheet
from hadir.rules.words import Lang


def own_article(rule: Any, case: Case) -> str:
    """The article a policy gives the clause."""
    del case
    return str(rule.article)


@dataclass(frozen=True)
class Clause:
    """What a clause finds, and the sentence it makes of a finding; `name` is its field of `Policy`."""

    name: str
    find: Callable[[Any, Sheet], Found]
    sentence: Callable[[Any, Case, Lang], str]
    article: Callable[[Any, Case], str] = own_article


CLAUSES = (
    Clause("covered", covered.find, covered.sentence, covered.article),
    Clause("outage", outage.find, outage.sentence),
    Clause("late", late.find, late.sentence),
    Clause("flex", flex.find, flex.sentence),
    Clause("missing_in", missing_in.find, missing_in.sentence),
    Clause("presence", presence.find, presence.sentence),
    Clause("early", early.find, early.sentence),
    Clause("missing_out", missing_out.find, missing_out.sentence),
    Clause("absent", absent.find, absent.sentence),
)
CLAUSE_NAMES = tuple(clause.name for clause in CLAUSES)
