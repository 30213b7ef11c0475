"""Pages of financing as the bank, the owner, the official and the public see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from silian.foundation.ui import sockets
from silian.governance.incentives.choices.finance import AnswerState
from silian.governance.incentives.commands.finance_deals import record_money
from silian.governance.incentives.commands.finance_recommendations import issue_list
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinanceProduct,
    FinanceRecord,
    FinancingNeed,
    FundPitch,
    InvestmentRecord,
)
from silian.governance.incentives.panels.finance import todos
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.htmx import assert_fragment_equals_page
from tests.world import World, sign_in

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"incentives:{name}", args=args)


def titles(todo: list[sockets.Todo]) -> list[str]:
    return [each.title for each in todo]


def test_a_bank_writes_and_publishes_a_product_in_the_browser(world: World) -> None:
    client = signed_in(world)
    sent = {
        "kind": "priority_loan", "name": "项目贷", "purpose": "项目建设", "amount_to": "5000000",
        "rate_from": "3.45", "rate_to": "4.2", "valid_from": "2026-03-01",
        "documents": "项目批复", "regions": ["990100"], "needs_project": "on",
    }  # fmt: skip
    assert client.post(url("finance_product_new"), sent).status_code == 302
    product = FinanceProduct.objects.get()
    client.post(url("finance_product_publish", product.pk))
    page = world.anonymous.client.get(product.get_absolute_url()).content.decode()
    assert "3.45% 至 4.2%" in page
    assert "青澜市" in page


def signed_in(world: World) -> Any:
    """The browser of somebody who acts for the bank."""
    person = stage.bank(world)
    sign_in([person])
    return person.client


def test_what_is_typed_wrong_stays_and_is_answered_with_422(world: World) -> None:
    client = signed_in(world)
    sent = {
        "kind": "priority_loan", "name": "项目贷", "purpose": "建设", "valid_from": "2026-03-01",
        "amount_from": "500", "amount_to": "100",
    }  # fmt: skip
    answer = client.post(url("finance_product_new"), sent)
    assert answer.status_code == 422
    assert "最高额度不能小于最低额度" in answer.content.decode()


def test_a_need_is_filled_from_the_project(world: World) -> None:
    project = stage.project(world)
    page = world.enterprise.client.get(f"{url('finance_need_new')}?project={project.pk}")
    assert 'value="5000000.00"' in page.content.decode()


def test_an_owner_takes_a_need_from_draft_to_the_bank(world: World) -> None:
    product, client = stage.product(world), world.enterprise.client
    sent = {"title": "设备融资", "amount": "5000000", "months": "36", "use": "购置设备",
            "project": stage.project(world).pk}  # fmt: skip
    client.post(url("finance_need_new"), sent)
    need = FinancingNeed.objects.get()
    client.post(url("finance_need_step", need.pk, "open"))
    client.post(
        url("finance_need_act", need.pk, "consent"), {"scope": "all", "until": "2026-06-01"}
    )
    page = client.get(need.get_absolute_url()).content.decode()
    assert "全部符合" in page
    client.post(url("finance_need_act", need.pk, "ask"), {"product": product.pk, "message": ""})
    answer = FinanceAnswer.objects.get()
    assert answer.state == AnswerState.ASKED
    bank = signed_in(world)
    act = {"reason": "材料齐全"}
    bank.post(url("finance_deal_act", answer.pk, "diligence"), act)
    bank.post(
        url("finance_deal_act", answer.pk, "grant"),
        {"amount": "4000000", "on": "2026-03-18", "rate": "3.85", "months": "36"},
    )
    bank.post(
        url("finance_deal_act", answer.pk, "money"),
        {"amount": "1000000", "on": "2026-03-18", "reference": "借据 1"},
    )
    record = FinanceRecord.objects.get()
    bank.post(
        url("finance_record_correct", record.pk),
        {"amount": "900000", "on": "2026-03-18", "reference": "借据 1", "reason": "写错"},
    )
    page = bank.get(answer.get_absolute_url()).content.decode()
    assert "已发放 900,000" in page
    assert "<s>1,000,000</s>" in page


def test_a_bank_is_told_that_the_consent_was_withdrawn(world: World) -> None:
    answer = stage.asked(world)
    world.enterprise.client.post(url("finance_need_step", answer.need_id, "hide"))
    client = signed_in(world)
    assert client.get(answer.need.get_absolute_url()).status_code == 404
    page = client.get(answer.get_absolute_url()).content.decode()
    assert "已撤回展示授权" in page
    assert "5,000,000" not in page


def test_a_pitch_gets_its_roadshow_answer_and_money_in_the_browser(world: World) -> None:
    fund, client = stage.fund(world), world.enterprise.client
    sent = {"kind": "result", "title": "监测系统", "stage": "early", "wanted": "3000000",
            "summary": "已试用"}  # fmt: skip
    client.post(url("pitch_new", fund.pk), sent)
    pitch, bank = FundPitch.objects.get(), signed_in(world)
    bank.post(url("pitch_act", pitch.pk, "roadshow"), {"at": "2026-04-01T14:00", "place": "二楼"})
    bank.post(url("pitch_act", pitch.pk, "accept"), {"reason": "技术成熟"})
    money = {"amount": "1000000", "on": "2026-03-18", "round": "A 轮", "reference": "协议 1"}
    bank.post(url("pitch_act", pitch.pk, "invest"), {"investor": "fund", **money})
    social = {"investor": "social", "investor_name": "澜江创投", **money, "amount": "2000000"}
    bank.post(url("pitch_act", pitch.pk, "invest"), social)
    page = client.get(pitch.get_absolute_url()).content.decode()
    assert "撬动 2.00 倍" in page
    row = InvestmentRecord.objects.order_by("-pk")[0]
    strike = {**social, "strike_out": "on", "reason": "没有到账"}
    bank.post(url("investment_correct", row.pk), strike)
    page = client.get(url("fund_leverage")).content.decode()
    assert "1 元基金带来 0.00 元社会资本" in page


def test_the_list_is_proposed_approved_and_published_in_the_browser(world: World) -> None:
    need = stage.shown_need(world)
    leader, other = world.coordinator.client, world.reviewer.client
    leader.post(url("recommendation_new", need.pk), {"reason": "手续齐全"})
    row = need.recommendations.get()
    refused = other.post(url("recommendation_act", row.pk, "return"), {"reason": " "})
    assert refused.status_code == 422
    other.post(url("recommendation_act", row.pk, "approve"), {"reason": ""})
    leader.post(url("recommendation_issue"))
    row.refresh_from_db()
    assert row.edition is not None
    public = world.anonymous.client.get(row.edition.get_absolute_url()).content.decode()
    assert "精密加工学徒培养车间" in public
    assert signed_in(world).get(row.get_absolute_url()).status_code == 200


def test_the_public_sees_no_total_of_few_deals(world: World) -> None:
    answer = stage.granted(world)
    record_money(
        answer_id=answer.pk, movement=stage.movement(), actor=stage.bank(world).actor, now=NOW
    )
    public = world.anonymous.client.get(url("finance_totals")).content.decode()
    inside = world.coordinator.client.get(url("finance_totals")).content.decode()
    assert "1,000,000" not in public
    assert "不公开" in public
    assert "1,000,000" in inside


@pytest.mark.parametrize(
    "name", ["finance_needs", "finance_deals", "recommendations", "pitches", "funds"]
)
def test_a_fragment_is_the_part_of_its_page(world: World, name: str) -> None:
    stage.accepted(world)
    stage.approved(world, stage.asked(world).need)
    issue_list(actor=world.coordinator.actor, now=NOW)
    assert_fragment_equals_page(world.coordinator.client, url(name), selector="#sl-results")


def test_the_list_of_needs_asks_as_much_for_many_as_for_few(world: World) -> None:
    client, counts = world.coordinator.client, []
    project = stage.project(world)
    for size in (3, 30):
        while FinancingNeed.objects.count() < size:
            number = FinancingNeed.objects.count()
            stage.need(world, title=f"需求{number}", project_id=project.pk)
        client.get(url("finance_needs"))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("finance_needs"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_to_dos_reach_the_bank_the_owner_and_the_official(world: World) -> None:
    hidden = stage.need(world, title="未授权", project_id=stage.project(world, name="另一").pk)
    answer, pitch = stage.asked(world), stage.pitch(world)
    stage.recommendation(world, answer.need)
    now = timezone.now()
    bank = titles(list(todos(stage.bank(world).actor, now)))
    assert bank == [f"待机构答复：{answer.need}", f"答复投递：{pitch}"]
    assert titles(list(todos(world.enterprise.actor, now))) == [f"授权金融机构查看：{hidden.title}"]
    assert titles(list(todos(world.reviewer.actor, now))) == ["审定推荐项目：精密加工学徒培养车间"]
    assert list(todos(world.coordinator.actor, now)) == []


def test_a_product_in_talks_is_not_offered_again(world: World) -> None:
    answer = stage.asked(world)
    stage.product(world, name="另一个产品")
    page = world.enterprise.client.get(answer.need.get_absolute_url()).content.decode()
    ask = url("finance_need_act", answer.need_id, "ask")
    assert page.count(f"{ask}?product=") == 1
    form = world.enterprise.client.get(ask).content.decode()
    assert "产教融合项目贷（" not in form
    assert "另一个产品（" in form
