"""What a bench says: a value, what it is held against, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Figure:
    """One measured value beside its reference from the same run; only the ratio of the two is judged."""

    name: str
    value: float
    unit: str
    reference: str
    reference_value: float
    bar: float
    better: Literal["higher", "lower"]

    @property
    def ratio(self) -> float:
        """Value divided by reference."""
        return self.value / self.reference_value

    @property
    def holds(self) -> bool:
        """Whether the ratio is on the right side of its bar."""
        return self.ratio >= self.bar if self.better == "higher" else self.ratio <= self.bar

    def as_dict(self) -> dict[str, Any]:
        """Return what one line of JSON says about it."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "reference": self.reference,
            "ratio": self.ratio,
            "bar": self.bar,
            "holds": self.holds,
        }
