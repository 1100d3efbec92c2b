"""Does a tap count? Judged from memory, so that no query stands between the press and the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hadir.kernel.fence import Side, Standing, best_standing
from hadir.kernel.nonces import nonce_issued
from hadir.kernel.receipts import Reason
from hadir.kernel.tap import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from hadir.gate.memory import Facts
    from hadir.gate.settings import GateSettings
    from hadir.kernel.passes import Pass
    from hadir.kernel.tap import Tap

WAY_OUT: dict[Reason, str | None] = {
    Reason.NONE: None,
    Reason.OUTSIDE: "tap_inside_or_khusus",
    Reason.PASS_EXPIRED: "renew_pass_and_ask_correction",
    Reason.DOUBTFUL_TIME: "set_clock_and_tap_again",
    Reason.PRACTICE: "none_needed",
    Reason.KHUSUS_UNDECIDED: "await_decision",
    Reason.REVOKED: "ask_help_desk",
    Reason.PARKED: "await_review",
}
_BY_KIND = {Kind.PRACTICE: Reason.PRACTICE, Kind.KHUSUS: Reason.KHUSUS_UNDECIDED}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why a tap does not count (or NONE), how it stands to its site, and since when it can be proven to exist."""

    reason: Reason
    standing: Standing | None
    proven_from: datetime | None

    @property
    def is_noted(self) -> bool:
        """Whether the tap is outside by less than its accuracy."""
        return self.standing is not None and self.standing.side is Side.NOTED


class Judge:
    """Judges taps by the keys and settings of one gate."""

    def __init__(self, settings: GateSettings, nonce_key: bytes) -> None:
        self._leeway = settings.leeway
        self._lag = settings.lag
        self._cap = settings.accuracy_cap
        self._nonce_key = nonce_key

    def judge(self, tap: Tap, granted: Pass, received: datetime, facts: Facts) -> Judgement:
        """Return the judgement of an authentic tap that arrived at `received`."""
        issued = nonce_issued(self._nonce_key, tap.nonce)
        standing = self._standing(tap, granted, facts)
        if not facts.is_open(tap.at):
            reason = Reason.PARKED
        elif granted.serial in facts.revoked:
            reason = Reason.REVOKED
        elif not granted.is_valid_at(received):
            reason = Reason.PASS_EXPIRED
        elif issued is None or not self._is_believed(tap.at, issued, received):
            reason = Reason.DOUBTFUL_TIME
        elif tap.kind is Kind.ORDINARY and granted.sites is not None and _is_outside(standing):
            reason = Reason.OUTSIDE
        else:
            reason = _BY_KIND.get(tap.kind, Reason.NONE)
        return Judgement(reason, standing, issued)

    def _is_believed(self, at: datetime, issued: datetime, received: datetime) -> bool:
        """Between nonce and arrival lies what is proven; within it the phone's clock is believed for a short while."""
        return max(issued - self._leeway, received - self._lag) <= at <= received + self._leeway

    def _standing(self, tap: Tap, granted: Pass, facts: Facts) -> Standing | None:
        place = tap.position
        if place is None or granted.sites is None:
            return None
        circles = facts.circles_of(granted.government, granted.sites)
        return best_standing(place.latitude, place.longitude, place.accuracy, circles, self._cap)


def _is_outside(standing: Standing | None) -> bool:
    return standing is None or standing.side is Side.OUTSIDE
