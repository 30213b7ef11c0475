"""Amendments, renewals, suspension, termination and the nightly end."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from silian.casework.agreements.choices import (
    AgreementState,
    LifeEventKind,
    Standing,
    VersionState,
)
from silian.casework.agreements.commands.amending import (
    propose_amendment,
    renew,
    withdraw_change,
)
from silian.casework.agreements.commands.life import end_due, resume, suspend, terminate
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.terms import (
    differences_of,
    effective_terms,
    standing_of,
    suspended_periods,
)
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.agreements.core import stage
from tests.casework.agreements.core.stage import ENDS, ONE_DAY, STARTS
from tests.world import World

pytestmark = pytest.mark.django_db
MAY = datetime.date(2026, 5, 1)
JUNE = datetime.date(2026, 6, 1)


def proposed(world: World, agreement: Agreement, **facts: Any) -> AgreementVersion:
    values = {
        "agreement_id": agreement.pk,
        "actor": world.enterprise.actor,
        "changes": {"students_a_year": 80},
        "effective_from": MAY,
        "reason": "新增一条实训产线",
        "now": stage.NOW,
    }
    return propose_amendment(**{**values, **facts})


def ended_by(world: World, agreement: Agreement, **facts: Any) -> Agreement:
    values = {
        "agreement_id": agreement.pk,
        "actor": world.school.actor,
        "on": MAY,
        "reason": "专业调整，不再合作",
        "now": stage.NOW,
    }
    return terminate(**{**values, **facts})


def test_an_amendment_holds_from_its_day_once_all_signed(world: World) -> None:
    agreement = stage.active(world)
    proposed(world, agreement)
    version = stage.sent(world, agreement)
    assert effective_terms(agreement=agreement, on=JUNE)["students_a_year"] == 60
    stage.sign_all(world, version)
    assert effective_terms(agreement=agreement, on=MAY - ONE_DAY)["students_a_year"] == 60
    assert effective_terms(agreement=agreement, on=MAY)["students_a_year"] == 80
    assert effective_terms(agreement=agreement, on=STARTS - ONE_DAY) == {}
    (difference,) = differences_of(agreement.versions.get(number=2))
    assert (difference.before, difference.after) == ("60 人", "80 人")
    assert difference.consequence == "变好"


def test_an_amendment_that_changes_nothing_is_refused(world: World) -> None:
    agreement = stage.active(world)
    with pytest.raises(DomainError, match="没有条款发生变化"):
        proposed(world, agreement, changes={"students_a_year": 60})


def test_an_amendment_is_never_dated_back(world: World) -> None:
    agreement = stage.active(world)
    with pytest.raises(DomainError, match="不能从过去的日期起生效"):
        proposed(world, agreement, effective_from=datetime.date(2026, 3, 17))
    with pytest.raises(DomainError, match="起始日不能改变"):
        proposed(world, agreement, changes={"starts_on": "2026-04-02"})


def test_one_change_at_a_time(world: World) -> None:
    agreement = stage.active(world)
    proposed(world, agreement)
    with pytest.raises(WrongState, match="还有一份修订没有签完"):
        proposed(world, agreement, changes={"students_a_year": 90})
    withdraw_change(
        agreement_id=agreement.pk, actor=world.enterprise.actor, reason="重新拟定", now=stage.NOW
    )
    assert proposed(world, agreement).number == 3


def test_a_stranger_proposes_nothing(world: World) -> None:
    with pytest.raises(NotAllowed):
        proposed(world, stage.active(world), actor=world.rival.actor)


def test_a_draft_is_not_amended(world: World) -> None:
    with pytest.raises(WrongState, match="只有生效中的协议可以变更"):
        proposed(world, stage.drafted(world))


def test_a_renewal_lengthens_the_agreement(world: World) -> None:
    agreement = stage.active(world)
    later = datetime.date(2028, 4, 1)
    facts = {
        "agreement_id": agreement.pk,
        "actor": world.school.actor,
        "reason": "合作良好，继续三期",
        "now": stage.NOW,
    }
    with pytest.raises(DomainError, match="须晚于现在的终止日"):
        renew(**facts, ends_on=ENDS)
    renew(**facts, ends_on=later)
    stage.sign_all(world, stage.sent(world, agreement))
    agreement.refresh_from_db()
    assert agreement.ends_on == later
    assert agreement.life_events.get().kind == LifeEventKind.RENEWED
    assert effective_terms(agreement=agreement, on=ENDS - ONE_DAY)["ends_on"] == ENDS.isoformat()
    assert standing_of(agreement=agreement, on=ENDS) == Standing.IN_FORCE


def test_a_suspension_is_known_day_by_day(world: World) -> None:
    agreement = stage.active(world)
    facts = {"agreement_id": agreement.pk, "actor": world.school.actor, "reason": "设备检修停产"}
    suspend(**facts, on=MAY, now=stage.on(MAY))
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SUSPENDED
    with pytest.raises(DomainError, match="不能早于上一次变更"):
        resume(**facts, on=MAY - ONE_DAY, now=stage.on(JUNE))
    resume(**facts, on=JUNE, now=stage.on(JUNE))
    assert standing_of(agreement=agreement, on=MAY) == Standing.SUSPENDED
    assert standing_of(agreement=agreement, on=JUNE) == Standing.IN_FORCE
    assert suspended_periods(agreement=agreement) == [(MAY, JUNE)]


def test_a_suspension_is_not_entered_in_advance(world: World) -> None:
    agreement = stage.active(world)
    with pytest.raises(DomainError, match="不能预先登记"):
        suspend(
            agreement_id=agreement.pk,
            actor=world.school.actor,
            on=JUNE,
            reason="设备检修停产",
            now=stage.on(MAY),
        )


def test_a_termination_keeps_its_notice(world: World) -> None:
    agreement = stage.active(world)
    with pytest.raises(DomainError, match="须提前 30 天"):
        ended_by(world, agreement, on=datetime.date(2026, 4, 10))
    with pytest.raises(DomainError, match="请写明解除原因"):
        ended_by(world, agreement, reason="")
    assert ended_by(world, agreement).state == AgreementState.ACTIVE
    assert end_due(on=MAY - ONE_DAY) == 0
    assert end_due(on=MAY) == 1
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.TERMINATED
    assert end_due(on=MAY) == 0
    assert standing_of(agreement=agreement, on=MAY) == Standing.OVER


def test_a_grave_breach_ends_an_agreement_at_once(world: World) -> None:
    agreement = stage.active(world)
    proposed(world, agreement)
    today = datetime.date(2026, 3, 18)
    ended = ended_by(world, agreement, on=today, at_once=True)
    assert ended.state == AgreementState.TERMINATED
    assert agreement.versions.get(number=2).state == VersionState.WITHDRAWN


def test_a_set_termination_stops_further_changes(world: World) -> None:
    agreement = stage.active(world)
    ended_by(world, agreement)
    with pytest.raises(WrongState, match="已约定解除日"):
        proposed(world, agreement)
    with pytest.raises(WrongState, match="不需要再次办理"):
        ended_by(world, agreement)


def test_the_night_ends_what_is_over_once(world: World) -> None:
    agreement = stage.active(world)
    assert end_due(on=ENDS - ONE_DAY) == 0
    assert end_due(on=ENDS) == 1
    assert end_due(on=ENDS) == 0
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ENDED
    assert agreement.life_events.get().kind == LifeEventKind.ENDED
