from __future__ import annotations

from django.urls import path

from hadir.terminals import views

app_name = "terminals"
urlpatterns = [
    path("", views.fleet, name="fleet"),
    path("approve/", views.approve, name="approve"),
    path("pins/", views.pins, name="pins"),
    path("<int:terminal_id>/", views.terminal, name="terminal"),
    path("<int:terminal_id>/change/", views.change, name="change"),
    path("<int:terminal_id>/block/", views.block, name="block"),
    path("<int:terminal_id>/unblock/", views.unblock, name="unblock"),
    path("<int:terminal_id>/pins/<path:pin>/", views.pin, name="pin"),
    path("<int:terminal_id>/mappings/<int:pin_id>/end/", views.end, name="end"),
]
