"""The formal check: accept, fix once, refuse, and silence."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from silian.casework.reviews.choices.deciding import DecisionGround, Outcome
from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.commands.dossiers import (
    add_evidence,
    remove_evidence,
    save_answers,
    submit_dossier,
)
from silian.casework.reviews.commands.intake import (
    accept_dossier,
    answer_fix,
    ask_fix,
    lapse_fix,
    refuse_dossier,
)
from silian.casework.reviews.models import Dossier
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import file_readable_by
from tests.casework.reviews import stage
from tests.casework.reviews.dossiers.filling import filled, paper
from tests.world import World

ITEMS = [{"field": "hosted", "text": "请补充 2025 年的实习协议。"}]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def sent(world: World) -> Dossier:
    dossier = filled(world, stage.open_campaign(world))
    return submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)


def test_an_accepted_file_goes_to_the_next_stage_with_its_results(
    world: World, sent: Dossier
) -> None:
    accepted = accept_dossier(dossier_id=sent.pk, actor=world.reviewer.actor)
    assert accepted.state == DossierState.RANKED
    assert accepted.results.get(criterion="interns").met is True
    assert accepted.seats.get(user=world.reviewer.user).role == SeatRole.INTAKE


def test_only_the_organising_department_checks(world: World, sent: Dossier) -> None:
    other = stage.department(world, stage.FINANCE)
    for person in (other, world.enterprise, world.rival, world.leader):
        with pytest.raises(NotAllowed):
            accept_dossier(dossier_id=sent.pk, actor=person.actor)


def test_what_is_missing_is_said_once(world: World, sent: Dossier) -> None:
    fix = ask_fix(dossier_id=sent.pk, items=ITEMS, actor=world.reviewer.actor)
    assert fix.due_on is not None
    assert fix.items == ITEMS
    answer_fix(dossier_id=sent.pk, actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="只能通知一次"):
        ask_fix(dossier_id=sent.pk, items=ITEMS, actor=world.reviewer.actor)


def test_a_fix_names_at_least_one_thing_that_is_on_the_form(world: World, sent: Dossier) -> None:
    actor = world.reviewer.actor
    with pytest.raises(DomainError, match="至少"):
        ask_fix(dossier_id=sent.pk, items=[{"field": "hosted", "text": " "}], actor=actor)
    with pytest.raises(DomainError, match="不存在"):
        ask_fix(dossier_id=sent.pk, items=[{"field": "other", "text": "补"}], actor=actor)


def test_in_a_fix_only_what_was_asked_changes(world: World, sent: Dossier) -> None:
    ask_fix(dossier_id=sent.pk, items=ITEMS, actor=world.reviewer.actor)
    actor = world.enterprise.actor
    save_answers(dossier_id=sent.pk, answers={"hosted": 80}, actor=actor)
    with pytest.raises(DomainError, match="不在补正范围"):
        save_answers(dossier_id=sent.pk, answers={"founded_on": "2001-01-01"}, actor=actor)


def test_the_answer_to_a_fix_is_a_second_version(world: World, sent: Dossier) -> None:
    ask_fix(dossier_id=sent.pk, items=ITEMS, actor=world.reviewer.actor)
    actor = world.enterprise.actor
    first = sent.evidence.get()
    remove_evidence(evidence_id=first.pk, actor=actor)
    add_evidence(dossier_id=sent.pk, field="hosted", upload=paper("新协议.pdf"), actor=actor)
    answered = answer_fix(dossier_id=sent.pk, actor=actor)
    assert answered.state == DossierState.SUBMITTED
    assert answered.versions.count() == 2
    assert answered.material_fix.answered_at is not None
    assert file_readable_by(world.reviewer.actor, file_id=first.file_id), "the first version stays"


def test_nothing_is_answered_that_was_not_asked(world: World, sent: Dossier) -> None:
    with pytest.raises(DomainError, match="没有等待补正"):
        answer_fix(dossier_id=sent.pk, actor=world.enterprise.actor)


def test_after_the_fix_day_the_file_is_judged_as_it_was_sent(world: World, sent: Dossier) -> None:
    fix = ask_fix(dossier_id=sent.pk, items=ITEMS, actor=world.reviewer.actor)
    save_answers(dossier_id=sent.pk, answers={"hosted": 99}, actor=world.enterprise.actor)
    assert fix.due_on is not None
    early = lapse_fix(dossier_id=sent.pk, actor=system_actor(), on=fix.due_on)
    assert early is None
    lapsed = lapse_fix(dossier_id=sent.pk, actor=system_actor(), on=fix.due_on + DAY)
    assert lapsed is not None
    assert lapsed.state == DossierState.SUBMITTED
    assert lapsed.answers["hosted"] == stage.ANSWERS["hosted"]
    assert lapse_fix(dossier_id=sent.pk, actor=system_actor(), on=fix.due_on + DAY) is None


def test_a_refusal_gives_reason_and_basis_and_can_be_appealed(world: World, sent: Dossier) -> None:
    actor = world.reviewer.actor
    with pytest.raises(DomainError, match="理由"):
        refuse_dossier(dossier_id=sent.pk, reason="", basis="办法", actor=actor)
    with pytest.raises(DomainError, match="依据"):
        refuse_dossier(dossier_id=sent.pk, reason="不符合", basis="", actor=actor)
    refused = refuse_dossier(
        dossier_id=sent.pk, reason="不是独立法人", basis="办法第四条", actor=actor
    )
    decision = refused.decisions.get()
    assert refused.state == DossierState.REJECTED
    assert refused.ended_stage == DossierState.SUBMITTED
    assert (decision.outcome, decision.ground) == (Outcome.REJECT, DecisionGround.REVIEW)


def test_who_checks_cannot_be_one_of_the_applicants_people(world: World, sent: Dossier) -> None:
    membership = world.reviewer.user.memberships.get()  # type: ignore[union-attr]
    membership.pk = None
    membership.organisation = world.enterprise.organisation
    membership.jurisdiction = None
    membership.role = "reader"
    membership.starts_on = timezone.localdate()
    membership.save()
    with pytest.raises(NotAllowed, match="回避"):
        accept_dossier(dossier_id=sent.pk, actor=world.reviewer.actor)
