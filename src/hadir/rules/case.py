"""One finding with the facts its sentence needs, as plain values."""

from dataclasses import dataclass

from hadir.rules.catalogue import kind_article, kind_name
from hadir.rules.codes import Effect, Evidence
from hadir.rules.columns import Days, seconds
from hadir.rules.words import Lang, clock


@dataclass(frozen=True)
class Case:
    """A finding of one day; clocks are local times as texts."""

    days: Days
    row: int
    amount: int
    """Seconds."""
    band: int
    evidence: Evidence
    index: int
    made_up: int
    dues: tuple[int, ...]
    """Per slot, seconds since 1970, after covers moved them."""

    @property
    def offset(self) -> int:
        """Seconds of local time minus UTC."""
        return int(seconds(self.days.offset)[self.row])

    @property
    def tap_clock(self) -> str:
        """When the tap that proves the finding was made."""
        return clock(int(seconds(self.days.taps.at)[self.index]), self.offset)

    @property
    def end_clock(self) -> str:
        """When the departure is due, with the minutes owed."""
        return self.due_clock(-1)

    def due_clock(self, slot: int) -> str:
        """When a checkpoint is due."""
        return clock(self.dues[slot], self.offset)

    @property
    def effect(self) -> Effect:
        """What the cover that proves the finding does."""
        return Effect(int(self.days.covers.effect[self.index]))

    def kind_name(self, lang: Lang) -> str:
        """The legal kind of the cover that proves the finding."""
        covers = self.days.covers
        return kind_name(covers.kinds[covers.kind[self.index]], lang) if covers.kinds else "-"

    @property
    def kind_article(self) -> str:
        """The article behind that kind."""
        covers = self.days.covers
        return kind_article(covers.kinds[covers.kind[self.index]]) if covers.kinds else ""

    @property
    def outage_clocks(self) -> tuple[str, str]:
        """Begin and end of the outage that proves the finding."""
        outages = self.days.outages
        begin, end = (int(seconds(column)[self.index]) for column in (outages.start, outages.end))
        return clock(begin, self.offset), clock(end, self.offset)
