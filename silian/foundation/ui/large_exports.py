"""Large exports: a worker writes the file while the person goes on.

A module that lets thousands of rows be taken away names its table once, in ``panels.py``::

    export_source("exchange.my_listings")(tables.listing_table)

and gives ``Table(..., source="exchange.my_listings")``. The function takes a request and applies
``…_visible_to(request.actor)`` as for the page.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import store_result
from silian.foundation.kernel.jobs import Outcome, Progress, start_job
from silian.foundation.kernel.models import Job
from silian.foundation.ui import exports

REPORT_EVERY = 500  # rows between two reports of progress
CONTENT_TYPES = {"xlsx": exports.XLSX_TYPE, "csv": "text/csv"}


class Exportable(Protocol):
    """What of a table an export needs."""

    caption: str

    @property
    def count(self) -> int: ...

    def export_header(self) -> list[str]: ...

    def export_rows(self) -> Iterator[list[Any]]: ...


TableOf = Callable[[HttpRequest], Exportable]
TableOfT = TypeVar("TableOfT", bound=TableOf)
_sources: dict[str, TableOf] = {}


def export_source(name: str) -> Callable[[TableOfT], TableOfT]:
    """Name the function that makes a table for a request, so that a worker can call it."""

    def register(table_of: TableOfT) -> TableOfT:
        _sources[name] = table_of
        return table_of

    return register


def start_export(*, actor: Actor, source: str, kind: str, query: str) -> Job:
    """Let a worker write the file of a large table (后台导出)."""
    if actor.user_id is None:
        raise NotAllowed("登录后才能导出大表。请先登录。")
    if source not in _sources or kind not in exports.KINDS:
        raise Http404("没有这个导出。")
    table = _sources[source](request_of(actor=actor, query=query))
    return start_job(
        kind="ui.export",
        title=f"导出{table.caption}",
        actor=actor,
        source=source,
        file_kind=kind,
        query=query,
        identity=described(actor),
    )


def write_export(
    progress: Progress, *, source: str, file_kind: str, query: str, identity: dict[str, Any]
) -> Outcome:
    """Write every row the person may see into a file of the job."""
    table = _sources[source](request_of(actor=restored(identity), query=query))
    total = table.count
    rows = reported(table.export_rows(), progress=progress, total=total)
    with tempfile.SpooledTemporaryFile(max_size=exports.SPOOL_BYTES) as spool:
        if file_kind == "csv":
            spool.writelines(exports.csv_lines(header=table.export_header(), rows=rows))
        else:
            exports.write_xlsx(file=spool, header=table.export_header(), rows=rows)
        spool.seek(0)
        file = store_result(
            name=f"{table.caption} {timezone.localdate():%Y-%m-%d}.{file_kind}",
            content_type=CONTENT_TYPES[file_kind],
            content=spool.read(),
            job=progress.job,
        )
    return Outcome(message=f"已导出 {total:,} 行", file=file)


def reported(rows: Iterator[list[Any]], *, progress: Progress, total: int) -> Iterator[list[Any]]:
    """The rows, telling now and then how many went by."""
    progress.report(done=0, total=total)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count % REPORT_EVERY == 0:
            progress.report(done=count, total=total)
        yield row
    progress.report(done=count, total=total)


def request_of(*, actor: Actor, query: str) -> HttpRequest:
    """A request that asks for the table as the person did."""
    request = HttpRequest()
    request.method, request.path = "GET", "/"
    request.GET = QueryDict(query)  # type: ignore[assignment]
    request.actor = actor  # type: ignore[attr-defined]
    return request


def described(actor: Actor) -> dict[str, Any]:
    """The acting identity in a form that the queue can keep."""
    return {**dataclasses.asdict(actor), "roles": sorted(actor.roles)}


def restored(identity: dict[str, Any]) -> Actor:
    return Actor(**{**identity, "roles": frozenset(identity["roles"])})
