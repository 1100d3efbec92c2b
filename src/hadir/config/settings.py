"""Django's settings: the only place that knows every room. Their values come from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from hadir.config import environment, retention

SOURCES = Path(__file__).resolve().parents[1]
CHECKOUT = SOURCES.parents[1]

HADIR_SECRET = environment.secret()
HADIR_ROLE = os.environ.get("HADIR_ROLE", "web")
HADIR_PHOTOS = environment.photo_address(CHECKOUT / ".hadir" / "photos")
HADIR_PHOTO_STORE = environment.photo_store(HADIR_PHOTOS)
HADIR_EVIDENCE_MONTHS = retention.evidence_months()
HADIR_PUBLIC_URL = environment.public_url()

SECRET_KEY = environment.derived(HADIR_SECRET, "django")
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("HADIR_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [HADIR_PUBLIC_URL]
HADIR_TRUSTED_PROXIES = tuple(filter(None, os.environ.get("HADIR_TRUSTED_PROXIES", "").split(",")))

ROOMS = [
    "tenancy",
    "audit",
    "notices",
    "org",
    "accounts",
    "clocking",
    "schedules",
    "policies",
    "requests",
    "terminals",
    "recaps",
    "portal",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "hadir.platform",
    *(f"hadir.{room}" for room in ROOMS),
]

_owner = environment.database(environment.required("HADIR_DATABASE_URL"))
_shared = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
DATABASES = {
    # "default" is the least of the roles that the process needs; only commands that own the schema are the owner.
    "default": {
        **(_owner if HADIR_ROLE == "owner" else environment.in_role(_owner, HADIR_ROLE, HADIR_SECRET)),
        **_shared,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hadir.platform.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hadir.platform.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hadir.platform.middleware.Refusals",
    "hadir.accounts.middleware.ActingPerson",
    "hadir.config.bounds.BodyBounds",
]

ROOT_URLCONF = "hadir.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "hadir.config.navigation.context",
            ],
            "builtins": ["hadir.platform.templatetags.hadir"],
        },
    },
]

# Where the daybook finds duties, policies and absences: it must not know the rooms above it.
HADIR_FACT_SOURCES = {
    "duties": "hadir.schedules.facts.promised_on",
    "policies": "hadir.policies.facts.ruled_on",
    "covers": "hadir.requests.facts.covers_on",
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["hadir.accounts.backends.SignInNameBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [SOURCES / "locale"]
LANGUAGE_COOKIE_NAME = "hadir_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [CHECKOUT / "frontend" / "dist"] if (CHECKOUT / "frontend" / "dist").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Names that the build put a digest into never change their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
HADIR_ASSET_MANIFEST = CHECKOUT / "frontend" / "dist" / ".vite" / "manifest.json"

# Over plain HTTP only a loopback address is a secure context for a browser; an office has TLS, here or at a proxy.
_secure = HADIR_PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("HADIR_BEHIND_PROXY") else None
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-hadir" if _secure else "hadir"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Kept for questions of the kind "which phone was that" and "did the letter leave", then forgotten.
HADIR_KEEP_PASSES = timedelta(days=90)
HADIR_KEEP_MAIL = timedelta(days=30)

globals().update(environment.mail(environment.mail_url()))
DEFAULT_FROM_EMAIL = os.environ.get("HADIR_MAIL_FROM", "hadir@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A job that runs every few seconds must not fill the journal with its successes.
    "loggers": {"django.request": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
}
