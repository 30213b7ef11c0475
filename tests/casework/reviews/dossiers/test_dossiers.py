"""Starting, filling in, submitting and withdrawing applications."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, SeatRole
from silian.casework.reviews.commands.dossiers import (
    add_evidence,
    remove_evidence,
    save_answers,
    start_dossier,
    submit_dossier,
    withdraw_dossier,
)
from silian.casework.reviews.models import Campaign, Dossier, DossierVersion
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import file_readable_by
from tests.casework.reviews import stage
from tests.casework.reviews.dossiers.filling import filled, paper
from tests.world import OTHER_CITY, World

DAY = datetime.timedelta(days=1)


def start(world: World, campaign: Campaign) -> Dossier:
    return start_dossier(campaign=campaign, actor=world.enterprise.actor)


def test_an_application_begins_as_a_draft_in_the_applicants_seat(world: World) -> None:
    dossier = start(world, stage.open_campaign(world))
    assert dossier.state == DossierState.DRAFT
    assert dossier.subject_name == world.enterprise.organisation.name
    assert dossier.number is None
    assert dossier.seats.get().role == SeatRole.APPLICANT


def test_nobody_applies_twice_in_a_batch(world: World) -> None:
    campaign = stage.open_campaign(world)
    start(world, campaign)
    with pytest.raises(DomainError, match="重复申报"):
        start(world, campaign)


def test_after_withdrawing_one_may_apply_anew(world: World) -> None:
    campaign = stage.open_campaign(world)
    first = start(world, campaign)
    withdraw_dossier(dossier_id=first.pk, actor=world.enterprise.actor)
    assert start(world, campaign).pk != first.pk


def test_a_school_cannot_apply_where_enterprises_are_called(world: World) -> None:
    with pytest.raises(DomainError, match="类别"):
        start_dossier(campaign=stage.open_campaign(world), actor=world.school.actor)


def test_an_organisation_of_another_region_cannot_apply(world: World) -> None:
    world.enterprise.organisation.division_id = OTHER_CITY
    world.enterprise.organisation.save()
    with pytest.raises(DomainError, match="青澜市"):
        start(world, stage.open_campaign(world))


def test_no_application_is_taken_when_the_call_is_closed(world: World) -> None:
    campaign = stage.open_campaign(world, state=CampaignState.REVIEWING)
    with pytest.raises(DomainError, match="不受理"):
        start(world, campaign)


def test_who_only_learns_there_cannot_apply(world: World) -> None:
    with pytest.raises(NotAllowed):
        start_dossier(campaign=stage.open_campaign(world), actor=world.student.actor)


def test_what_is_typed_is_kept_and_what_is_no_longer_asked_goes(world: World) -> None:
    dossier = start(world, stage.open_campaign(world))
    actor = world.enterprise.actor
    save_answers(dossier_id=dossier.pk, answers={"co_runs": True, "college": "甲"}, actor=actor)
    kept = save_answers(dossier_id=dossier.pk, answers={"co_runs": False}, actor=actor)
    assert kept.answers == {"co_runs": False}


def test_a_rival_cannot_write_into_a_dossier(world: World) -> None:
    dossier = start(world, stage.open_campaign(world))
    with pytest.raises(NotAllowed):
        save_answers(dossier_id=dossier.pk, answers={"hosted": 1}, actor=world.rival.actor)


def test_an_unfinished_application_is_not_taken(world: World) -> None:
    dossier = start(world, stage.open_campaign(world))
    actor = world.enterprise.actor
    with pytest.raises(DomainError, match="请填写"):
        submit_dossier(dossier_id=dossier.pk, actor=actor)
    save_answers(dossier_id=dossier.pk, answers=stage.ANSWERS, actor=actor)
    with pytest.raises(DomainError, match="没有佐证材料"):
        submit_dossier(dossier_id=dossier.pk, actor=actor)


def test_a_submitted_application_has_number_version_clock_and_results(world: World) -> None:
    dossier = filled(world, stage.open_campaign(world))
    sent = submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)
    version = sent.versions.get()
    assert sent.state == DossierState.SUBMITTED
    assert sent.number is not None
    assert sent.number.endswith("-001")
    assert sent.due_on is not None
    assert version.files[0]["field"] == "hosted"
    assert len(version.sha256) == 64
    assert sent.results.get(criterion="interns").met is True


def test_numbers_have_no_gaps_when_a_submission_fails(world: World) -> None:
    campaign = stage.open_campaign(world)
    dossier = filled(world, campaign)
    half = start_dossier(campaign=campaign, actor=world.rival.actor)
    with pytest.raises(DomainError):
        submit_dossier(dossier_id=half.pk, actor=world.rival.actor)
    sent = submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)
    assert str(sent.number).endswith("-001")


def test_a_sent_version_never_changes(world: World) -> None:
    dossier = filled(world, stage.open_campaign(world))
    submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)
    with pytest.raises(DatabaseError), transaction.atomic():
        DossierVersion.objects.filter(dossier=dossier).update(answers={})


def test_a_sent_application_is_not_edited(world: World) -> None:
    dossier = filled(world, stage.open_campaign(world))
    submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="不能再修改"):
        save_answers(dossier_id=dossier.pk, answers={"hosted": 1}, actor=world.enterprise.actor)


def test_nothing_is_submitted_after_the_last_day(world: World) -> None:
    campaign = stage.open_campaign(world)
    dossier = filled(world, campaign)
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=timezone.localdate())
    with pytest.raises(DomainError, match="截止"):
        submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)


def test_a_file_goes_only_where_one_is_asked(world: World) -> None:
    dossier = start(world, stage.open_campaign(world))
    with pytest.raises(DomainError, match="不收附件"):
        add_evidence(
            dossier_id=dossier.pk,
            field="founded_on",
            upload=paper(),
            actor=world.enterprise.actor,
        )


def test_a_wrong_kind_of_file_is_refused(world: World) -> None:
    dossier = start(world, stage.open_campaign(world))
    upload = SimpleUploadedFile("a.exe", b"MZ\x00\x00")
    with pytest.raises(DomainError):
        add_evidence(
            dossier_id=dossier.pk, field="hosted", upload=upload, actor=world.enterprise.actor
        )


def test_evidence_is_read_by_those_who_see_the_dossier_only(world: World) -> None:
    dossier = filled(world, stage.open_campaign(world))
    file_id = dossier.evidence.get().file_id
    assert file_readable_by(world.enterprise.actor, file_id=file_id)
    assert file_readable_by(world.coordinator.actor, file_id=file_id) is None
    submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)
    assert file_readable_by(world.coordinator.actor, file_id=file_id)
    for person in (world.rival, world.school, world.student, world.expert, world.system_admin):
        assert file_readable_by(person.actor, file_id=file_id) is None


def test_a_file_that_was_not_sent_goes_with_its_evidence(world: World) -> None:
    dossier = filled(world, stage.open_campaign(world))
    evidence = dossier.evidence.select_related("file").get()
    remove_evidence(evidence_id=evidence.pk, actor=world.enterprise.actor)
    assert not dossier.evidence.exists()
    assert file_readable_by(world.enterprise.actor, file_id=evidence.file_id) is None


def test_withdrawing_what_was_sent_needs_a_reason(world: World) -> None:
    dossier = filled(world, stage.open_campaign(world))
    actor = world.enterprise.actor
    submit_dossier(dossier_id=dossier.pk, actor=actor)
    with pytest.raises(DomainError, match="原因"):
        withdraw_dossier(dossier_id=dossier.pk, actor=actor)
    gone = withdraw_dossier(dossier_id=dossier.pk, actor=actor, reason="另行安排")
    assert (gone.state, gone.ended_stage) == (DossierState.WITHDRAWN, DossierState.SUBMITTED)
    assert gone.number is not None
