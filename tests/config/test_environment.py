"""Settings that make no sense end the program with a sentence in Chinese."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.settings.environment import Environment, SettingsRefused, read_environment
from config.settings.mail import mail_settings

ROOT = Path(__file__).resolve().parents[2]
NONSENSE = [
    ("DATABASE_URL", "mysql://x/y", "必须以 postgresql:// 开头"),
    ("DATABASE_URL", "postgresql://127.0.0.1", "缺少数据库名"),
    ("SEARCH_URL", "sphinxql://127.0.0.1:9300", "?shards="),
    ("SILIAN_DATABASE_POOL", "many", "必须是整数"),
    ("SILIAN_DATABASE_POOL", "0", "不能小于 1"),
    ("SILIAN_UPLOAD_MEGABYTES", "501", "不能大于 500"),
    ("SILIAN_DEMO", "vielleicht", "必须是 true 或 false"),
    ("SILIAN_LOG_LEVEL", "LOUD", "只能是"),
    ("SILIAN_JURISDICTION", "青澜", "6 位行政区划代码"),
    ("SILIAN_SITE_URL", "silian.example", "完整地址"),
    ("SILIAN_ALLOWED_HOSTS", "https://silian.example/", "只写域名"),
    ("SILIAN_EMAIL_URL", "mailto:x@y", "smtp+tls://"),
    ("SILIAN_CLAMD_URL", "http://x", "tcp://"),
    ("SILIAN_MATCH_REFRESH_URL", "spark://master", "共享目录"),
    ("SILIAN_SECRET_KEY", "short", "太短"),
    ("SILIAN_FIELD_KEY", "not-a-key", "base64"),
    ("SILIAN_OIDC_CLIENT_ID", "alone", "同时设置"),
    ("SILIAN_JURISDICTON", "530300", "是不是 SILIAN_JURISDICTION"),
]


@pytest.mark.parametrize(("name", "value", "words"), NONSENSE)
def test_nonsense_is_refused_in_chinese(
    name: str, value: str, words: str, monkeypatch: Any
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefused) as refused:
        read_environment()
    sentence = str(refused.value)
    assert words in sentence
    assert "设置有误，程序没有启动。" in sentence
    assert name in sentence or "OIDC" in sentence


def test_a_refusal_never_repeats_a_secret(monkeypatch: Any) -> None:
    monkeypatch.setenv("SILIAN_SECRET_KEY", "topsecret")
    monkeypatch.setenv("DATABASE_URL", "mysql://root:topsecret@x/y")
    with pytest.raises(SettingsRefused) as refused:
        read_environment()
    assert "topsecret" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 3


def test_an_empty_variable_means_the_default(monkeypatch: Any) -> None:
    monkeypatch.setenv("SILIAN_SITE_URL", "")
    assert read_environment().site_url == Environment.model_fields["site_url"].default


def test_the_program_ends_with_the_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config", "check"],
        cwd=ROOT,
        env={**os.environ, "SILIAN_DATABASE_POOL": "zehn"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "SILIAN_DATABASE_POOL：必须是整数。" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("extra", "words"),
    [({}, "生产环境缺少设置"), ({"SILIAN_DEMO": "true"}, "演示模式")],
)
def test_production_makes_nothing_up(extra: dict[str, str], words: str) -> None:
    given = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgresql://x@127.0.0.1:1/x",
        "SILIAN_DATA_FOLDER": os.environ.get("SILIAN_DATA_FOLDER", "var/test"),
    }
    if extra:
        key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
        given |= {"SILIAN_SECRET_KEY": "k" * 50, "SILIAN_FIELD_KEY": key, **extra}
    done = subprocess.run(
        [sys.executable, "-m", "config", "check"],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_mail_goes_into_files_or_to_the_named_server(tmp_path: Path) -> None:
    assert mail_settings("", folder=tmp_path)["EMAIL_FILE_PATH"] == tmp_path
    smtp = mail_settings("smtp+tls://user:p%40ss@mail.example", folder=tmp_path)
    assert smtp["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert (smtp["EMAIL_PORT"], smtp["EMAIL_USE_TLS"], smtp["EMAIL_USE_SSL"]) == (587, True, False)
    assert mail_settings("smtps://mail.example", folder=tmp_path)["EMAIL_PORT"] == 465
