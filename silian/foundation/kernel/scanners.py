"""Virus scanners: what they find in a file, or nothing. Chosen by the setting FILE_SCANNER."""

from __future__ import annotations

import socket
import struct
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from silian.foundation.kernel.errors import DomainError

TEST_SIGNATURE = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
CHUNK = 256 * 1024
TIMEOUT_SECONDS = 20


class Scanner(Protocol):
    def finding(self, content: bytes) -> str | None:
        """The name of what was found, or None when the content is clean."""
        ...


class NoScanner:
    """Finds nothing; ``silian doctor`` asks production sites for a real one."""

    def finding(self, content: bytes) -> str | None:
        return None


class FakeScanner:
    """For tests and demonstrations: knows only the industry's test signature."""

    def finding(self, content: bytes) -> str | None:
        return "EICAR-Test" if TEST_SIGNATURE in content else None


class ClamdScanner:
    """Asks a ClamAV daemon over TCP (``SILIAN_CLAMD_URL=tcp://host:3310``)."""

    def finding(self, content: bytes) -> str | None:
        address = urlsplit(settings.CLAMD_URL)
        try:
            answer = self._ask(address.hostname or "127.0.0.1", address.port or 3310, content)
        except OSError:
            raise DomainError("病毒查杀服务没有应答，暂时不能接收文件。请稍后再上传。") from None
        return reading(answer)

    def _ask(self, host: str, port: int, content: bytes) -> str:
        with socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                piece = content[start : start + CHUNK]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
            connection.sendall(struct.pack("!I", 0))
            answer = b""
            while not answer.endswith(b"\0"):
                received = connection.recv(4096)
                if not received:
                    break
                answer += received
        return answer.rstrip(b"\0").decode("utf-8", "replace")


def reading(answer: str) -> str | None:
    """What clamd's answer means: ``stream: OK`` or ``stream: Name FOUND``."""
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return None
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise DomainError("病毒查杀服务没有给出结果，暂时不能接收文件。请稍后再上传。")


def the_scanner() -> Scanner:
    scanner: Scanner = import_string(settings.FILE_SCANNER)()
    return scanner
