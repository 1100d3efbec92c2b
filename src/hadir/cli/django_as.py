import logging
import os

import django
from django.core.exceptions import ImproperlyConfigured

from hadir.cli.trouble import TroubleError
from hadir.config.environment import EnvironmentMistakeError


def django_as(role: str) -> None:
    """Set Django up in this process, connected to the database in that role.

    Raises:
        TroubleError: The environment does not say what the settings need.
    """
    logging.disable(logging.INFO)  # the person at the terminal is told by the verb itself
    os.environ["HADIR_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hadir.config.settings")
    try:
        django.setup()
    except (EnvironmentMistakeError, ImproperlyConfigured) as problem:
        raise TroubleError(str(problem)) from problem
