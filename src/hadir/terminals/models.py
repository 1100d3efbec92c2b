from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.kernel.zones import Zone
from hadir.org.models import Person, Site
from hadir.tenancy.models import ZONES, DatedModel, TenantForeignKey, TenantModel

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Field = models.Field[Any, Any]
else:
    _Field = models.Field  # Django's own is no generic at run time

LONGEST_SERIAL = 32
LONGEST_PIN = 64
LONGEST_NETWORK = 43
LONGEST_FAILURE = 200


class WallTimeField(_Field):
    """Wall time without zone, naive on both sides: it becomes an instant only beside the zone of its terminal."""

    @override
    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "timestamp without time zone"


class Dialect(models.TextChoices):
    """How a terminal speaks, as far as its first words tell."""

    UNKNOWN = "", _("Not known yet")
    ATTENDANCE = "att", _("Attendance push (2.x)")
    SECURITY = "acc", _("Access-control push (3.x), not read yet")


class Contact(models.Model):
    """A terminal that spoke and is not approved, or spoke from elsewhere than it may. Nothing it says is believed.

    Belongs to no government. The web role cannot list contacts: a function tells of one whose serial number is known.
    """

    serial = models.CharField(max_length=LONGEST_SERIAL, primary_key=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    options = models.TextField(blank=True)
    dialect = models.CharField(max_length=3, choices=Dialect.choices, blank=True)


class Terminal(TenantModel):
    """A terminal that an admin approved. `networks` are CIDR, none: from anywhere; `serial` is in upper case."""

    class State(models.TextChoices):
        APPROVED = "approved", _("Approved")
        BLOCKED = "blocked", _("Blocked")

    serial = models.CharField(max_length=LONGEST_SERIAL)
    name = models.CharField(max_length=80)
    site = TenantForeignKey(Site, related_name="terminals")
    zone = models.CharField(max_length=4, choices=ZONES, default=Zone.WIB.name)
    networks = ArrayField(models.CharField(max_length=LONGEST_NETWORK), default=list, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.APPROVED)
    approved_at = models.DateTimeField()
    approved_by = TenantForeignKey(Person, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(Upper("serial"), name="terminals_serial_once")]

    @override
    def __str__(self) -> str:
        return f"{self.name} ({self.serial})"


class Seen(TenantModel):
    """When an approved terminal last spoke, written at most once a minute."""

    terminal = TenantForeignKey(Terminal, related_name="seen")
    last_seen = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "terminal"], name="terminals_seen_once")]


class RawMessage(TenantModel):
    """What an approved terminal sent, secrets taken out, durable before it was acknowledged; a repeat is one row.

    `failure` is why none of it could be kept: such a message was passed over, so that those after it are read.
    """

    terminal = TenantForeignKey(Terminal, related_name="messages")
    received = models.DateTimeField()
    path = models.TextField()
    query = models.TextField()
    table_name = models.CharField(max_length=LONGEST_SERIAL, blank=True)
    body = models.BinaryField()
    sha256 = models.BinaryField(max_length=32)
    absorbed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=LONGEST_FAILURE, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "terminal", "sha256", "query"], name="terminals_message_once")
        ]
        indexes = [
            models.Index(fields=["government", "terminal", "-received"], name="terminals_message_latest"),
            models.Index(
                fields=["government", "id"], name="terminals_message_waiting", condition=models.Q(absorbed_at=None)
            ),
        ]


class Parked(models.TextChoices):
    """Why a punch that can be read is kept aside and becomes no event."""

    NO = "", _("Not kept aside")
    BEFORE_2000 = "before_2000", _("The terminal's clock stood before the year 2000")
    CLOCK_RESET = "clock_reset", _("The terminal's clock had been reset (year 2000)")
    FAR_FUTURE = "far_future", _("The terminal's clock stood in the far future")
    AHEAD = "ahead", _("The time lies more than a day after its arrival")
    LONG_AGO = "long_ago", _("The time lies before 2015")
    CLOSED_MONTH = "closed_month", _("The month lies before the open ones and counts no more")


class Punch(TenantModel):
    """One row of a terminal's attendance log, each once however often it is sent.

    `drift` is how many seconds the terminal's clock was behind, where the punch came alone and at once. `person` and
    the event are set when its PIN is mapped for its date.
    """

    terminal = TenantForeignKey(Terminal, related_name="punches")
    message = TenantForeignKey(RawMessage, related_name="punches")
    pin = models.CharField(max_length=LONGEST_PIN)
    local_time = WallTimeField()
    zone = models.CharField(max_length=4, choices=ZONES)
    status = models.IntegerField()
    verify = models.IntegerField()
    workcode = models.TextField(blank=True)
    raw = models.BinaryField()
    received = models.DateTimeField()
    drift = models.IntegerField(null=True)
    parked = models.CharField(max_length=12, choices=Parked.choices, blank=True)
    person = TenantForeignKey(Person, null=True, related_name="punches")
    event_id = models.BinaryField(max_length=32, null=True)
    event_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["government", "terminal", "pin", "local_time", "status", "verify"], name="terminals_punch_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["government", "terminal", "pin", "local_time"],
                name="terminals_punch_waiting",
                condition=models.Q(event_id=None, parked=""),
            ),
            models.Index(fields=["government", "terminal", "-id"], name="terminals_punch_latest"),
            models.Index(
                fields=["government", "terminal", "-received"],
                name="terminals_punch_drift",
                condition=models.Q(drift__isnull=False),
            ),
        ]


class BadRow(TenantModel):
    """A row that could not be read: acknowledged with the others, kept for a person to look at."""

    terminal = TenantForeignKey(Terminal, related_name="bad_rows")
    message = TenantForeignKey(RawMessage, related_name="bad_rows")
    line_number = models.IntegerField()
    raw = models.BinaryField()
    why = models.CharField(max_length=20)
    received = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "message", "line_number"], name="terminals_badrow_once")
        ]
        indexes = [models.Index(fields=["government", "terminal", "-id"], name="terminals_badrow_latest")]


class Pin(DatedModel):
    """Whose a PIN is for a time: at one terminal, or without one at every terminal of the government.

    `settled_at` tells when the punches that had waited for it became events.
    """

    pin = models.CharField(max_length=LONGEST_PIN)
    terminal = TenantForeignKey(Terminal, null=True, blank=True, related_name="pins")
    person = TenantForeignKey(Person, related_name="pins")
    # An exclusion constraint takes two empty terminals for different ones.
    scope = models.GeneratedField(
        expression=Coalesce(models.F("terminal"), models.Value(0)),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["government", "pin"], name="terminals_pin_pin"),
            models.Index(fields=["government"], name="terminals_pin_unsettled", condition=models.Q(settled_at=None)),
        ]
