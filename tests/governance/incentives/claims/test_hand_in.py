"""A claim is handed in once its conditions hold, freezes its facts, and can be taken back."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.governance.incentives.choices.claims import (
    ClaimScheme,
    ClaimState,
    GateOutcome,
    PaymentKind,
)
from silian.governance.incentives.commands.claims import (
    change_claim,
    refresh_claim,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from silian.governance.incentives.models import Claim, HostAssessment
from silian.governance.incentives.queries.claim_amounts import amounts_of_claim
from silian.governance.incentives.queries.payment_gates import GateDraft, gates_for
from silian.operations.placements.models import Apprentice
from tests.governance.incentives.claims import stage
from tests.governance.incentives.claims.stage import NOW, TODAY
from tests.world import World

pytestmark = pytest.mark.django_db


def ready(world: World) -> Claim:
    stage.worked(world)
    return stage.filled(world, stage.started(world, stage.opened_call(world)[0]))


def gate(claim: Claim, code: str, kind: PaymentKind | None = None) -> GateDraft:
    claim = Claim.objects.get(pk=claim.pk)
    return next(each for each in gates_for(claim, kind, TODAY) if each.code == code)


def test_a_claim_is_handed_in_and_the_offices_begin(world: World) -> None:
    claim = stage.submitted(world, ready(world))
    assert (claim.state, claim.planned, claim.entitled) == (ClaimState.REVIEW, 1200, 1200)
    assert claim.submitted_at == NOW
    assert claim.steps.filter(state="open").count() == 1
    assert AuditEntry.objects.filter(action="incentives.claim.submitted").count() == 1


def test_the_account_is_kept_encrypted(world: World) -> None:
    claim = ready(world)
    assert (claim.account_tail, claim.account_number) == ("5678", stage.ACCOUNT)
    assert stage.ACCOUNT not in claim.account_cipher
    change_claim(
        claim_id=claim.pk, advance_asked=Decimal(0), bank_name="青澜农村商业银行",
        account_number="", statement="", actor=world.enterprise.actor,
    )  # fmt: skip
    assert Claim.objects.get(pk=claim.pk).account_number == stage.ACCOUNT


@pytest.mark.parametrize("number", ["1234567", "62220202000123456x", "6" * 31])
def test_a_strange_account_is_refused(world: World, number: str) -> None:
    claim = ready(world)
    with pytest.raises(DomainError, match="8 至 30 位"):
        change_claim(
            claim_id=claim.pk, advance_asked=Decimal(0), bank_name="行", account_number=number,
            statement="", actor=world.enterprise.actor,
        )  # fmt: skip


def test_missing_papers_and_account_stop_the_hand_in(world: World) -> None:
    stage.worked(world)
    claim = stage.started(world, stage.opened_call(world)[0])
    with pytest.raises(DomainError, match="还缺：材料：实习三方协议"):
        stage.submitted(world, claim)
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.DRAFT
    assert gate(claim, "account").is_closed


def test_an_empty_claim_is_refused(world: World) -> None:
    claim = stage.filled(world, stage.started(world, stage.opened_call(world)[0]))
    with pytest.raises(DomainError, match="申领明细为空"):
        stage.submitted(world, claim)


def test_outside_the_window_nothing_is_started_nor_handed_in(world: World) -> None:
    call, _ = stage.opened_call(world)
    late = datetime.date(2026, 5, 1)
    with pytest.raises(WrongState, match="不在受理期"):
        start_claim(call_id=call.pk, actor=world.enterprise.actor, today=late)
    claim = ready(world)
    with pytest.raises(DomainError, match="受理期"):
        submit_claim(
            claim_id=claim.pk, actor=world.enterprise.actor, now=NOW.replace(month=5, day=1)
        )


def test_a_returned_claim_is_handed_in_anew_after_the_window(world: World) -> None:
    claim = stage.submitted(world, ready(world))
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.RETURNED, reason="补考勤")
    again = submit_claim(
        claim_id=claim.pk, actor=world.enterprise.actor, now=NOW.replace(month=5, day=6)
    )
    assert (again.state, again.reason) == (ClaimState.REVIEW, "")
    assert set(again.steps.values_list("round", flat=True)) == {1, 2}


def test_the_facts_are_frozen_when_it_is_handed_in(world: World) -> None:
    claim = stage.submitted(world, ready(world))
    with pytest.raises(WrongState):
        refresh_claim(claim_id=claim.pk, actor=world.enterprise.actor, today=TODAY)
    assert claim.items.get().facts["school"] == world.school.organisation.name
    assert amounts_of_claim(claim).rule_version == claim.rule_version


def test_the_assessment_stops_the_payment_and_not_the_hand_in(world: World) -> None:
    claim = stage.submitted(world, ready(world))
    assert not gate(claim, "assessment.2025").is_closed
    payment = gate(claim, "assessment.2025", PaymentKind.FULL)
    assert (payment.outcome, payment.is_closed) == (GateOutcome.UNKNOWN, True)
    for year in (2025, 2026):
        HostAssessment.objects.create(
            organisation=world.enterprise.organisation, division_id="990100", year=year,
            state="passed", basis="年度考核", proposed_at=NOW, decided_on=TODAY,
            decided_by=world.reviewer.user,
        )  # fmt: skip
    assert gate(claim, "assessment.2025", PaymentKind.FULL).outcome == GateOutcome.PASSED


def test_every_gate_has_a_clause_and_what_is_closed_has_a_cure(world: World) -> None:
    claim = stage.submitted(world, ready(world))
    for kind in (None, PaymentKind.FULL):
        for each in gates_for(claim, kind, TODAY):
            assert each.clause
            assert each.cure or not each.is_closed


def test_an_advance_above_the_limit_is_refused(world: World) -> None:
    row = stage.programme(world)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    claim = stage.filled(world, stage.started(world, call, subject_id=row.pk), advance="99999")
    assert gate(claim, "rule.R11.advance").is_closed
    with pytest.raises(DomainError, match="预支不超过上限"):
        stage.submitted(world, claim)


def test_a_missing_contract_is_unknown_and_not_guessed(world: World) -> None:
    row = stage.programme(world)
    Apprentice.objects.filter(apprenticeship=row).update(contract_ends_on=None)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    claim = stage.started(world, call, subject_id=row.pk)
    found = [
        each for each in gates_for(claim, PaymentKind.ADVANCE, TODAY)
        if each.code == "person.AP-02.contract"
    ]  # fmt: skip
    assert {each.outcome for each in found} == {GateOutcome.UNKNOWN}
    assert len(found) == 2
    assert "劳动合同" in found[0].cure


def test_what_other_cities_do_never_stops_anybody(world: World) -> None:
    row = stage.programme(world)
    Apprentice.objects.filter(apprenticeship=row).update(is_full_time_student=True)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    claim = stage.filled(world, stage.started(world, call, subject_id=row.pk))
    student = gate(claim, "person.AP-02.worker")
    assert (student.outcome, student.stops) == (GateOutcome.HINT, False)
    assert stage.submitted(world, claim).state == ClaimState.REVIEW


def test_started_twice_it_is_the_same_draft(world: World) -> None:
    call, _ = stage.opened_call(world)
    first = stage.started(world, call)
    assert stage.started(world, call).pk == first.pk


def test_a_claim_with_the_offices_is_not_claimed_again(world: World) -> None:
    claim = stage.submitted(world, ready(world))
    with pytest.raises(WrongState, match="不能重复申领"):
        stage.started(world, claim.call)


def test_withdrawn_its_people_are_free_again(world: World) -> None:
    claim = stage.submitted(world, ready(world))
    with pytest.raises(DomainError, match="撤回的原因"):
        withdraw_claim(claim_id=claim.pk, reason="", actor=world.enterprise.actor)
    gone = withdraw_claim(claim_id=claim.pk, reason="改用下半年通知", actor=world.enterprise.actor)
    assert gone.state == ClaimState.WITHDRAWN
    again = stage.started(world, claim.call)
    assert again.pk != claim.pk
    assert again.planned == 1200


def test_another_unit_cannot_touch_it(world: World) -> None:
    claim = ready(world)
    with pytest.raises(Claim.DoesNotExist):
        submit_claim(claim_id=claim.pk, actor=world.rival.actor, now=NOW)
    with pytest.raises(NotAllowed):
        start_claim(call_id=claim.call_id, actor=world.reviewer.actor, today=TODAY)
