"""Settings behind a proxy with TLS: everything secret must be given, nothing is made up."""

from config.settings.base import *
from config.settings.base import ENVIRONMENT
from config.settings.environment import SettingsRefused

REQUIRED = {
    "DATABASE_URL": ENVIRONMENT.database_url,
    "SILIAN_SECRET_KEY": ENVIRONMENT.secret_key,
    "SILIAN_FIELD_KEY": ENVIRONMENT.field_key,
}
MISSING = [name for name, value in REQUIRED.items() if not value]
if MISSING:
    raise SettingsRefused("生产环境缺少设置：" + "、".join(MISSING) + "。")
if ENVIRONMENT.demo:
    raise SettingsRefused("生产环境不能打开演示模式，请去掉 SILIAN_DEMO。")

# the machine itself asks /health and /metrics by these names
ALLOWED_HOSTS = [*ALLOWED_HOSTS, *(h for h in ("127.0.0.1", "localhost") if h not in ALLOWED_HOSTS)]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.site_url]
