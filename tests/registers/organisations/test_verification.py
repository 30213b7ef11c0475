"""Submitting, verifying, rejecting and curing."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import DocumentKind, OrganisationState, Role
from silian.registers.organisations.commands.documents import add_document, remove_document
from silian.registers.organisations.commands.registration import (
    reject_organisation,
    submit_organisation,
    verify_organisation,
)
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.models.document import OrganisationDocument
from silian.registers.organisations.permissions import (
    documents_visible_to,
    may_read_document_file,
    may_verify,
)
from silian.registers.organisations.queries.members import verifier_ids
from tests.registers.organisations.cast import join, paper, registered, state_of, submitted
from tests.world import OTHER_CITY, TODAY, World, make_member


def test_without_papers_nothing_is_submitted(world: World) -> None:
    organisation, manager = registered(world)
    with pytest.raises(DomainError, match="还缺 2 份材料"):
        submit_organisation(organisation_id=organisation.pk, actor=manager, today=TODAY)
    assert state_of(organisation) == OrganisationState.REGISTERED


def test_the_clock_counts_working_days(world: World) -> None:
    organisation, _ = submitted(world)
    assert organisation.verification_due_on == datetime.date(2026, 3, 25)


def test_only_its_manager_submits(world: World) -> None:
    organisation, _ = registered(world)
    with pytest.raises(NotAllowed):
        submit_organisation(organisation_id=organisation.pk, actor=world.rival.actor, today=TODAY)


def test_the_official_of_the_region_verifies(world: World, run_jobs: Callable[[], None]) -> None:
    organisation, manager = submitted(world)
    verify_organisation(organisation_id=organisation.pk, actor=world.reviewer.actor)
    run_jobs()
    assert state_of(organisation) == OrganisationState.VERIFIED
    assert organisation.verified_at is not None
    titles = list(
        Notification.objects.filter(user_id=manager.user_id).values_list("title", flat=True)
    )
    assert any("已通过核验" in title for title in titles)


def test_the_officials_of_the_region_are_told_of_a_submission(
    world: World, run_jobs: Callable[[], None]
) -> None:
    organisation, _ = submitted(world)
    run_jobs()
    told = set(
        Notification.objects.filter(title__contains=organisation.name).values_list(
            "user__username", flat=True
        )
    )
    assert told == {"reviewer", "coordinator"}


def test_the_county_s_own_reviewer_comes_before_the_city_s(world: World) -> None:
    bureau = world.reviewer.organisation
    county = make_member(
        username="county", organisation=bureau, role=Role.REVIEWER, jurisdiction_id="990104"
    )
    assert verifier_ids(division="990104", on=TODAY) == [county.user.pk]


@pytest.mark.parametrize("role", ["enterprise", "school", "expert", "system_admin", "audit_admin"])
def test_nobody_else_verifies(world: World, role: str) -> None:
    organisation, _ = submitted(world)
    with pytest.raises(NotAllowed, match="属地"):
        verify_organisation(organisation_id=organisation.pk, actor=world.people[role].actor)


def test_an_official_of_another_region_does_not_verify(world: World) -> None:
    organisation, _ = submitted(world, division_code=OTHER_CITY)
    with pytest.raises(NotAllowed):
        verify_organisation(organisation_id=organisation.pk, actor=world.reviewer.actor)


def test_nobody_verifies_their_own_organisation(world: World) -> None:
    bureau = world.reviewer.organisation
    assert not may_verify(world.reviewer.actor, bureau)


def test_a_rejection_needs_a_reason(world: World) -> None:
    organisation, _ = submitted(world)
    with pytest.raises(DomainError, match="写明原因"):
        reject_organisation(organisation_id=organisation.pk, reason=" ", actor=world.reviewer.actor)


def test_a_rejected_applicant_reads_the_reason_cures_and_submits_again(
    world: World, run_jobs: Callable[[], None]
) -> None:
    organisation, manager = submitted(world)
    reject_organisation(
        organisation_id=organisation.pk, reason="执照看不清", actor=world.reviewer.actor
    )
    run_jobs()
    assert state_of(organisation) == OrganisationState.REJECTED
    told = Notification.objects.get(user_id=manager.user_id, title__contains="退回")
    assert "执照看不清" in told.detail
    add_document(
        organisation_id=organisation.pk,
        kind=DocumentKind.LICENCE,
        upload=paper("新执照.pdf"),
        actor=manager,
    )
    submit_organisation(organisation_id=organisation.pk, actor=manager, today=TODAY)
    assert state_of(organisation) == OrganisationState.SUBMITTED
    assert organisation.rejection_reason == ""


def test_what_is_not_submitted_cannot_be_verified(world: World) -> None:
    organisation, _ = registered(world)
    with pytest.raises(WrongState, match="待提交材料"):
        verify_organisation(organisation_id=organisation.pk, actor=world.reviewer.actor)


def test_papers_under_examination_are_not_exchanged(world: World) -> None:
    organisation, manager = submitted(world)
    document = organisation.documents.first()
    with pytest.raises(DomainError, match="不能增减"):
        remove_document(document_id=document.pk, actor=manager)


def test_a_paper_can_be_taken_back_before_submission(world: World) -> None:
    organisation, manager = registered(world)
    document = add_document(
        organisation_id=organisation.pk, kind="licence", upload=paper(), actor=manager
    )
    remove_document(document_id=document.pk, actor=manager)
    assert not organisation.documents.filter(removed_at__isnull=True).exists()


def test_papers_are_read_by_the_organisation_and_its_judges_only(world: World) -> None:

    organisation, manager = submitted(world)
    file = files_of(organisation.documents.first()).get()
    readers = {
        name: may_read_document_file(person.actor, file) for name, person in world.people.items()
    }
    assert {name for name, may in readers.items() if may} == {"reviewer", "coordinator"}
    assert may_read_document_file(manager, file)


def test_the_file_itself_is_given_to_the_same_people_only(world: World) -> None:
    organisation, _ = submitted(world)
    file = files_of(organisation.documents.first()).get()
    url = reverse("kernel:file_download", args=[file.pk])
    answers = {}
    for name, person in world.people.items():
        response = person.client.get(url)
        answers[name] = response.status_code
        if response.streaming:
            assert b"".join(response.streaming_content).startswith(b"%PDF")
            for close in response._resource_closers:
                close()
    assert {name for name, status in answers.items() if status == 200} == {
        "reviewer",
        "coordinator",
    }
    assert set(answers.values()) <= {200, 302, 404}


def test_what_was_judged_stays_in_the_file(world: World) -> None:
    organisation, manager = submitted(world)
    verify_organisation(organisation_id=organisation.pk, actor=world.reviewer.actor)
    with pytest.raises(DomainError, match="核验依据"):
        remove_document(document_id=organisation.documents.first().pk, actor=manager)


def test_a_student_of_the_school_does_not_read_its_papers(world: World) -> None:
    school = world.school.organisation
    document = OrganisationDocument.objects.create(
        organisation=school, kind="licence", uploaded_by=world.school.user
    )

    assert document in documents_visible_to(world.school.actor)
    assert document not in documents_visible_to(world.student.actor)
    join(school, "clerk", Role.READER)


def test_the_database_refuses_a_rejection_without_reason(world: World) -> None:
    organisation, _ = submitted(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(state="rejected")
