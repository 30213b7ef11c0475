"""An apprenticeship from filing to certificate."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.orders import (
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.commands.apprentices import (
    begin_apprentice,
    end_apprentice,
    enrol_apprentice,
    qualify_apprentice,
    record_exam,
    record_month,
    send_agreement,
    write_identity,
)
from silian.operations.placements.commands.apprenticeships import (
    complete_apprenticeship,
    file_apprenticeship,
    plan_rotation,
    return_apprenticeship,
    revise_apprenticeship,
    stop_apprenticeship,
    submit_apprenticeship,
)
from silian.operations.placements.models import Apprentice
from silian.operations.placements.queries.apprenticeships import SOURCE, progress_of
from tests.operations.placements.orders import stage
from tests.operations.placements.orders.stage import DAY, NOW, TODAY
from tests.world import World

pytestmark = pytest.mark.django_db


def in_training(world: World) -> Apprentice:
    """An apprentice whose papers are complete and signed."""
    member = world.expert.user
    row = stage.enrolled(world, person=stage.employee(world, user=member))
    row = stage.complete_papers(world, row)
    send_agreement(apprentice_id=row.pk, actor=world.enterprise.actor, now=NOW)
    actors = [world.expert.actor, world.enterprise.actor, world.school.actor]
    stage.sign_all(SOURCE, row.pk, actors=actors)
    return begin_apprentice(apprentice_id=row.pk, actor=world.enterprise.actor, on=TODAY)


def test_a_lawful_programme_is_submitted_and_filed(world: World) -> None:
    row = stage.submitted_apprenticeship(world)
    filed = file_apprenticeship(
        apprenticeship_id=row.pk, actor=world.reviewer.actor, number="备 1", on=TODAY
    )
    assert (filed.state, filed.filed_on) == (ApprenticeshipState.FILED, TODAY)


def test_a_programme_with_falling_wages_is_not_submitted(world: World) -> None:
    row = stage.drafted_apprenticeship(world)
    plan_rotation(
        apprenticeship_id=row.pk,
        actor=world.enterprise.actor,
        places=[("车间", ["车削"], 1, 12)],
        wages=[(1, Decimal(4000)), (7, Decimal(3000))],
    )
    with pytest.raises(DomainError, match="低于前一段"):
        submit_apprenticeship(apprenticeship_id=row.pk, actor=world.enterprise.actor, on=TODAY)


def test_a_returned_programme_may_be_changed_and_a_submitted_one_not(world: World) -> None:
    row = stage.submitted_apprenticeship(world)
    card = stage.apprenticeship_card(world, title="改名")
    with pytest.raises(WrongState, match="已提交备案"):
        revise_apprenticeship(apprenticeship_id=row.pk, actor=world.enterprise.actor, card=card)
    return_apprenticeship(
        apprenticeship_id=row.pk, actor=world.reviewer.actor, reason="补充计划", on=TODAY
    )
    changed = revise_apprenticeship(
        apprenticeship_id=row.pk, actor=world.enterprise.actor, card=card
    )
    assert changed.title == "改名"


def test_only_the_authority_files(world: World) -> None:
    row = stage.submitted_apprenticeship(world)
    with pytest.raises(NotAllowed):
        file_apprenticeship(
            apprenticeship_id=row.pk, actor=world.enterprise.actor, number="备 1", on=TODAY
        )


def test_an_outsider_is_not_enrolled(world: World) -> None:
    row = stage.running_apprenticeship(world)
    stranger = stage.make_person(name="演示外人")
    with pytest.raises(DomainError, match="本单位"):
        enrol_apprentice(
            apprenticeship_id=row.pk,
            person_id=stranger.pk,
            starts_on=TODAY,
            actor=world.enterprise.actor,
            on=TODAY,
        )


def test_nobody_is_an_apprentice_twice_at_once(world: World) -> None:
    first = stage.enrolled(world)
    second = stage.running_apprenticeship(world, title="第二个项目")
    with pytest.raises(DomainError, match="其他项目"):
        stage.enrolled(world, second, person=first.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Apprentice.objects.create(
            apprenticeship=second,
            person=first.person,
            starts_on=TODAY,
            ends_on=TODAY + 10 * DAY,
        )


def test_each_side_writes_its_own_half(world: World) -> None:
    row = stage.enrolled(world)
    facts = {"student_number": "注 1", "employee_number": "工 1"}
    written = write_identity(apprentice_id=row.pk, actor=world.school.actor, facts=facts, on=TODAY)
    assert (written.student_number, written.employee_number) == ("注 1", "")


def test_a_mentor_comes_from_the_side_that_names_him(world: World) -> None:
    row = stage.enrolled(world)
    with pytest.raises(DomainError, match="企业的人员"):
        write_identity(
            apprentice_id=row.pk,
            actor=world.enterprise.actor,
            facts={"enterprise_mentor": stage.teacher_person(world)},
            on=TODAY,
        )


def test_training_does_not_begin_with_papers_missing(world: World) -> None:
    row = stage.enrolled(world)
    with pytest.raises(DomainError, match=r"培养协议还没有签齐.*另有"):
        begin_apprentice(apprentice_id=row.pk, actor=world.enterprise.actor, on=TODAY)


def test_training_does_not_begin_without_the_signatures(world: World) -> None:
    row = stage.complete_papers(world, stage.enrolled(world))
    with pytest.raises(DomainError, match="培养协议还没有签齐"):
        begin_apprentice(apprentice_id=row.pk, actor=world.enterprise.actor, on=TODAY)


def test_a_complete_apprentice_begins(world: World) -> None:
    assert in_training(world).state == ApprenticeState.TRAINING


def test_hours_of_a_month_are_put_right_by_recording_again(world: World) -> None:
    row = in_training(world)
    month = TODAY.replace(day=1)
    for hours in (10, 16):
        record_month(
            apprentice_id=row.pk,
            month=month,
            theory_hours=hours,
            practice_hours=20,
            note="",
            actor=world.enterprise.actor,
            today=TODAY,
        )
    found = progress_of(row, on=TODAY)
    assert (found.theory, found.practice, found.wage) == (16, 20, Decimal(3500))


def test_no_hours_for_months_to_come(world: World) -> None:
    row = in_training(world)
    with pytest.raises(DomainError, match="还没有到"):
        record_month(
            apprentice_id=row.pk,
            month=TODAY + 40 * DAY,
            theory_hours=1,
            practice_hours=1,
            note="",
            actor=world.enterprise.actor,
            today=TODAY,
        )


def pass_final(world: World, row: Apprentice, *, score: str = "82") -> None:
    record_exam(
        apprentice_id=row.pk,
        title="结业考核",
        taken_on=TODAY,
        score=Decimal(score),
        pass_mark=Decimal(60),
        is_final=True,
        examiner="评价机构（演示）",
        actor=world.enterprise.actor,
        today=TODAY,
    )


def certify(world: World, row: Apprentice) -> Apprentice:
    return qualify_apprentice(
        apprentice_id=row.pk,
        certificate_number="证 1",
        level="中级工",
        actor=world.enterprise.actor,
        on=TODAY,
    )


def test_a_certificate_needs_the_final_and_the_hours(world: World) -> None:
    row = in_training(world)
    with pytest.raises(DomainError, match="结业考核"):
        certify(world, row)
    pass_final(world, row, score="59")
    with pytest.raises(DomainError, match="结业考核"):
        certify(world, row)
    pass_final(world, row)
    with pytest.raises(DomainError, match="少于培养计划的 500"):
        certify(world, row)
    record_month(
        apprentice_id=row.pk,
        month=TODAY.replace(day=1),
        theory_hours=200,
        practice_hours=300,
        note="",
        actor=world.enterprise.actor,
        today=TODAY,
    )
    assert certify(world, row).state == ApprenticeState.QUALIFIED


def test_a_pilot_leaves_its_experience(world: World) -> None:
    row = stage.running_apprenticeship(world, is_pilot=True)
    with pytest.raises(DomainError, match="可复制的经验"):
        complete_apprenticeship(
            apprenticeship_id=row.pk, actor=world.enterprise.actor, experience=" ", on=TODAY
        )
    done = complete_apprenticeship(
        apprenticeship_id=row.pk, actor=world.enterprise.actor, experience="双导师", on=TODAY
    )
    assert done.state == ApprenticeshipState.COMPLETED


def test_a_programme_with_people_in_training_is_neither_completed_nor_stopped(
    world: World,
) -> None:
    row = stage.enrolled(world)
    enterprise, programme = world.enterprise.actor, row.apprenticeship_id
    with pytest.raises(DomainError, match="1 名学徒没有考核结论"):
        complete_apprenticeship(
            apprenticeship_id=programme, actor=enterprise, experience="", on=TODAY
        )
    with pytest.raises(WrongState, match="在培学徒"):
        stop_apprenticeship(apprenticeship_id=programme, actor=enterprise, reason="停产", on=TODAY)
    end_apprentice(apprentice_id=row.pk, step="leave", reason="离职", actor=enterprise, on=TODAY)
    assert (
        stop_apprenticeship(
            apprenticeship_id=programme, actor=enterprise, reason="停产", on=TODAY
        ).state
        == ApprenticeshipState.STOPPED
    )
