"""How much a page may be sent: little, but where somebody who signed in uploads people and their photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import Resolver404, resolve

from hadir.gate.refusals import TooLarge
from hadir.org.importing.photos import LARGEST as LARGEST_ZIP
from hadir.org.importing.sheet import LARGEST as LARGEST_SHEET
from hadir.platform.refusals import render_refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ORDINARY: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
"""Bytes of a body that any address takes, from anybody."""
# The fields beside the files, and what the multipart form wraps around them.
UPLOADS = {"org:upload": LARGEST_SHEET + LARGEST_ZIP + ORDINARY}
"""Bytes of a body that the views which take files may be sent, by somebody who signed in."""


class BodyBounds:
    """Refuse a body by its announced length, before the check against forged forms reads it and files fill the disk.

    A body that announces no length is none to Django, which never reads beyond what was announced.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or answer 413 with nothing of its body read."""
        length = announced(request)
        if length > ORDINARY and length > (limit := limit_of(request)):
            return render_refusal(request, TooLarge(limit=limit))
        return self.get_response(request)


def announced(request: HttpRequest) -> int:
    """Return the length of the body that is yet to be read, as Django will read it."""
    given: str = request.META.get("CONTENT_LENGTH") or ""
    return int(given) if given.isascii() and given.isdigit() else 0


def limit_of(request: HttpRequest) -> int:
    """Return how many bytes may be sent to this address by who asks."""
    try:
        view = resolve(request.path_info).view_name
    except Resolver404:
        return ORDINARY
    return UPLOADS[view] if view in UPLOADS and request.user.is_authenticated else ORDINARY
