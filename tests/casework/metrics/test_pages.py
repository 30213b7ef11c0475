"""The pages: library, metric, value with its rows, reports and objections."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import Drill
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models.clauses import Clause, ClauseTarget
from silian.registers.policies.models.documents import PolicyDocument
from tests.casework.metrics.stage import (
    NOW,
    counted,
    declared,
    defined,
    large_share,
    paper,
    value_of,
    verifications,
    verified,
)
from tests.casework.metrics.test_enter_value import enter
from tests.htmx import assert_fragment_equals_page
from tests.world import CITY, World

pytestmark = pytest.mark.usefixtures("world")
OWN_ONLY = Drill(
    columns={"单位": "name", "所在区划": "division.name"},
    visible_to=lambda actor: Organisation.objects.filter(pk=actor.organisation_id or 0),
    url=lambda row: row.get_absolute_url(),
    related=("division",),
)


def body(response) -> str:  # type: ignore[no-untyped-def]
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_library_is_open_to_all_and_says_how_each_is_counted(world: World) -> None:
    page = body(world.anonymous.client.get(reverse("metrics:catalogue")))
    assert "供需发布数" in page
    assert "统计期内首次发布的供需信息条数" in page
    assert "未设定" in page, "the share of cooperating enterprises waits for its parameter"


def test_metrics_that_are_not_public_stay_inside(world: World) -> None:
    defined(world, title="内部指标", public=False)
    address = reverse("metrics:catalogue")
    assert "内部指标" not in body(world.anonymous.client.get(address))
    assert "内部指标" in body(world.leader.client.get(address))
    inner = reverse("metrics:metric_detail", kwargs={"code": "manual.0001"})
    assert world.anonymous.client.get(inner).status_code == 404
    assert world.leader.client.get(inner).status_code == 200
    assert world.anonymous.client.get("/metrics/library/no.such/").status_code == 404


def test_filters_leave_what_they_say(world: World) -> None:
    defined(world, title="人工指标")
    address = reverse("metrics:catalogue")
    manual = body(world.leader.client.get(address, {"origin": "manual"}))
    assert "人工指标" in manual
    assert "供需发布数" not in manual
    assert "回应率" in body(world.leader.client.get(address, {"q": "回应率", "group": "exchange"}))
    assert_fragment_equals_page(world.leader.client, address, direction="falling")


def test_the_library_costs_the_same_with_few_and_many_metrics(world: World) -> None:
    address = reverse("metrics:catalogue")
    world.leader.client.get(address)
    with CaptureQueriesContext(connection) as few:
        world.leader.client.get(address)
    metrics = [verifications(code=f"test.m{place}") for place in range(30)]
    with declared(*metrics):
        for metric in metrics:
            counted(metric)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "silian.casework.metrics.views.catalogue.group_name", lambda code: code[:4]
            )
            with CaptureQueriesContext(connection) as many:
                page = body(world.leader.client.get(address))
    assert "核验企业数" in page
    assert len(many) <= len(few) + 1, "objections are asked for once there are values"


def test_a_metric_shows_its_series_regions_and_formula(world: World) -> None:
    verified("甲")
    metric = large_share()
    with declared(metric):
        counted(metric)
        address = reverse("metrics:metric_detail", kwargs={"code": metric.code})
        page = body(world.leader.client.get(address, {"kind": "month", "division": CITY}))
        series = body(
            world.leader.client.get(
                reverse("metrics:metric_series", kwargs={"code": metric.code}),
                {"kind": "month"},
            )
        )
        export = world.leader.client.get(address, {"export": "csv"})
    assert "区域比较" in page
    assert "重算</button>" not in page, "the leader changes nothing"
    assert metric.formula in page
    assert "0 / 1" in series
    assert export["Content-Type"].startswith("text/csv")


def test_the_public_chooses_no_period_that_could_be_subtracted(world: World) -> None:
    metric = verifications()
    with declared(metric):
        counted(metric)
        address = reverse("metrics:metric_detail", kwargs={"code": metric.code})
        page = body(world.anonymous.client.get(address, {"kind": "month"}))
        month = value_of(metric, kind="month", start=datetime.date(2026, 1, 1))
        hidden = world.anonymous.client.get(month.get_absolute_url())
    assert "2026年1月" not in page
    assert hidden.status_code == 404


def test_rows_that_the_reader_may_not_see_are_counted_not_shown(world: World) -> None:
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(verified_at=NOW)
    for place in range(6):
        verified(f"邻居{place}")
    metric = verifications(drill=OWN_ONLY)
    with declared(metric):
        counted(metric)
        address = value_of(metric).get_absolute_url()
        own = body(world.enterprise.client.get(address))
        outside = body(world.anonymous.client.get(address))
    assert "另有 6 条您无权查看" in own
    assert world.enterprise.organisation.name in own
    assert "邻居" not in own
    assert "共 7 条，您无权查看" in outside


def test_a_hidden_number_shows_neither_rows_nor_parts(world: World) -> None:
    verified("甲")
    verified("乙")
    metric = large_share(drill=OWN_ONLY)
    with declared(metric):
        counted(metric)
        page = body(world.anonymous.client.get(value_of(metric).get_absolute_url()))
    assert "少于5" in page
    assert "0 / 2" not in page


def test_the_numerator_of_a_share_can_be_picked_out(world: World) -> None:
    Organisation.objects.update(verified_at=None)
    verified("大的", above_scale=True)
    verified("小的")
    everything = Drill(
        columns={"单位": "name"}, visible_to=lambda actor: Organisation.objects.all()
    )
    metric = large_share(drill=everything)
    with declared(metric):
        counted(metric)
        address = value_of(metric).get_absolute_url()
        whole = body(world.leader.client.get(address))
        part = body(world.leader.client.get(address, {"part": "counted"}))
    assert "小的" in whole
    assert "大的" in part
    assert "小的" not in part


def test_a_corrected_value_shows_what_was_told_before(world: World) -> None:
    definition = defined(world)
    enter(definition, world.coordinator)
    second = enter(definition, world.coordinator, value=Decimal(33), reason="决算批复调整")
    page = body(world.leader.client.get(second.get_absolute_url()))
    assert "更正经过" in page
    assert "30.5 %" in page
    assert "人工填报" in page
    public = body(world.anonymous.client.get(second.get_absolute_url()))
    assert "更正经过" not in public
    assert "决算批复.txt" not in public


def test_a_definition_is_set_up_and_reported_through_the_forms(world: World) -> None:
    client = world.coordinator.client
    data = {
        "title": "职教经费占比", "unit": "%", "formula": "职教经费 ÷ 教育经费", "source": "决算",
        "division": CITY, "owner": world.supervisor.organisation.pk, "period_kind": "year",
        "timing": "flow", "direction": "rising", "periodicity": "yearly", "decimals": 1,
    }  # fmt: skip
    made = client.post(reverse("metrics:definition_new"), data)
    assert made.status_code == 302
    again = client.post(reverse("metrics:definition_new"), data)
    assert again.status_code == 422
    assert "同名" in again.content.decode()
    form = reverse("metrics:value_new", args=[made.url.rstrip("/").split("/")[-1]])
    bad = client.post(
        form, {"division": CITY, "day": "2025-06-01", "value": "130", "evidence": paper()}
    )
    assert bad.status_code == 422
    assert "百分比不能超过 100" in bad.content.decode()
    good = client.post(
        form, {"division": CITY, "day": "2025-06-01", "value": "13", "evidence": paper()}
    )
    assert good.status_code == 302
    assert MetricValue.objects.get().value == 13


def test_an_objection_goes_through_the_forms_and_stands_beside_the_number(world: World) -> None:
    value = enter(defined(world), world.coordinator)
    form = reverse("metrics:value_dispute", args=[value.pk])
    sent = world.supervisor.client.post(
        form, {"own_value": "41", "reason": "与审计报告不一致", "evidence": paper()}
    )
    assert sent.status_code == 302
    dispute = ValueDispute.objects.get()
    assert "异议数 41" in body(world.leader.client.get(value.get_absolute_url()))
    assert "异议数 41" in body(world.leader.client.get(reverse("metrics:catalogue")))
    assert "异议数 41" not in body(world.anonymous.client.get(value.get_absolute_url()))
    assert "答复数据异议" in body(world.coordinator.client.get(reverse("portal:todo_list")))
    uphold = reverse("metrics:dispute_uphold", args=[dispute.pk])
    empty = world.coordinator.client.post(uphold, {"uphold-answer": ""})
    assert empty.status_code == 422
    done = world.coordinator.client.post(uphold, {"uphold-answer": "以决算批复为准。"})
    assert done.status_code == 302
    assert "异议数 41" not in body(world.leader.client.get(reverse("metrics:catalogue")))


def test_the_list_of_objections_costs_the_same_with_few_and_many(world: World) -> None:
    definition = defined(world)
    address = reverse("metrics:dispute_list")

    def object_to(year: int) -> None:
        value = enter(definition, world.coordinator, day=datetime.date(year, 6, 1))
        ValueDispute.objects.create(
            value=value, official_value=value.value, own_value=1, reason="不同意见",
            organisation=world.supervisor.organisation, raised_by_name="督查", raised_at=NOW,
            due_at=NOW,
        )  # fmt: skip

    for year in range(2000, 2003):
        object_to(year)
    world.leader.client.get(address)
    with CaptureQueriesContext(connection) as few:
        world.leader.client.get(address)
    for year in range(2003, 2020):
        object_to(year)
    with CaptureQueriesContext(connection) as many:
        page = body(world.leader.client.get(address))
    assert "地方教育附加" in page
    assert len(few) == len(many)
    assert_fragment_equals_page(world.leader.client, address, state="raised")


def test_the_list_of_reported_metrics_answers_its_filters(world: World) -> None:
    defined(world)
    address = reverse("metrics:definition_list")
    assert_fragment_equals_page(world.leader.client, address, state="active")
    swapped = {"HX-Request": "true"}  # the list alone: the menu beside it says the word too
    active, retired = (
        body(world.leader.client.get(address, {"state": state}, headers=swapped))
        for state in ("active", "retired")
    )
    assert "地方教育附加" in active
    assert "地方教育附加" not in retired


def test_a_metric_leads_to_the_clause_that_demands_it(world: World) -> None:
    facts = {
        "division_id": CITY, "owner": world.coordinator.organisation, "level": "city",
        "medium": "txt", "issued_at": NOW, "document_number": "青政发〔2026〕1号",
    }  # fmt: skip
    issued = PolicyDocument.objects.create(title="实施方案", state="issued", **facts)
    draft = PolicyDocument.objects.create(title="讨论稿", state="reviewing", **facts)
    for document in (issued, draft):
        clause = Clause.objects.create(
            document=document, order=1, path=["二", "（四）"], number="1", start=0, end=9
        )
        ClauseTarget.objects.create(
            clause=clause, title="成交", phrase=f"{document.title}所说的成交三百项",
            metric_code="exchange.deals", low=300, unit="项", force="target",
        )  # fmt: skip
    address = reverse("metrics:metric_detail", kwargs={"code": "exchange.deals"})
    page = body(world.anonymous.client.get(address))
    assert "实施方案所说的成交三百项" in page
    assert "讨论稿" not in page
