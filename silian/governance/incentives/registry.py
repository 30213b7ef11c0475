"""Where modules above say how their evaluation results are read (评价结果来源登记).

``register_result_source(ResultReader(source=ResultSource.THIRD_PARTY, read=...))`` in ``apps`` or
``panels`` of the module that keeps the results; until then officials enter them with document.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.incentives.choices.rewards import ResultLevel, ResultSource


@dataclass(frozen=True, kw_only=True)
class ResultReading:
    """One result as the module that keeps it tells it (评价结果读数)."""

    source: ResultSource
    reference: str
    organisation_id: int
    subject_kind: str
    subject_name: str
    division_id: str
    level: ResultLevel
    words: str
    decided_on: datetime.date
    kind: str = ""
    score: Decimal | None = None
    valid_until: datetime.date | None = None
    url: str = ""


Read = Callable[[str, datetime.date], Iterable[ResultReading]]


@dataclass(frozen=True, kw_only=True)
class ResultReader:
    """How the results of a source are read: for a prefix of divisions, as of a day."""

    source: ResultSource
    read: Read


_readers: dict[ResultSource, ResultReader] = {}


def register_result_source(reader: ResultReader) -> None:
    """Say how a source is read; the last one counts."""
    _readers[reader.source] = reader


def registered_readers() -> dict[ResultSource, ResultReader]:
    return dict(_readers)
