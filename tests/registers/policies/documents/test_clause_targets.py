"""Targets and dated goals entered and corrected by a person."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError
from silian.registers.policies.choices import ClauseReview
from silian.registers.policies.commands.clause_review import confirm_clause
from silian.registers.policies.commands.clause_targets import (
    GoalFacts,
    TargetFacts,
    remove_goal,
    remove_target,
    save_goal,
    save_target,
)
from silian.registers.policies.models.clauses import ClauseTarget
from tests.registers.policies.documents.stage import clause_called, in_review
from tests.world import World


def facts(**changes: Any) -> TargetFacts:
    given: dict[str, Any] = {
        "title": "每年发布实习岗位",
        "phrase": "每年发布实习岗位不少于3000个",
        "low": Decimal(3500),
        "high": None,
        "unit": "个/年",
        "comparator": ">=",
        "force": "mandatory",
        "deadline_on": None,
    }
    return TargetFacts(**{**given, **changes})


def test_a_target_is_corrected_with_its_value_before_and_after(world: World) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    confirm_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    target = clause.targets.get()
    save_target(
        clause_id=clause.pk, facts=facts(), actor=world.coordinator.actor, target_id=target.pk
    )
    detail = history_of(clause)[0].detail
    assert detail == {"before": {"low": "3000.0000"}, "after": {"low": "3500"}}
    clause.refresh_from_db()
    assert clause.review == ClauseReview.WAITING


def test_an_added_target_finds_its_place_in_the_text(world: World) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    added = save_target(
        clause_id=clause.pk,
        facts=facts(phrase="按季更新", title="岗位更新", low=Decimal(4), unit="次/年"),
        actor=world.coordinator.actor,
    )
    assert clause.document.text[added.start : added.end] == "按季更新"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low": None}, "数值"),
        ({"comparator": "<="}, "上限"),
        ({"comparator": "range", "high": Decimal(1)}, "上限小于下限"),
        ({"repeats": 999_999}, "另一项指标"),
    ],
)
def test_an_impossible_target_is_refused(world: World, changes: dict[str, Any], words: str) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    with pytest.raises(DomainError, match=words):
        save_target(clause_id=clause.pk, facts=facts(**changes), actor=world.coordinator.actor)


def test_a_repetition_names_the_first_and_never_a_repetition(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "公开实习岗位")
    again = ClauseTarget.objects.get(clause__document=document, repeats__isnull=False)
    with pytest.raises(DomainError, match="自己也是重复"):
        save_target(
            clause_id=clause.pk, facts=facts(repeats=again.pk), actor=world.coordinator.actor
        )
    first = again.repeats
    assert first is not None
    own = clause.targets.get()
    with pytest.raises(DomainError, match="不能再重复"):
        save_target(
            clause_id=first.clause_id,
            facts=facts(repeats=own.pk),
            actor=world.coordinator.actor,
            target_id=first.pk,
        )
    saved = save_target(
        clause_id=clause.pk, facts=facts(repeats=first.pk), actor=world.coordinator.actor
    )
    assert saved.repeats == first


def test_a_target_is_removed(world: World) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    remove_target(target_id=clause.targets.get().pk, actor=world.coordinator.actor)
    assert not clause.targets.exists()
    assert history_of(clause)[0].detail["before"]["title"] == "每年发布实习岗位"


def test_a_goal_is_added_corrected_and_removed(world: World) -> None:
    clause = clause_called(in_review(world), "加强安全管理")
    known = clause.goals.get()
    assert known.deadline_on == datetime.date(2026, 6, 30)
    later = GoalFacts(
        title=known.title, phrase=known.phrase, deadline_on=datetime.date(2026, 9, 30)
    )
    save_goal(clause_id=clause.pk, facts=later, actor=world.coordinator.actor, goal_id=known.pk)
    assert history_of(clause)[0].detail["after"] == {"deadline_on": "2026-09-30"}
    added = save_goal(clause_id=clause.pk, facts=later, actor=world.coordinator.actor)
    remove_goal(goal_id=added.pk, actor=world.coordinator.actor)
    assert clause.goals.count() == 1
