from __future__ import annotations

from django.urls import path

import hadir.platform.converters  # noqa: F401 - the addresses below hold dates
from hadir.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("tap/", views.tap, name="tap"),
    path("phone/today", views.today, name="today"),
    path("history/", views.history, name="history"),
    path("history/<int:person_id>/<month:first>/", views.month, name="month"),
    path("history/<int:person_id>/<day:on>/", views.day, name="day"),
    path("history/<int:person_id>/photos/<int:at>/<digest:identity>", views.photo, name="photo"),
    path("board/", views.board, name="board"),
    path("board/<int:unit_id>/", views.unit, name="unit"),
]
