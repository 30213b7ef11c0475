"""Land cases: eligibility with clause, steps with clocks, by the named office."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.commands.land import (
    change_land_case,
    withdraw_land_case,
)
from silian.governance.incentives.commands.offices import end_office
from silian.governance.incentives.models.land import LandCase
from silian.governance.incentives.permissions.land import land_cases_visible_to
from silian.governance.incentives.queries.land import eligibility_of
from silian.governance.incentives.rules.land import modes_open, reason_day_wrong
from tests.governance.incentives.land import stage
from tests.htmx import assert_fragment_equals_page
from tests.world import CITY, COUNTY, OTHER_CITY, World


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_transfer_and_lease_are_always_open_and_days_stand_in_order() -> None:
    assert modes_open(allocation=None) == ("transfer", "lease")
    assert modes_open(allocation=True)[0] == "allocation"
    day = stage.TODAY
    assert "不能晚于" in str(reason_day_wrong(on=day + stage.DAY, last=day, today=day))
    assert "不能早于" in str(reason_day_wrong(on=day - stage.DAY, last=day, today=day))
    assert reason_day_wrong(on=day, last=day, today=day) is None


def test_a_school_of_an_enterprise_in_the_catalogue_may_be_allocated(world: World) -> None:
    found = eligibility_of(stage.case(world), on=stage.TODAY)
    assert (found.has_rule, found.managed_as_education) == (True, True)
    assert found.modes == ("allocation", "transfer", "lease")
    assert [gate.passed for gate in found.gates] == [True, True]
    assert "六（三）" in found.gates[0].clause


@pytest.mark.parametrize(
    "changed",
    [
        {"in_catalogue": False, "catalogue_item": ""},
        {"is_school": False},
        {"investor": "government"},
    ],
)
def test_otherwise_there_is_transfer_or_lease_with_the_cure(
    world: World, changed: dict[str, object]
) -> None:
    found = eligibility_of(stage.case(world, **changed), on=stage.TODAY)
    assert found.modes == ("transfer", "lease")
    assert any(gate.cure for gate in found.gates)


def test_what_is_unknown_is_named_and_opens_nothing(world: World) -> None:
    row = stage.case(world, in_catalogue=None, catalogue_item="")
    found = eligibility_of(row, on=stage.TODAY)
    assert found.missing == ("是否符合《划拨用地目录》",)
    assert found.modes == ("transfer", "lease")
    assert found.gates[1].passed is None


def test_a_place_without_the_rule_says_so(world: World) -> None:
    row = stage.case(world, division_id=OTHER_CITY)
    found = eligibility_of(row, on=stage.TODAY)
    assert not found.has_rule
    assert found.modes == ("transfer", "lease")


def test_papers_are_complete_only_with_area_and_catalogue(world: World) -> None:
    stage.office(world)
    row = stage.case(world, area=None, in_catalogue=None, catalogue_item="")
    with pytest.raises(DomainError, match="用地面积"):
        stage.step(world, row, "complete")
    LandCase.objects.filter(pk=row.pk).update(area=Decimal(900))
    with pytest.raises(DomainError, match="划拨用地目录"):
        stage.step(world, row, "complete")
    done = stage.step(world, row, "complete", in_catalogue=False)
    assert (done.state, done.in_catalogue) == ("complete", False)


def test_a_plan_keeps_what_the_rule_said_and_refuses_a_closed_way(world: World) -> None:
    with pytest.raises(DomainError, match="不能拟以划拨"):
        stage.planned(world, in_catalogue=False, catalogue_item="")
    row = stage.planned(world)
    assert row.checked["modes"] == ["allocation", "transfer", "lease"]
    assert row.checked["gates"][0]["clause"].endswith("六（三）")


def test_who_planned_does_not_write_down_the_approval(world: World) -> None:
    row = stage.planned(world)
    with pytest.raises(DomainError, match="由您拟订"):
        stage.step(world, row, "approve", document="批复", later=3)
    with pytest.raises(DomainError, match="批复文件"):
        stage.step(world, row, "approve", who="coordinator", later=3)
    done = stage.step(
        world, row, "approve", who="coordinator", document="某政地〔2026〕1号", later=3
    )
    assert done.state == "approved"


def test_a_refusal_has_paper_and_reason(world: World) -> None:
    row = stage.planned(world)
    key = {"who": "coordinator", "later": 3, "document": "不予批准通知"}
    with pytest.raises(DomainError, match="不批准的理由"):
        stage.step(world, row, "refuse", **key)
    assert stage.step(world, row, "refuse", note="不在规划内", **key).state == "refused"


def test_every_step_tells_its_days_and_whether_the_clock_was_kept(world: World) -> None:
    row = stage.planned(world)
    with pytest.raises(DomainError, match="期限的依据"):
        stage.step(world, row, "approve", who="coordinator", document="批复", later=3,
                   due_on=stage.TODAY + 10 * stage.DAY)  # fmt: skip
    stage.step(
        world, row, "approve", who="coordinator", document="批复", later=3,
        due_on=stage.TODAY + 10 * stage.DAY, due_basis="服务承诺",
    )  # fmt: skip
    stage.step(world, row, "supply", document="划拨决定书", later=14)
    done = stage.step(world, row, "hand_over", later=20)
    steps = list(done.steps.values_list("state", "days", "was_late"))
    assert steps == [
        ("registered", 0, False),
        ("complete", 1, False),
        ("planned", 1, False),
        ("approved", 1, False),
        ("supplied", 11, True),
        ("handed_over", 6, False),
    ]


def test_only_the_named_office_handles_and_never_its_own(world: World) -> None:
    row = stage.case(world)
    with pytest.raises(NotAllowed):
        stage.step(world, row, "complete")
    office = stage.office(world)
    with pytest.raises(NotAllowed):
        stage.step(world, row, "complete", who="leader")
    LandCase.objects.filter(pk=row.pk).update(applicant=world.reviewer.organisation)
    with pytest.raises(NotAllowed):
        stage.step(world, row, "complete")
    end_office(office_id=office.pk, actor=world.coordinator.actor, today=stage.TODAY)
    LandCase.objects.filter(pk=row.pk).update(applicant=world.enterprise.organisation)
    with pytest.raises(NotAllowed):
        stage.step(world, row, "complete")


def test_the_applicant_changes_and_withdraws_its_own(world: World) -> None:
    row = stage.case(world)
    actor = world.enterprise.actor
    with pytest.raises(DomainError, match="目录条目"):
        change_land_case(case_id=row.pk, facts=stage.facts(catalogue_item=""), actor=actor)
    changed = change_land_case(case_id=row.pk, facts=stage.facts(title="新名称"), actor=actor)
    assert changed.title == "新名称"
    with pytest.raises(DomainError, match="撤回理由"):
        withdraw_land_case(case_id=row.pk, reason="", actor=actor, today=stage.TODAY)
    done = withdraw_land_case(case_id=row.pk, reason="改址", actor=actor, today=stage.TODAY)
    assert done.state == "withdrawn"
    with pytest.raises(DomainError, match="不能再改"):
        change_land_case(case_id=row.pk, facts=stage.facts(), actor=actor)
    with pytest.raises(NotAllowed):
        stage.case(world, who="teacher")


def test_a_case_is_read_by_applicant_officials_and_office_alone(world: World) -> None:
    row = stage.case(world)
    officials = {"reviewer", "coordinator", "supervisor", "leader"}
    for name, person in world.people.items():
        seen = land_cases_visible_to(person.actor).filter(pk=row.pk).exists()
        assert seen == (name in officials | {"enterprise"}), name


def test_measures_count_supplied_cases_and_their_area(world: World) -> None:
    row = stage.planned(world)
    stage.step(world, row, "approve", who="coordinator", document="批复", later=3)
    stage.step(world, row, "supply", document="决定书", later=4)
    day = stage.TODAY + 5 * stage.DAY
    now = datetime.datetime.combine(
        day, datetime.time(9), tzinfo=datetime.timezone(datetime.timedelta(hours=8))
    )
    for code, wanted in (
        ("incentives.land_supplied", 1),
        ("incentives.land_area_supplied", 12000),
        ("incentives.land_cases_open", 1),
    ):
        metric = metric_named(code)
        assert metric is not None
        recount(metric=metric, since=datetime.date(2026, 1, 1), now=now, announce=False)
        found = latest_value(code=code, division=CITY, on=day)
        assert found is not None, code
        assert found.value == wanted, code


def test_the_list_costs_the_same_and_its_fragment_equals_the_page(world: World) -> None:
    url = reverse("incentives:land_cases")
    stage.office(world)
    for number in range(3):
        stage.case(world, title=f"用地{number}")
    client = world.reviewer.client
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(3, 20):
        stage.case(world, title=f"用地{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
    assert_fragment_equals_page(client, url, selector="#sl-results")
    assert client.get(url, {"export": "csv"}).status_code == 200


def test_the_way_in_the_browser(world: World) -> None:
    stage.office(world)
    said = {
        "title": "实训园", "division": COUNTY, "site": "一号地块", "area": "900",
        "land_class": "education", "investor": "enterprise", "is_school": "on",
        "in_catalogue": "yes", "wanted": "allocation",
    }  # fmt: skip
    url = reverse("incentives:land_case_new")
    refused = world.enterprise.client.post(url, said)
    assert refused.status_code == 422
    assert "写明目录条目" in text(refused)
    sent = world.enterprise.client.post(url, said | {"catalogue_item": "教育设施"})
    assert sent.status_code == 302, text(sent)
    row = LandCase.objects.get()
    todo = text(world.reviewer.client.get(reverse("portal:todo_list")))
    assert "办理用地事项：实训园" in todo
    step = reverse("incentives:land_case_step", kwargs={"case_id": row.pk, "name": "complete"})
    done = world.reviewer.client.post(
        step, {"on": str(stage.TODAY), "in_catalogue": "yes", "catalogue_item": "教育设施"}
    )
    assert done.status_code == 302, text(done)
    page = text(world.enterprise.client.get(row.get_absolute_url()))
    assert "材料齐" in page
    assert "三政办〔2020〕9号 六（三）" in page
