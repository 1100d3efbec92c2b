from __future__ import annotations

from django.db import models
from typing_extensions import override

from hadir.daybook.targets import TargetedModel
from hadir.kernel.clock import now
from hadir.tenancy.models import TenantForeignKey, TenantModel


class PolicyVersion(TenantModel):
    """One version of a policy, as a document that `rules.parse_policy` takes. Nobody can change or remove it."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    document = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)
    legal_basis = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["government", "code", "digest"], name="policies_policyversion_digest")
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Binding(TargetedModel):
    """Where a policy holds from when. Before `enforced_from` it is on trial: computed, shown, without consequence."""

    version = TenantForeignKey(PolicyVersion, related_name="bindings")
    enforced_from = models.DateField()
    cited = models.CharField(max_length=200, blank=True)


class Scope(TargetedModel):
    """Who has joined: a unit with everything below it, a staff class, or both, from a date on. Any row is enough."""
