from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.requests.commands import Entry, Letter
from hadir.requests.kinds import KINDS, effect_of, kind_label
from hadir.rules import Effect

if TYPE_CHECKING:
    from datetime import date

    from hadir.kernel.zones import Zone
    from hadir.org.models import Person


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class CoverForm(forms.Form):
    """An absence as it stands on its document."""

    kind = forms.ChoiceField(label=_("Kind"))
    first = forms.DateField(label=_("First day"), widget=_date_input())
    last = forms.DateField(label=_("Last day"), widget=_date_input())
    from_time = forms.TimeField(
        label=_("From"), required=False, widget=_time_input(), help_text=_("Only for a permit for some hours.")
    )
    to_time = forms.TimeField(label=_("To"), required=False, widget=_time_input())
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=80)
    letter_date = forms.DateField(label=_("Date of the letter"), widget=_date_input())
    signed_by = forms.CharField(label=_("Signed by"), max_length=120)
    awaits = forms.BooleanField(
        label=_("The final approval is still awaited"),
        required=False,
        help_text=_("The days then show as waiting, and count as travel only once the decision is entered."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, zone: Zone, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._zone = zone
        named = sorted(((kind, kind_label(kind)) for kind in KINDS), key=lambda choice: choice[1])
        self.fields["kind"].choices = [("", _("Choose a kind")), *named]  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        """Hold dates and hours against each other, so that each mistake stands beside its field."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day lies before the first."))
        is_hours = "kind" in given and effect_of(given["kind"]) is Effect.HOURS
        begins, ends = given.get("from_time"), given.get("to_time")
        if is_hours and not (begins and ends and begins < ends):
            self.add_error("from_time", gettext("A permit for hours needs its beginning and, after it, its end."))
        if is_hours and first != last:
            self.add_error("last", gettext("A permit for hours lies within one day."))
        if not is_hours and (begins or ends):
            self.add_error("from_time", gettext("Hours belong to a permit for some hours only."))
        return given

    def entry(self, person: Person) -> Entry:
        """Return what was filled in, for a person."""
        given = self.cleaned_data
        hours = None
        if given["from_time"]:
            hours = (self._instant(given["first"], given["from_time"]), self._instant(given["first"], given["to_time"]))
        return Entry(
            person=person,
            kind=given["kind"],
            first=given["first"],
            last=given["last"],
            letter=Letter(number=given["letter_number"], date=given["letter_date"], signed_by=given["signed_by"]),
            hours=hours,
            is_decided=not given["awaits"],
            note=given["note"],
        )

    def _instant(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._zone.info)


class WithdrawForm(forms.Form):
    """Why an absence is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
