"""The settings of the house. Everything that differs between installations is an environment variable, each listed in
docs/administrator/settings.md."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

from loket.assembly.standin.installation import issuer
from loket.assembly.standin.installation import provider as stand_in
from loket.foundation.database.watch import Connection, check
from loket.foundation.identity.providers import from_env


def env(name: str, default: str = "") -> str:
    """An environment variable, or what the file named in NAME_FILE holds, or the default."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return os.environ.get(name, default)


BASE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = Path(env("LOKET_DATA", "data")).absolute()
DEMO = env("LOKET_DEMO") == "1"
DEBUG = False

# Without LOKET_SECRET only commands that make no lasting secret work: the servers refuse to start (see wsgi.py).
SECRET_KEY = env("LOKET_SECRET") or f"ephemeral-{secrets.token_urlsafe(32)}"
SECRET_IS_EPHEMERAL = SECRET_KEY.startswith("ephemeral-")

LOKET_URL = env("LOKET_URL", "http://localhost:8000").rstrip("/")
LIVE_URL = env("LIVE_URL", "").rstrip("/")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", urlsplit(LOKET_URL).hostname or "localhost"]
ALLOWED_HOSTS += [host for host in env("LOKET_HOSTS").split(",") if host]
ORGANISATIE_HOSTS = {
    host.strip().lower(): afkorting.strip().upper()
    for host, _is, afkorting in (pair.partition("=") for pair in env("LOKET_ORGANISATION_HOSTS").split(","))
    if host.strip()
}
ALLOWED_HOSTS += ORGANISATIE_HOSTS
# Who tries Loket on a machine of one's own, has what it calls there too.
_TRIAL = "localhost,127.0.0.1,[::1]" if urlsplit(LOKET_URL).hostname in ("localhost", "127.0.0.1", "::1") else ""
API_BEKENDEN = frozenset(host.strip().lower() for host in env("LOKET_API_BEKENDEN", _TRIAL).split(",") if host.strip())
BESTANDSDEEL_BYTES = int(env("LOKET_BESTANDSDEEL_BYTES", str(64 * 1024 * 1024)))
CSRF_TRUSTED_ORIGINS = [LOKET_URL]
SECURE = LOKET_URL.startswith("https://")

DATABASE_URL = env("DATABASE_URL")


def _database(url: str) -> dict[str, Any]:
    """Django's description of the database at a libpq URL, with one pool for each process."""
    given = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname", "loket"),
        "HOST": given.pop("host", ""),
        "PORT": given.pop("port", ""),
        "USER": given.pop("user", ""),
        "PASSWORD": given.pop("password", ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            **given,
            "prepare_threshold": 5,  # without it psycopg prepares nothing, not even what `database.sql` asks it to
            "pool": {
                "min_size": 1,
                "max_size": int(env("LOKET_POOL", "8")),
                "timeout": 2.0,
                "max_lifetime": 1800,
                "connection_class": Connection,
                "check": check,
            },
        },
    }


DATABASES = {"default": _database(DATABASE_URL)}

ROOMS = [
    "loket.foundation.database",
    "loket.foundation.events",
    "loket.foundation.jobs",
    "loket.foundation.identity",
    "loket.foundation.access",
    "loket.foundation.audit",
    "loket.foundation.api",
    "loket.foundation.storage",
    "loket.foundation.mail",
    "loket.foundation.inbox",
    "loket.foundation.channels",
    "loket.foundation.web",
    "loket.foundation.beheer",
    "loket.registers.catalogi",
    "loket.registers.zaken",
    "loket.registers.documenten",
    "loket.registers.besluiten",
    "loket.registers.klanten",
    "loket.registers.plekken",
    "loket.registers.algoritmen",
    "loket.registers.autorisaties",
    "loket.registers.notificaties",
    "loket.services.reacties",
    "loket.services.werkplek",
    "loket.services.mijn",
    "loket.services.kennis",
]

INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "loket.foundation.web.middleware.Foutpaginas",
    "loket.foundation.database.middleware.DatabaseAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "loket.foundation.access.middleware.Door",
]

ROOT_URLCONF = "loket.assembly.urls"
WSGI_APPLICATION = "loket.assembly.wsgi.application"
APIS = "loket.assembly.apis.APIS"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "loket.foundation.web.context.loket",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Language, time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "assembly" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Identity
AUTH_USER_MODEL = "loket_identity.Gebruiker"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("gebruikersnaam", "naam", "email")},
    },
]
PROXIES = int(env("LOKET_PROXIES", "0"))
REACTIES_GRENS = int(env("LOKET_REACTIES_LIMIT", "0"))
OIDC_PROVIDERS = from_env(env)
# Without a provider for employees a password is the only way in.
STAFF_PASSWORD = (
    DEMO or env("LOKET_STAFF_PASSWORD", "" if any(p.audience == "medewerker" for p in OIDC_PROVIDERS) else "1") == "1"
)
if DEMO and not any(provider.audience == "bewoner" for provider in OIDC_PROVIDERS):
    OIDC_PROVIDERS.append(stand_in(DATA_DIR, LOKET_URL))
DEMO_TELEFOON = f"{issuer(LOKET_URL)}/telefoon" if DEMO else ""
SOCIALACCOUNT_ADAPTER = "loket.foundation.identity.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "gebruikersnaam"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "identity:inloggen"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_NAME = "loket_sessie"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_NAME = "loket_csrf"
CSRF_COOKIE_HTTPONLY = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

# Mail
MAIL_URL = env("MAIL_URL")
MAIL_FROM = env("MAIL_FROM", "Loket <loket@lindewaard.voorbeeld.nl>")

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Security
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "connect-src": [CSP.SELF, *([LIVE_URL] if LIVE_URL else [])],
    "form-action": [CSP.SELF, *(p.origin for p in OIDC_PROVIDERS), *env("LOKET_OIDC_ORIGINS").split()],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "object-src": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"

SILENCED_SYSTEM_CHECKS = ["fields.W342"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOKET_LOG", "INFO")},
    "loggers": {
        "django": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "mail.log": {"level": "ERROR"},  # aiosmtpd; below this it tells who writes to whom
    },
}
