from __future__ import annotations

from django.urls import path

from hadir.portal.journal import journal

app_name = "journal"
urlpatterns = [path("", journal, name="journal")]
