"""Writes of the room: each asks a right, changes, and notes the act in the journal."""

from hadir.org.commands.appointments import appoint_role, end_appointment
from hadir.org.commands.groups import add_group, join_group, join_groups, leave_group
from hadir.org.commands.identifiers import set_identifier, set_identifiers
from hadir.org.commands.people import PersonRow, add_person, load_people, rename_person, set_photo
from hadir.org.commands.placements import Posting, place_people, place_person
from hadir.org.commands.units import (
    Spot,
    UnitRow,
    add_site,
    add_unit,
    change_site,
    change_unit,
    close_site,
    close_unit,
    load_units,
)

__all__ = [
    "PersonRow",
    "Posting",
    "Spot",
    "UnitRow",
    "add_group",
    "add_person",
    "add_site",
    "add_unit",
    "appoint_role",
    "change_site",
    "change_unit",
    "close_site",
    "close_unit",
    "end_appointment",
    "join_group",
    "join_groups",
    "leave_group",
    "load_people",
    "load_units",
    "place_people",
    "place_person",
    "rename_person",
    "set_identifier",
    "set_identifiers",
    "set_photo",
]
