from django.urls import path

from hadir.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read", views.read, name="read"),
]
