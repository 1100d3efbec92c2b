from __future__ import annotations

from django.urls import path

from hadir.requests import views

app_name = "requests"
urlpatterns = [
    path("absences/", views.covers, name="covers"),
    path("absences/enter/<int:person_id>/", views.enter, name="enter"),
    path("absences/<int:cover_id>/withdraw/", views.withdraw, name="withdraw"),
    path("absences/<int:cover_id>/decide/", views.decide, name="decide"),
]
