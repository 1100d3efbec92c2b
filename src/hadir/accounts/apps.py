from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room of who may sign in, how, from which phone."""

    name = "hadir.accounts"
    label = "accounts"
