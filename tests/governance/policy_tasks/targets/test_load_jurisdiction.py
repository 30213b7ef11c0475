"""The five jurisdictions from their rulebooks, in one database."""

from __future__ import annotations

import datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import Light
from silian.governance.policy_tasks.commands.jurisdictions import load_jurisdiction
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.governance.policy_tasks.models.tasks import Milestone
from silian.governance.policy_tasks.queries.target_standings import (
    counted_by_light,
    target_standings,
)
from silian.registers.policies.models import Clause, Parameter, PolicyBody, PolicyDocument
from silian.registers.policies.models.clauses import ClauseBody, ClauseTarget
from tests.governance.policy_tasks.tasks import stage

PLACES = {
    "530300": ("云南省", "曲靖市"),
    "500154": ("重庆市", "开州区"),
    "520000": ("", "贵州省"),
    "620200": ("甘肃省", "嘉峪关市"),
    "411200": ("河南省", "三门峡市"),
}
TASKS = {"530300": 28, "500154": 25, "520000": 0, "620200": 24, "411200": 21}
TARGETS = {"530300": 9, "500154": 16, "520000": 18, "620200": 9, "411200": 12}
RESTATED = {"N39": "N32", "N40": "N33", "N41": "N34", "N42": "N35"}
GUIZHOU, GUIYANG = "520000", "520100"


@pytest.fixture(autouse=True)
def divisions(db: None) -> None:
    for code, (province, name) in PLACES.items():
        parent = f"{code[:2]}0000"
        if province:
            make_division(parent, province, parent=None)
        make_division(code, name, parent=parent if province else None)
    make_division(GUIYANG, "贵阳市", parent=GUIZHOU)


def make_division(code: str, name: str, *, parent: str | None) -> None:
    path = [parent, code] if parent else [code]
    Division.objects.get_or_create(
        code=code,
        defaults={"name": name, "parent_id": parent, "level": len(path), "path": path},
    )


def load(code: str) -> list[str]:
    return load_jurisdiction(code=code, actor=system_actor(), now=stage.NOW).updated


@pytest.fixture
def five(divisions: None) -> None:
    for code in PLACES:
        load(code)


def test_all_five_give_the_counts_of_the_labelled_documents(five: None) -> None:
    assert Clause.objects.count() == 138
    assert PolicyTask.objects.count() == 98
    assert PolicyTask.objects.filter(lead__isnull=False).count() == 6
    assert ClauseBody.objects.filter(clause__is_task=True).count() == 383
    assert Target.objects.count() == 64
    assert Milestone.objects.exclude(number="").count() == 11
    for code in PLACES:
        assert PolicyTask.objects.filter(division_id=code).count() == TASKS[code]
        assert Target.objects.filter(division_id=code).count() == TARGETS[code]


def test_restated_targets_are_shown_and_counted_once(five: None) -> None:
    shown = {row.target.number: row for row in target_standings(division=GUIZHOU, on=stage.TODAY)}
    for number, original in RESTATED.items():
        assert shown[number].same_as == original
        assert not shown[number].is_counted
        assert shown[original].is_counted
    counted = sum(counted_by_light(shown.values()).values())
    assert counted == sum(row.is_counted for row in shown.values()) <= 18 - len(RESTATED)


def test_open_parameters_stay_open(five: None) -> None:
    tolerance = Parameter.objects.get(division_id="411200", code="P10")
    assert not tolerance.is_set
    assert not Parameter.objects.exclude(code="P10").filter(
        code__startswith="P", value__isnull=False
    )


def test_about_twenty_has_no_tolerance_and_so_no_verdict(five: None) -> None:
    target = Target.objects.get(number="N54")
    assert target.goal_words == "20 家左右"
    standing = next(
        row
        for row in target_standings(division="411200", on=stage.TODAY)
        if row.target.number == "N54"
    )
    assert standing.tolerance_unset
    assert standing.light not in (Light.BEHIND, Light.OVERDUE)


def test_a_second_loading_changes_nothing(five: None) -> None:
    before = rows()
    for code in PLACES:
        again = load_jurisdiction(code=code, actor=system_actor(), now=stage.NOW)
        assert again.is_unchanged
    assert rows() == before


def rows() -> dict[str, int]:
    tables = (PolicyDocument, PolicyBody, Clause, ClauseTarget, Parameter, PolicyTask, Target)
    return {table.__name__: table.objects.count() for table in tables}


def test_a_number_that_was_changed_is_put_right_and_reported(five: None) -> None:
    ClauseTarget.objects.filter(rule="N09").update(low=Decimal(31))
    Target.objects.filter(number="N09").update(low=Decimal(31), baseline=None)
    updated = load("530300")
    assert any("量化指标" in line for line in updated)
    assert any("目标 N09" in line for line in updated)
    assert Target.objects.get(number="N09").low == 30


def test_the_damaged_date_stays_open(five: None) -> None:
    document = PolicyDocument.objects.get(division_id="620200")
    assert document.issued_on is None
    assert document.date_candidates == ["2020-01-22", "2020-12-02"]


def test_targets_of_a_city_are_not_summed_into_its_province(five: None) -> None:
    document = PolicyDocument.objects.create(
        division_id=GUIYANG,
        owner=PolicyDocument.objects.get(division_id=GUIZHOU).owner,
        state="issued",
        title="贵阳市实施方案（测试）",
        level="city",
        medium="txt",
        issued_at=stage.NOW,
    )
    Target.objects.create(
        division_id=GUIYANG, document=document, title="联盟", low=Decimal(3), unit="个",
        comparator=">=", force="target", deadline_on=datetime.date(2026, 12, 31),
    )  # fmt: skip
    assert len(target_standings(division=GUIZHOU, on=stage.TODAY)) == 18
    assert len(target_standings(division=GUIZHOU, on=stage.TODAY, below=True)) == 19


def test_the_command_loads_lists_and_shows() -> None:
    out = StringIO()
    call_command("jurisdiction", "load", "530300", stdout=out)
    call_command("jurisdiction", "load", "530300", stdout=out)
    call_command("jurisdiction", "list", stdout=out)
    call_command("jurisdiction", "show", "530300", stdout=out)
    text = out.getvalue()
    assert "任务 28" in text
    assert "没有变化" in text
    assert "530300  云南省曲靖市  已载入" in text
    assert "任务×单位：115" in text


def test_an_unknown_code_is_refused_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="可用的地区"):
        call_command("jurisdiction", "load", "999999")
    with pytest.raises(CommandError, match="还没有载入"):
        call_command("jurisdiction", "show", "530300")


def test_a_place_without_division_is_refused() -> None:
    Division.objects.filter(pk="530300").delete()
    with pytest.raises(DomainError, match="silian reference load"):
        load("530300")


def test_an_uploaded_document_with_the_number_is_not_overwritten() -> None:
    load("530300")
    PolicyDocument.objects.filter(division_id="530300").update(medium="txt")
    with pytest.raises(DomainError, match="已由上传的文件使用"):
        load("530300")
