"""Pages of calls and claims: public, prefilled, refused inline, exported, constant in queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.models import Claim
from silian.governance.incentives.panels.claims import todos
from tests.governance.incentives.claims import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def drafted(world: World, *, students: int = 1) -> Claim:
    for number in range(students):
        stage.worked(world, name=f"演示学生{number + 1}")
    return stage.started(world, stage.opened_call(world)[0])


def page(world: World, name: str, *, who: str = "enterprise", **kwargs: Any) -> str:
    response = getattr(world, who).client.get(reverse(f"incentives:{name}", kwargs=kwargs))
    assert response.status_code == 200
    return response.content.decode()


def test_visitors_read_an_open_call_with_clause_and_days(world: World) -> None:
    call, _ = stage.opened_call(world)
    text = page(world, "call_detail", who="anonymous", call_id=call.pk)
    assert "三政办〔2020〕9号 三（三）" in text
    assert "2026-04-30" in text
    assert call.title in page(world, "call_list", who="anonymous")


def test_a_draft_is_hidden_from_units(world: World) -> None:
    call, _ = stage.drafted_call(world)
    address = reverse("incentives:call_detail", args=[call.pk])
    assert world.enterprise.client.get(address).status_code == 404


def test_the_page_is_filled_and_says_what_is_missing(world: World) -> None:
    claim = drafted(world)
    text = page(world, "claim_edit", claim_id=claim.pk)
    assert "测算 1,200 元，" in text
    assert "没有上传" in text
    assert "请填写开户行和收款账号。" in text


def test_a_refused_hand_in_keeps_what_was_typed(world: World) -> None:
    claim = drafted(world)
    address = reverse("incentives:claim_edit", args=[claim.pk])
    given = {"bank_name": "青澜农村商业银行", "account_number": stage.ACCOUNT, "submit": "yes"}
    response = world.enterprise.client.post(address, given)
    assert response.status_code == 422
    text = response.content.decode()
    assert "还缺：材料：实习三方协议" in text
    assert "青澜农村商业银行" in text
    kept = Claim.objects.get(pk=claim.pk)
    assert (kept.state, kept.account_tail) == (ClaimState.DRAFT, "5678")


def test_a_complete_claim_goes_to_the_offices(world: World) -> None:
    claim = stage.filled(world, drafted(world))
    address = reverse("incentives:claim_edit", args=[claim.pk])
    response = world.enterprise.client.post(address, {"bank_name": "行", "submit": "yes"})
    assert response.status_code == 302
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.REVIEW


def test_an_apprenticeship_is_chosen_first(world: World) -> None:
    row = stage.programme(world)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    address = reverse("incentives:claim_new", args=[call.pk])
    assert row.title in world.enterprise.client.get(address).content.decode()
    assert world.enterprise.client.post(address, {"subject": row.pk}).status_code == 302
    assert "没有可以申领的学徒项目" in world.enterprise.client.get(address).content.decode()


def test_items_are_filtered_and_exported(world: World) -> None:
    claim = drafted(world, students=2)
    address = reverse("incentives:claim_detail", args=[claim.pk])
    text = world.enterprise.client.get(address, {"counts": "yes", "q": "演示学生2"})
    assert "演示学生2" in text.content.decode()
    table = text.context["table"]
    assert table.count == 1
    export = world.enterprise.client.get(address, {"export": "xlsx"})
    assert export["Content-Type"].startswith("application/vnd.openxmlformats")
    assert b"".join(export).startswith(b"PK")


def test_a_school_reads_its_own_students_and_no_money(world: World) -> None:
    claim = stage.submitted(world, stage.filled(world, drafted(world)))
    text = page(world, "claim_detail", who="school", claim_id=claim.pk)
    assert "演示学生1" in text
    assert "收款" not in text
    assert "1,200" not in text
    assert stage.ACCOUNT[-4:] not in text


def queries_of(world: World, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert world.enterprise.client.get(address).status_code == 200
    return len(seen.captured_queries)


def test_the_page_costs_the_same_queries_with_3_and_30_students(world: World) -> None:
    claim = drafted(world, students=3)
    pages = [
        reverse(f"incentives:{name}", args=[claim.pk]) for name in ("claim_detail", "claim_edit")
    ]
    for each in pages:
        world.enterprise.client.get(each)
    few = [queries_of(world, each) for each in pages]
    for number in range(3, 30):
        stage.worked(world, name=f"演示学生{number + 1}")
    world.enterprise.client.post(reverse("incentives:claim_refresh", args=[claim.pk]))
    assert claim.items.count() == 30
    assert [queries_of(world, each) for each in pages] == few


def test_the_entitlement_leads_to_the_open_call(world: World) -> None:
    call, _ = stage.opened_call(world)
    text = page(world, "mine")
    assert reverse("incentives:claim_new", args=[call.pk]) in text


def test_what_can_be_claimed_and_what_came_back_are_to_dos(world: World) -> None:
    claim = stage.submitted(world, stage.filled(world, drafted(world)))
    stage.opened_call(world)
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.RETURNED, reason="补考勤")
    titles = [each.title for each in todos(world.enterprise.actor, stage.NOW)]
    assert titles == [f"补正申领：{claim.call.title}", f"可以申领：{claim.call.title}"]
    assert todos(world.rival.actor, stage.NOW) == []
