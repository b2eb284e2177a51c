"""The settings of the stand-in. They share nothing with Loket's but the data folder and the look."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from loket.assembly.standin import installation

if os.environ.get("LOKET_DEMO") != "1":
    raise ImproperlyConfigured("The stand-in for DigiD runs in the demo only (LOKET_DEMO=1).")

DATA_DIR = Path(os.environ.get("LOKET_DATA", "data")).absolute()
LOKET_URL = os.environ.get("LOKET_URL", "http://localhost:8000").rstrip("/")
_keys = installation.keys(DATA_DIR)
_src = Path(__file__).resolve().parents[2]

SECRET_KEY = _keys.secret_key
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", urlsplit(installation.issuer(LOKET_URL)).hostname or "localhost"]
ROOT_URLCONF = "loket.assembly.standin.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": installation.folder(DATA_DIR) / "db.sqlite3",
        "OPTIONS": {"timeout": 10, "transaction_mode": "IMMEDIATE", "init_command": "pragma journal_mode=wal"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "nl"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Cookies do not see ports: other names than Loket's.
SESSION_COOKIE_NAME = "nagebootst_sessie"
CSRF_COOKIE_NAME = "nagebootst_csrf"
SESSION_COOKIE_AGE = 600

STATIC_URL = "/static/"
STATICFILES_DIRS = [_src / "foundation" / "web" / "static", Path(__file__).parent / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGIN_URL = "account_login"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# The one secret that is hashed here has 256 random bits; a slow hash would cost each login half a second.
PASSWORD_HASHERS = ["loket.assembly.standin.oidc.QuickHasher"]
ACCOUNT_EMAIL_VERIFICATION = "none"
IDP_OIDC_ADAPTER = "loket.assembly.standin.oidc.Adapter"
IDP_OIDC_PRIVATE_KEY = installation.private_key(DATA_DIR)

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "form-action": [CSP.SELF, *installation.client_origins(LOKET_URL)],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "object-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
