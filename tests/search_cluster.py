"""A search cluster of this machine: two shards and a coordinator, from the files in deploy/."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from silian.foundation.kernel.search.backend import backend_at
from silian.foundation.kernel.search.sphinxql import servers
from silian.foundation.kernel.search.sphinxql.engine import SphinxqlSearch

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "deploy" / "search"
HOME = "/var/lib/silian-search"
START_SECONDS = 10
SHARDS = ("shard-1", "shard-2")
# the ports that the examples name: of the agents' protocol, of SQL
PORTS = {"coordinator": (9310, 9300), "shard-1": (9311, 9301), "shard-2": (9312, 9302)}


def missing() -> str:
    """Why no cluster can run here; empty when it can."""
    if shutil.which("searchd"):
        return ""
    return "没有 searchd：Debian 上 apt-get install sphinxsearch，./test 以 root 运行时自动安装"


def free_ports(count: int) -> list[int]:
    """Ports of the loopback address that nobody listens on."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


@dataclass
class Server:
    """One searchd with its folder; a second start finds what the first has written."""

    name: str
    folder: Path
    configuration: str
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        place = self.folder / self.name
        place.mkdir(parents=True, exist_ok=True)
        (place / "searchd.conf").write_text(self.configuration, encoding="utf-8")
        command = ["searchd", "--nodetach", "--config", str(place / "searchd.conf")]
        with (place / "output").open("ab") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        self.wait()

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError((self.folder / self.name / "output").read_text(encoding="utf-8"))

    def kill(self) -> None:
        """kill -9: nothing is said goodbye to."""
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """The process stands still: it is there, and says nothing."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@dataclass
class Cluster:
    """Two shards and the coordinator that asks both."""

    folder: Path
    servers: dict[str, Server] = field(default_factory=dict)

    def start(self) -> None:
        ports = iter(free_ports(2 * len(PORTS)))
        chosen = {name: (next(ports), next(ports)) for name in PORTS}
        for name in (*SHARDS, "coordinator"):
            text = configuration(name, ports=chosen, folder=self.folder)
            server = Server(name=name, folder=self.folder, configuration=text, port=chosen[name][1])
            self.servers[name] = server
            server.start()

    def stop(self) -> None:
        for server in self.servers.values():
            server.kill()

    @property
    def url(self) -> str:
        """The value of SEARCH_URL."""
        shards = ",".join(f"127.0.0.1:{self.servers[name].port}" for name in SHARDS)
        return f"sphinxql://127.0.0.1:{self.servers['coordinator'].port}?shards={shards}"


def configuration(name: str, *, ports: Mapping[str, tuple[int, int]], folder: Path) -> str:
    """The example of deploy/search with the ports and the folder of this cluster."""
    example = "coordinator" if name == "coordinator" else "shard"
    text = (EXAMPLES / f"{example}.conf").read_text(encoding="utf-8")
    if example == "shard":
        for place in (0, 1):
            text = text.replace(f":{PORTS['shard-1'][place]}", f":{PORTS[name][place]}")
        text = text.replace("shard-1", name)
    for server, pair in PORTS.items():
        for place in (0, 1):
            text = text.replace(f":{pair[place]}", f":{ports[server][place]}")
    return text.replace(HOME, str(folder))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two shards and a coordinator, ended by kill -9."""
    if reason := missing():
        pytest.skip(
            reason
        )  # `./test` installs it where it may; its summary names what it could not
    cluster = Cluster(folder=tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def engine(cluster: Cluster, settings: Any, db: None) -> Iterator[SphinxqlSearch]:
    """The cluster as the site's search: empty, and whole before and after."""
    settings.SEARCH_URL = cluster.url
    servers._resting.clear()
    engine = backend_at(cluster.url)
    assert isinstance(engine, SphinxqlSearch)
    engine.clear()
    yield engine
    for server in cluster.servers.values():
        if server.process is None:
            server.start()
    servers._resting.clear()
