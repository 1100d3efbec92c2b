from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from hadir.audit.commands import note_act
from hadir.daybook.documents import digest_of
from hadir.daybook.targets import Target, require_reach
from hadir.kernel.refusals import InvalidData
from hadir.org.commands.dated import end_from, succeed, today
from hadir.org.rights import Right
from hadir.policies.models import Binding, PolicyVersion, Scope
from hadir.policies.refusals import EnforcedTooEarly, TooEarly
from hadir.rules import InvalidDocument, parse_policy

if TYPE_CHECKING:
    from datetime import date

    from hadir.org.rights import Actor


@dataclass(frozen=True, slots=True)
class Term:
    """From when a policy holds and from when it has consequences; `cited` is the document that lets it begin early."""

    begins: date
    enforced_from: date
    cited: str = ""


def record_policy(code: str, document: dict[str, Any], *, legal_basis: str, actor: Actor) -> PolicyVersion:
    """Keep a version of a policy for ever; the same document again is the same version. InvalidData names a flaw."""
    require_reach(Target(), Right.EDIT_POLICIES, actor)
    try:
        parsed = parse_policy(document)
    except InvalidDocument as problem:
        raise InvalidData(problem.path, problem.value, problem.message) from problem
    digest = digest_of(document)
    version, is_new = PolicyVersion.objects.get_or_create(
        code=code, digest=digest, defaults={"name": parsed.name, "document": document, "legal_basis": legal_basis}
    )
    if is_new:
        note_act("policy.recorded", version, actor=actor, code=code, digest=digest)
    return version


def bind_policy(version: PolicyVersion, *, target: Target, term: Term, actor: Actor) -> Binding:
    """Let a policy hold for those whom a target names.

    TooEarly where it would begin before tomorrow, unless nothing was ever bound to this target and a document is
    cited: days already judged do not change their rules.
    """
    require_reach(target, Right.EDIT_POLICIES, actor)
    if term.enforced_from < term.begins:
        raise EnforcedTooEarly
    is_first = not Binding.ever_recorded.filter(target=target.name).exists()
    if term.begins <= today() and not (is_first and term.cited.strip()):
        raise TooEarly
    binding = Binding(
        version=version,
        unit=target.unit,
        group=target.group,
        staff_class=target.staff_class,
        target=target.name,
        valid_from=term.begins,
        enforced_from=term.enforced_from,
        cited=term.cited,
    )
    former = Binding.objects.filter(Q(valid_until=None) | Q(valid_until__gt=term.begins), target=target.name)
    succeed(list(former), [binding], term.begins)
    told = {"version": version.pk, "target": target.name, "cited": term.cited}
    dates = {"begins": term.begins.isoformat(), "enforced_from": term.enforced_from.isoformat()}
    note_act("policy.bound", binding, actor=actor, **told, **dates)
    return binding


def end_binding(binding: Binding, *, on: date, actor: Actor) -> None:
    """Let a binding end, so that what lies above holds again; tomorrow at the earliest."""
    require_reach(target_of(binding), Right.EDIT_POLICIES, actor)
    if on <= today():
        raise TooEarly
    end_from([binding], on)
    note_act("policy.unbound", binding, actor=actor, on=on.isoformat())


def target_of(row: Binding | Scope) -> Target:
    """The target that a stored row names."""
    return Target(row.unit, row.group, row.staff_class)


def join_scope(target: Target, *, on: date, actor: Actor) -> Scope:
    """Let a unit or a staff class be judged from a date on; a target that has joined already stays as it is."""
    require_reach(target, Right.EDIT_POLICIES, actor)
    joined: Scope | None = Scope.objects.filter(target=target.name, valid_until=None, valid_from__lte=on).first()
    if joined is not None:
        return joined
    scope = Scope(
        unit=target.unit, group=target.group, staff_class=target.staff_class, target=target.name, valid_from=on
    )
    former = Scope.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), target=target.name)
    succeed(list(former), [scope], on)
    note_act("scope.joined", scope, actor=actor, target=target.name, on=on.isoformat())
    return scope


def leave_scope(scope: Scope, *, on: date, actor: Actor) -> None:
    """Let a unit or a staff class be judged no longer from a date on; tomorrow at the earliest."""
    require_reach(target_of(scope), Right.EDIT_POLICIES, actor)
    if on <= today():
        raise TooEarly
    end_from([scope], on)
    note_act("scope.left", scope, actor=actor, target=scope.target, on=on.isoformat())
