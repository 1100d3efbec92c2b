"""What each act of the journal is called where people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ACTS: dict[str, _StrPromise] = {
    "account.entered": _("Signed in with a code and chose a password"),
    "account.joined": _("Joined this place to the account of another"),
    "account.link": _("A link to sign in was sent"),
    "account.made": _("An account was made"),
    "account.password": _("Password changed"),
    "account.reset": _("The help desk allowed a new password"),
    "account.reset_asked": _("Asked for a new password"),
    "account.signed_in": _("Signed in"),
    "account.slip": _("A slip to sign in was printed"),
    "calendar.removed": _("A day of rest was removed"),
    "calendar.seeded": _("National days of rest were entered"),
    "calendar.set": _("A day of rest was entered"),
    "cover.decided": _("The decision on an absence was entered"),
    "cover.entered": _("An absence was entered"),
    "cover.withdrawn": _("An absence was withdrawn"),
    "evidence.dropped": _("Evidence was removed after its time"),
    "group.added": _("A group was added"),
    "group.joined": _("Somebody joined a group"),
    "group.left": _("Somebody left a group"),
    "outage.declared": _("An outage was declared"),
    "outage.withdrawn": _("An outage was withdrawn"),
    "pattern.set": _("A shift was assigned"),
    "people.imported": _("A sheet of people was taken over"),
    "person.added": _("Entered into the list of people"),
    "person.identifier": _("A number or an e-mail changed"),
    "person.photo": _("The photo was replaced"),
    "person.photo_seen": _("The photo was looked at"),
    "person.placed": _("Unit, post or superior changed"),
    "person.renamed": _("The name was corrected"),
    "phone.blocked": _("A phone was blocked"),
    "phone.bound": _("A phone was registered"),
    "phone.unblocked": _("A phone was unblocked"),
    "photo.opened": _("The photo of a tap was looked at"),
    "pin.ended": _("A PIN of a terminal was taken away"),
    "pin.mapped": _("A PIN of a terminal was assigned"),
    "policy.bound": _("A policy was put into force"),
    "policy.recorded": _("A policy was recorded"),
    "policy.unbound": _("A policy was ended"),
    "role.appointed": _("A role was given"),
    "role.ended": _("A role was ended"),
    "roster.published": _("A roster was published"),
    "roster.set": _("A roster was entered"),
    "scope.joined": _("A unit joined"),
    "scope.left": _("A unit left"),
    "shift.defined": _("A shift was defined"),
    "site.added": _("A place of work was added"),
    "site.changed": _("A place of work was changed"),
    "site.closed": _("A place of work was closed"),
    "tap.entered": _("A tap was entered by hand"),
    "terminal.approved": _("A terminal was approved"),
    "terminal.blocked": _("A terminal was blocked"),
    "terminal.changed": _("A terminal was changed"),
    "terminal.unblocked": _("A terminal was unblocked"),
    "unit.added": _("A unit was added"),
    "unit.changed": _("A unit was renamed"),
    "unit.closed": _("A unit was closed"),
}
"""By code of the act, in alphabetical order; a code that is not here was written by a later version."""


def act_words(code: str) -> str:
    """Return what an act is called in the language of the page; its code where no words are known."""
    return str(ACTS.get(code, code))
