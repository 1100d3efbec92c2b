from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hadir.notices import commands, queries
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hadir.notices.models import Notice

PER_PAGE = 30


@require_GET
@in_government
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the acting person was told."""
    page = Paginator(queries.notices_of(_person(request)), PER_PAGE).get_page(request.GET.get("page"))
    zone: Any = request.zone  # type: ignore[attr-defined]
    shown = [(notice, _said(notice)) for notice in page]
    return render(request, "notices/notices.html", {"page": page, "shown": shown, "zone": zone})


@require_POST
@in_government
def read(request: HttpRequest) -> HttpResponse:
    """Count every notice as read."""
    commands.mark_read(_person(request))
    return redirect("notices:notices")


def _said(notice: Notice) -> str:
    said: str = gettext(notice.sentence) % notice.data
    return said


def _person(request: HttpRequest) -> int:
    person_id: int = request.actor.person_id  # type: ignore[attr-defined]
    return person_id
