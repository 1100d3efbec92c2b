"""Every address of the pages; those of taps and terminals belong to the gate."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hadir.portal.urls")),
    path("", include("hadir.recaps.urls")),
    path("", include("hadir.requests.urls")),
    path("", include("hadir.schedules.urls")),
    path("", include("hadir.policies.urls")),
    path("", include("hadir.accounts.urls")),
    path("", include("hadir.org.urls")),
    path("notices/", include("hadir.notices.urls")),
    path("terminals/", include("hadir.terminals.urls")),
    path("outages/", include("hadir.clocking.urls")),
    path("journal/", include("hadir.portal.journal_urls")),
    path("language", set_language, name="set_language"),
]
