from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hadir.kernel.clock import now
from hadir.kernel.zones import Zone
from hadir.tenancy.models import ZONES, DatedModel, TenantForeignKey, TenantModel


class Unit(TenantModel):
    """An office in the tree of a government; `path` lists the ids from the root down to itself, as /1/7/."""

    parent = TenantForeignKey("self", null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, editable=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "code"], name="org_unit_code")]
        indexes = [
            models.Index(fields=["government", "path"], name="org_unit_path", opclasses=["", "text_pattern_ops"])
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Site(TenantModel):
    """A place of work: a circle on the map and its zone. Positions in units of 1e-7 degree, radius in metres."""

    unit = TenantForeignKey(Unit, related_name="sites")
    name = models.CharField(max_length=120)
    latitude = models.IntegerField()
    longitude = models.IntegerField()
    radius = models.PositiveIntegerField(default=100)
    zone = models.CharField(max_length=4, choices=ZONES, default=Zone.WIB.name)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "name"], name="org_site_name")]

    @override
    def __str__(self) -> str:
        return self.name


class Person(TenantModel):
    """Somebody who works for a government. Numbers, posts and units change; this row stays."""

    name = models.CharField(max_length=120)
    photo = models.CharField(max_length=120, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["government", "name"], name="org_person_name")]

    @override
    def __str__(self) -> str:
        return self.name


class Identifier(DatedModel):
    """A number or address that names a person for a time. Neither NIP nor NI PPPK is ever a key."""

    class Kind(models.TextChoices):
        NIP = "nip", _("NIP")
        NI_PPPK = "ni_pppk", _("NI PPPK")
        EMAIL = "email", _("Office e-mail")
        SECONDARY_EMAIL = "secondary_email", _("Secondary e-mail")

    person = TenantForeignKey(Person, related_name="identifiers")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    value = models.CharField(max_length=254)

    class Meta:
        indexes = [
            models.Index(fields=["government", "kind", "value"], name="org_identifier_value"),
            models.Index(fields=["government", "person"], name="org_identifier_person"),
        ]


class StaffClass(models.TextChoices):
    """Kinds of employment, as regulations treat them apart."""

    PNS = "pns", _("PNS")
    CPNS = "cpns", _("CPNS")
    PPPK = "pppk", _("PPPK")
    PPPK_PART_TIME = "pppk_pw", _("PPPK Paruh Waktu")
    HONORER = "honorer", _("Honorer")


class Placement(DatedModel):
    """Where a person belongs for a time: unit, direct superior, class, rank and post."""

    person = TenantForeignKey(Person, related_name="placements")
    unit = TenantForeignKey(Unit, related_name="placements")
    superior = TenantForeignKey(Person, null=True, blank=True, related_name="subordinates")
    staff_class = models.CharField(max_length=8, choices=StaffClass.choices)
    rank = models.CharField(max_length=40, blank=True)
    post = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["government", "unit"], name="org_placement_unit"),
            models.Index(fields=["government", "superior"], name="org_placement_superior"),
        ]


class Group(TenantModel):
    """People of one unit who share a roster, such as a ward or a fire squad."""

    unit = TenantForeignKey(Unit, related_name="groups")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "unit", "name"], name="org_group_name")]

    @override
    def __str__(self) -> str:
        return self.name


class GroupMembership(DatedModel):
    """A person in a group for a time."""

    group = TenantForeignKey(Group, related_name="memberships")
    person = TenantForeignKey(Person, related_name="memberships")


class Role(models.TextChoices):
    """What somebody may do in a part of the tree, beside being an employee and a direct superior."""

    OPERATOR = "operator", _("Operator")
    UNIT_ADMIN = "unit_admin", _("Unit admin")
    HEAD = "head", _("Head of unit")
    BKD = "bkd", _("Personnel agency")
    HELPDESK = "helpdesk", _("Help desk")
    AUDITOR = "auditor", _("Auditor")


class Appointment(DatedModel):
    """A role of a person over a unit and everything below it, for a time."""

    person = TenantForeignKey(Person, related_name="appointments")
    role = models.CharField(max_length=12, choices=Role.choices)
    unit = TenantForeignKey(Unit, related_name="appointments")

    class Meta:
        indexes = [models.Index(fields=["government", "person"], name="org_appointment_person")]


class PeopleUpload(TenantModel):
    """A sheet of people that was read and waits to be confirmed: its cells by row, and the photos that came along."""

    account_id = models.BigIntegerField()
    file_name = models.CharField(max_length=120)
    rows = models.JSONField()
    photos = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
