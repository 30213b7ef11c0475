"""Anybody may object; the applicant is heard and never learns who it was."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from silian.casework.reviews.choices.deciding import DecisionGround, ObjectionState, Outcome
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.objections import (
    Findings,
    Objector,
    ask_applicant,
    make_statement,
    raise_objection,
    read_contact,
    settle_objection,
    take_objection,
)
from silian.casework.reviews.models import Objection, PublicNotice
from silian.casework.reviews.queries.decisions import decisions_of
from silian.casework.reviews.queries.objections import objection_by_code
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from tests.casework.reviews import stage_deciding as stage
from tests.world import World

UPHELD = Findings(
    is_upheld=True,
    findings="调取名册，实习人次多报 20 人。",
    answer="经核查，异议属实。",
    reason="填报的实习人次与名册不符。",
)
DISMISSED = Findings(is_upheld=False, findings="与名册一致。", answer="经核查，异议不属实。")


def own_notice(world: World) -> PublicNotice:
    return stage.noticed(world, stage.batch(world, ["90", "80"], own=True), passing=2)


def taken(world: World) -> tuple[Objection, str]:
    objection, code = stage.objected(own_notice(world))
    take_objection(objection_id=objection.pk, actor=world.reviewer.actor)
    return objection, code


def settle(world: World, objection: Objection, found: Findings) -> Objection:
    return settle_objection(objection_id=objection.pk, found=found, actor=world.reviewer.actor)


def test_an_objection_stops_the_dossier_and_keeps_its_objector_secret(world: World) -> None:
    objection, code = stage.objected(own_notice(world))
    assert objection.dossier.state == DossierState.OBJECTED
    assert objection.due_on is not None
    kept = " ".join(str(value) for value in Objection.objects.values().get().values())
    assert "钱多多" not in kept
    assert "13911112222" not in kept
    assert code not in kept
    assert objection_by_code(f"{code[:4]}-{code[4:].lower()}") == objection
    assert objection_by_code("") is None
    trail = AuditEntry.objects.filter(object_type="reviews.objection").get()
    assert (trail.actor_id, trail.actor_name, trail.address) == (None, "异议人", "")


def test_a_dismissed_objection_brings_the_dossier_back_to_the_notice(world: World) -> None:
    objection, code = taken(world)
    settle(world, objection, DISMISSED)
    objection.dossier.refresh_from_db()
    assert objection.dossier.state == DossierState.NOTICED
    answered = objection_by_code(code)
    assert answered is not None
    assert (answered.state, answered.answer) == (ObjectionState.DISMISSED, "经核查，异议不属实。")


def test_an_upheld_objection_supersedes_the_decision_after_the_applicant_was_heard(
    world: World,
) -> None:
    objection, _ = taken(world)
    with pytest.raises(DomainError, match="还没有听取申报单位的意见"):
        settle(world, objection, UPHELD)
    ask_applicant(
        objection_id=objection.pk, question="请说明实习人次。", actor=world.reviewer.actor
    )
    with pytest.raises(DomainError, match="期满或收到说明后"):
        settle(world, objection, UPHELD)
    make_statement(
        objection_id=objection.pk, statement="名册有重复。", actor=world.enterprise.actor
    )
    settle(world, objection, UPHELD)
    dossier = objection.dossier
    dossier.refresh_from_db()
    assert (dossier.state, dossier.end_reason) == (DossierState.REJECTED, UPHELD.reason)
    first, second = decisions_of(dossier)
    assert second.supersedes == first
    assert (first.outcome, second.outcome) == (Outcome.RECOGNISE, Outcome.REJECT)
    assert (second.ground, second.decided_by) == (DecisionGround.OBJECTION, world.reviewer.user)


def test_silence_of_the_applicant_does_not_stop_the_clock(world: World) -> None:
    objection, _ = taken(world)
    ask_applicant(objection_id=objection.pk, question="请说明。", actor=world.reviewer.actor)
    Objection.objects.filter(pk=objection.pk).update(
        asked_at=timezone.now() - datetime.timedelta(days=20)
    )
    assert settle(world, objection, UPHELD).state == ObjectionState.UPHELD


def test_a_second_objection_keeps_the_dossier_under_investigation(world: World) -> None:
    objection, _ = taken(world)
    other, _ = stage.objected(objection.notice)
    settle(world, objection, DISMISSED)
    other.dossier.refresh_from_db()
    assert other.dossier.state == DossierState.OBJECTED


def test_only_the_investigator_settles_and_reads_the_contact_on_record(world: World) -> None:
    objection, _ = taken(world)
    with pytest.raises(NotAllowed):
        read_contact(objection_id=objection.pk, actor=world.coordinator.actor)
    with pytest.raises(NotAllowed):
        settle_objection(objection_id=objection.pk, found=DISMISSED, actor=world.coordinator.actor)
    found = read_contact(objection_id=objection.pk, actor=world.reviewer.actor)
    assert found == Objector(name="钱多多", contact="13911112222")
    assert AuditEntry.objects.filter(action="reviews.objection.contact_read").count() == 1


def test_a_decider_and_the_applicant_do_not_investigate(world: World) -> None:
    objection, _ = stage.objected(own_notice(world))
    for person in (world.leader, world.enterprise, world.rival):
        with pytest.raises(NotAllowed):
            take_objection(objection_id=objection.pk, actor=person.actor)


def test_objections_are_refused_after_the_days_and_when_empty(world: World) -> None:
    notice = own_notice(world)
    entry = notice.entries.get(position=1)
    with pytest.raises(DomainError, match="写具体"):
        raise_objection(entry_id=entry.pk, text="不行", objector=Objector())
    with pytest.raises(DomainError, match="联系方式"):
        raise_objection(
            entry_id=entry.pk, text="填报的内容不真实，请核查。", objector=Objector(name="某人")
        )
    stage.keep_days(notice)
    with pytest.raises(DomainError, match="不再受理异议"):
        stage.objected(notice)
