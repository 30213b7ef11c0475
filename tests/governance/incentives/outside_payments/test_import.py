"""A list is looked at line by line, written once, and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from silian.foundation.kernel.sheets import sheet_of
from silian.governance.incentives.commands.outside_payments import withdraw_payment
from silian.governance.incentives.models import OutsideImport, OutsidePayment
from silian.governance.incentives.rules.outside_payments import COLUMNS
from tests.governance.incentives.outside_payments import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
HEAD = ",".join(COLUMNS) + "\n"
ONE = f"演示职工1,{stage.NUMBERS[0]},技能提升补贴,,高级工,2025-10-01,2025-10-31,1500,"
TWO = f"演示职工2,{stage.NUMBERS[1]},岗前培训补贴,,,2025/10/1,20251015,800,"
TAIL = "失业保险经办机构,2025 年第四批名册,2025-12-20\n"


def looked_at(world: World, lines: str) -> Any:
    file = SimpleUploadedFile("名册.csv", (HEAD + lines).encode())
    return stage.labour(world).client.post(
        reverse("incentives:outside_payment_import"), {"file": file}
    )


def confirmed(world: World, preview: Any, *, changed: str = "") -> Any:
    address = reverse("incentives:outside_payment_import")
    kept = preview.context["kept"] + changed
    return stage.labour(world).client.post(address, {"looked_at": kept})


def test_a_list_is_looked_at_before_it_is_written(world: World) -> None:
    preview = looked_at(world, ONE + TAIL + TWO + TAIL)
    assert preview.status_code == 200
    assert not OutsidePayment.objects.exists()
    assert stage.NUMBERS[0] not in preview.content.decode(), "numbers leave only encrypted"
    assert confirmed(world, preview).status_code == 302
    rows = OutsidePayment.objects.order_by("line")
    assert [(row.name, row.line) for row in rows] == [("演示职工1", 2), ("演示职工2", 3)]


def test_a_list_sent_twice_adds_nothing_and_is_still_counted(world: World) -> None:
    preview = looked_at(world, ONE + TAIL + TWO + TAIL)
    confirmed(world, preview)
    confirmed(world, preview)
    again = confirmed(world, looked_at(world, TWO + TAIL + ONE + TAIL + ONE + TAIL))
    assert again.status_code == 302
    assert OutsidePayment.objects.count() == 2
    batches = OutsideImport.objects.order_by("pk").values_list("lines", "added", "known")
    assert list(batches) == [(2, 2, 0), (2, 0, 2), (3, 0, 3)]


def test_one_wrong_line_keeps_all_out_and_is_named_with_its_number(world: World) -> None:
    wrong = ONE.replace(stage.NUMBERS[0], "110101199003074250")
    preview = looked_at(world, TWO + TAIL + wrong + TAIL)
    text = preview.content.decode()
    assert preview.status_code == 422
    assert "第 3 行" in text
    assert "校验位不对" in text
    assert preview.context["kept"] == ""


def test_a_withdrawn_payment_does_not_come_back_with_the_old_list(world: World) -> None:
    confirmed(world, looked_at(world, ONE + TAIL))
    row = OutsidePayment.objects.get()
    withdraw_payment(payment_id=row.pk, reason="人员不符", actor=stage.labour(world).actor, now=NOW)
    preview = looked_at(world, ONE + TAIL)
    assert "撤销过：人员不符" in preview.content.decode()
    confirmed(world, preview)
    assert not OutsidePayment.objects.standing().exists()


def test_what_was_changed_on_the_way_is_refused(world: World) -> None:
    preview = looked_at(world, ONE + TAIL)
    confirmed(world, preview, changed="x")
    assert not OutsidePayment.objects.exists()


def test_a_list_without_a_column_or_without_lines_is_refused(world: World) -> None:
    client, address = stage.labour(world).client, reverse("incentives:outside_payment_import")
    short = client.post(address, {"file": SimpleUploadedFile("a.csv", "姓名\n张三\n".encode())})
    assert "第一行缺少列名" in short.content.decode()
    assert "没有数据行" in looked_at(world, "").content.decode()


def test_the_template_is_a_list_that_reads(world: World) -> None:
    answer = stage.labour(world).client.get(reverse("incentives:outside_payment_template"))
    content = b"".join(answer.streaming_content)
    sheet = sheet_of(name="模板.xlsx", content=content, most_rows=10)
    assert sheet.headings == list(COLUMNS)
    file = SimpleUploadedFile("模板.xlsx", content)
    address = reverse("incentives:outside_payment_import")
    assert stage.labour(world).client.post(address, {"file": file}).status_code == 200
