from __future__ import annotations

from django.urls import path

import hadir.platform.converters  # noqa: F401 - the addresses below hold months
from hadir.recaps import views

app_name = "recaps"
urlpatterns = [
    path("recap/", views.recap, name="recap"),
    path("recap/<int:unit_id>/<month:first>/", views.month, name="month"),
    path("recap/<int:unit_id>/<month:first>/sheet.xlsx", views.sheet, name="sheet"),
]
