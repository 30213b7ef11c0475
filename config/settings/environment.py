"""The settings a site may choose, typed; nonsense is refused when the program starts."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.settings.mail import SCHEMES

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "SILIAN_"
UNPREFIXED = {"database_url": "DATABASE_URL", "search_url": "SEARCH_URL"}
CLOSE = 0.84  # one or two letters wrong in a name


class Environment(BaseSettings):
    """Read from the process environment; names are prefixed ``SILIAN_`` except the usual two."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", env_ignore_empty=True)

    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    search_url: str = Field(default="", validation_alias="SEARCH_URL")
    match_refresh_url: str = "duckdb:"
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
    signing_certificate: str = ""
    signing_key: str = ""

    @field_validator("database_url")
    @classmethod
    def _postgres_only(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("必须以 postgresql:// 开头")
        if value and not urlsplit(value).path.strip("/"):
            raise ValueError("缺少数据库名，例如 postgresql://用户:密码@主机:5432/silian")
        return value

    @field_validator("match_refresh_url")
    @classmethod
    def _duckdb_or_spark(cls, value: str) -> str:
        parts = urlsplit(value)
        if value != "duckdb:" and (parts.scheme != "spark" or not parts.port):
            raise ValueError("必须是 duckdb: 或形如 spark://主机:7077?folder=/共享目录")
        return value

    @field_validator("search_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        parts = urlsplit(value)
        cluster = parts.scheme == "sphinxql" and parts.hostname and "shards=" in parts.query
        if value and parts.scheme != "postgres" and not cluster:
            raise ValueError("必须形如 sphinxql://协调节点:9300?shards=分片:9301,分片:9302")
        return value

    @field_validator("jurisdiction")
    @classmethod
    def _six_digits(cls, value: str) -> str:
        if len(value) != 6 or not (value.isascii() and value.isdigit()):
            raise ValueError("必须是 6 位行政区划代码")
        return value

    @field_validator("site_url", "oidc_server_url", "s3_endpoint")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("必须是 http:// 或 https:// 开头的完整地址")
        return value.rstrip("/")

    @field_validator("allowed_hosts")
    @classmethod
    def _bare_hosts(cls, value: str) -> str:
        if "/" in value or not value.strip(", "):
            raise ValueError("只写域名或地址，用逗号隔开，不带 http:// 和路径")
        return value

    @field_validator("email_url")
    @classmethod
    def _mail_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in SCHEMES or not parts.hostname):
            raise ValueError("必须形如 smtp+tls://用户:密码@主机:587")
        return value

    @field_validator("clamd_url")
    @classmethod
    def _daemon_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme != "tcp" or not urlsplit(value).hostname):
            raise ValueError("必须形如 tcp://主机:3310")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("太短，至少 32 个随机字符")
        return value

    @field_validator("field_key")
    @classmethod
    def _fernet_key(cls, value: str) -> str:
        if value:
            try:
                Fernet(value)
            except ValueError:
                raise ValueError("必须是 32 字节的 URL-safe base64 密钥") from None
        return value

    @model_validator(mode="after")
    def _oidc_is_whole(self) -> Self:
        parts = (self.oidc_server_url, self.oidc_client_id, self.oidc_client_secret)
        if any(parts) and not all(parts):
            raise ValueError("OIDC 登录需要同时设置服务器地址、客户端编号和密钥")
        return self

    @model_validator(mode="after")
    def _certificate_has_its_key(self) -> Self:
        paths = (self.signing_certificate, self.signing_key)
        if any(paths) and not all(paths):
            raise ValueError("签章证书要同时给出证书文件和私钥文件的路径")
        missing = [path for path in paths if path and not Path(path).is_file()]
        if missing:
            raise ValueError(f"找不到签章证书或私钥文件：{'、'.join(missing)}")
        return self


class SettingsRefused(SystemExit):
    """Ends the program with a sentence for each setting that makes no sense."""


def variable(field: str) -> str:
    """The name of the environment variable behind a field."""
    return UNPREFIXED.get(field, f"{PREFIX}{field.upper()}")


def in_chinese(error: Any) -> str:
    """Pydantic's refusal as a sentence; values are never repeated, they may be secrets."""
    limits = error.get("ctx", {})
    kind = error["type"]
    words = {
        "int_parsing": "必须是整数",
        "bool_parsing": "必须是 true 或 false",
        "greater_than_equal": f"不能小于 {limits.get('ge')}",
        "less_than_equal": f"不能大于 {limits.get('le')}",
        "literal_error": f"只能是 {limits.get('expected', '')}".replace(" or ", " 或 "),
        "path_type": "必须是目录的路径",
    }
    if kind == "value_error":
        return str(limits["error"])
    return words.get(kind, "的值不对")


def misspelt(names: list[str]) -> list[str]:
    """Variables that look like ours with a letter wrong; such a one would be ignored silently."""
    known = [variable(field) for field in Environment.model_fields]
    lines = []
    for name in names:
        if not name.startswith(PREFIX) or name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1, cutoff=CLOSE)
        lines += [f"没有 {name} 这个设置，是不是 {near[0]}？"] if near else []
    return lines


def read_environment() -> Environment:
    lines = misspelt(sorted(os.environ))
    try:
        environment = Environment()
    except ValidationError as refusal:
        for error in refusal.errors():
            field = str(error["loc"][0]) if error["loc"] else ""
            name = field if field.isupper() else variable(field) if field else "设置"
            lines.append(f"{name}：{in_chinese(error)}。")
    if lines:
        raise SettingsRefused("\n".join(["设置有误，程序没有启动。", *lines]))
    return environment
