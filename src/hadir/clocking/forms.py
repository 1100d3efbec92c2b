from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.clocking.commands import OutageSpan
from hadir.clocking.refusals import WrongOutage
from hadir.org.models import Site, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hadir.kernel.zones import Zone
    from hadir.org.queries import Node

EVERYWHERE = "all"


def _moment_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class OutageForm(forms.Form):
    """When taps could not be made, where, and why; times are those of the government's seat."""

    starts_at = forms.DateTimeField(label=_("From"), widget=_moment_input())
    ends_at = forms.DateTimeField(label=_("To"), widget=_moment_input())
    place = forms.ChoiceField(label=_("Where"))
    cause = forms.CharField(
        label=_("Cause"), max_length=200, help_text=_("Power failure, network down, terminal broken.")
    )

    def __init__(self, zone: Zone, units: Sequence[Node], sites: Sequence[Site], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._zone = zone
        self._places: dict[str, Site | Unit | None] = {f"unit-{node.unit.pk}": node.unit for node in units}
        self._places |= {f"site-{site.pk}": site for site in sites} | {EVERYWHERE: None}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (EVERYWHERE, _("Everywhere")),
            (_("One unit and all below it"), [(f"unit-{n.unit.pk}", f"{n.indent}{n.unit.name}") for n in units]),
            (_("One site"), [(f"site-{site.pk}", f"{site.name}, {site.unit.name}") for site in sites]),
        ]
        for name in ("starts_at", "ends_at"):
            self.fields[name].help_text = zone.name

    @override
    def clean(self) -> dict[str, Any]:
        """Take the times as those of the zone, and hold them against each other."""
        given = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            if name in given:
                given[name] = self._instant(given[name])
        if "starts_at" in given and "ends_at" in given and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", gettext(WrongOutage.sentence))
        return given

    def _instant(self, typed: datetime) -> datetime:
        return typed.replace(tzinfo=self._zone.info).astimezone(UTC)

    @property
    def place_chosen(self) -> Site | Unit | None:
        """Return the site or the unit, None for everywhere."""
        return self._places[self.cleaned_data["place"]]

    @property
    def span(self) -> OutageSpan:
        """Return what was filled in."""
        given, place = self.cleaned_data, self.place_chosen
        site, unit = (place if isinstance(place, kind) else None for kind in (Site, Unit))
        return OutageSpan(given["starts_at"], given["ends_at"], given["cause"], site, unit)  # type: ignore[arg-type]


class WithdrawForm(forms.Form):
    """Why an outage is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
