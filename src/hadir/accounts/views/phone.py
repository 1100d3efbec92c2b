from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hadir.accounts.commands import issue_pass
from hadir.kernel.clock import now, to_milliseconds
from hadir.kernel.refusals import InvalidData
from hadir.kernel.text import from_text
from hadir.org.queries import own_person
from hadir.tenancy.current import government_id
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from hadir.accounts.pages import PageRequest
    from hadir.org.models import Site

# Positions are stored in units of 1e-7 degree; the page's map and distance want degrees.
_UNITS = 10_000_000

# What a browser and a system call themselves, the more special before those they claim to be like.
_BROWSERS = {"SamsungBrowser": "Samsung Internet", "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox"}
_BROWSERS |= {"CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac"}
_SYSTEMS |= {"Linux": "Linux"}


@never_cache
@require_POST
@in_government
def phone_pass(request: PageRequest) -> JsonResponse:
    """Give the acting person's phone a pass; docs/look.md, *The tap page*, says what goes in and out."""
    given = issue_pass(
        own_person(request.actor),
        _public_key(request),
        label=_label(request),
        on=now().astimezone(request.zone.info).date(),
        actor=request.actor,
    )
    shown = {
        "pass": given.text,
        "expires_ms": to_milliseconds(given.expires_at),
        "government": government_id(),
        "person": request.actor.person_id,
        "sites": [_shown(site) for site in given.sites],
    }
    return JsonResponse(shown)


def _public_key(request: PageRequest) -> bytes:
    try:
        asked = json.loads(request.body)
    except ValueError as error:
        raise InvalidData("body", len(request.body), "JSON") from error
    text = asked.get("public_key") if isinstance(asked, dict) else None
    key = from_text(text) if isinstance(text, str) else None
    if key is None:
        raise InvalidData("public_key", str(text)[:90], "base64url of a P-256 point")
    return key


def _label(request: PageRequest) -> str:
    """Return browser and system in words, so that its owner can tell phones apart."""
    said = request.headers.get("User-Agent", "")
    found = [next((word for sign, word in known.items() if sign in said), "") for known in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found))


def _shown(site: Site) -> dict[str, Any]:
    return {
        "id": site.pk,
        "name": site.name,
        "latitude": site.latitude / _UNITS,
        "longitude": site.longitude / _UNITS,
        "radius": site.radius,
    }
