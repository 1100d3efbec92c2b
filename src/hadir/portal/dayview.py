"""One person's day as a page shows it: the verdict in words, the facts beside it, and the course of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext

from hadir.platform.formats import minutes_text, percent_text, time_text
from hadir.recaps.codes import REST, code_matrix, page_language

if TYPE_CHECKING:
    from hadir.daybook.days import Checkpoint, Day
    from hadir.daybook.ledger import Ledger
    from hadir.recaps.codes import Code
    from hadir.rules import Sentence


@dataclass(frozen=True)
class Judged:
    """A row of a ledger with its code and its sentences."""

    day: Day
    code: Code
    sentences: tuple[Sentence, ...]
    """What was found, or the status where nothing was, then what is still waited for."""

    @property
    def state(self) -> str:
        """Return the state that colours the day."""
        return "none" if self.code.state == REST else self.code.state

    @property
    def word(self) -> str:
        """Return the day's code in words."""
        return str(self.code.word)

    @property
    def letters(self) -> str:
        """Return the day's code."""
        return self.code.letters

    @property
    def title(self) -> str:
        """Return the shift with its times, or that there is none."""
        day = self.day
        if day.start is None or day.end is None:
            return gettext("No duty")
        times = "\N{EN DASH}".join(time_text(instant, day.zone) for instant in (day.start, day.end))
        return f"{day.shift} {times}".strip()

    @property
    def is_night(self) -> bool:
        """Whether the duty ends on the date after its own."""
        day = self.day
        return day.end is not None and day.end.astimezone(day.zone.info).date() > day.date

    @property
    def verdict(self) -> str:
        """Return all sentences as one text."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return shift, records and what comes next, each with its word."""
        day = self.day
        told = [(gettext("Working hours"), self.title)] if day.start else []
        if day.came:
            told.append((pgettext("record", "In"), time_text(day.came, day.zone)))
        if day.left:
            told.append((pgettext("record", "Out"), time_text(day.left, day.zone)))
        if day.pending:
            told.append((gettext("Next record"), pending_text(day.pending, day)))
        return told

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Return the minutes and percents of the day that are not zero, each with its word."""
        day = self.day
        lengths = [
            (gettext("Time late"), day.late),
            (gettext("Time left early"), day.early),
            (gettext("To be worked back"), day.owed),
            (gettext("Worked back"), day.made_up),
        ]
        told = [(word, minutes_text(length)) for word, length in lengths if length]
        if day.deduction:
            told.append((gettext("Deduction"), percent_text(day.deduction)))
        if day.would_be != day.deduction:
            told.append((gettext("Deduction once the trial is over"), percent_text(day.would_be)))
        return told


def judged_rows(ledger: Ledger, person_id: int) -> list[Judged]:
    """Return every row of a person in a ledger, in the order of time."""
    places, table = code_matrix(ledger)
    number = ledger.people.tolist().index(person_id)
    codes = dict(zip(ledger.dates.tolist(), places[number].tolist(), strict=True))
    days = [ledger.day(row) for row in ledger.rows_of(person_id)]
    return [Judged(day, table[codes[day.date]], sentences_of(ledger, day)) for day in days]


def judged_now(ledger: Ledger, person_id: int) -> Judged:
    """Return the row of now: the last of today, or yesterday's night until its departure is no longer taken."""
    rows, at = judged_rows(ledger, person_id), ledger.known_until
    last = rows[-1]
    has_begun = last.day.start is not None and last.day.start <= at
    before = [row for row in rows if row.day.date < last.day.date]
    nights = [row for row in before if row.is_night and row.day.checkpoints[-1].closes > at]
    return last if has_begun or not nights else nights[-1]


def sentences_of(ledger: Ledger, day: Day) -> tuple[Sentence, ...]:
    """Return what was found, or else the status, and at the end what is still waited for."""
    status, *others = ledger.explain_day(day.row, page_language())
    waiting, found = (others[:1], others[1:]) if day.pending else ([], others)
    return (*(found or [status]), *waiting)


def pending_text(pending: Checkpoint, day: Day) -> str:
    """Return which record is due next, when, and until when it is taken."""
    words: dict[str, Any] = {
        "name": checkpoint_name(pending.name),
        "due": time_text(pending.due, day.zone),
        "closes": time_text(pending.closes, day.zone),
    }
    return gettext("%(name)s, due %(due)s, until %(closes)s") % words


def checkpoint_name(name: str) -> str:
    """Return the word for a moment that is tapped."""
    words = {
        "in": pgettext("record", "In"),
        "out": pgettext("record", "Out"),
        "present": pgettext("record", "Present"),
    }
    return words[name]
