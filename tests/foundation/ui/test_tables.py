"""Tables: order, pages, columns, totals, export, the same in page and fragment."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import F, IntegerField
from django.db.models.functions import NullIf
from django.http import Http404, HttpRequest
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDict

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.models import Draft, SavedView
from silian.foundation.ui.tables import BulkAction, Column, Table
from tests.htmx import assert_fragment_equals_page

pytestmark = pytest.mark.django_db
COLUMNS = [
    Column("name", "名称", sort="name", main=True),
    Column("user_id", "人数", sort="user_id", numeric=True, total=True),
    Column("path", "页面", optional=True),
]


MAYBE = [Column("maybe", "值", sort="maybe")]


def request(query: str = "", actor: Actor | None = None) -> HttpRequest:
    made = RequestFactory().get(f"/list/?{query}")
    made.actor = actor or Actor()  # type: ignore[attr-defined]
    return made


def fill(count: int) -> None:
    SavedView.objects.bulk_create(
        SavedView(user_id=number % 4, path="/x/", name=f"视图 {number:03d}")
        for number in range(count)
    )


def table(query: str = "", **given: Any) -> Table:
    values: dict[str, Any] = {
        "request": request(query),
        "name": "views",
        "caption": "视图",
        "rows": SavedView.objects.all(),
        "columns": COLUMNS,
        "order": "name",
        "page_size": 10,
    }
    return Table(**{**values, **given})


def walk(query: str, direction: str = "next_url") -> list[list[int]]:
    pages, address = [], query
    while True:
        shown = table(address)
        pages.append([row.pk for row in shown.page.rows])
        url = getattr(shown, direction)
        if not url:
            return pages
        address = url.split("?", 1)[1]


@pytest.mark.parametrize("sort", ["name", "-name", "user_id", "-user_id"])
def test_pages_hold_every_row_once_in_a_total_order(sort: str) -> None:
    fill(35)
    pages = walk(f"sort={sort}")
    expected = SavedView.objects.order_by(sort, "-pk" if sort.startswith("-") else "pk")
    assert [pk for page in pages for pk in page] == [row.pk for row in expected]
    assert [len(page) for page in pages] == [10, 10, 10, 5]


@pytest.mark.parametrize("sort", ["name", "-user_id"])
def test_walking_back_gives_the_same_pages(sort: str) -> None:
    fill(35)
    first, second, third = table(f"sort={sort}"), None, None
    second = table(first.next_url.split("?", 1)[1])
    third = table(second.next_url.split("?", 1)[1])
    back = table(third.previous_url.split("?", 1)[1])
    assert [row.pk for row in back.page.rows] == [row.pk for row in second.page.rows]
    start = table(back.previous_url.split("?", 1)[1])
    assert [row.pk for row in start.page.rows] == [row.pk for row in first.page.rows]
    assert start.previous_url == ""


def test_rows_added_before_the_page_do_not_shift_it() -> None:
    fill(25)
    second = table(table().next_url.split("?", 1)[1])
    shown = [row.pk for row in second.page.rows]
    SavedView.objects.create(user_id=1, path="/x/", name="视图 000 前")
    again = table(second.request.META["QUERY_STRING"])
    assert [row.pk for row in again.page.rows] == shown


def test_empty_values_stand_last_in_both_directions() -> None:
    Draft.objects.bulk_create(
        Draft(user_id=1, name=f"d{number}", data={} if number % 2 else {"a": ["1"]})
        for number in range(12)
    )
    rows = Draft.objects.annotate(maybe=NullIf(F("pk") % 3, 0, output_field=IntegerField()))
    for order in ("maybe", "-maybe"):
        seen: list[int] = []
        address = ""
        while True:
            shown = table(
                address,
                rows=rows,
                columns=MAYBE,
                order=order,
                page_size=5,
            )
            seen += [row.pk for row in shown.page.rows]
            if not shown.next_url:
                break
            address = shown.next_url.split("?", 1)[1]
        values = [Draft.objects.get(pk=pk).pk % 3 for pk in seen]
        assert len(set(seen)) == 12
        walked = [row.pk for row in shown.page.rows]
        while shown.previous_url:
            address = shown.previous_url.split("?", 1)[1]
            shown = table(address, rows=rows, columns=MAYBE, order=order, page_size=5)
            walked = [row.pk for row in shown.page.rows] + walked
        assert walked == seen
        assert values[-4:] == [0, 0, 0, 0]


@pytest.mark.parametrize("mark", ["abc", "W10", "bnVsbA", "%E4%BD%A0"])
def test_a_mark_that_is_none_of_ours_is_a_missing_page(mark: str) -> None:
    fill(3)
    with pytest.raises(Http404):
        _ = table(f"after={mark}").page


def test_an_unknown_sort_is_ignored() -> None:
    fill(3)
    assert table("sort=user__password").sorting == "name"


def test_totals_add_all_rows_and_not_only_the_page() -> None:
    fill(35)
    assert [total for _, total in table().totals] == [None, sum(n % 4 for n in range(35))]


def test_columns_can_be_chosen_and_the_main_one_stays() -> None:
    fill(1)
    assert [column.name for column in table().shown] == ["name", "user_id"]
    assert [column.name for column in table("columns=path").shown] == ["name", "path"]


def test_an_export_holds_every_row_in_the_present_order() -> None:
    fill(35)
    shown = table("sort=-name&export=csv")
    assert shown.export_wanted
    content = b"".join(shown.export_response().streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = content.splitlines()
    assert lines[0] == "名称,人数"
    assert [line.split(",")[0] for line in lines[1:3]] == ["视图 034", "视图 033"]
    assert len(lines) == 36


def drawn(shown: Table) -> str:
    template = engines["django"].from_string("{% table table %}")
    return template.render({"table": shown}, shown.request)


@pytest.mark.parametrize("count", [3, 30])
def test_a_table_costs_three_queries_however_many_rows(count: int) -> None:
    fill(count)
    with CaptureQueriesContext(connection) as queries:
        drawn(table(page_size=50, views=False))
    assert len(queries) == 3, [query["sql"] for query in queries]


def test_the_head_tells_the_order_to_screen_readers() -> None:
    fill(2)
    assert 'aria-sort="descending"' in drawn(table("sort=-user_id"))


def test_bulk_actions_post_the_chosen_rows() -> None:
    fill(2)
    html = drawn(table(bulk_actions=[BulkAction(label="暂停", url="/pause/")]))
    assert html.count('name="chosen"') == 2
    assert 'formaction="/pause/"' in html


def test_an_empty_table_says_what_is_missing() -> None:
    html = drawn(table(empty={"missing": "还没有视图", "why": "保存后出现在这里"}))
    assert "还没有视图" in html
    assert "<table" not in html


@pytest.mark.parametrize("query", [{}, {"kind": "post"}, {"q": "没有这样的岗位"}])
def test_the_fragment_equals_the_page(query: dict[str, str]) -> None:
    assert_fragment_equals_page(Client(), "/ui/style-guide/", **query)


def test_addresses_keep_filters_and_leave_the_position() -> None:
    shown = table("kind=a&kind=b&after=xyz")
    assert MultiValueDict(RequestFactory().get(shown.address(sort="name")).GET) == MultiValueDict(
        {"kind": ["a", "b"], "sort": ["name"]}
    )
