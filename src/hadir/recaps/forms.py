from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hadir.org.models import Group, StaffClass, Unit
from hadir.recaps.queries import Chosen


class Filter(forms.Form):
    """Which part of a unit's subtree a recap shows; what does not exist there cannot be chosen."""

    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label=_("Group"), required=False, coerce=int, empty_value=None)
    staff_class = forms.ChoiceField(label=_("Class"), required=False, choices=[("", _("All")), *StaffClass.choices])

    def __init__(self, unit: Unit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._unit = unit
        below = Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk).order_by("path")
        groups = Group.objects.filter(unit__path__startswith=unit.path).order_by("name")
        self.fields["unit"].choices = [("", unit.name), *below.values_list("pk", "name")]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", gettext("All")), *groups.values_list("pk", "name")]  # type: ignore[attr-defined]

    @property
    def unit_chosen(self) -> Unit:
        """Return the unit whose people are wanted: the page's own where nothing sensible was chosen."""
        chosen = self.cleaned_data["unit"] if self.is_valid() else None
        return Unit.objects.get(pk=chosen) if chosen else self._unit

    @property
    def chosen(self) -> Chosen:
        """Return who is wanted; everybody where nothing sensible was chosen."""
        if not self.is_valid():
            return Chosen()
        return Chosen(self.cleaned_data["staff_class"], self.cleaned_data["group"])
