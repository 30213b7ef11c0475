"""Settings shared by every way of running Silian."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from config.settings.environment import ROOT, read_environment
from config.settings.mail import mail_settings
from config.settings.modules import SILIAN_APPS
from config.settings.secrets import local_secrets

ENVIRONMENT = read_environment()
BASE_DIR = ROOT
DATA_FOLDER = Path(ENVIRONMENT.data_folder)
SECRETS = local_secrets(folder=DATA_FOLDER) if not ENVIRONMENT.secret_key else {}

SECRET_KEY = ENVIRONMENT.secret_key or SECRETS["secret_key"]
FIELD_KEY = ENVIRONMENT.field_key or SECRETS.get("field_key", "")
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.allowed_hosts.split(",") if host.strip()]
SITE_URL = ENVIRONMENT.site_url
SITE_JURISDICTION = ENVIRONMENT.jurisdiction
DEMO_MODE = ENVIRONMENT.demo
SEARCH_URL = ENVIRONMENT.search_url
MATCH_REFRESH_URL = ENVIRONMENT.match_refresh_url
METRICS_TOKEN = ENVIRONMENT.metrics_token
TRUSTED_PROXY = ENVIRONMENT.trusted_proxy

INSTALLED_APPS = [
    "silian.foundation.ui",  # first: its templates stand in for those of allauth and django.forms
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    *(app for app in SILIAN_APPS if app != "silian.foundation.ui"),
]

MIDDLEWARE = [
    "silian.foundation.kernel.middleware.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "silian.foundation.kernel.middleware.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "silian.registers.organisations.middleware.ActorMiddleware",
    "silian.foundation.kernel.middleware.DomainErrorMiddleware",
    "silian.registers.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "silian.foundation.ui.context.frame",
            ],
            "builtins": ["silian.foundation.ui.templatetags.sl"],
        },
    }
]
FORM_RENDERER = "silian.foundation.ui.renderers.FormRenderer"


def pool_settings(*, size: int) -> dict[str, object]:
    """Five seconds are longer than any page waits for its turn, and than a database restarts."""
    return {"min_size": 1, "max_size": size, "timeout": 5}


def database_settings(url: str, *, pool: int) -> dict[str, object]:
    """Django's form of a ``postgresql://user:password@host:port/name`` address."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": pool_settings(size=pool)} if pool else {},
        "CONN_HEALTH_CHECKS": True,  # a restarted database is noticed before a page fails on it
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {"default": database_settings(ENVIRONMENT.database_url, pool=ENVIRONMENT.database_pool)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:today"
LOGOUT_REDIRECT_URL = "portal:home"

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "silian.registers.accounts.forms.SignUpForm"
ACCOUNT_SESSION_REMEMBER = False  # on shared computers, closing the browser signs out
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "silian.registers.accounts.adapters.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "四链"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "government",
                "name": "政务统一身份认证",
                "client_id": ENVIRONMENT.oidc_client_id,
                "secret": ENVIRONMENT.oidc_client_secret,
                "settings": {"server_url": ENVIRONMENT.oidc_server_url},
            }
        ]
        if ENVIRONMENT.oidc_server_url
        else []
    }
}
USERSESSIONS_TRACK_ACTIVITY = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_FOLDER / "files"
S3_BUCKET = ENVIRONMENT.s3_bucket
S3_ENDPOINT = ENVIRONMENT.s3_endpoint
CLAMD_URL = ENVIRONMENT.clamd_url
SIGNING_CERTIFICATE = ENVIRONMENT.signing_certificate
SIGNING_KEY = ENVIRONMENT.signing_key
PRINT_FONTS = ROOT / "silian" / "foundation" / "ui" / "fonts"
SCANNERS = "silian.foundation.kernel.scanners"
FILE_SCANNER = f"{SCANNERS}.ClamdScanner" if CLAMD_URL else f"{SCANNERS}.NoScanner"
UPLOAD_LIMIT_BYTES = ENVIRONMENT.upload_megabytes * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_BYTES + 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

PROCRASTINATE_ON_APP_READY = "silian.foundation.kernel.dead_letters.install"

globals().update(mail_settings(ENVIRONMENT.email_url, folder=DATA_FOLDER / "mail"))
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from

LOGGING_CONFIG = "config.logs.configure"
LOGGING = {"format": ENVIRONMENT.log_format, "level": ENVIRONMENT.log_level}
