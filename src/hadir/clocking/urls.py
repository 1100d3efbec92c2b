from __future__ import annotations

from django.urls import path

from hadir.clocking import views

app_name = "clocking"
urlpatterns = [
    path("", views.outages, name="outages"),
    path("declare/", views.declare, name="declare"),
    path("<int:outage_id>/withdraw/", views.withdraw, name="withdraw"),
]
