"""The pages of cases, as each reader meets them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.operations.alliances.models.ownership import OwnershipCase
from tests.htmx import assert_fragment_equals_page
from tests.operations.alliances import ownership_stage as stage
from tests.world import World


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def address(case: OwnershipCase, page: str, **more: object) -> str:
    return reverse(f"alliances:{page}", kwargs={"case_id": case.pk, **more})


def test_an_enterprise_drafts_completes_and_hands_in_in_the_browser(world: World) -> None:
    client = world.enterprise.client
    given = {
        "title": "装备产业学院",
        "mode": "shareholding",
        "object": "college",
        "school_name": "青澜装备产业学院",
        "legal_person": "non_profit",
        "funding_channel": "生均经费按原渠道拨付",
        "rights": "按股比表决",
        "duties": "投入设备",
    }
    answer = client.post(reverse("alliances:case_new"), given)
    assert answer.status_code == 302, text(answer)
    case = OwnershipCase.objects.get()
    apply = address(case, "case_step", name="apply")
    assert "还没有参与方" in text(client.post(apply, follow=True))
    parties = address(case, "case_party_new")
    for name, share in (("启衡精密制造", "49.5"), ("青澜职业技术学院", "50.5")):
        sent = client.post(parties, {"name": name, "kind": "other", "share": share})
        assert sent.status_code == 302, text(sent)
    asset = {
        "party": case.parties.order_by("pk")[0].pk,
        "kind": "equipment",
        "description": "数控机床",
        "amount": "3600000",
        "valuer": "正度资产评估（演示）",
        "valuation_number": "正评〔2026〕8号",
        "valued_on": "2026-01-31",
        "report": stage.paper(),
    }
    sent = client.post(address(case, "case_asset_new"), asset)
    assert sent.status_code == 302, text(sent)
    assert "已提交" in text(client.post(apply, follow=True))
    case.refresh_from_db()
    assert case.state == "applied"


def test_a_share_too_many_is_said_beside_its_box(world: World) -> None:
    case = stage.ready(world)
    answer = world.enterprise.client.post(
        address(case, "case_party_new"), {"name": "丙方", "kind": "other", "share": "0.5"}
    )
    assert answer.status_code == 422
    assert "超过 100%" in text(answer)
    assert "丙方" in text(answer)


def test_the_department_reviews_and_another_approves_in_the_browser(world: World) -> None:
    case = stage.reviewed(world)
    assert "批准" in text(world.coordinator.client.get(case.get_absolute_url()))
    answer = world.coordinator.client.post(
        address(case, "case_approve"), {"report_month": 3, "report_day": 31}
    )
    assert answer.status_code == 302, text(answer)
    assert "登记运行" in text(world.enterprise.client.get(case.get_absolute_url()))


def test_todos_ask_for_review_and_completion(world: World) -> None:
    case = stage.applied(world)
    assert "审核办学案例" in text(world.reviewer.client.get(reverse("portal:todo_list")))
    OwnershipCase.objects.filter(pk=case.pk).update(state="returned", answer="补土地证")
    assert "补正办学案例" in text(world.enterprise.client.get(reverse("portal:todo_list")))


@pytest.mark.parametrize("name", ["case_register", "case_list"])
def test_fragments_equal_their_pages(world: World, name: str) -> None:
    stage.approved(world)
    url = reverse(f"alliances:{name}")
    assert_fragment_equals_page(client=world.coordinator.client, url=url, selector="#sl-results")


@pytest.mark.parametrize("name", ["case_register", "case_list", "purchase_list"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_lists_can_be_taken_away(world: World, name: str, kind: str) -> None:
    stage.purchase(world)
    answer = world.coordinator.client.get(reverse(f"alliances:{name}"), {"export": kind})
    assert answer.status_code == 200
    assert b"".join(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["case_register", "case_list", "purchase_list"])
def test_lists_cost_the_same_with_three_and_with_thirty(world: World, name: str) -> None:
    many(world, 3)
    few = cost(world, name)
    many(world, 9)
    assert cost(world, name) == few


def many(world: World, count: int) -> None:
    for _ in range(count):
        stage.approved(world)
        number = OwnershipCase.objects.count()
        stage.purchase(world, contract_reference=f"青购〔2026〕{number}号")


def cost(world: World, name: str) -> int:
    url = reverse(f"alliances:{name}")
    world.coordinator.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert world.coordinator.client.get(url).status_code == 200
    return len(queries)
