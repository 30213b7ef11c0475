"""Whom a call is told to: the entitled of the region, once, with sum and last day."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.choices.claims import CallMessageKind, ClaimScheme
from silian.governance.incentives.commands.call_messages import remind_of_calls, tell_of_call
from silian.governance.incentives.commands.claim_calls import extend_call
from silian.governance.incentives.models import CallMessage, ClaimCall, HostAssessment
from silian.governance.incentives.queries.call_messages import messages_of
from silian.operations.placements.models import Internship
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Organisation
from tests.governance.incentives.claims import stage
from tests.governance.incentives.claims.stage import NOW
from tests.world import World, make_member, make_organisation

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SOON = datetime.datetime(2026, 4, 24, 9, 0, tzinfo=stage.ZONE)


def told(call: ClaimCall, *, closing: bool = False, now: datetime.datetime = NOW) -> int:
    kind = CallMessageKind.CLOSING if closing else CallMessageKind.OPENED
    return tell_of_call(call_id=call.pk, kind=kind, now=now)


def letters(organisation: Organisation) -> list[Notification]:
    rows = Notification.objects.filter(organisation_id=organisation.pk, key__startswith="call-")
    return list(rows.order_by("pk"))


def test_an_entitled_enterprise_is_told_once_with_sum_and_last_day(world: World) -> None:
    call, _ = stage.opened_call(world)
    stage.worked(world)
    assert told(call) == 1
    assert told(call) == 0
    (letter,) = letters(world.enterprise.organisation)
    assert letter.title == f"可以申领：{call.title}"
    assert "测算 1,200.00 元" in letter.detail or "测算 1,200 元" in letter.detail
    assert "2026-04-30 截止" in letter.detail
    row = CallMessage.objects.get()
    assert (row.amount, row.people) == (Decimal(1200), 1)
    assert messages_of(call).units == 1


def test_the_sum_is_the_one_that_the_claim_shows(world: World) -> None:
    call, _ = stage.opened_call(world)
    stage.worked(world, name="演示学生甲")
    stage.worked(world, name="演示学生乙")
    told(call)
    assert CallMessage.objects.get().amount == stage.started(world, call).planned


def test_apprentices_of_every_programme_count(world: World) -> None:
    row = stage.programme(world)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    told(call)
    claim = stage.started(world, call, subject_id=row.pk)
    assert claim.planned > 0
    assert CallMessage.objects.get().amount == claim.planned


def test_nobody_outside_the_region_or_without_facts_is_told(world: World) -> None:
    call, _ = stage.opened_call(world)
    stage.worked(world)
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(division_id="990000")
    assert told(call) == 0
    assert not letters(world.rival.organisation)


def test_an_enterprise_that_failed_the_assessment_is_not_entitled(world: World) -> None:
    call, _ = stage.opened_call(world)
    stage.worked(world)
    unit, clerk = world.enterprise.organisation, world.reviewer
    HostAssessment.objects.create(
        organisation=unit, division_id=unit.division_id, year=2025, basis="考核细则",
        state=AssessmentState.FAILED, proposed_by=clerk.user, proposed_at=NOW,
        decided_by=world.coordinator.user, decided_on=NOW.date(), reason="未付报酬",
    )  # fmt: skip
    assert told(call) == 0


def test_a_draft_and_nothing_are_reminded_a_claim_is_not(world: World) -> None:
    call, _ = stage.opened_call(world)
    stage.worked(world)
    claim = stage.started(world, call)
    assert told(call) == 0
    assert told(call, closing=True, now=SOON) == 1
    (letter,) = letters(world.enterprise.organisation)
    assert "个工作日截止" in letter.title
    assert letter.detail.startswith("已起草，还没有提交")
    assert letter.url == f"/incentives/claims/{claim.pk}/edit/"
    CallMessage.objects.all().delete()
    stage.submitted(world, stage.filled(world, claim))
    assert told(call, closing=True, now=SOON) == 0


def test_the_morning_round_reminds_some_working_days_before(world: World) -> None:
    call, _ = stage.opened_call(world)
    stage.worked(world)
    assert remind_of_calls(now=NOW) == 1
    assert remind_of_calls(now=SOON - 7 * DAY) == 0
    assert remind_of_calls(now=SOON) == 1
    assert remind_of_calls(now=SOON + DAY) == 0
    assert [row.kind for row in call.messages.order_by("pk")] == ["opened", "closing"]


def test_a_new_last_day_has_its_own_reminder(world: World) -> None:
    call, books = stage.opened_call(world)
    stage.worked(world)
    remind_of_calls(now=SOON)
    extend_call(
        call_id=call.pk, closes_on=datetime.date(2026, 6, 30), reason="追加预算",
        actor=books.owner.actor, today=SOON.date(),
    )  # fmt: skip
    assert remind_of_calls(now=SOON + DAY) == 0
    assert remind_of_calls(now=SOON + 62 * DAY) == 1


def test_a_closed_or_drafted_call_tells_nobody(world: World) -> None:
    call, _ = stage.drafted_call(world)
    stage.worked(world)
    assert told(call) == 0
    assert remind_of_calls(now=NOW) == 0


def test_schools_are_told_only_where_they_may_apply(world: World) -> None:
    call, _ = stage.opened_call(world, applicants="school")
    stage.worked(world)
    assert told(call) == 0


def queries_of(call: ClaimCall) -> int:
    with CaptureQueriesContext(connection) as seen:
        told(call)
    return len(seen.captured_queries)


def test_a_batch_costs_the_same_queries_with_2_and_12_units(world: World) -> None:
    call, _ = stage.opened_call(world)
    told(call)
    counts = []
    for size in (2, 12):
        for number in range(size):
            unit = make_organisation(
                name=f"演示提醒企业{size}之{number}", kind=OrganisationKind.ENTERPRISE
            )
            make_member(
                username=f"manager-{size}-{number}", organisation=unit, role=Role.MANAGER
            )  # fmt: skip
            row = stage.worked(world, name=f"演示学生{size}之{number}")
            Internship.objects.filter(pk=row.pk).update(organisation=unit)
        counts.append(queries_of(call))
    assert counts[0] == counts[1]
    assert CallMessage.objects.count() == 14
