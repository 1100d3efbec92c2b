from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.kernel.zones import Zone
from hadir.tenancy.models import ZONES
from hadir.terminals.commands.fleet import Mounting, checked_networks
from hadir.terminals.commands.pins import PinOwner
from hadir.terminals.models import LONGEST_SERIAL
from hadir.terminals.refusals import WrongNetwork

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hadir.org.models import Person, Site
    from hadir.terminals.models import Contact, Terminal

_BETWEEN = re.compile(r"[\s,;]+")
_IPV4_NEIGHBOURS = 24
_IPV6_NEIGHBOURS = 64


class SerialForm(forms.Form):
    """The number on the box, typed in full: whoever holds the box can read it there."""

    serial = forms.CharField(
        label=_("Serial number"),
        max_length=LONGEST_SERIAL,
        help_text=_("In full, as printed on the box or shown in the menu of the terminal."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class MountingForm(forms.Form):
    """Where a terminal hangs and from where it may speak."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What people call it: Front door, 2nd floor."))
    site = forms.TypedChoiceField(label=_("Site"), coerce=int)
    zone = forms.ChoiceField(
        label=_("Zone of its clock"), required=False, choices=[("", _("That of the site")), *ZONES]
    )
    networks = forms.CharField(
        label=_("Allowed networks"),
        required=False,
        max_length=500,
        help_text=_("One or more such as 10.20.30.0/24."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    anywhere = forms.BooleanField(
        label=_("May speak from anywhere: whoever knows the number can send punches"), required=False
    )

    def __init__(self, sites: Sequence[Site], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sites = {site.pk: site for site in sites}
        choices = [(site.pk, f"{site.name}, {site.unit.name}") for site in sites]
        self.fields["site"].choices = choices  # type: ignore[attr-defined]

    def clean_networks(self) -> tuple[str, ...]:
        """Return the networks one by one; ValidationError for what is none."""
        try:
            return checked_networks(filter(None, _BETWEEN.split(self.cleaned_data["networks"])))
        except WrongNetwork as refusal:
            raise forms.ValidationError(gettext(refusal.sentence) % refusal.data) from refusal

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for a network, or that somebody says that there is none."""
        given = super().clean() or self.cleaned_data
        if "networks" in given and bool(given["networks"]) == given["anywhere"]:
            self.add_error(
                "networks", gettext("Write a network, or tick that it may speak from anywhere: one of them.")
            )
        return given

    @property
    def mounting(self) -> Mounting:
        """Return what was filled in."""
        given = self.cleaned_data
        site = self._sites[given["site"]]
        return Mounting(given["name"], site, Zone[given["zone"] or site.zone], given["networks"])


class OwnerForm(forms.Form):
    """Whose a PIN is, where and on which days."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int, widget=forms.RadioSelect)
    everywhere = forms.BooleanField(label=_("The PIN means this person at every terminal"), required=False)
    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty as long as it is theirs."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, people: Sequence[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def owner(self, pin: str, person: Person, terminal: Terminal) -> PinOwner:
        """Return what was filled in, of a PIN met at a terminal."""
        given = self.cleaned_data
        where = None if given["everywhere"] else terminal
        return PinOwner(pin, person, given["first_day"], given["last_day"], where)


class EndForm(forms.Form):
    """The last day on which a PIN is somebody's."""

    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def suggested_networks(contact: Contact) -> str:
    """The network in which a terminal was seen: its neighbours in an office, itself alone on the public internet."""
    if not contact.address:
        return ""
    address = ipaddress.ip_address(contact.address)
    if not address.is_private:
        return str(ipaddress.ip_network(address))
    length = _IPV4_NEIGHBOURS if address.version == 4 else _IPV6_NEIGHBOURS  # noqa: PLR2004 - IPv4
    return str(ipaddress.ip_network((address, length), strict=False))
