"""Funds, pitches, payments, and how much social money the fund's money brought."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.choices.finance import (
    FundState,
    Investor,
    PitchKind,
    PitchState,
)
from silian.governance.incentives.commands.finance_notices import tell_of_pitch
from silian.governance.incentives.commands.funds import close_fund, write_fund
from silian.governance.incentives.commands.investments import (
    answer_pitch,
    correct_investment,
    invite_to_roadshow,
    submit_pitch,
    withdraw_pitch,
)
from silian.governance.incentives.models import FundPitch, InvestmentRecord
from silian.governance.incentives.permissions.funds import funds_visible_to, pitches_visible_to
from silian.governance.incentives.queries.funds import (
    leverage_by_fund,
    leverage_by_pitch,
    pitches_overdue,
    whole_of,
)
from silian.registers.accounts.models import Notification
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
SOCIAL = Investor.SOCIAL


def test_a_draft_fund_is_seen_by_its_manager_alone(world: World) -> None:
    draft = stage.draft_fund(world)
    assert not funds_visible_to(world.anonymous.actor).exists()
    assert set(funds_visible_to(stage.bank(world).actor)) == {draft}


def test_public_money_is_a_part_of_the_fund(world: World) -> None:
    with pytest.raises(DomainError, match="政府出资"):
        stage.draft_fund(world, government_part=300 * stage.MILLION)
    with pytest.raises(DomainError, match="规模应大于 0"):
        stage.draft_fund(world, size=Decimal(0), government_part=None)


def test_an_open_fund_is_not_changed_and_a_name_stands_once(world: World) -> None:
    fund, actor = stage.fund(world), stage.bank(world).actor
    with pytest.raises(WrongState, match="先停止投资"):
        write_fund(text=stage.fund_text(), actor=actor, fund_id=fund.pk)
    with pytest.raises(DomainError, match="同名基金"):
        write_fund(text=stage.fund_text(), actor=actor)
    with pytest.raises(NotAllowed):
        write_fund(text=stage.fund_text(), actor=world.enterprise.actor)


def test_a_closed_fund_takes_no_pitches(world: World) -> None:
    fund, actor = stage.fund(world), stage.bank(world).actor
    with pytest.raises(DomainError, match="原因"):
        close_fund(fund_id=fund.pk, reason="", actor=actor)
    closed = close_fund(fund_id=fund.pk, reason="额度已投完", actor=actor)
    assert closed.state == FundState.CLOSED
    with pytest.raises(WrongState, match="不接受投递"):
        submit_pitch(
            fund_id=fund.pk, text=stage.pitch_text(), actor=world.enterprise.actor, now=NOW
        )


def test_a_pitch_starts_the_clock_and_is_seen_by_both_sides(world: World) -> None:
    pitch = stage.pitch(world)
    assert pitch.due_at > NOW
    for person in (world.enterprise, stage.bank(world), world.coordinator):
        assert set(pitches_visible_to(person.actor)) == {pitch}
    assert not pitches_visible_to(world.rival.actor).exists()
    late = NOW + datetime.timedelta(days=60)
    assert set(pitches_overdue(world.coordinator.actor, now=late)) == {pitch}


def test_a_project_must_be_ones_own_and_named(world: World) -> None:
    foreign = stage.project(world, owner=world.rival.organisation)
    fund = stage.fund(world)
    given = {"fund_id": fund.pk, "actor": world.enterprise.actor, "now": NOW}
    for text in (
        stage.pitch_text(kind=PitchKind.PROJECT),
        stage.pitch_text(kind=PitchKind.PROJECT, project_id=foreign.pk),
    ):
        with pytest.raises(DomainError, match="项目"):
            submit_pitch(text=text, **given)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="大于 0"):
        submit_pitch(text=stage.pitch_text(wanted=Decimal(0)), **given)  # type: ignore[arg-type]


def test_the_same_thing_is_handed_in_once(world: World) -> None:
    pitch = stage.pitch(world)
    with pytest.raises(DomainError, match="已投递"):
        submit_pitch(
            fund_id=pitch.fund_id, text=stage.pitch_text(), actor=world.enterprise.actor, now=NOW
        )


def test_a_roadshow_lies_ahead(world: World) -> None:
    pitch, actor = stage.pitch(world), stage.bank(world).actor
    with pytest.raises(DomainError, match="晚于现在"):
        invite_to_roadshow(pitch_id=pitch.pk, at=NOW, place="二楼", actor=actor, now=NOW)
    at = NOW + datetime.timedelta(days=7)
    invited = invite_to_roadshow(pitch_id=pitch.pk, at=at, place="二楼", actor=actor, now=NOW)
    assert invited.state == PitchState.ROADSHOW
    assert invited.due_at > at


def test_an_answer_needs_its_reason_and_the_fund(world: World) -> None:
    pitch = stage.pitch(world)
    given = {"pitch_id": pitch.pk, "accepts": False, "now": NOW}
    with pytest.raises(DomainError, match="答复理由"):
        answer_pitch(reason="", actor=stage.bank(world).actor, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="基金管理机构"):
        answer_pitch(reason="好", actor=world.enterprise.actor, **given)  # type: ignore[arg-type]


def test_the_owner_takes_a_pitch_back(world: World) -> None:
    pitch = stage.pitch(world)
    given = {"pitch_id": pitch.pk, "now": NOW}
    with pytest.raises(NotAllowed, match="投递单位"):
        withdraw_pitch(reason="改投", actor=stage.bank(world).actor, **given)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="撤回原因"):
        withdraw_pitch(reason="", actor=world.enterprise.actor, **given)  # type: ignore[arg-type]
    back = withdraw_pitch(reason="改投", actor=world.enterprise.actor, **given)  # type: ignore[arg-type]
    assert back.state == PitchState.WITHDRAWN


def test_money_follows_an_acceptance(world: World) -> None:
    with pytest.raises(WrongState, match="还没有同意"):
        stage.invest(world, stage.pitch(world))


def test_leverage_is_computed_from_valid_records(world: World) -> None:
    pitch, actor = stage.accepted(world), stage.bank(world).actor
    stage.invest(world, pitch)
    wrong = stage.invest(world, pitch, investor=SOCIAL, amount=9 * stage.MILLION)
    right = stage.payment(SOCIAL, Decimal(2_500_000))
    correct_investment(record_id=wrong.pk, payment=right, reason="多写一位", actor=actor, now=NOW)
    pitches = FundPitch.objects.all()
    (by_pitch,), (by_fund,) = leverage_by_pitch(pitches), leverage_by_fund(pitches)
    assert (by_pitch.fund, by_pitch.social) == (stage.MILLION, Decimal(2_500_000))
    assert by_pitch.times == by_fund.times == whole_of([by_fund]).times == Decimal("2.50")
    assert InvestmentRecord.objects.count() == 3


def test_social_money_names_who_paid_and_a_paper_counts_once(world: World) -> None:
    pitch = stage.accepted(world)
    with pytest.raises(DomainError, match="出资单位"):
        stage.invest(world, pitch, investor=SOCIAL, investor_name=" ")
    stage.invest(world, pitch)
    with pytest.raises(DomainError, match="已登记过"):
        stage.invest(world, pitch)
    with pytest.raises(DomainError, match="晚于今天"):
        stage.invest(world, pitch, on=stage.TODAY + stage.DAY, reference="协议 002")


def test_a_correction_needs_a_reason(world: World) -> None:
    pitch = stage.accepted(world)
    row = stage.invest(world, pitch)
    with pytest.raises(DomainError, match="更正原因"):
        correct_investment(
            record_id=row.pk, payment=None, reason="", actor=stage.bank(world).actor, now=NOW
        )


def test_fund_and_owner_hear_of_each_other(world: World) -> None:
    pitch = stage.pitch(world)
    for state in (PitchState.SUBMITTED, PitchState.DECLINED):
        tell_of_pitch(pitch_id=pitch.pk, state=state)
    assert Notification.objects.filter(user=stage.bank(world).user).count() == 1
    assert Notification.objects.filter(user=world.enterprise.user).count() == 1
