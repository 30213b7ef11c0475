"""A yearly result can be corrected: another version with its reason, the former kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.alliances.commands.assessments import assess_group, correct_assessment
from silian.operations.alliances.models.contributions import AnnualAssessment
from tests.operations.alliances import group_stage as stage
from tests.world import World


def assessed(world: World) -> AnnualAssessment:
    return assess_group(
        group_id=stage.running(world).pk,
        year=stage.today().year,
        grade="fair",
        reason="有逾期",
        actor=world.coordinator.actor,
        today=stage.today(),
    )


def corrected(world: World, row: AnnualAssessment, **given: Any) -> AnnualAssessment:
    values: dict[str, Any] = {
        "grade": "good",
        "reason": "按期完成",
        "correction": "漏计 1 条贡献",
        "counts_again": False,
        "actor": world.coordinator.actor,
        "today": stage.today(),
    }
    return correct_assessment(assessment_id=row.pk, **{**values, **given})


def test_the_former_version_stays_as_it_was(world: World) -> None:
    first = assessed(world)
    second = corrected(world, first)
    first.refresh_from_db()
    assert (first.grade, first.reason, first.is_current) == ("fair", "有逾期", False)
    assert (second.version, second.is_current, second.correction) == (2, True, "漏计 1 条贡献")
    assert second.figures == first.figures


def test_figures_are_counted_again_only_when_asked(world: World) -> None:
    first = assessed(world)
    stage.member(first.group, stage.unit_of(world.rival))
    kept = corrected(world, first)
    assert kept.figures["members"] == first.figures["members"]
    anew = corrected(world, kept, counts_again=True)
    assert anew.figures["members"] == first.figures["members"] + 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"correction": " "}, "更正理由"),
        ({"reason": ""}, "考核意见"),
        ({"grade": "superb"}, "考核结果"),
    ],
)
def test_a_correction_says_why(world: World, given: dict[str, Any], said: str) -> None:
    with pytest.raises(DomainError, match=said):
        corrected(world, assessed(world), **given)


def test_only_the_current_version_is_corrected_and_only_by_the_coordinator(world: World) -> None:
    first = assessed(world)
    with pytest.raises(NotAllowed):
        corrected(world, first, actor=world.school.actor)
    corrected(world, first)
    with pytest.raises(DomainError, match="现行版本"):
        corrected(world, first)


def test_the_database_keeps_one_current_version_a_year(world: World) -> None:
    first = assessed(world)
    corrected(world, first)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualAssessment.objects.filter(pk=first.pk).update(is_current=True)


def test_the_pages_show_both_versions(world: World) -> None:
    first = assessed(world)
    url = reverse("alliances:assessment_correct", args=[first.pk])
    sent = {"grade": "good", "reason": "按期完成", "correction": "漏计 1 条贡献"}
    assert world.coordinator.client.post(url, sent).status_code == 302
    old = reverse("alliances:assessment_detail", args=[first.pk])
    page = world.school.client.get(old).content.decode()
    assert "已更正" in page
    assert "漏计 1 条贡献" in page
    group = world.school.client.get(first.group.get_absolute_url()).content.decode()
    assert old not in group
    assert "合格" in group
