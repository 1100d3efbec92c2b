from django.urls import path

from hadir.accounts import views

app_name = "accounts"
urlpatterns = [
    path("activate/<str:code>", views.enter_code, name="enter_code"),
]
