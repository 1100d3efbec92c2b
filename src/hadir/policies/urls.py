from __future__ import annotations

from django.urls import path

from hadir.policies import views

app_name = "policies"
urlpatterns = [
    path("policy/", views.mine, name="mine"),
    path("policy/<int:person_id>/", views.person, name="person"),
]
