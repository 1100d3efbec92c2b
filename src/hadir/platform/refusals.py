"""The one place where a refusal becomes an answer: a page for people, JSON for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_lazy

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hadir.kernel.refusals import Refusal

HTML, JSON = "text/html", "application/json"

# What to do next, where the refusal itself does not say it.
_WAYS_OUT: dict[int, str | Promise] = {
    HTTPStatus.UNAUTHORIZED: gettext_lazy("Sign in and try again."),
    HTTPStatus.FORBIDDEN: gettext_lazy("If your work needs it, ask the admin of your unit for the right to it."),
    HTTPStatus.NOT_FOUND: gettext_lazy("The address may be mistyped, or what stood here belongs to another office."),
    HTTPStatus.CONFLICT: gettext_lazy("Load the page again: something changed since you opened it."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_lazy("Send a smaller file."),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("Wait a minute and try again."),
    HTTPStatus.SERVICE_UNAVAILABLE: gettext_lazy("Nothing was changed. Try again in a minute."),
}
_ANOTHER_WAY_OUT = gettext_lazy("Go back, correct it and send it again.")


def render_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the refusal with its status, as a page or, where the client prefers it, as JSON."""
    if request.get_preferred_type([HTML, JSON]) == JSON:
        return JsonResponse(refusal_data(refusal), status=refusal.status)
    shown = refusal_data(refusal) | {"status": refusal.status, "back_url": _page_before(request)}
    return render(request, "platform/refusal.html", shown, status=refusal.status)


def refusal_data(refusal: Refusal) -> dict[str, Any]:
    """Return code, data, and the sentence and way out in the language of the request."""
    return {
        "code": refusal.code,
        "sentence": sentence_of(refusal),
        "way_out": str(_WAYS_OUT.get(refusal.status, _ANOTHER_WAY_OUT)),
        "data": {name: str(value) if isinstance(value, Promise) else value for name, value in refusal.data.items()},
    }


def sentence_of(refusal: Refusal) -> str:
    """Return the refusal's sentence in the language of the request, filled with its data."""
    return gettext(refusal.sentence) % refusal.data


def _page_before(request: HttpRequest) -> str:
    """Return the page of this site that led here, or nothing: an address of elsewhere is not offered."""
    before = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if own else ""
