from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hadir.schedules.commands import RestDay
from hadir.schedules.models import CalendarDay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hadir.org.models import Unit

EVERYWHERE = 0


class CalendarDayForm(forms.Form):
    """A date on which offices rest, by whose decision, and where."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    category = forms.ChoiceField(label=_("Category"), choices=CalendarDay.Category.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    source = forms.CharField(label=_("Decided by"), max_length=160, help_text=_("The decree, with its number."))
    unit = forms.TypedChoiceField(label=_("Where"), coerce=int, required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed for a date that is over.")
    )

    def __init__(self, units: Sequence[Unit], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._units = {unit.pk: unit for unit in units}
        choices = [(EVERYWHERE, _("All offices")), *((unit.pk, unit.name) for unit in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    @property
    def day(self) -> RestDay:
        """Return what was filled in."""
        given = self.cleaned_data
        return RestDay(
            date=given["date"],
            category=CalendarDay.Category(given["category"]),
            name=given["name"],
            source=given["source"],
            unit=self._units.get(given["unit"] or EVERYWHERE),
        )


class RemoveForm(forms.Form):
    """Why a date is ordinary again."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed for a date that is over.")
    )
