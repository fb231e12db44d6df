"""The archive's settings: this one file, read from the environment, right for a desk without any variable.

=====================  =======================================================================================
Variable               What it sets (and what it is without)
=====================  =======================================================================================
DATA_DIR               where the SQLite file, the secret key and captured files lie (var/ beside manage.py)
DATABASE_URL           postgres://user:password@host:5432/name, or sqlite:///path (DATA_DIR/archive.sqlite3)
SECRET_KEY             at least 50 characters (made once and kept in DATA_DIR/secret_key, mode 0600)
ALLOWED_HOSTS          host names the site answers to, with commas (localhost, 127.0.0.1, [::1])
SITE_URL               the public address printed in citations (http://127.0.0.1:8000)
SITE_NAME              what the archive calls itself (Dialogues)
ARK_NAAN               the number under which the archive’s ARKs are registered (99999, which is for trying out)
CONTACT_EMAIL          whom harvesters write to (archive@ and the host of SITE_URL, where that is a name)
CACHE_URL              redis://host:6379/0 shared by several web processes (each process's own memory)
DEBUG                  1 shows tracebacks; refused where a public host is allowed (off)
TRUSTED_PROXY          1 where a proxy in front sets X-Forwarded-Proto and X-Forwarded-For (off)
RATE_LIMIT             requests a minute that one address may make, 0 for any number (600)
LOG_LEVEL              DEBUG, INFO, WARNING or ERROR (INFO)
=====================  =======================================================================================

A SITE_URL with https switches secure cookies, the redirect to https and HSTS on.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from corsheaders.defaults import default_headers
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_flag(name: str) -> bool:
    value = env(name, "0").lower()
    if value not in ("0", "1", "false", "true", "no", "yes", ""):
        raise ImproperlyConfigured(f"{name} is “{value}”; write 1 or 0.")
    return value in ("1", "true", "yes")


def env_number(name: str, default: str) -> int:
    value = env(name, default)
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ImproperlyConfigured(f"{name} is “{value}”; write a whole number, 0 or more.")
    return int(value)


def env_list(name: str, default: str) -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def kept_secret_key(directory: Path) -> str:
    """The key in DATA_DIR/secret_key, made on the first start; only its owner may read it."""
    file = directory / "secret_key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as new:
        key = secrets.token_urlsafe(64)
        new.write(key)
    return key


SQLITE_CACHE = 32_000
"""Kilobytes of the database that each connection keeps; of SQLite's own two thousand, a search reads most again."""


def database(url: str) -> dict[str, Any]:
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    if config["ENGINE"].endswith("sqlite3"):
        config["CONN_MAX_AGE"] = None
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
                f" PRAGMA cache_size=-{SQLITE_CACHE}"
            ),
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    return config


DATA_DIR = Path(env("DATA_DIR") or BASE_DIR / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env_flag("DEBUG")
SECRET_KEY = env("SECRET_KEY") or kept_secret_key(DATA_DIR)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ",".join(sorted(LOOPBACK)))
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = env("SITE_NAME", "Dialogues")
ARK_NAAN = env("ARK_NAAN", "99999")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
HAS_DOMAIN = re.search(r"\.[a-z][a-z0-9-]+$", SITE_HOST) is not None
CONTACT_EMAIL = env("CONTACT_EMAIL") or f"archive@{SITE_HOST if HAS_DOMAIN else 'example.org'}"
RATE_LIMIT = env_number("RATE_LIMIT", "600")
IS_HTTPS = urlsplit(SITE_URL).scheme == "https"

if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure"):
    raise ImproperlyConfigured(
        "SECRET_KEY is weak. Give 50 random characters or more, for example from"
        ' python3 -c "import secrets; print(secrets.token_urlsafe(64))", or leave it out.'
    )
if not re.fullmatch(r"[0-9bcdfghjkmnpqrstvwxz]{5,16}", ARK_NAAN):
    raise ImproperlyConfigured(
        f"ARK_NAAN is “{ARK_NAAN}”. Write the number that arks.org gave you, five digits, or leave it out."
    )
if not re.fullmatch(r"[^\s@]+@(\S+\.)+\S+", CONTACT_EMAIL):
    raise ImproperlyConfigured(
        f"CONTACT_EMAIL is “{CONTACT_EMAIL}”; write an address such as archive@example.org."
    )
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is “*”. Name the hosts this archive answers to, with commas.")
if DEBUG and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise ImproperlyConfigured("DEBUG is on while ALLOWED_HOSTS names a public host. Unset one of them.")

VERSION = re.findall(r"^## (\d+\.\d+\.\d+)", (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[0]

INSTALLED_APPS = [
    "archive.apps.ArchiveConfig",
    "meetings.apps.MeetingsConfig",
    "dialogues.apps.DialoguesConfig",
    "registry.apps.RegistryConfig",
    "django_filters",
    "corsheaders",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "archive.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "archive.middleware.WellFormedRequestMiddleware",
    "archive.standby.ReadingServerMiddleware",
    "archive.limits.ReadingMiddleware",
    "archive.middleware.BodyMiddleware",
    "archive.pagecache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "archive.templatetags.archive"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.pages.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": database(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'archive.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PAGE_CACHE = "default"


def cache(name: str, entries: int) -> dict[str, Any]:
    """One on the server that is shared, else in the memory of each process, with so many entries."""
    if env("CACHE_URL"):
        place: dict[str, Any] = {"LOCATION": env("CACHE_URL"), "KEY_PREFIX": name}
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "TIMEOUT": 24 * 60 * 60, **place}
    place = {"LOCATION": name, "OPTIONS": {"MAX_ENTRIES": entries}}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 24 * 60 * 60, **place}


CACHES = {
    "default": cache("pages", 600),
    "counts": cache("counts", 20_000),  # Apart, so that no pages push out how often who has asked.
    "none": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

AUTH_USER_MODEL = "registry.Editor"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

FILTERS_EMPTY_CHOICE_LABEL = _("any")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(?!admin/|preview/)"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [*default_headers, "accept-datetime"]
CORS_EXPOSE_HEADERS = [
    "ETag",
    "Last-Modified",
    "Link",
    "Memento-Datetime",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_flag("TRUSTED_PROXY") else None
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", "INFO").upper()},
}
