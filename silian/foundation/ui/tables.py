"""Data tables: columns, order, choice of columns, saved views, pages, totals, bulk actions, export.

A module describes the table once; ``{% table table %}`` draws it as a page or a fragment. All of
its state stands in the address, so that a page can be sent to a colleague and works without
script.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone

from silian.foundation.ui import exports, paging, saved_views
from silian.foundation.ui.models import SavedView

PAGE_SIZE = 30  # two screens at 36 px a row
LARGE_EXPORT = 20_000  # rows; above this writing takes longer than a person waits
Row = Any


@dataclass(frozen=True)
class Column:
    """One column (列).

    ``value`` is a path such as ``organisation__name`` or a function of the row; ``sort`` the field
    to order by; ``template`` draws the cell with ``row`` and ``value``; ``main`` heads the stacked
    row on a phone; ``optional`` columns start hidden; ``total`` sums ``sort`` over all rows.
    """

    name: str
    label: str
    value: str | Callable[[Row], Any] = ""
    sort: str = ""
    template: str = ""
    unit: str = ""
    numeric: bool = False
    main: bool = False
    optional: bool = False
    total: bool = False
    export: Callable[[Row], Any] | None = None

    def value_of(self, row: Row) -> Any:
        if callable(self.value):
            return self.value(row)
        return paging.value_at(row, self.value or self.name)

    def export_value(self, row: Row) -> Any:
        return self.export(row) if self.export else self.value_of(row)


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """A button that posts the chosen rows as ``chosen`` to ``url`` (批量办理)."""

    label: str
    url: str
    danger: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands where a row and a column meet."""

    column: Column
    value: Any
    html: str

    @property
    def nowrap(self) -> bool:
        """Days stay on one line."""
        return isinstance(self.value, datetime.date) and not self.html


@dataclass(frozen=True, kw_only=True)
class BodyRow:
    """A row as drawn."""

    row: Row
    key: Any
    url: str
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class Head:
    """A column's head: how it is sorted now and the address that sorts it otherwise."""

    column: Column
    direction: str
    url: str


@dataclass(kw_only=True)
class Table:
    """Rows under columns (数据表). ``rows`` is a QuerySet, or a list that fits one page."""

    request: HttpRequest
    name: str
    rows: QuerySet[Any] | Sequence[Row]
    columns: Sequence[Column]
    caption: str
    order: str = "-pk"
    page_size: int = PAGE_SIZE
    row_url: Callable[[Row], str] | None = None
    bulk_actions: Sequence[BulkAction] = ()
    export: bool = True
    views: bool = True
    empty: dict[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def query(self) -> QueryDict:
        return self.request.GET

    @cached_property
    def shown(self) -> list[Column]:
        """The columns asked for, or those that are not optional."""
        asked = set(self.query.getlist("columns"))
        known = [column for column in self.columns if column.name in asked or column.main]
        if asked and any(not column.main for column in known):
            return known
        return [column for column in self.columns if not column.optional]

    @cached_property
    def sorting(self) -> str:
        """The order asked for, if one of the columns offers it."""
        asked = self.query.get("sort", "")
        offered = {column.sort for column in self.columns if column.sort}
        return asked if asked.lstrip("-") in offered else self.order

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.shown]

    def _head(self, column: Column) -> Head:
        if not column.sort or self.is_list:
            return Head(column=column, direction="", url="")
        rising = self.sorting == column.sort
        falling = self.sorting == f"-{column.sort}"
        other = f"-{column.sort}" if rising else column.sort
        direction = "ascending" if rising else ("descending" if falling else "none")
        return Head(column=column, direction=direction, url=self.address(sort=other))

    @property
    def is_list(self) -> bool:
        return not isinstance(self.rows, QuerySet)

    @cached_property
    def page(self) -> paging.Page:
        if not isinstance(self.rows, QuerySet):
            return paging.Page(rows=list(self.rows))
        try:
            return paging.keyset_page(
                rows=self.rows,
                order=self.sorting,
                size=self.page_size,
                after=self.query.get("after", ""),
                before=self.query.get("before", ""),
            )
        except (ValueError, ValidationError, FieldError):
            raise Http404("这一页的位置已失效。请从列表第一页重新打开。")

    @cached_property
    def count(self) -> int:
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    @cached_property
    def body(self) -> list[BodyRow]:
        return [
            BodyRow(
                row=row,
                key=getattr(row, "pk", None),
                url=self.row_url(row) if self.row_url else "",
                cells=[self._cell(column, row) for column in self.shown],
            )
            for row in self.page.rows
        ]

    def _cell(self, column: Column, row: Row) -> Cell:
        value = column.value_of(row)
        html = ""
        if column.template:
            context = {"row": row, "value": value, "column": column}
            html = render_to_string(column.template, context, request=self.request)
        return Cell(column=column, value=value, html=html)

    @cached_property
    def totals(self) -> list[tuple[Column, Any]]:
        """The sum under each column that has one, over all rows and not only this page."""
        summed = [column for column in self.shown if column.total]
        if not summed or not self.page.rows:
            return []
        if isinstance(self.rows, QuerySet):
            sums = {column.name: Sum(column.sort or column.name) for column in summed}
            plain = {f"total_{name}": expression for name, expression in sums.items()}
            found = self.rows.order_by().aggregate(**plain)
            values = {column.name: found[f"total_{column.name}"] for column in summed}
        else:
            values = {
                column.name: sum(column.value_of(row) or 0 for row in self.page.rows)
                for column in summed
            }
        return [(column, values.get(column.name)) for column in self.shown]

    def address(self, **changes: str) -> str:
        """This page's address with some parameters changed; it starts at the first page."""
        query = self.query.copy()
        for name in ("after", "before", "export"):
            query.pop(name, None)
        for name, value in changes.items():
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        encoded = query.urlencode()
        return f"{self.request.path}?{encoded}" if encoded else self.request.path

    @property
    def next_url(self) -> str:
        return self.address(after=self.page.after) if self.page.after else ""

    @property
    def previous_url(self) -> str:
        return self.address(before=self.page.before) if self.page.before else ""

    @property
    def column_parameters(self) -> list[tuple[str, str]]:
        """What a form that chooses columns must carry along."""
        leaving = {"columns", "after", "before", "export"}
        return [
            (name, value)
            for name, values in self.query.lists()
            if name not in leaving
            for value in values
        ]

    @cached_property
    def saved_views(self) -> list[SavedView]:
        actor = getattr(self.request, "actor", None)
        if not self.views or actor is None or actor.user_id is None:
            return []
        mine = saved_views.saved_views_visible_to(actor).filter(path=self.request.path)
        return list(mine)

    @property
    def can_save_view(self) -> bool:
        actor = getattr(self.request, "actor", None)
        return self.views and actor is not None and actor.user_id is not None

    @property
    def export_query(self) -> str:
        return self.address().partition("?")[2]

    @property
    def lasting_query(self) -> str:
        return saved_views.lasting_query(query=self.query.urlencode())

    @property
    def xlsx_url(self) -> str:
        return self._with_export("xlsx")

    @property
    def csv_url(self) -> str:
        return self._with_export("csv")

    def _with_export(self, kind: str) -> str:
        address = self.address()
        return f"{address}{'&' if '?' in address else '?'}export={kind}"

    @property
    def export_wanted(self) -> bool:
        return self.export and self.query.get("export") in exports.KINDS

    def export_response(self) -> HttpResponseBase:
        """All rows in the present order and columns as a file (导出)."""
        return exports.file_response(
            kind=self.query.get("export", "xlsx"),
            name=f"{self.caption} {timezone.localdate():%Y-%m-%d}",
            header=self.export_header(),
            rows=self.export_rows(),
        )

    @property
    def is_large(self) -> bool:
        """Whether a worker should write the file."""
        return bool(self.source) and self.count > LARGE_EXPORT

    def export_header(self) -> list[str]:
        return [heading(column) for column in self.shown]

    def export_rows(self) -> Iterator[list[Any]]:
        if isinstance(self.rows, QuerySet):
            every = paging.ordered(rows=self.rows, order=self.sorting)
            source: Any = every.iterator(chunk_size=1000)
        else:
            source = self.rows
        for row in source:
            yield [column.export_value(row) for column in self.shown]


def heading(column: Column) -> str:
    """The label with its unit: 金额（元）."""
    return f"{column.label}（{column.unit}）" if column.unit else column.label
