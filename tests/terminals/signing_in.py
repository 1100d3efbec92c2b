"""People of the office at their browsers."""

from __future__ import annotations

import re

from django.apps import apps
from django.conf import settings
from django.test import Client

from hadir.tenancy.current import acting_in


def sign_in(city, person) -> Client:
    with acting_in(city.government):
        account = apps.get_model("accounts.Account").objects.create()
        apps.get_model("accounts.Membership").objects.create(account=account, person=person)
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(account, "hadir.accounts.backends.SignInNameBackend")
    return client


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
