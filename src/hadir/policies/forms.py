from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DateForm(forms.Form):
    """The date on which it is asked what holds."""

    on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
