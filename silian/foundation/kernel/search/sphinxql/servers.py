"""The servers of a search cluster: where they are, and how they are spoken to."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pymysql
from pymysql.constants import CLIENT

SCHEME = "sphinxql"
SQL_PORT = 9306
CONNECT_SECONDS = 1  # a person waits; another coordinator may answer
READ_SECONDS = 5  # above the coordinator's own patience with its shards
REST_SECONDS = 5  # a server that did not answer is not asked again at once: people wait each time
ERRORS = (pymysql.err.OperationalError, pymysql.err.InterfaceError, OSError)

Rows = tuple[tuple[Any, ...], ...]


class ServerDown(Exception):
    """A server did not answer."""


@dataclass(frozen=True)
class Server:
    """One SphinxQL address; each thread keeps a connection of its own."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    def run(self, *statements: str) -> list[Rows]:
        """The rows of each statement; sent together, so one way there and back.

        A connection that the server has closed is made anew once: every statement may run twice.
        A server that takes its time is not asked again.
        """
        kept = connection_of(self)
        started = time.monotonic()
        try:
            if kept is not None:
                try:
                    return rows_of(kept, statements)
                except ERRORS:
                    if time.monotonic() - started > CONNECT_SECONDS:
                        raise
                    forget(self)
            return rows_of(connect(self), statements)
        except ERRORS as error:
            forget(self)
            raise ServerDown(f"{self}: {error}") from error


_connections = threading.local()


def connection_of(server: Server) -> pymysql.Connection[Any] | None:
    return _connections.__dict__.get(str(server))


def connect(server: Server) -> pymysql.Connection[Any]:
    opened = pymysql.connect(
        host=server.host,
        port=server.port,
        user="",
        charset="utf8mb4",
        autocommit=True,
        client_flag=CLIENT.MULTI_STATEMENTS,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        write_timeout=READ_SECONDS,
    )
    _connections.__dict__[str(server)] = opened
    return opened


def forget(server: Server) -> None:
    """Close this thread's connection, if there is one."""
    opened = _connections.__dict__.pop(str(server), None)
    if opened is not None and opened.open:
        opened._force_close()


def rows_of(connection: pymysql.Connection[Any], statements: Sequence[str]) -> list[Rows]:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
        sets = [cursor.fetchall()]
        while cursor.nextset():
            sets.append(cursor.fetchall())
    return sets


_resting: dict[Server, float] = {}


@dataclass(frozen=True, kw_only=True)
class Servers:
    """Coordinators answer questions, shards take documents."""

    coordinators: tuple[Server, ...]
    shards: tuple[Server, ...]

    def ask(self, *statements: str) -> list[Rows]:
        """The answer of the first coordinator that has one."""
        failures = []
        for server in self.coordinators:
            if _resting.get(server, 0.0) > time.monotonic():
                failures.append(f"{server}: did not answer a moment ago")
                continue
            try:
                return server.run(*statements)
            except (ServerDown, pymysql.err.MySQLError) as failure:
                failures.append(str(failure))
                _resting[server] = time.monotonic() + REST_SECONDS
        raise ServerDown("; ".join(failures))

    def shard_of(self, document: int) -> Server:
        return self.shards[document % len(self.shards)]


def servers_at(url: str) -> Servers:
    """``sphinxql://coordinator[:port][,…]?shards=host[:port][,…]``."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME or not parts.netloc:
        raise ValueError(f"必须形如 {SCHEME}://协调节点:9300?shards=分片一:9301,分片二:9302")
    shards = parse_qs(parts.query).get("shards", [""])[0]
    if not shards:
        raise ValueError("缺少分片地址 ?shards=…")
    return Servers(coordinators=addresses(parts.netloc), shards=addresses(shards))


def addresses(text: str) -> tuple[Server, ...]:
    found = []
    for item in text.split(","):
        host, _, port = item.strip().partition(":")
        if not host or (port and not port.isdigit()):
            raise ValueError(f"“{item}”不是 主机:端口")
        found.append(Server(host, int(port or SQL_PORT)))
    return tuple(found)
