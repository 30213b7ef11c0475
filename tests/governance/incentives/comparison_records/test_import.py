"""A list is looked at, written once, withdrawn, and its rows deleted in time."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.sheets import sheet_of
from silian.governance.incentives.choices.comparison_records import ComparisonKind
from silian.governance.incentives.commands.comparison_records import (
    delete_expired_records,
    import_list,
    withdraw_list,
)
from silian.governance.incentives.models import ComparisonList, ComparisonRecord
from silian.governance.incentives.rules.comparison_records import COLUMNS
from tests.governance.incentives.comparison_records import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
ADDRESS = "incentives:comparison_import"
ROWS = [stage.month_row(stage.NUMBERS[0], "2025-03"), stage.month_row(stage.NUMBERS[1], "2025-03")]
TYPED = {
    "kind": "insured", "as_of": "2026-01-15", "authority": "市社会保险中心",
    "document": "查询函〔2026〕1号", "covers_from": "2025-01-01", "covers_last": "2025-12-31",
    "completeness": "employers",
}  # fmt: skip


def kept_until() -> str:
    return (stage.TODAY + datetime.timedelta(days=200)).isoformat()


def looked_at(world: World, rows: list[tuple[str, ...]], **typed: Any) -> Any:
    text = "\n".join(",".join(row) for row in [COLUMNS["insured"], *rows])
    file = SimpleUploadedFile("名单.csv", text.encode())
    data = {**TYPED, "kept_until": kept_until(), "file": file, **typed}
    return stage.labour(world).client.post(reverse(ADDRESS), data)


def confirmed(world: World, preview: Any, *, changed: str = "") -> Any:
    data = {"looked_at": preview.context["kept"] + changed}
    return stage.labour(world).client.post(reverse(ADDRESS), data)


def test_a_list_is_looked_at_before_it_is_written(world: World) -> None:
    preview = looked_at(world, [*ROWS, ROWS[0]])
    assert preview.status_code == 200
    assert not ComparisonList.objects.exists()
    assert stage.NUMBERS[0] not in preview.content.decode(), "numbers leave only encrypted"
    assert confirmed(world, preview).status_code == 302
    row = ComparisonList.objects.get()
    assert (row.lines, row.added, row.repeated) == (3, 2, 1)
    assert row.covers_until == datetime.date(2026, 1, 1)
    first = row.records.get(line=2)
    assert stage.NUMBERS[0] not in first.id_number_cipher
    assert first.id_number_index


def test_the_same_list_twice_is_written_once(world: World) -> None:
    preview = looked_at(world, ROWS)
    confirmed(world, preview)
    confirmed(world, preview)
    again = looked_at(world, [ROWS[1], ROWS[0]])
    assert "没有重复写入" in again.content.decode()
    assert (ComparisonList.objects.count(), ComparisonRecord.objects.count()) == (1, 2)


def test_one_wrong_line_keeps_all_out_and_is_named_with_its_number(world: World) -> None:
    preview = looked_at(world, [ROWS[0], stage.month_row("110101199003074250", "2025-03")])
    assert preview.status_code == 422
    assert "第 3 行" in preview.content.decode()
    assert preview.context["kept"] == ""


def test_a_day_to_come_is_refused_beside_its_box(world: World) -> None:
    preview = looked_at(world, ROWS, as_of="2099-01-01")
    assert preview.status_code == 422
    assert "还没有到" in preview.context["form"].errors["as_of"][0]


def test_what_was_changed_on_the_way_is_refused(world: World) -> None:
    confirmed(world, looked_at(world, ROWS), changed="x")
    assert not ComparisonList.objects.exists()


@pytest.mark.parametrize("kind", ComparisonKind.values)
def test_the_template_of_each_kind_reads(world: World, kind: str) -> None:
    answer = stage.labour(world).client.get(reverse("incentives:comparison_template", args=[kind]))
    sheet = sheet_of(name="a.xlsx", content=b"".join(answer.streaming_content), most_rows=10)
    assert sheet.headings == list(COLUMNS[kind])
    (row,) = sheet.numbered()
    made = import_list(
        said=stage.said(kind), file_name="a.xlsx", rows=[row], actor=stage.labour(world).actor,
        now=NOW, today=stage.TODAY,
    )  # fmt: skip
    assert made.added == 1


def test_others_bring_in_no_lists(world: World) -> None:
    with pytest.raises(NotAllowed, match="人力资源社会保障部门导入"):
        import_list(
            said=stage.said(), file_name="a.csv", rows=[], actor=stage.treasury(world).actor,
            now=NOW, today=stage.TODAY,
        )  # fmt: skip


def test_withdrawing_deletes_the_rows_and_keeps_the_list(world: World) -> None:
    row = stage.brought(world, *ROWS)
    facts: dict[str, Any] = {
        "list_id": row.pk, "actor": stage.labour(world).actor, "now": NOW, "today": stage.TODAY,
    }  # fmt: skip
    with pytest.raises(DomainError, match="撤销的理由"):
        withdraw_list(reason=" ", **facts)
    withdraw_list(reason="出具机关更正", **facts)
    assert not ComparisonRecord.objects.exists()
    with pytest.raises(WrongState):
        withdraw_list(reason="再撤", **facts)
    assert stage.brought(world, *ROWS).pk != row.pk, "a corrected list may come again"


def test_rows_are_deleted_on_the_day_and_that_is_recorded(world: World) -> None:
    row = stage.brought(world, *ROWS)
    day = row.kept_until
    assert delete_expired_records(on=day - datetime.timedelta(days=1)) == 0
    assert delete_expired_records(on=day) == 1
    assert delete_expired_records(on=day) == 0
    row.refresh_from_db()
    assert (row.deleted_on, row.records.count(), row.added) == (day, 0, 2)
    entry = AuditEntry.objects.get(action="incentives.comparison_list.expired")
    assert entry.detail["records"] == 2
