"""The optional S3-compatible store and the scanner's wire, against fakes that keep state."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.file_stores import S3Store, the_store
from silian.foundation.kernel.scanners import ClamdScanner, reading

KEY = "a" * 64


class Bucket:
    """A bucket in memory that speaks the four calls that are used."""

    class exceptions:  # noqa: N801
        class NoSuchKey(Exception):
            pass

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803
        self.kept[Key] = Body

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        if Key not in self.kept:
            raise self.exceptions.NoSuchKey
        return {"Body": io.BytesIO(self.kept[Key])}

    def delete_object(self, *, Bucket: str, Key: str) -> None:  # noqa: N803
        self.kept.pop(Key, None)

    def get_paginator(self, name: str) -> Bucket:
        assert name == "list_objects_v2"
        return self

    def paginate(self, *, Bucket: str) -> Iterator[dict[str, Any]]:  # noqa: N803
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        yield {"Contents": [{"Key": key, "LastModified": moment} for key in self.kept]}
        yield {}


def test_a_bucket_keeps_lists_and_deletes() -> None:
    store = S3Store(bucket="silian", client=Bucket())
    store.put(KEY, b"content")
    assert store.open(KEY).read() == b"content"
    assert [key for key, _ in store.entries()] == [KEY]
    store.delete(KEY)
    with pytest.raises(FileNotFoundError):
        store.open(KEY)


def test_a_bucket_without_its_package_says_what_to_install(settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    settings.S3_BUCKET = "silian"
    with pytest.raises(Exception, match="pip install boto3"):
        the_store()


class Clamd(socketserver.BaseRequestHandler):
    """Reads one stream as clamd does and finds the letters VIRUS."""

    def handle(self) -> None:
        assert self.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.read(4))[0]:
            content += self.read(size)
        found = b"stream: Sample FOUND\0" if b"VIRUS" in content else b"stream: OK\0"
        self.request.sendall(found)

    def read(self, size: int) -> bytes:
        received = b""
        while len(received) < size:
            received += self.request.recv(size - len(received))
        return received


@pytest.fixture
def clamd(settings: Any) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_the_scanner_asks_the_daemon() -> None:
    assert ClamdScanner().finding(b"clean" * 100_000) is None
    assert ClamdScanner().finding(b"x" * 300_000 + b"VIRUS") == "Sample"


def test_an_answer_that_is_no_answer_refuses() -> None:
    with pytest.raises(DomainError):
        reading("INSTREAM size limit exceeded. ERROR")
