"""Enterprises are assessed once a year: proposed by one, heard, decided by another."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.commands.host_assessments import (
    decide_assessment,
    decide_passes,
    propose_assessment,
    propose_passes,
    reopen_assessment,
    reply_to_assessment,
)
from silian.governance.incentives.models import HostAssessment
from silian.governance.incentives.queries.host_assessments import hosts_of, passed
from silian.governance.incentives.rules.host_assessments import points_against
from tests.governance.incentives.assessments.stage import (
    BASIS,
    YEAR,
    intern_of_last_year,
    proposed,
)
from tests.governance.incentives.claim_review.stage import NOW, at
from tests.world import CITY, World

AFTER = datetime.date(2026, 3, 26)


def test_facts_that_speak_against_are_named_with_their_number() -> None:
    assert points_against({"students": 3, "months_due": 9, "months_on_time": 9}) == []
    assert points_against({"alarms": 2, "months_due": 9, "months_on_time": 7}) == [
        "有欠薪提醒未解除 2 条",
        "有 2 生·月报酬没有按时足额支付",
    ]


@pytest.mark.django_db
def test_enterprises_with_interns_in_the_year_are_assessed(world: World) -> None:
    intern_of_last_year(world)
    assert list(hosts_of(jurisdiction=CITY, year=YEAR)) == [world.enterprise.organisation]
    assert not hosts_of(jurisdiction=CITY, year=YEAR - 1).exists()
    assert not hosts_of(jurisdiction="530300", year=YEAR).exists()


@pytest.mark.django_db
def test_one_proposes_and_another_decides(world: World) -> None:
    intern_of_last_year(world)
    row = proposed(world)
    assert row.figures["students"] == 1
    with pytest.raises(DomainError, match="由您拟定"):
        decide_assessment(
            assessment_id=row.pk, passes=True, reason="", actor=world.reviewer.actor, now=NOW
        )
    assert passed(row.organisation_id, year=YEAR) is None
    done = decide_assessment(
        assessment_id=row.pk, passes=True, reason="", actor=world.coordinator.actor, now=NOW
    )
    assert (done.state, done.decided_by) == (AssessmentState.PASSED, world.coordinator.user)
    assert passed(row.organisation_id, year=YEAR) is True


@pytest.mark.django_db
def test_an_enterprise_that_is_to_fail_is_heard_first(world: World) -> None:
    row = proposed(world, passes=False)
    assert (row.state, row.reply_until) == (AssessmentState.NOTICED, datetime.date(2026, 3, 25))
    with pytest.raises(DomainError, match="尚未陈述"):
        decide_assessment(
            assessment_id=row.pk, passes=False, reason="", actor=world.coordinator.actor, now=NOW
        )
    with pytest.raises(HostAssessment.DoesNotExist):
        reply_to_assessment(assessment_id=row.pk, text="已补发", actor=world.rival.actor, now=NOW)
    reply_to_assessment(
        assessment_id=row.pk, text="两月报酬已于次月补发", actor=world.enterprise.actor, now=NOW
    )
    done = decide_assessment(
        assessment_id=row.pk, passes=True, reason="已补发", actor=world.coordinator.actor, now=NOW
    )
    assert done.state == AssessmentState.PASSED


@pytest.mark.django_db
def test_silence_until_the_day_lets_it_be_decided(world: World) -> None:
    row = proposed(world, passes=False)
    with pytest.raises(DomainError, match="陈述期限已过"):
        reply_to_assessment(
            assessment_id=row.pk, text="晚了", actor=world.enterprise.actor, now=at(AFTER)
        )
    done = decide_assessment(
        assessment_id=row.pk, passes=False, reason="", actor=world.coordinator.actor,
        now=at(AFTER),
    )  # fmt: skip
    assert (done.state, passed(row.organisation_id, year=YEAR)) == (AssessmentState.FAILED, False)


@pytest.mark.django_db
def test_failing_needs_a_reason_and_a_proposer_of_the_region(world: World) -> None:
    with pytest.raises(DomainError, match="写明不符合"):
        propose_assessment(
            organisation_id=world.enterprise.organisation.pk, year=YEAR, passes=False, reason=" ",
            basis=BASIS, actor=world.reviewer.actor, now=NOW,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        propose_assessment(
            organisation_id=world.enterprise.organisation.pk, year=YEAR, passes=True, reason="",
            basis=BASIS, actor=world.school.actor, now=NOW,
        )  # fmt: skip
    with pytest.raises(DomainError, match="还没有开始"):
        propose_assessment(
            organisation_id=world.enterprise.organisation.pk, year=2027, passes=True, reason="",
            basis=BASIS, actor=world.reviewer.actor, now=NOW,
        )  # fmt: skip


@pytest.mark.django_db
def test_a_decided_assessment_is_changed_only_by_assessing_anew(world: World) -> None:
    row = proposed(world)
    decide_passes(assessment_ids=[row.pk], actor=world.coordinator.actor, now=NOW)
    with pytest.raises(WrongState):
        proposed(world, passes=False)
    with pytest.raises(DomainError, match="重新考核的原因"):
        reopen_assessment(assessment_id=row.pk, reason="", actor=world.reviewer.actor, now=NOW)
    again = reopen_assessment(
        assessment_id=row.pk, reason="漏计一起事故", actor=world.reviewer.actor, now=NOW
    )
    assert (again.state, again.decided_by) == (AssessmentState.DRAFT, None)


@pytest.mark.django_db
def test_many_are_proposed_at_once_each_with_its_figures(world: World) -> None:
    intern_of_last_year(world)
    keys = [world.enterprise.organisation.pk, world.rival.organisation.pk]
    assert (
        propose_passes(
            organisation_ids=keys, year=YEAR, basis=BASIS, actor=world.reviewer.actor, now=NOW
        )
        == 2
    )
    assert HostAssessment.objects.get(organisation_id=keys[0]).figures["students"] == 1
    assert HostAssessment.objects.get(organisation_id=keys[1]).figures["students"] == 0


@pytest.mark.django_db
def test_an_official_proposes_from_the_list_in_the_browser(world: World) -> None:
    intern_of_last_year(world)
    page = world.reviewer.client.get(reverse("incentives:assessment_hosts"))
    assert world.enterprise.organisation.name in page.content.decode()
    answer = world.reviewer.client.post(
        reverse("incentives:assessment_propose_many") + f"?year={YEAR}",
        {"chosen": [world.enterprise.organisation.pk], "basis": BASIS},
    )
    assert answer.status_code == 302
    row = HostAssessment.objects.get()
    assert row.basis == BASIS
    own = world.enterprise.client.get(row.get_absolute_url())
    assert own.status_code == 404
    decide_passes(assessment_ids=[row.pk], actor=world.coordinator.actor, now=NOW)
    assert world.enterprise.client.get(row.get_absolute_url()).status_code == 200
    listed = world.anonymous.client.get(reverse("incentives:assessment_public"))
    assert world.enterprise.organisation.name in listed.content.decode()
