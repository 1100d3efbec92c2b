"""Policies, trials and phases as the daybook asks for them: one query."""

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

_SETTINGS = """
SELECT true, binding.unit_id, binding.group_id, binding.staff_class, binding.valid_from, binding.valid_until,
    binding.enforced_from, version.document::text, binding.id
FROM policies_binding binding
JOIN policies_policyversion version ON version.government_id = binding.government_id AND version.id = binding.version_id
WHERE binding.government_id = %(government)s AND binding.superseded_at IS NULL AND binding.valid_from <= %(last)s
    AND coalesce(binding.valid_until, 'infinity') > %(first)s
UNION ALL
SELECT false, unit_id, group_id, staff_class, valid_from, valid_until, NULL, NULL, id FROM policies_scope
WHERE government_id = %(government)s AND superseded_at IS NULL AND valid_from <= %(last)s
    AND coalesce(valid_until, 'infinity') > %(first)s
ORDER BY 1, 9
"""


def ruled_on(roll: Roll) -> Ruled:
    """Which policy holds on every date of the roll, whether it is enforced, and who is in scope."""
    rows = _rows(roll)
    bound = [row for is_binding, *row in rows if is_binding]
    scopes = Settings([Setting(*row[:5]) for is_binding, *row in rows if not is_binding])
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


def _rows(roll: Roll) -> list[tuple[Any, ...]]:
    """Bindings with their documents, and scopes, in the order in which they were made."""
    span = {"last": roll.dates[-1].item(), "first": roll.dates[0].item()}
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS, {"government": government_id(), **span})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
