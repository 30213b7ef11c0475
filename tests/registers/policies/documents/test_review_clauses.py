"""Confirming, correcting, merging, splitting, adding and removing clauses."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.policies.choices import BodyRole, ClauseReview
from silian.registers.policies.commands.clause_correction import (
    BodyLine,
    ClauseFacts,
    correct_clause,
    set_bodies,
)
from silian.registers.policies.commands.clause_review import (
    confirm_clause,
    confirm_clear_clauses,
    reopen_clause,
)
from silian.registers.policies.commands.clause_structure import (
    add_clause,
    merge_with_next,
    remove_clause,
    split_clause,
)
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.rules.clause_text import cut_places
from tests.registers.policies.documents.stage import PLAN, clause_called, in_review, issued
from tests.world import World


def facts(**changes: Any) -> ClauseFacts:
    given: dict[str, Any] = {
        "path": ("二、重点任务",),
        "number": "（一）",
        "heading": "公开全部实习岗位",
        "is_task": True,
        "due_on": datetime.date(2026, 12, 31),
    }
    return ClauseFacts(**{**given, **changes})


def test_a_clause_is_confirmed_and_opened_again(world: World) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    confirmed = confirm_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    assert confirmed.review == ClauseReview.CONFIRMED
    opened = reopen_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    assert opened.review == ClauseReview.WAITING


def test_only_the_coordinator_of_the_department_confirms(world: World) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    for role in ("reviewer", "leader", "supervisor", "enterprise"):
        with pytest.raises(NotAllowed):
            confirm_clause(clause_id=clause.pk, actor=world.people[role].actor)


def test_all_clauses_without_doubts_are_confirmed_at_once(world: World) -> None:
    document = in_review(world)
    count = confirm_clear_clauses(document_id=document.pk, actor=world.coordinator.actor)
    assert count == document.clauses.count()
    with pytest.raises(DomainError, match="没有可以一并确认"):
        confirm_clear_clauses(document_id=document.pk, actor=world.coordinator.actor)


def test_a_correction_is_written_to_the_trail_and_leaves_the_original(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "公开实习岗位")
    confirm_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    corrected = correct_clause(clause_id=clause.pk, facts=facts(), actor=world.coordinator.actor)
    assert corrected.heading == "公开全部实习岗位"
    assert corrected.review == ClauseReview.WAITING
    document.refresh_from_db()
    assert document.text == PLAN
    entry = history_of(corrected)[0]
    assert entry.detail["before"]["heading"] == "公开实习岗位"
    assert entry.detail["after"]["due_on"] == "2026-12-31"
    assert "is_task" not in entry.detail["after"]


def test_a_correction_that_changes_nothing_leaves_no_trace(world: World) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    confirm_clause(clause_id=clause.pk, actor=world.coordinator.actor)
    same = facts(path=tuple(clause.path), heading=clause.heading, due_on=clause.due_on)
    assert correct_clause(
        clause_id=clause.pk, facts=same, actor=world.coordinator.actor
    ).review == (ClauseReview.CONFIRMED)


def test_a_clause_needs_a_heading(world: World) -> None:
    clause = clause_called(in_review(world), "公开实习岗位")
    with pytest.raises(DomainError, match="标题"):
        correct_clause(clause_id=clause.pk, facts=facts(heading=" "), actor=world.coordinator.actor)


def test_an_issued_document_is_never_corrected(world: World) -> None:
    clause = clause_called(issued(world), "公开实习岗位")
    with pytest.raises(WrongState, match="修订"):
        correct_clause(clause_id=clause.pk, facts=facts(), actor=world.coordinator.actor)


def test_a_lead_is_set_by_a_person_and_recorded(world: World) -> None:
    clause = clause_called(in_review(world), "落实实习补贴")
    rows = list(clause.bodies.order_by("order"))
    lines = [
        BodyLine(name="市财政局", role=BodyRole.LEAD, row=rows[0].pk),
        BodyLine(name="市教育局", role=BodyRole.COOPERATE, row=rows[1].pk),
        BodyLine(name="市地方金融局", role=BodyRole.COOPERATE),
    ]
    set_bodies(clause_id=clause.pk, lines=lines, actor=world.coordinator.actor)
    kept = list(clause.bodies.order_by("order"))
    assert [row.role for row in kept] == ["lead", "cooperate", "cooperate"]
    assert kept[0].start == rows[0].start
    assert kept[2].start is None
    assert PolicyBody.objects.get(name="市地方金融局").needs_check
    detail = history_of(clause)[0].detail
    assert detail["before"] == ["分工 市财政局", "分工 市教育局"]
    assert detail["after"][0] == "牵头 市财政局"


def test_a_body_stands_once(world: World) -> None:
    clause = clause_called(in_review(world), "落实实习补贴")
    lines = [BodyLine(name="市财政局", role=role) for role in ("lead", "share")]
    with pytest.raises(DomainError, match="两次"):
        set_bodies(clause_id=clause.pk, lines=lines, actor=world.coordinator.actor)


def orders(clause: Clause) -> list[int]:
    return list(clause.document.clauses.values_list("order", flat=True))


def test_two_clauses_become_one(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "公开实习岗位")
    following = clause_called(document, "落实实习补贴")
    merged = merge_with_next(clause_id=clause.pk, actor=world.coordinator.actor)
    assert (merged.start, merged.end) == (clause.start, following.end)
    assert merged.targets.count() == 3
    assert {row.printed for row in merged.bodies.all()} >= {"市教育局", "市财政局"}
    assert orders(merged) == list(range(1, document.clauses.count() + 1))


def test_the_last_clause_has_nothing_to_merge_with(world: World) -> None:
    last = in_review(world).clauses.order_by("-order").first()
    assert last is not None
    with pytest.raises(DomainError, match="最后一条"):
        merge_with_next(clause_id=last.pk, actor=world.coordinator.actor)


def test_a_clause_is_split_at_a_sentence_and_what_follows_moves(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "落实实习补贴")
    places = cut_places(document.text, start=clause.start, end=clause.end)
    place = next(each for each in places if each.before.endswith("5家企业。"))
    second = split_clause(clause_id=clause.pk, offset=place.offset, actor=world.coordinator.actor)
    clause.refresh_from_db()
    assert clause.end == second.start == place.offset
    assert second.text.startswith("到2027年底")
    assert second.targets.count() == 1
    assert clause.targets.count() == 1
    assert second.bodies.count() == clause.bodies.count() == 2
    assert orders(clause) == list(range(1, document.clauses.count() + 1))


def test_a_clause_is_not_split_inside_a_sentence(world: World) -> None:
    clause = clause_called(in_review(world), "落实实习补贴")
    with pytest.raises(DomainError, match="一句话的末尾"):
        split_clause(clause_id=clause.pk, offset=clause.start + 3, actor=world.coordinator.actor)


def test_a_clause_is_removed_with_a_reason_and_added_again_from_its_lines(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "公开实习岗位")
    line = clause.line_start
    with pytest.raises(DomainError, match="理由"):
        remove_clause(clause_id=clause.pk, reason="", actor=world.coordinator.actor)
    remove_clause(clause_id=clause.pk, reason="不是任务", actor=world.coordinator.actor)
    assert history_of(document)[0].reason == "不是任务"
    added = add_clause(
        document_id=document.pk,
        first_line=line,
        last_line=line,
        heading="公开岗位",
        actor=world.coordinator.actor,
    )
    assert added.order == clause.order
    assert added.text == clause.text
    assert orders(added) == list(range(1, document.clauses.count() + 1))


@pytest.mark.parametrize(
    ("first", "last", "words"), [(9000, 9001, "行"), (2, 2, "没有文字"), (26, 26, "已属于")]
)
def test_lines_that_make_no_clause_are_refused(
    world: World, first: int, last: int, words: str
) -> None:
    document = in_review(world)
    taken = clause_called(document, "公开实习岗位").line_start
    lines = (taken, taken) if words == "已属于" else (first, last)
    with pytest.raises(DomainError, match=words):
        add_clause(
            document_id=document.pk,
            first_line=lines[0],
            last_line=lines[1],
            heading="",
            actor=world.coordinator.actor,
        )
