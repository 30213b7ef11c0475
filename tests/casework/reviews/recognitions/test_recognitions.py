"""Giving, warning, suspending, prolonging and ending a status."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from silian.casework.reviews.choices.deciding import Outcome
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.recognitions import RecognitionState as S
from silian.casework.reviews.commands.certificates import take_number
from silian.casework.reviews.commands.duties import make_duties
from silian.casework.reviews.commands.recognitions import (
    certify,
    expire_due,
    extend,
    leave,
    recognise,
    reinstate,
    suspend,
    warn,
)
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.reference.models import Division
from tests.casework.reviews import stage
from tests.casework.reviews import stage_recognitions as given
from tests.world import CITY, World, make_divisions

DAY = datetime.timedelta(days=1)


def test_a_positive_decision_gives_the_first_state_number_code_and_certificate(
    world: World,
) -> None:
    row = given.incubating(world)
    assert (row.state, row.certified_on, row.valid_until) == (S.INCUBATING, None, None)
    assert row.number == f"CJQY{CITY}-{row.entered_on.year}-0001"
    assert len(row.check_code) == 12
    act = row.acts.get()
    assert (act.kind, act.effective_on) == ("enter", row.entered_on)
    assert row.certificates.get().act == act


def test_numbers_have_no_gaps_and_a_dossier_is_recognised_once(world: World) -> None:
    campaign = given.campaign_of(world, first_state="certified")
    first = given.recognised(campaign, world.enterprise.organisation)
    again = recognise(
        dossier=first.dossier,
        decision=first.dossier.decisions.get(),
        on=timezone.localdate(),
        actor=system_actor(),
    )
    second = given.recognised(campaign, world.rival.organisation)
    assert again == first
    assert [first.number[-4:], second.number[-4:]] == ["0001", "0002"]
    assert first.valid_until == first.entered_on.replace(year=first.entered_on.year + 3)


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_differ() -> None:
    make_divisions()
    assert Division.objects.filter(code=CITY).exists()

    def take(_: int) -> str:
        try:
            with transaction.atomic():
                return take_number(prefix="CJQY", division_id=CITY, year=2026)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(take, range(8)))
    assert numbers == [f"CJQY{CITY}-2026-{place:04d}" for place in range(1, 9)]


def test_a_negative_decision_gives_nothing(world: World) -> None:
    campaign = given.campaign_of(world)
    dossier = stage.dossier_of(campaign, world.enterprise.organisation, state=DossierState.REJECTED)
    decision = given.decided(dossier, outcome=Outcome.REJECT)
    with pytest.raises(WrongState, match="没有通过审定"):
        recognise(dossier=dossier, decision=decision, on=campaign.opens_on, actor=system_actor())


def test_a_built_up_subject_is_certified_after_a_year(world: World) -> None:
    row = given.incubating(world)
    row = certify(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)
    today = timezone.localdate()
    assert (row.state, row.certified_on) == (S.CERTIFIED, today)
    assert row.valid_until is not None
    assert row.valid_until > today + 1000 * DAY
    assert row.certificates.count() == 2


def test_certification_before_a_year_or_with_a_late_duty_is_refused(world: World) -> None:
    row = given.incubating(world, on=timezone.localdate() - 300 * DAY)
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="建设培育未满期"):
        certify(recognition_id=row.pk, grounds=given.grounds(), actor=actor)
    late = given.recognised(row.dossier.campaign, world.rival.organisation)
    make_duties(recognition=late, on=timezone.localdate())
    with pytest.raises(DomainError, match="到期义务没有完成"):
        certify(recognition_id=late.pk, grounds=given.grounds(), actor=actor)


def test_a_warning_says_what_to_cure_and_by_when_and_is_lifted(world: World) -> None:
    row = given.certified(world)
    actor = world.coordinator.actor
    today = timezone.localdate()
    with pytest.raises(DomainError, match="整改什么"):
        warn(recognition_id=row.pk, grounds=given.grounds(), actor=actor)
    with pytest.raises(DomainError, match="整改期限"):
        warn(recognition_id=row.pk, grounds=given.grounds(cure="补报年报"), actor=actor)
    cure = given.grounds(cure="补报年报", cure_by=today + 30 * DAY)
    row = warn(recognition_id=row.pk, grounds=cure, actor=actor)
    assert row.state == S.WARNED
    assert row.acts.latest("pk").cure_by == today + 30 * DAY
    row = reinstate(recognition_id=row.pk, grounds=given.grounds(reason="已整改"), actor=actor)
    assert row.state == S.CERTIFIED


def test_a_suspended_incubation_resumes_as_incubation(world: World) -> None:
    row = given.incubating(world)
    actor = world.coordinator.actor
    suspend(recognition_id=row.pk, grounds=given.grounds(), actor=actor)
    row = reinstate(recognition_id=row.pk, grounds=given.grounds(), actor=actor)
    assert row.state == S.INCUBATING


def test_an_extension_adds_a_term_to_the_old_end(world: World) -> None:
    row = given.certified(world)
    until = row.valid_until
    row = extend(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)
    assert until is not None
    assert row.valid_until == until.replace(year=until.year + 3)


def test_an_extension_is_refused_while_a_duty_is_late(world: World) -> None:
    row = given.certified(world)
    make_duties(recognition=row, on=timezone.localdate())
    with pytest.raises(DomainError, match="不能延续"):
        extend(recognition_id=row.pk, grounds=given.grounds(), actor=world.coordinator.actor)


def test_a_status_ends_on_the_day_its_term_is_over(world: World) -> None:
    row = given.certified(world)
    until = row.valid_until
    assert until is not None
    assert expire_due(on=until - DAY) == 0
    assert (expire_due(on=until + 3 * DAY), expire_due(on=until + 3 * DAY)) == (1, 0)
    row.refresh_from_db()
    assert (row.state, row.ended_on) == (S.EXPIRED, until)


def test_a_holder_leaves_and_nobody_else_can(world: World) -> None:
    row = given.certified(world)
    with pytest.raises(NotAllowed):
        leave(recognition_id=row.pk, grounds=given.grounds(), actor=world.rival.actor)
    row = leave(
        recognition_id=row.pk, grounds=given.grounds(reason="转产"), actor=world.enterprise.actor
    )
    assert (row.state, row.ended_on) == (S.WITHDRAWN, timezone.localdate())


def test_strangers_and_those_tied_to_the_holder_do_not_act(world: World) -> None:
    tied = given.second(world)
    row = given.certified(world, applicant=tied)
    for person in (world.enterprise, world.rival, world.leader, tied):
        with pytest.raises(NotAllowed):
            suspend(recognition_id=row.pk, grounds=given.grounds(), actor=person.actor)


def test_every_act_needs_a_reason_and_a_day_after_the_last(world: World) -> None:
    row = given.certified(world)
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="写明理由"):
        suspend(recognition_id=row.pk, grounds=given.grounds(reason=" "), actor=actor)
    with pytest.raises(DomainError, match="不能早于"):
        suspend(recognition_id=row.pk, grounds=given.grounds(on=row.entered_on - DAY), actor=actor)


def test_what_was_done_never_changes(world: World) -> None:
    act = given.certified(world).acts.get()
    act.reason = "改写"
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        act.save()
