"""The settings a site may choose, typed; nonsense is refused when the program starts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """Read from the process environment; names are prefixed ``SILIAN_`` except the usual two."""

    model_config = SettingsConfigDict(env_prefix="SILIAN_", extra="ignore")

    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    search_url: str = Field(default="", validation_alias="SEARCH_URL")
    secret_key: str = ""
    field_key: str = ""
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    site_url: str = "http://127.0.0.1:8000"
    data_folder: Path = ROOT / "var"
    jurisdiction: str = "990100"
    demo: bool = False
    log_format: Literal["json", "console"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    email_url: str = ""
    email_from: str = "noreply@silian.invalid"
    trusted_proxy: bool = False
    database_pool: int = Field(default=10, ge=1, le=100)
    upload_megabytes: int = Field(default=20, ge=1, le=500)
    metrics_token: str = ""
    oidc_server_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    s3_bucket: str = ""
    s3_endpoint: str = ""
    clamd_url: str = ""

    @field_validator("database_url")
    @classmethod
    def _postgres_only(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("DATABASE_URL 必须以 postgresql:// 开头")
        return value

    @field_validator("jurisdiction")
    @classmethod
    def _six_digits(cls, value: str) -> str:
        if len(value) != 6 or not value.isdigit():
            raise ValueError("SILIAN_JURISDICTION 必须是 6 位行政区划代码")
        return value

    @model_validator(mode="after")
    def _oidc_is_whole(self) -> Self:
        parts = (self.oidc_server_url, self.oidc_client_id, self.oidc_client_secret)
        if any(parts) and not all(parts):
            raise ValueError("OIDC 登录需要同时设置服务器地址、客户端编号和密钥")
        return self


class SettingsRefused(SystemExit):
    """Ends the program with a sentence for each setting that makes no sense."""


def read_environment() -> Environment:
    try:
        return Environment()
    except ValidationError as refusal:
        lines = [
            f"设置 {'.'.join(map(str, error['loc'])) or '整体'}：{error['msg']}"
            for error in refusal.errors()
        ]
        raise SettingsRefused("\n".join(["设置有误，程序没有启动。", *lines])) from None
