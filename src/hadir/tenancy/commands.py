from __future__ import annotations

from typing import TYPE_CHECKING

from hadir.tenancy.models import Government

if TYPE_CHECKING:
    from hadir.kernel.zones import Zone


def found_government(slug: str, name: str, *, kind: Government.Kind, zone: Zone, address: str = "") -> Government:
    """Make a government on this installation; only the owner of the database can."""
    return Government.objects.create(slug=slug, name=name, kind=kind, zone=zone.name, address=address)


def set_help_desk(government: Government, *, phone: str, email: str) -> None:
    """Say where people of a government find help, as the sign-in page shows it."""
    government.helpdesk_phone, government.helpdesk_email = phone, email
    government.save(update_fields=["helpdesk_phone", "helpdesk_email"])
