from __future__ import annotations

from django.urls import path

from hadir.schedules import views

app_name = "schedules"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<int:year>/", views.calendar, name="year"),
    path("calendar/days/add/", views.add, name="add"),
    path("calendar/days/<int:day_id>/", views.change, name="change"),
    path("calendar/days/<int:day_id>/remove/", views.remove, name="remove"),
]
