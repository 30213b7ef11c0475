"""Webhooks: how a delivery is signed, where it may go, when an endpoint is given up."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

SIGNATURE_HEADER = "Silian-Signature"
# Operational settings: six attempts over about an hour outlast a restart of the other side;
# three deliveries lost in a row mean that nobody listens there any more.
MOST_ATTEMPTS = 6
MOST_LOST = 3


def signature(*, secret: str, body: bytes, at: int) -> str:
    """The header that proves sender and time: ``t=…,v1=…`` (签名).

    The receiver computes HMAC-SHA256 over ``t``, a point and the body, and refuses old times.
    """
    signed = f"{at}.".encode() + body
    return f"t={at},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def reason_address_unfit(url: str, *, loopback_allowed: bool = False) -> str | None:
    """Why an address may not be told, or None; the host is resolved again at each delivery."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "这不是有效的地址。"
    host = parts.hostname or ""
    if not host or parts.username or parts.password:
        return "请填写完整地址，且不含用户名和密码。"
    if loopback_allowed and host in ("127.0.0.1", "localhost"):
        return None
    if parts.scheme != "https":
        return "地址须以 https:// 开头。"
    if port not in (None, 443, 8443):
        return "只能使用 443 或 8443 端口。"
    if is_literal(host):
        return "请使用域名，不要直接填 IP 地址。"
    if "." not in host or host.endswith((".local", ".internal", ".localhost")):
        return "地址须是公网域名。"
    return None


def is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def reachable_address(addresses: Iterable[str], *, loopback_allowed: bool = False) -> str | None:
    """The address to connect to when every one is public, None otherwise (防内网访问)."""
    found = list(addresses)
    for text in found:
        address = ipaddress.ip_address(text.split("%")[0])
        mapped = getattr(address, "ipv4_mapped", None) or address
        public = mapped.is_global and not mapped.is_multicast
        if not public and not (loopback_allowed and mapped.is_loopback):
            return None
    return found[0] if found else None
