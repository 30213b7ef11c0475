"""Issuing, superseding, amending, repealing and withdrawing documents."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.policies.choices import BodyRole, ClauseReview, DocumentState
from silian.registers.policies.commands import issue
from silian.registers.policies.commands.clause_correction import BodyLine, set_bodies
from silian.registers.policies.commands.clause_review import confirm_clear_clauses
from silian.registers.policies.commands.document_facts import DocumentFacts, correct_document
from silian.registers.policies.events import PolicyIssued, PolicySuperseded
from silian.registers.policies.models.clauses import ClauseTarget
from silian.registers.policies.models.documents import PolicyDocument
from tests.registers.policies.documents.stage import (
    NUMBER,
    PLAN,
    clause_called,
    in_review,
    issued,
)
from tests.world import World

AMENDING = "青政办发〔2026〕30号"
LATER = PLAN.replace(NUMBER, "青政办发〔2026〕19号").replace("2026年2月10日", "2026年3月10日")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The events that were published."""
    events: list[object] = []
    monkeypatch.setattr(issue, "publish", events.append)
    return events


def test_a_confirmed_document_is_issued_and_told(world: World, told: list[object]) -> None:
    document = issued(world)
    assert document.state == DocumentState.ISSUED
    assert document.issued_at is not None
    assert document.effective_from == document.issued_on
    assert told == [PolicyIssued(document_id=document.pk, division="990100")]
    assert document in PolicyDocument.objects.in_force(on=datetime.date(2026, 3, 18))


def test_unconfirmed_clauses_hold_the_document_up(world: World) -> None:
    document = in_review(world)
    with pytest.raises(DomainError, match="5 条没有确认|4 条没有确认"):
        issue.issue_document(document_id=document.pk, actor=world.coordinator.actor)


def test_only_the_coordinator_of_the_department_issues(world: World) -> None:
    document = in_review(world)
    with pytest.raises(NotAllowed):
        issue.issue_document(document_id=document.pk, actor=world.leader.actor)


def test_a_later_document_supersedes_the_earlier(world: World, told: list[object]) -> None:
    earlier = issued(world)
    later = issued(world, text=LATER, replaces=earlier.pk)
    earlier.refresh_from_db()
    assert earlier.state == DocumentState.SUPERSEDED
    assert earlier.effective_to == later.effective_from == datetime.date(2026, 3, 10)
    assert PolicySuperseded(document_id=earlier.pk, successor_id=later.pk) in told


def test_a_number_is_issued_once(world: World) -> None:
    issued(world)
    document = in_review(world, accepts_duplicate=True)
    confirm_clear_clauses(document_id=document.pk, actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="文号"):
        issue.issue_document(document_id=document.pk, actor=world.coordinator.actor)


def test_an_amendment_is_the_next_version_with_all_clauses(world: World) -> None:
    earlier = issued(world)
    version = issue.amend_document(
        document_id=earlier.pk,
        amending_number="青政办发〔2026〕30号",
        actor=world.coordinator.actor,
    )
    assert (version.version, version.supersedes) == (2, earlier)
    assert version.clauses.count() == earlier.clauses.count()
    assert set(version.clauses.values_list("review", flat=True)) == {ClauseReview.CONFIRMED}
    again = ClauseTarget.objects.get(clause__document=version, repeats__isnull=False)
    assert again.repeats is not None
    assert again.repeats.clause.document == version


def test_an_amended_version_takes_the_place_of_the_first(world: World) -> None:
    earlier = issued(world)
    version = issue.amend_document(
        document_id=earlier.pk,
        amending_number="青政办发〔2026〕30号",
        actor=world.coordinator.actor,
    )
    clause = clause_called(version, "落实实习补贴")
    lines = [BodyLine(name="市财政局", role=BodyRole.LEAD)]
    set_bodies(clause_id=clause.pk, lines=lines, actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="落实实习补贴"):
        issue.issue_document(document_id=version.pk, actor=world.coordinator.actor)
    confirm_clear_clauses(document_id=version.pk, actor=world.coordinator.actor)
    issue.issue_document(
        document_id=version.pk,
        actor=world.coordinator.actor,
        effective_from=datetime.date(2026, 5, 1),
    )
    earlier.refresh_from_db()
    assert earlier.state == DocumentState.SUPERSEDED
    untouched = clause_called(earlier, "落实实习补贴")
    assert untouched.bodies.count() == 2


def test_an_amendment_needs_its_ground_and_a_document_in_force(world: World) -> None:
    earlier = issued(world)
    with pytest.raises(DomainError, match="依据"):
        issue.amend_document(
            document_id=earlier.pk, amending_number=" ", actor=world.coordinator.actor
        )
    draft = in_review(world, text=LATER)
    with pytest.raises(DomainError, match="已发布"):
        issue.amend_document(
            document_id=draft.pk, amending_number="〔2026〕1号", actor=world.coordinator.actor
        )


def test_a_document_is_repealed_with_its_ground(world: World) -> None:
    document = issued(world)
    day = datetime.date(2026, 9, 1)
    with pytest.raises(DomainError, match="理由"):
        issue.repeal_document(
            document_id=document.pk, reason="", on=day, actor=world.coordinator.actor
        )
    repealed = issue.repeal_document(
        document_id=document.pk, reason="另有规定", on=day, actor=world.coordinator.actor
    )
    assert (repealed.state, repealed.effective_to) == (DocumentState.REPEALED, day)
    assert repealed.is_public
    assert history_of(document)[0].reason == "另有规定"


def test_a_repeal_does_not_lie_before_the_force(world: World) -> None:
    document = issued(world)
    with pytest.raises(DomainError, match="早于施行日"):
        issue.repeal_document(
            document_id=document.pk,
            reason="另有规定",
            on=datetime.date(2020, 1, 1),
            actor=world.coordinator.actor,
        )


def test_a_withdrawn_document_is_public_no_more_and_frees_its_predecessor(world: World) -> None:
    earlier = issued(world)
    draft = in_review(world, text=LATER, replaces=earlier.pk)
    withdrawn = issue.withdraw_document(
        document_id=draft.pk, reason="录入有误", actor=world.coordinator.actor
    )
    assert not withdrawn.is_public
    assert in_review(world, text=LATER, replaces=earlier.pk, accepts_duplicate=True)
    with pytest.raises(WrongState):
        issue.withdraw_document(document_id=draft.pk, reason="再次", actor=world.coordinator.actor)


def test_the_elements_of_a_document_are_corrected(world: World) -> None:
    document = in_review(world)
    facts = DocumentFacts(
        title=document.title,
        plan_title="青澜市实习实训提升行动方案（演示）",
        document_number=document.document_number,
        issuers=("青澜市人民政府办公室",),
        issued_on=document.issued_on,
        effective_from=datetime.date(2026, 3, 1),
        level=document.level,
    )
    corrected = correct_document(
        document_id=document.pk, facts=facts, actor=world.coordinator.actor
    )
    assert str(corrected) == "青澜市实习实训提升行动方案（演示）"
    assert set(history_of(document)[0].detail["after"]) == {"plan_title", "effective_from"}
