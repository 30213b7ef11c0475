"""Posting to an endpoint of another organisation: a checked address, no redirects, short waits."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from silian.operations.exchange.rules.subscription_webhooks import (
    reachable_address,
    reason_address_unfit,
)

TIMEOUT = urllib3.Timeout(connect=3, read=5)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the other side said; ``text`` is for the delivery log."""

    delivered: bool
    text: str


def post(
    *, url: str, body: bytes, headers: dict[str, str], loopback_allowed: bool = False
) -> Answer:
    """Send once. The address that was checked is the one connected to, so that a name that
    changes in between leads nowhere else."""
    reason = reason_address_unfit(url, loopback_allowed=loopback_allowed)
    if reason:
        return Answer(delivered=False, text=reason)
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = [
            str(entry[4][0]) for entry in socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
        ]
    except OSError:
        return Answer(delivered=False, text="域名无法解析。")
    address = reachable_address(found, loopback_allowed=loopback_allowed)
    if address is None:
        return Answer(delivered=False, text="域名指向内部网络地址，不予访问。")
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        with pool(scheme=parts.scheme, host=host, address=address, port=port) as connections:
            response = connections.urlopen(
                "POST",
                path,
                body=body,
                headers={**headers, "Host": parts.netloc},
                redirect=False,
                retries=False,
                preload_content=False,
            )
            status = response.status
            response.close()
    except (HTTPError, OSError) as error:
        return Answer(delivered=False, text=f"连接失败：{type(error).__name__}")
    return Answer(delivered=200 <= status < 300, text=f"对方应答 {status}")


def pool(*, scheme: str, host: str, address: str, port: int) -> urllib3.HTTPConnectionPool:
    """Connections to the checked address that still prove the name by certificate."""
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(
            address,
            port,
            timeout=TIMEOUT,
            cert_reqs="CERT_REQUIRED",
            assert_hostname=host,
            server_hostname=host,
        )
    return urllib3.HTTPConnectionPool(address, port, timeout=TIMEOUT)
