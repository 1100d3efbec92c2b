from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hadir.kernel.zones import Zone
from hadir.org.commands import Spot
from hadir.org.models import Role, StaffClass
from hadir.org.queries import tree_of
from hadir.tenancy.models import ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hadir.org.models import Unit

_UNITS = 10_000_000


class UnitChoice(forms.TypedChoiceField):
    """A choice among units, drawn as a tree."""

    def __init__(self, units: Iterable[Unit], **options: Any) -> None:
        choices = [(node.unit.pk, node.indent + node.unit.name) for node in tree_of(units)]
        super().__init__(choices=choices, coerce=int, **options)


class UploadForm(forms.Form):
    """A sheet of people, and its photos."""

    sheet = forms.FileField(
        label=_("Sheet of people"),
        help_text=_("XLSX or CSV, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    photos = forms.FileField(
        label=_("Photos"),
        required=False,
        help_text=_("One ZIP file; the column Foto says which photo is whose."),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    on = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, help_text=_("Needed where it changes days that are over.")
    )


class SiteForm(forms.Form):
    """A place of work."""

    name = forms.CharField(label=_("Name"), max_length=120)
    position = forms.CharField(
        label=_("Middle"),
        max_length=60,
        help_text=_("Latitude and longitude as a map shows them, such as -6.175392, 106.827153."),
    )
    radius = forms.IntegerField(label=_("Radius in metres"), min_value=20, max_value=5000, initial=100)
    zone = forms.ChoiceField(label=_("Zone"), choices=ZONES)

    def __init__(self, units: Iterable[Unit], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = UnitChoice(units, label=_("Unit"))
        self.order_fields(["unit", "name", "position", "radius", "zone"])

    def clean_position(self) -> tuple[int, int]:
        """Return latitude and longitude in units of 1e-7 degree."""
        given: str = self.cleaned_data["position"]
        parts = given.replace(";", ",").split(",") if given.count(",") < 3 else _with_decimal_commas(given)  # noqa: PLR2004
        try:
            latitude, longitude = (int(Decimal(part.strip()) * _UNITS) for part in parts)
        except (InvalidOperation, ValueError, OverflowError) as error:
            raise ValidationError(_("Write latitude, a comma, longitude, both in degrees with a point.")) from error
        return latitude, longitude

    def spot(self) -> Spot:
        """Return the circle that was filled in."""
        given = self.cleaned_data
        latitude, longitude = given["position"]
        return Spot(given["name"], latitude, longitude, given["radius"], Zone[given["zone"]])


def _with_decimal_commas(given: str) -> list[str]:
    """Read -6,175392, 106,827153 as people write degrees where a comma is the decimal mark."""
    first, second, third, fourth = given.replace(" ", "").split(",", 3)
    return [f"{first}.{second}", f"{third}.{fourth}"]


class UnitForm(forms.Form):
    """A new unit."""

    code = forms.CharField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=160)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)

    def __init__(self, units: Iterable[Unit], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"] = UnitChoice(units, label=_("Belongs to"))


class RenameUnitForm(forms.Form):
    """Other names for a unit."""

    name = forms.CharField(label=_("Name"), max_length=160)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)


class PlaceForm(forms.Form):
    """Where one person belongs from a date on, and as what."""

    superior = forms.CharField(
        label=_("Direct superior"),
        max_length=254,
        required=False,
        help_text=_("NIP, NI PPPK or office e-mail; empty for who has none."),
    )
    staff_class = forms.ChoiceField(label=_("Employment"), choices=StaffClass.choices)
    rank = forms.CharField(label=_("Rank"), max_length=40, required=False)
    post = forms.CharField(label=_("Post"), max_length=160, required=False)
    on = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=200, help_text=_("Needed where it changes days that are over.")
    )

    def __init__(self, units: Iterable[Unit], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = UnitChoice(units, label=_("Unit"))
        self.order_fields(["unit", "superior", "staff_class", "rank", "post", "on", "reason"])


class AppointForm(forms.Form):
    """A role for somebody, who is found by their number or office e-mail."""

    person = forms.CharField(label=_("NIP, NI PPPK or office e-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def __init__(self, units: Iterable[Unit], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = UnitChoice(units, label=_("Over this unit and all below it"))


class GroupForm(forms.Form):
    """A new group."""

    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, units: Iterable[Unit], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = UnitChoice(units, label=_("Unit"))


class MemberForm(forms.Form):
    """Somebody who joins a group."""

    person = forms.CharField(label=_("NIP, NI PPPK or office e-mail"), max_length=254)
