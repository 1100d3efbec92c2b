"""The rules of time: columns of facts in, columns of verdicts out (docs/rules/README.md)."""

from hadir.rules.assignment import assign, repeats
from hadir.rules.codes import DayKind, Effect, Evidence, Mark, Need, Status
from hadir.rules.columns import Assigned, Checkpoints, Covers, Days, Duties, Outages, Taps
from hadir.rules.judgement import judge
from hadir.rules.months import fold
from hadir.rules.places import admit
from hadir.rules.policy import Policy, parse_policy
from hadir.rules.problems import InvalidDocument
from hadir.rules.sentences import Sentence, dues, explain, explain_day
from hadir.rules.shift import Shift, parse_shift, promise
from hadir.rules.verdicts import DayView, Findings, Months, Verdicts

__all__ = [
    "Assigned",
    "Checkpoints",
    "Covers",
    "DayKind",
    "DayView",
    "Days",
    "Duties",
    "Effect",
    "Evidence",
    "Findings",
    "InvalidDocument",
    "Mark",
    "Months",
    "Need",
    "Outages",
    "Policy",
    "Sentence",
    "Shift",
    "Status",
    "Taps",
    "Verdicts",
    "admit",
    "assign",
    "dues",
    "explain",
    "explain_day",
    "fold",
    "judge",
    "parse_policy",
    "parse_shift",
    "promise",
    "repeats",
]
