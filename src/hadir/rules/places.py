"""Taps outside the allowed area that a decision lets count."""

from dataclasses import replace

import numpy as np

from hadir.rules.codes import Effect
from hadir.rules.columns import Covers, Taps, seconds
from hadir.rules.meeting import meet


def admit(taps: Taps, covers: Covers) -> Taps:
    """Let taps count that were only outside, while an approved cover moves their person's place."""
    moves = np.flatnonzero((covers.effect == Effect.MOVES_PLACE) & covers.decided)
    outside = np.flatnonzero(taps.outside & ~taps.counts)
    at = seconds(taps.at)[outside]
    spans = (covers.person[moves], seconds(covers.start)[moves], seconds(covers.end)[moves])
    row, _ = meet((taps.person[outside], at, at + 1), spans)
    counts = taps.counts.copy()
    counts[outside[row]] = True
    return replace(taps, counts=counts)
