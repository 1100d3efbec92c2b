from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hadir.accounts"
    label = "accounts"
