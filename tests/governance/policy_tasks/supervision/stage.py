"""Tasks, bodies and orders for the tests, brought to a given step by the commands themselves."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.governance.policy_tasks.choices import TaskOrigin, TaskState
from silian.governance.policy_tasks.commands.supervision_findings import (
    Order,
    answer_finding,
    issue_finding,
    receive_finding,
)
from silian.governance.policy_tasks.commands.supervision_rounds import (
    RoundPlan,
    fill_checklist,
    plan_round,
    start_round,
)
from silian.governance.policy_tasks.commands.supervision_scores import enter_scheme
from silian.governance.policy_tasks.models.supervision import SupervisionRound
from silian.governance.policy_tasks.models.supervision_findings import (
    FindingAnswer,
    SupervisionFinding,
)
from silian.governance.policy_tasks.models.supervision_scores import ScoreScheme
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.queries.supervision_checks import Choice
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.models import PolicyBody
from tests.world import CITY, Person, World, make_member, make_organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 15, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
DAY = datetime.timedelta(days=1)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def proof(name: str = "台账.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "3 月 18 日完成，见附表。".encode(), content_type="text/plain")


def body_of(person: Person, *, name: str = "市教育局") -> PolicyBody:
    """The responsible body that the person's organisation is."""
    body, _ = PolicyBody.objects.get_or_create(
        division_id=CITY, name=name, defaults={"organisation": person.organisation}
    )
    return body


def other_department(*, name: str = "青澜市财政局（演示）") -> Person:
    """The agent of a department that nothing here is about."""
    office = make_organisation(name=name, kind=OrganisationKind.GOVERNMENT, division_id=CITY)
    return make_member(username=f"clerk-{name[3]}", organisation=office, role=Role.AGENT)


def make_task(world: World, *, number: str = "1", **values: Any) -> PolicyTask:
    """A running task of the bureau, eight days late unless told otherwise."""
    facts: dict[str, Any] = {
        "division_id": CITY,
        "origin": TaskOrigin.MANUAL,
        "number": number,
        "title": "建成公共实训基地二期",
        "state": TaskState.RUNNING,
        "lead": body_of(world.coordinator),
        "due_on": TODAY - 8 * DAY,
        "assigned_at": NOW - 60 * DAY,
    }
    return PolicyTask.objects.create(**{**facts, **values})


def make_order(world: World, **values: Any) -> Order:
    facts: dict[str, Any] = {
        "body_id": body_of(world.coordinator).pk,
        "severity": "general",
        "title": "公共实训基地二期选址逾期",
        "text": "应于 3 月 10 日确定选址，至今未报送选址意见。",
        "demand": "报送选址意见和用地批复进度，附佐证材料。",
        "working_days": 5,
    }
    return Order(**{**facts, **values})


def issued(world: World, **values: Any) -> SupervisionFinding:
    return issue_finding(order=make_order(world, **values), actor=world.supervisor.actor, now=NOW)


def received(world: World, **values: Any) -> SupervisionFinding:
    finding = issued(world, **values)
    return receive_finding(finding_id=finding.pk, actor=world.reviewer.actor, now=NOW)


def answered(world: World, **values: Any) -> FindingAnswer:
    finding = received(world, **values)
    return answer_finding(
        finding_id=finding.pk,
        measures="已约见用地单位，两次会商。",
        result="选址意见已报送，用地批复预计 4 月 10 日取得。",
        files=[proof()],
        actor=world.reviewer.actor,
        now=NOW + DAY,
    )


def make_plan(**values: Any) -> RoundPlan:
    facts: dict[str, Any] = {
        "title": "第一季度专项督查",
        "basis": "年度督查计划",
        "starts_on": TODAY,
        "ends_on": TODAY + 10 * DAY,
    }
    return RoundPlan(**{**facts, **values})


def planned(world: World, **values: Any) -> SupervisionRound:
    return plan_round(plan=make_plan(**values), division=CITY, actor=world.supervisor.actor)


def running(world: World) -> SupervisionRound:
    """A round with one task on its checklist, begun."""
    if not PolicyTask.objects.exists():
        make_task(world)
    round_ = planned(world)
    fill_checklist(round_id=round_.pk, choice=Choice(), actor=world.supervisor.actor, now=NOW)
    return start_round(round_id=round_.pk, actor=world.supervisor.actor)


POINTS = {
    "on_time": Decimal(40),
    "evidence": Decimal(20),
    "conduct": Decimal(40),
    "notice_points": Decimal(0),
    "general_points": Decimal(2),
    "serious_points": Decimal(5),
    "return_points": Decimal(1),
    "overdue_points": Decimal(3),
}


def scheme(world: World, **values: Any) -> ScoreScheme:
    facts: dict[str, Any] = {
        "division": CITY,
        "basis": "市领导小组会议决定",
        "valid_from": datetime.date(2026, 1, 1),
        "points": POINTS,
    }
    return enter_scheme(**{**facts, **values}, actor=world.coordinator.actor, now=NOW)
