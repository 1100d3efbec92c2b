"""Policies, trials and phases as the daybook asks for them: two queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection

from hadir.daybook.documents import policy_of
from hadir.daybook.nearest import Setting, Settings
from hadir.daybook.sources import Ruled
from hadir.rules import parse_policy
from hadir.tenancy.current import government_id

if TYPE_CHECKING:
    from hadir.daybook.roll import Roll

NO_POLICY = parse_policy({"name": "-"})
"""Where nothing is bound: hours are reckoned, nothing is deducted."""

_BINDINGS = """
SELECT binding.unit_id, binding.group_id, binding.staff_class, binding.valid_from, binding.valid_until,
    binding.enforced_from, version.document::text
FROM policies_binding binding
JOIN policies_policyversion version ON version.government_id = binding.government_id AND version.id = binding.version_id
WHERE binding.government_id = %s AND binding.superseded_at IS NULL AND binding.valid_from <= %s
    AND coalesce(binding.valid_until, 'infinity') > %s ORDER BY binding.id
"""
_SCOPES = """
SELECT unit_id, group_id, staff_class, valid_from, valid_until FROM policies_scope
WHERE government_id = %s AND superseded_at IS NULL AND valid_from <= %s
    AND coalesce(valid_until, 'infinity') > %s ORDER BY id
"""


def ruled_on(roll: Roll) -> Ruled:
    """Which policy holds on every date of the roll, whether it is enforced, and who is in scope."""
    bound = _rows(_BINDINGS, roll)
    scopes = Settings([Setting(*row) for row in _rows(_SCOPES, roll)])
    texts = {text: number for number, text in enumerate(dict.fromkeys(row[6] for row in bound), 1)}
    nearest = Settings([Setting(*row[:5]) for row in bound]).nearest(roll)
    policy = np.array([texts[row[6]] for row in bound] + [0], np.int64)[nearest]
    enforced_from = np.array([row[5] for row in bound] + [roll.dates[0].item()], "datetime64[D]")[nearest]
    return Ruled(
        policies=(NO_POLICY, *(policy_of(text) for text in texts)),
        policy=roll.spread(policy),
        in_scope=roll.spread(scopes.any(roll)),
        enforced=roll.spread(enforced_from <= roll.dates),
    )


def _rows(sql: str, roll: Roll) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [government_id(), roll.dates[-1].item(), roll.dates[0].item()])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
