"""Doubts settled by a person; the original is never changed."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError
from silian.registers.policies.choices import ClauseReview, MarkKind
from silian.registers.policies.commands.clause_review import (
    confirm_clause,
    confirm_clear_clauses,
)
from silian.registers.policies.commands.issue import issue_document
from silian.registers.policies.commands.marks import settle_doubt
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.marks import Mark
from tests.registers.policies.documents.stage import PLAN, clause_called, in_review
from tests.world import World

LOST = "\ufffd"


def doubt_in(document: PolicyDocument, cause: str) -> Mark:
    return document.marks.get(kind=MarkKind.DOUBT, cause=cause)


def test_a_date_is_read_by_a_person(world: World) -> None:
    document = in_review(world, text=PLAN.replace("2026年2月10日", "2026210"))
    mark = doubt_in(document, "date")
    with pytest.raises(DomainError, match="2025-06-20"):
        settle_doubt(mark_id=mark.pk, reading="二月十日", actor=world.coordinator.actor)
    settle_doubt(mark_id=mark.pk, reading="2026-02-10", actor=world.coordinator.actor)
    document.refresh_from_db()
    assert str(document.issued_on) == "2026-02-10"
    assert "2026210" in document.text


def test_a_number_is_read_by_a_person(world: World) -> None:
    document = in_review(world, text=PLAN.replace("〔2026〕6号", "〔202〕6号"))
    mark = doubt_in(document, "doc_number")
    settle_doubt(mark_id=mark.pk, reading="青政办发〔2026〕6号", actor=world.coordinator.actor)
    document.refresh_from_db()
    assert document.document_number == "青政办发〔2026〕6号"


def test_a_body_is_read_by_a_person(world: World) -> None:
    document = in_review(world, text=PLAN.replace("市应急管理局", "市商局"))
    mark = doubt_in(document, "unknown_body")
    settle_doubt(mark_id=mark.pk, reading="市商务局", actor=world.coordinator.actor)
    clause = clause_called(document, "加强安全管理")
    assert "市商务局" in {row.body.name for row in clause.bodies.all() if row.body}
    assert "市商局" in {row.printed for row in clause.bodies.all()}


def test_a_lost_character_stands_in_the_clause_as_read(world: World) -> None:
    document = in_review(world, text=PLAN.replace("按季更新", f"按{LOST}更新"))
    mark = doubt_in(document, "unreadable_character")
    settle_doubt(mark_id=mark.pk, reading="季", actor=world.coordinator.actor)
    clause = clause_called(document, "公开实习岗位")
    assert "按季更新" in clause.text
    document.refresh_from_db()
    assert f"按{LOST}更新" in document.text


def test_a_doubt_about_a_figure_holds_up_clause_and_document(world: World) -> None:
    document = in_review(world, text=PLAN.replace("基地20个", f"基地2{LOST}个"))
    clause = clause_called(document, "主要目标")
    with pytest.raises(DomainError, match="数值的疑点"):
        confirm_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    confirm_clear_clauses(document_id=document.pk, actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="疑点没有处理"):
        issue_document(document_id=document.pk, actor=world.coordinator.actor)
    mark = doubt_in(document, "unreadable_character")
    settle_doubt(mark_id=mark.pk, reading="0", actor=world.coordinator.actor)
    confirm_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    assert issue_document(document_id=document.pk, actor=world.coordinator.actor).issued_at


def test_other_doubts_are_kept_as_printed_by_confirming(world: World) -> None:
    document = in_review(world, text=PLAN.replace("各校据此", f"各{LOST}据此"))
    clause = clause_called(document, "公开实习岗位")
    confirm_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    mark = doubt_in(document, "unreadable_character")
    assert mark.resolution == LOST
    assert mark.resolved_by == world.coordinator.user
    clause.refresh_from_db()
    assert clause.review == ClauseReview.CONFIRMED


def test_an_empty_reading_and_a_repair_are_refused(world: World) -> None:
    text = PLAN.replace("2026年2月10日", "2026210")
    document = in_review(world, text=text)
    with pytest.raises(DomainError, match="选择一种读法"):
        settle_doubt(
            mark_id=doubt_in(document, "date").pk, reading=" ", actor=world.coordinator.actor
        )
    repair = Mark.objects.create(
        document=document, kind=MarkKind.REPAIR, cause="joined_break", printed="x", start=0, end=1
    )
    with pytest.raises(DomainError, match="不需要选择"):
        settle_doubt(mark_id=repair.pk, reading="y", actor=world.coordinator.actor)
