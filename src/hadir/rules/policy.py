"""Policies: the consequences, as a dated, immutable document."""

from dataclasses import dataclass

from hadir.rules.clauses import (
    CLAUSE_NAMES,
    absent,
    covered,
    early,
    flex,
    late,
    outage,
    presence,
)
from hadir.rules.month_rules import MonthRules, take_month_rules
from hadir.rules.one_sided import OneSided, take_one_sided
from hadir.rules.parsing import Section, flag, one_of, text

LATENESS_COUNTS = {"seconds": False, "minutes": True}


@dataclass(frozen=True)
class Policy:
    """One version of a policy, with one rule for each clause; a clause the document leaves out costs nothing."""

    name: str
    article: str
    cuts_minutes: bool
    """The minute of a tap is cut before it is compared; otherwise seconds count."""
    presence_wins: bool
    """A day with taps is present though a cover fills it."""
    late: late.Rule
    flex: flex.Rule
    early: early.Rule
    missing_in: OneSided
    missing_out: OneSided
    presence: presence.Rule
    absent: absent.Rule
    covered: covered.Rule
    outage: outage.Rule
    month: MonthRules


def parse_policy(document: object, path: str = "") -> Policy:
    """Read a policy document strictly; `InvalidDocument` names the place and the value that are wrong."""
    section = Section(path, document)
    clauses = section.section("clauses")
    on_late, on_early = late.take_rule(clauses.section("late")), early.take_rule(clauses.section("early"))
    on_absent = absent.take_rule(clauses.section("absent"))
    policy = Policy(
        name=section.take("name", text),
        article=section.take("article", text, ""),
        cuts_minutes=section.take("lateness_counts", one_of(LATENESS_COUNTS), False),
        presence_wins=section.take("presence_wins", flag, False),
        late=on_late,
        flex=flex.take_rule(clauses.section("flex")),
        early=on_early,
        missing_in=take_one_sided(clauses.section("missing_in"), on_late, on_absent.hundredths),
        missing_out=take_one_sided(clauses.section("missing_out"), on_early, on_absent.hundredths),
        presence=presence.take_rule(clauses.section("presence")),
        absent=on_absent,
        covered=covered.take_rule(clauses.section("covered")),
        outage=outage.take_rule(clauses.section("outage")),
        month=take_month_rules(section.section("month"), CLAUSE_NAMES),
    )
    clauses.finish()
    section.finish()
    return policy
