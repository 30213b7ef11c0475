"""Settings: keys, hosts, transport, mail, demonstration mode."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from config.examination import Finding

SHORTEST_KEY = 50
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
# already asked here in Chinese, or answered by the proxy in deploy/
ASKED_HERE = frozenset({f"security.W0{number:02}" for number in (4, 5, 8, 9, 12, 16, 18, 20, 21)})


def examine() -> Iterator[Finding]:
    yield production_settings()
    yield secret_key()
    yield field_key()
    yield debugging()
    yield demonstration()
    yield hosts()
    yield transport()
    yield proxy()
    yield mail()
    yield metrics()
    yield scanner()
    yield signing_certificate()
    yield webhooks()
    yield framework_checks()


def production_settings() -> Finding:
    name = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    return Finding(
        title="生产设置",
        ok=name == "config.settings.production",
        detail=name,
        cure="设置 DJANGO_SETTINGS_MODULE=config.settings.production，或用 ./run --production。",
    )


def secret_key() -> Finding:
    given = bool(os.environ.get("SILIAN_SECRET_KEY"))
    length = len(settings.SECRET_KEY)
    return Finding(
        title="会话密钥",
        ok=given and length >= SHORTEST_KEY,
        detail=f"{'由环境变量给出' if given else '本机自动生成'}，{length} 个字符",
        cure=f"用环境变量 SILIAN_SECRET_KEY 给出不少于 {SHORTEST_KEY} 个随机字符。",
    )


def field_key() -> Finding:
    given = bool(os.environ.get("SILIAN_FIELD_KEY"))
    return Finding(
        title="字段加密密钥",
        ok=given,
        detail="由环境变量给出" if given else "本机自动生成，随数据目录保存",
        cure="用环境变量 SILIAN_FIELD_KEY 给出，并与备份分开保管。",
    )


def debugging() -> Finding:
    return Finding(
        title="调试模式",
        ok=not settings.DEBUG,
        detail="已关闭" if not settings.DEBUG else "打开着，会把内部信息显示给访客",
        cure="使用生产设置，不要设置 DEBUG。",
    )


def demonstration() -> Finding:
    return Finding(
        title="演示模式",
        ok=not settings.DEMO_MODE,
        detail="已关闭" if not settings.DEMO_MODE else "打开着，任何人可以一键登录",
        cure="去掉环境变量 SILIAN_DEMO。",
    )


def hosts() -> Finding:
    outside = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    ok = bool(outside) and "*" not in outside
    return Finding(
        title="访问域名",
        ok=ok,
        detail="、".join(settings.ALLOWED_HOSTS),
        cure="在 SILIAN_ALLOWED_HOSTS 写明本站域名，不用星号。",
    )


def transport() -> Finding:
    site = urlsplit(settings.SITE_URL)
    secure = settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE
    return Finding(
        title="HTTPS",
        ok=site.scheme == "https" and secure,
        detail=f"站点地址 {settings.SITE_URL}，{'强制' if secure else '没有强制'}加密",
        cure="SILIAN_SITE_URL 改为 https:// 开头，使用生产设置，在代理上配置证书。",
    )


def proxy() -> Finding:
    return Finding(
        title="代理",
        ok=settings.TRUSTED_PROXY,
        detail="信任前置代理给出的来源地址" if settings.TRUSTED_PROXY else "没有声明前置代理",
        cure="在代理之后运行时设置 SILIAN_TRUSTED_PROXY=true，否则审计记录的都是代理的地址。",
    )


def mail() -> Finding:
    ok = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    return Finding(
        title="邮件",
        ok=ok,
        detail=f"经 {settings.EMAIL_HOST} 发出" if ok else "只写入本机文件，收件人收不到",
        cure="设置 SILIAN_EMAIL_URL=smtp+tls://用户:密码@主机:587。",
    )


def metrics() -> Finding:
    return Finding(
        title="监控令牌",
        ok=bool(settings.METRICS_TOKEN),
        detail="已设置" if settings.METRICS_TOKEN else "未设置，只有本机能读 /metrics",
        cure="设置 SILIAN_METRICS_TOKEN，并写入 Prometheus 的抓取配置。",
    )


def scanner() -> Finding:
    ok = not settings.FILE_SCANNER.endswith((".NoScanner", ".FakeScanner"))
    return Finding(
        title="病毒查杀",
        ok=ok,
        detail="上传文件经查杀后保存" if ok else "上传的文件没有查杀",
        cure="部署 ClamAV 并设置 SILIAN_CLAMD_URL=tcp://主机:3310。",
    )


def signing_certificate() -> Finding:
    given = bool(settings.SIGNING_CERTIFICATE)
    return Finding(
        title="协议签章证书",
        ok=given,
        detail=settings.SIGNING_CERTIFICATE if given else "本机自签，阅读软件会提示来源未经认证",
        cure="向电子认证服务机构申请机构证书，用 SILIAN_SIGNING_CERTIFICATE 和 "
        "SILIAN_SIGNING_KEY 给出证书和私钥的 PEM 文件。",
    )


def webhooks() -> Finding:
    allowed = bool(getattr(settings, "WEBHOOK_LOOPBACK_ALLOWED", False))
    return Finding(
        title="推送地址",
        ok=not allowed,
        detail="可以推送到本机和内网，会被用来探查内部服务" if allowed else "不推送到本机和内网",
        cure="去掉设置 WEBHOOK_LOOPBACK_ALLOWED，它只用于测试。",
    )


def framework_checks() -> Finding:
    found = checks.run_checks(include_deployment_checks=True)
    serious = [
        message
        for message in found
        if message.level >= checks.WARNING
        and message.id not in ASKED_HERE
        and not message.is_silenced()
    ]
    return Finding(
        title="框架检查",
        ok=not serious,
        detail="；".join(f"{message.id} {message.msg}" for message in serious)[:400] or "没有问题",
        cure="按提示修改设置；编号的说明见 Django 文档 checks 一节。",
    )
