"""Settings of the test suite: fast hashing, mail in memory, no connection pool."""

import os

os.environ.setdefault("SILIAN_SECRET_KEY", "test-only-secret-key-of-no-value")
os.environ.setdefault("SILIAN_FIELD_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")

from config.settings.base import *
from config.settings.base import ENVIRONMENT, STATIC_ROOT, STORAGES, database_settings

DATABASES = {"default": database_settings(ENVIRONMENT.database_url, pool=0)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AXES_ENABLED = False
DEMO_MODE = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
