"""Who works the expression of the refresh out: DuckDB here, or Apache Spark on many machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, urlsplit

from silian.operations.exchange.gateways.match_refresh_expression import Slice, recommended_pairs
from silian.operations.exchange.gateways.match_refresh_files import (
    COUNTERPARTS,
    LISTINGS,
    PAIRS,
    rows_of,
)

if TYPE_CHECKING:
    from ibis.expr.types import Table

DUCKDB = "duckdb:"
SPARK = "spark"
MEMORY = "2GB"  # what stays of the smallest supported server beside the web and PostgreSQL
LISTINGS_AT_ONCE = 50_000  # with their candidates they fit into that memory
APPLICATION = "silian-match-refresh"
NO_SPARK = "没有安装 pyspark，请按 docs/howto/match-refresh.md 安装，或把推荐计算改回 duckdb:。"


class MatchEngine(Protocol):
    """Works out the recommended pairs of the tables in a folder."""

    @property
    def folder(self) -> Path | None:
        """Where the tables must lie, when not just anywhere."""

    def pairs(self, folder: Path, *, count: int) -> Iterator[tuple[int, ...]]:
        """Rows of ``own other score`` and the facts, in the order of the numbers."""


def match_engine(url: str) -> MatchEngine:
    """The engine of an address: ``duckdb:`` or ``spark://host:port?folder=/shared``.

    The folder of Spark must be the same path on all its machines.
    """
    parts = urlsplit(url or DUCKDB)
    if parts.scheme == SPARK:
        folder = parse_qs(parts.query).get("folder", [""])[0]
        return SparkEngine(
            master=f"{SPARK}://{parts.netloc}", folder=Path(folder) if folder else None
        )
    if parts.scheme == DUCKDB.removesuffix(":"):
        return DuckDBEngine()
    raise ValueError(f"no engine for the match refresh at {url!r}")


def expression(engine: Any, *, folder: Path, part: Slice) -> Table:
    """The one expression over the tables in the folder, whoever works it out."""
    return recommended_pairs(
        listings=engine.read_parquet(str(folder / LISTINGS), table_name="listings"),
        counterparts=engine.read_parquet(str(folder / COUNTERPARTS), table_name="counterparts"),
        part=part,
    )


@dataclass(frozen=True, kw_only=True)
class DuckDBEngine:
    """In this process, on the processors and within the memory that it may take."""

    folder: Path | None = None

    def pairs(self, folder: Path, *, count: int) -> Iterator[tuple[int, ...]]:
        import ibis

        engine = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=str(folder / "spilled"))
        of = -(-count // LISTINGS_AT_ONCE) or 1
        try:
            for number in range(of):
                found = expression(engine, folder=folder, part=Slice(number=number, of=of))
                engine.to_parquet(found, folder / PAIRS)
                yield from rows_of(folder / PAIRS)
        finally:
            engine.disconnect()


@dataclass(frozen=True, kw_only=True)
class SparkEngine:
    """A Spark cluster; its workers read and write the shared folder themselves."""

    master: str
    folder: Path | None = None
    options: tuple[tuple[str, str], ...] = ()

    def pairs(self, folder: Path, *, count: int) -> Iterator[tuple[int, ...]]:
        import ibis

        session = self._session()
        try:
            engine = ibis.pyspark.connect(session)
            found = expression(engine, folder=folder, part=Slice())
            engine.to_parquet(found, str(folder / PAIRS))
            yield from rows_of(folder / PAIRS)
        finally:
            end(session)

    def _session(self) -> Any:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise RuntimeError(NO_SPARK) from None
        builder = SparkSession.builder.master(self.master).appName(APPLICATION)
        builder = builder.config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.session.timeZone", "UTC")
        for name, value in self.options:
            builder = builder.config(name, value)
        return builder.getOrCreate()


def end(session: Any) -> None:
    """Stop the session and the Java program behind it, which would otherwise stay until morning."""
    from pyspark import SparkContext

    gateway = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None
