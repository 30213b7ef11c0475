"""Correction cases, step by step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.accounts.models import Notification
from silian.registers.credit.choices import CaseState
from silian.registers.credit.commands import cases
from silian.registers.credit.commands.records import propose_record
from silian.registers.credit.permissions.credit import cases_visible_to
from tests.registers.credit import stage
from tests.world import World


def test_an_order_reaches_the_organisation(world: World, run_jobs: Callable[[], None]) -> None:
    case = stage.ordered(world)
    run_jobs()
    assert Notification.objects.filter(
        user=world.enterprise.user, title__contains=case.title
    ).exists()


def test_a_finding_is_not_seen_before_the_order(world: World) -> None:
    case = stage.found(world)
    assert not cases_visible_to(world.enterprise.actor).filter(pk=case.pk).exists()


@pytest.mark.parametrize("person", ["rival", "school", "student", "expert"])
def test_others_see_nothing(world: World, person: str) -> None:
    case = stage.ordered(world)
    assert not cases_visible_to(world.people[person].actor).filter(pk=case.pk).exists()


@pytest.mark.parametrize("person", ["enterprise", "school", "supervisor", "leader"])
def test_only_keepers_open_cases(world: World, person: str) -> None:
    with pytest.raises(NotAllowed):
        cases.open_case(
            organisation_id=world.rival.organisation.pk, item_id=stage.item().pk, title="事项",
            finding="问题", basis="依据", actor=world.people[person].actor, now=timezone.now(),
        )  # fmt: skip


def test_nobody_opens_a_case_about_the_own_organisation(world: World) -> None:
    with pytest.raises(DomainError, match="本单位"):
        cases.open_case(
            organisation_id=world.reviewer.organisation.pk, item_id=stage.item().pk,
            title="事项", finding="问题", basis="依据", actor=world.reviewer.actor,
            now=timezone.now(),
        )  # fmt: skip


def test_a_corrected_case_leaves_no_record(world: World) -> None:
    case = stage.ordered(world)
    cases.report_correction(
        case_id=case.pk, text="已补足。", actor=world.enterprise.actor, now=timezone.now()
    )
    case = cases.accept_correction(
        case_id=case.pk, reason="凭证齐全。", actor=world.reviewer.actor, now=timezone.now()
    )
    assert case.state == CaseState.CORRECTED
    assert not hasattr(case, "record")


def test_a_returned_correction_gets_a_new_day(world: World) -> None:
    case = stage.ordered(world)
    cases.report_correction(
        case_id=case.pk, text="已补足。", actor=world.enterprise.actor, now=timezone.now()
    )
    day = stage.today() + 40 * stage.DAY
    case = cases.return_correction(
        case_id=case.pk, text="凭证不全。", due_on=day, actor=world.reviewer.actor,
        on=stage.today(),
    )  # fmt: skip
    assert (case.state, case.due_on) == (CaseState.ORDERED, day)


def test_refusal_is_not_found_before_the_day(world: World) -> None:
    case = stage.ordered(world)
    with pytest.raises(DomainError, match="期限未过"):
        cases.find_refused(
            case_id=case.pk, reason="未改。", said_no=False, actor=world.reviewer.actor,
            on=stage.today(),
        )  # fmt: skip


def test_a_record_without_notice_is_refused(world: World) -> None:
    case = stage.refused(world)
    with pytest.raises(WrongState):
        propose_record(draft=stage.draft(world), actor=world.reviewer.actor, case_id=case.pk)


def test_a_record_before_the_hearing_is_refused(world: World) -> None:
    case = stage.noticed(world)
    with pytest.raises(DomainError, match="申辩期"):
        propose_record(draft=stage.draft(world), actor=world.reviewer.actor, case_id=case.pk)


def test_a_heard_refusal_becomes_a_proposal(world: World) -> None:
    case = stage.replied(world)
    row = propose_record(draft=stage.draft(world), actor=world.reviewer.actor, case_id=case.pk)
    case.refresh_from_db()
    assert (case.state, row.state) == (CaseState.RECORDED, "proposed")


def test_a_late_correction_is_still_taken(world: World) -> None:
    case = stage.noticed(world)
    case = cases.report_correction(
        case_id=case.pk, text="已补足。", actor=world.enterprise.actor, now=timezone.now()
    )
    assert case.state == CaseState.REPORTED


def test_a_dropped_case_says_why(world: World) -> None:
    case = stage.ordered(world)
    with pytest.raises(DomainError, match="理由"):
        cases.drop_case(case_id=case.pk, reason=" ", actor=world.reviewer.actor, now=timezone.now())
    case = cases.drop_case(
        case_id=case.pk, reason="认定有误。", actor=world.reviewer.actor, now=timezone.now()
    )
    assert case.state == CaseState.DROPPED
