from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from hadir.kernel.clock import now
from hadir.org.models import Person
from hadir.tenancy.models import TenantForeignKey, TenantModel


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by their key; people find theirs by a sign-in name."""


class Account(AbstractBaseUser):
    """Somebody who may sign in. One human has one account, also with posts in two governments."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_active = models.BooleanField(default=True)
    is_platform_operator = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="id")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "key"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class SignInName(models.Model):
    """What a person types to sign in: an office e-mail, a NIP or an NI PPPK, normalised. Names one account."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("Office e-mail")
        NUMBER = "number", _("NIP or NI PPPK")

    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_in_names")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=254, unique=True)


class Membership(TenantModel):
    """Which person of this government an account belongs to.

    The keeper is the government that made the account; it alone may help its person to a new password, so that a
    second government that somebody joined gains no way into the first.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    person = TenantForeignKey(Person, related_name="memberships_of_accounts")
    is_keeper = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "account"], name="accounts_one_person_per_account"),
            models.UniqueConstraint(fields=["government", "person"], name="accounts_one_account_per_person"),
        ]


class Activation(TenantModel):
    """A way in that works once: by e-mail or by a printed slip. Only the digest of its secret is kept."""

    class Purpose(models.TextChoices):
        FIRST_SIGN_IN = "first", _("First sign-in")
        RESET = "reset", _("New password")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SLIP = "slip", _("Printed slip")

    account = models.ForeignKey(Account, models.CASCADE, related_name="activations")
    purpose = models.CharField(max_length=5, choices=Purpose.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Phone(TenantModel):
    """A phone's public key, bound to a person at its first pass."""

    person = TenantForeignKey(Person, related_name="phones")
    key = models.BinaryField(max_length=65)
    label = models.CharField(max_length=80, blank=True)
    bound_at = models.DateTimeField(default=now)
    blocked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["government", "person", "key"], name="accounts_phone_key")]


class IssuedPass(TenantModel):
    """A pass that a phone was given; its id is the serial in it."""

    phone = TenantForeignKey(Phone, related_name="passes")
    issued_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()


class RevokedPass(models.Model):
    """A pass that the gate must no longer count, kept until it would have expired anyway."""

    serial = models.BigIntegerField(primary_key=True)
    expires_at = models.DateTimeField()


class Attempt(models.Model):
    """Failed attempts to get in, counted by the keyed digest of what they have in common, for an hour at most.

    Rows that are over go when a new one comes, and an address that failed too often makes no more of them.
    """

    key = models.BinaryField(max_length=32, primary_key=True)
    failures = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["since"], name="accounts_attempt_since")]
