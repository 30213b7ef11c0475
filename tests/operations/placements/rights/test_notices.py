"""People are told when pay, a complaint, a visit, a plan or a post waits for them."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest

from silian.operations.placements.choices.complaints import ComplaintState
from silian.operations.placements.choices.hosts import AnswerState, PostState
from silian.operations.placements.choices.pay import PayAlarmKind
from silian.operations.placements.commands import visit_notices
from silian.operations.placements.events.complaints import ComplaintFiled, ComplaintMoved
from silian.operations.placements.events.hosts import PlanSent, PostsWaiting
from silian.operations.placements.events.pay import PayAlarmEscalated, PayAlarmRaised
from silian.operations.placements.handlers import hosts, rights
from silian.operations.placements.models import BulkImport, HostAnswer, PayAlarm, VisitSetting
from silian.operations.placements.models.bulk import ImportedPost
from silian.operations.placements.models.complaints import Complaint
from silian.operations.placements.queries.posts import posts_written_for
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import Role
from tests.operations.placements import stage as placements
from tests.operations.placements.complaints import stage as complaints
from tests.operations.placements.rights import stage
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


def titles(member: SimpleNamespace) -> list[str]:
    rows = Notification.objects.filter(user=member.user).order_by("pk")
    return list(rows.values_list("title", flat=True))


def test_late_pay_is_told_to_student_host_and_school_once_a_day(world: World) -> None:
    internship = stage.intern(world)
    alarm = PayAlarm.objects.create(
        internship=internship,
        kind=PayAlarmKind.LATE,
        gap=3200,
        detail="",
        opened_on=TODAY,
        authority_at=stage.NOW,
        told_authority_at=stage.NOW,
    )
    for _ in range(2):
        rights.tell_of_alarm(PayAlarmRaised(alarm_id=alarm.pk))
        rights.tell_authority_of_alarm(PayAlarmEscalated(alarm_id=alarm.pk))
    assert titles(world.student) == ["实习报酬预警：逾期未发"]
    for member in world.enterprise, world.school:
        assert [title for title in titles(member) if "没有到位" in title] == [
            f"{internship.organisation.name}有实习报酬没有到位"
        ]
    assert any("逾期未补发" in title for title in titles(world.reviewer))
    assert titles(world.rival) == []


def test_a_complaint_is_told_to_its_office_and_its_steps_to_the_complainant(world: World) -> None:
    filed = complaints.filed(world).complaint
    rights.tell_handler(ComplaintFiled(complaint_id=filed.pk))
    told = Notification.objects.filter(title__contains=filed.number)
    assert told.exists()
    assert not told.filter(user=world.enterprise.user).exists()
    assert all(filed.text not in row.title + row.detail for row in told)
    Complaint.objects.filter(pk=filed.pk).update(
        state=ComplaintState.ACCEPTED, accepted_at=stage.NOW, due_at=stage.NOW
    )
    for _ in range(2):
        rights.tell_of_move(ComplaintMoved(complaint_id=filed.pk))
    assert titles(world.student) == [f"您的投诉 {filed.number} 已受理"]


def test_a_teacher_is_told_once_of_a_visit_that_is_due(world: World) -> None:
    internship = stage.intern(world)
    VisitSetting.objects.create(school=internship.school, every_days=7, set_at=stage.NOW)
    day = (internship.started_on or TODAY) + datetime.timedelta(days=8)
    assert visit_notices.tell_visits_due(today=day) == 1
    assert visit_notices.tell_visits_due(today=day + datetime.timedelta(days=1)) == 1
    assert titles(world.teacher) == [f"请巡访{internship.organisation.name}：1 名学生到期未访"]


def test_a_host_is_told_of_a_plan_and_of_posts_that_a_school_wrote(world: World) -> None:
    host = placements.make_host(world)
    plan = placements.make_plan(world, hosts=(host,))
    HostAnswer.objects.filter(plan=plan).update(state=AnswerState.WAITING)
    hosts.tell_hosts_of_plan(PlanSent(plan_id=plan.pk))
    post = placements.make_post(world, state=PostState.DRAFT)
    ImportedPost.objects.create(organisation=post.organisation, number="1", post=post)
    brought = BulkImport.objects.create(
        kind="posts", organisation=host.school, host=host.organisation, created_rows=1
    )
    hosts.tell_host_of_posts(PostsWaiting(import_id=brought.pk))
    assert titles(world.enterprise) == [
        f"请确认实习方案：{plan.title}",
        f"{host.school.name}登记了贵单位的 1 个实习岗位",
    ]
    assert world.enterprise.actor.has_role(Role.MANAGER)
    assert list(posts_written_for(world.enterprise.actor)) == [post]
