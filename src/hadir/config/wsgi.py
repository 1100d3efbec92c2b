"""The pages of Hadir as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from hadir.rules.memory import keep_freed_memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hadir.config.settings")
application = get_wsgi_application()
keep_freed_memory()
