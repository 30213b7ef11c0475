"""Uploading a policy document and having it read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of, read_content
from silian.foundation.kernel.models import Job
from silian.registers.policies.choices import BodyRole, Comparator, DocumentState, Force
from silian.registers.policies.commands.document_upload import (
    UploadFacts,
    cancel_reading,
    read_again,
    upload_document,
)
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.clauses import ClauseTarget
from tests.registers.policies.documents.stage import (
    NUMBER,
    PLAN,
    clause_called,
    in_review,
    issued,
    upload_of,
    uploaded,
)
from tests.world import CITY, OTHER_CITY, World

RunJobs = Callable[[], None]


def test_a_document_is_read_into_clauses_bodies_and_targets(world: World) -> None:
    document = in_review(world)
    assert document.state == DocumentState.REVIEWING
    assert document.document_number == NUMBER
    assert str(document.issued_on) == "2026-02-10"
    clause = clause_called(document, "公开实习岗位")
    assert clause.is_task
    roles = [(row.body.name if row.body else "", row.role) for row in clause.bodies.all()]
    assert roles == [
        ("市教育局", BodyRole.LEAD),
        ("市人力资源和社会保障局", BodyRole.COOPERATE),
    ]
    target = clause.targets.get()
    assert (target.low, target.unit, target.comparator) == (3000, "个/年", Comparator.AT_LEAST)
    assert document.text[target.start : target.end] == target.phrase


def test_the_first_listed_body_is_not_taken_for_the_lead(world: World) -> None:
    clause = clause_called(in_review(world), "落实实习补贴")
    assert {row.role for row in clause.bodies.all()} == {BodyRole.SHARE}


def test_a_soft_rule_stays_soft(world: World) -> None:
    clause = clause_called(in_review(world), "落实实习补贴")
    assert clause.targets.filter(force=Force.IN_PRINCIPLE).count() == 1


def test_a_target_said_twice_repeats_the_first(world: World) -> None:
    document = in_review(world)
    again = ClauseTarget.objects.get(clause__document=document, repeats__isnull=False)
    assert again.clause.heading == "落实实习补贴"
    assert again.repeats is not None
    assert again.repeats.clause.heading == "主要目标"


def test_a_body_is_linked_to_the_department_of_the_region(world: World) -> None:
    in_review(world)
    body = PolicyBody.objects.get(division=CITY, name="市教育局")
    assert body.organisation == world.coordinator.organisation
    assert not body.needs_check
    assert PolicyBody.objects.get(name="市财政局").needs_check
    generic = PolicyBody.objects.get(name="各县（区）人民政府")
    assert generic.is_generic
    assert not generic.needs_check


def test_the_original_is_kept_as_it_came(world: World) -> None:
    document = uploaded(world)
    assert read_content(files_of(document).get()) == PLAN.encode()


def test_only_a_coordinator_uploads(world: World) -> None:
    for role in ("reviewer", "supervisor", "leader", "enterprise"):
        with pytest.raises(NotAllowed):
            uploaded(world, by=world.people[role])


def test_a_document_of_another_region_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed, match="管辖范围"):
        upload_document(
            upload=upload_of(),
            facts=UploadFacts(division=OTHER_CITY),
            actor=world.coordinator.actor,
        )


def test_the_same_content_is_taken_twice_only_on_demand(world: World) -> None:
    uploaded(world)
    with pytest.raises(DomainError, match="内容相同"):
        uploaded(world)
    assert uploaded(world, accepts_duplicate=True).pk


def test_a_foreign_kind_of_file_is_refused_with_the_cure(world: World) -> None:
    with pytest.raises(DomainError, match=r"另存为 \.docx"):
        upload_document(
            upload=SimpleUploadedFile("plan.doc", b"\xd0\xcf\x11\xe0"),
            facts=UploadFacts(division=CITY),
            actor=world.coordinator.actor,
        )


def test_a_file_that_is_no_document_says_so_and_can_be_read_again(
    world: World, run_jobs: RunJobs
) -> None:
    document = uploaded(world, text="短文")
    run_jobs()
    document.refresh_from_db()
    assert document.state == DocumentState.UNREADABLE
    assert "公文正文" in document.failure
    read_again(document_id=document.pk, actor=world.coordinator.actor)
    document.refresh_from_db()
    assert document.state == DocumentState.PARSING


def test_reading_can_be_cancelled(world: World, run_jobs: RunJobs) -> None:
    document = uploaded(world)
    cancel_reading(document_id=document.pk, actor=world.coordinator.actor)
    run_jobs()
    document.refresh_from_db()
    assert document.state == DocumentState.UNREADABLE
    assert Job.objects.get(pk=document.job_id).state == "cancelled"


def test_reading_again_drops_what_was_written_before(world: World, run_jobs: RunJobs) -> None:
    document = in_review(world)
    clauses = document.clauses.count()
    read_again(document_id=document.pk, actor=world.coordinator.actor)
    run_jobs()
    assert document.clauses.count() == clauses


def test_a_replaced_document_has_one_successor(world: World) -> None:
    earlier = issued(world)
    later = PLAN.replace(NUMBER, "青政办发〔2026〕9号")
    uploaded(world, text=later, replaces=earlier.pk)
    with pytest.raises(DomainError, match="已有替代文件"):
        uploaded(world, text=later, replaces=earlier.pk, accepts_duplicate=True)


def test_markdown_is_taken_and_read(world: World, run_jobs: RunJobs) -> None:
    document = upload_document(
        upload=upload_of(name="plan.md"),
        facts=UploadFacts(division=CITY),
        actor=world.coordinator.actor,
    )
    run_jobs()
    document.refresh_from_db()
    assert (document.medium, document.state) == ("md", DocumentState.REVIEWING)


def test_a_markdown_file_that_is_no_text_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="不是可读的文本"):
        upload_document(
            upload=SimpleUploadedFile("plan.md", b"\x00\x01\x02"),
            facts=UploadFacts(division=CITY),
            actor=world.coordinator.actor,
        )
