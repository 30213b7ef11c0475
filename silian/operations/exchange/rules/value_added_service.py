"""Where a registered service may lead (增值服务地址)."""

from __future__ import annotations

from urllib.parse import urlsplit

MOST_LENGTH = 300


def reason_address_unfit(address: str) -> str | None:
    """Why an address may not be registered, or None: a page of this site, or one over https."""
    if len(address) > MOST_LENGTH:
        return f"地址最长 {MOST_LENGTH} 个字符。"
    if address.startswith("/") and not address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc:
        return None
    return "请填写本平台内以“/”开头的地址，或以 https:// 开头的网址。"
