"""Labour reads the lines, finance which lists there are, units nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.models import AuditEntry
from tests.governance.incentives.comparison_records import stage
from tests.world import World

pytestmark = pytest.mark.django_db
LISTS = "incentives:comparison_lists"
ROWS = [stage.month_row(number, "2025-03") for number in stage.NUMBERS]


def test_labour_reads_the_lines_with_masked_numbers(world: World) -> None:
    row = stage.brought(world, *ROWS)
    text = stage.labour(world).client.get(row.get_absolute_url()).content.decode()
    assert row.records.first().id_number_mask in text
    assert stage.NUMBERS[0] not in text


def test_finance_reads_which_lists_there_are_and_no_person(world: World) -> None:
    row = stage.brought(world, *ROWS)
    clerk = stage.treasury(world)
    assert "市社会保险中心" in clerk.client.get(reverse(LISTS)).content.decode()
    answer = clerk.client.get(row.get_absolute_url())
    assert answer.context["table"] is None
    assert "演示职工" not in answer.content.decode()
    assert row.records.first().id_number_mask not in answer.content.decode()
    assert clerk.client.get(f"{row.get_absolute_url()}?export=csv").headers["Content-Type"] == (
        "text/html; charset=utf-8"
    )


def test_an_export_of_the_lines_is_recorded(world: World) -> None:
    row = stage.brought(world, *ROWS)
    answer = stage.labour(world).client.get(f"{row.get_absolute_url()}?export=csv")
    text = b"".join(answer.streaming_content).decode()
    assert row.records.first().id_number_mask in text
    assert stage.NUMBERS[0] not in text
    assert AuditEntry.objects.filter(action="incentives.comparison_list.exported").count() == 1


def test_units_find_no_list(world: World) -> None:
    row = stage.brought(world, *ROWS)
    for person in (world.enterprise, world.school):
        assert person.client.get(row.get_absolute_url()).status_code == 404
        assert person.client.get(reverse(LISTS)).status_code == 403


def test_the_register_and_a_list_cost_the_same_queries_with_more_rows(world: World) -> None:
    row = stage.brought(world, *ROWS)
    client = stage.labour(world).client
    addresses = (reverse(LISTS), row.get_absolute_url())

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    few = [cost(address) for address in addresses]
    for kind in ("death", "prison", "public"):
        stage.brought(world, stage.numbers_for(kind), kind=kind)
    assert [cost(address) for address in addresses] == few


def test_withdrawing_on_the_page(world: World) -> None:
    row = stage.brought(world, *ROWS)
    address = reverse("incentives:comparison_withdraw", args=[row.pk])
    answer = stage.labour(world).client.post(address, {"reason": "出具机关更正"}, follow=True)
    assert "已撤销：出具机关更正" in answer.content.decode()
