"""Another subsidy for the same person: a gate that stops or warns, its cure, its finding."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.choices.claims import ClaimState, GateOutcome, StepKind
from silian.governance.incentives.choices.outside_payments import Conflict
from silian.governance.incentives.choices.risks import RiskKind, RiskState
from silian.governance.incentives.commands.claim_decisions import agree_to_claim
from silian.governance.incentives.commands.claim_risks import settle_risk
from silian.governance.incentives.commands.claim_steps import agree_to_step
from silian.governance.incentives.commands.overlaps import (
    LEFT_OUT,
    leave_out_item,
    take_back_item,
)
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.events.outside_payments import OutsidePaymentsEntered
from silian.governance.incentives.handlers.claim_review import look_at_claim
from silian.governance.incentives.handlers.outside_payments import look_at_claims_again
from silian.governance.incentives.models import Claim, ClaimItem, ClaimRisk
from silian.governance.incentives.queries.payment_gates import GateDraft, gates_for
from silian.governance.incentives.queries.payment_overlaps import overlaps_of
from silian.registers.policies.models.parameters import Parameter
from tests.governance.incentives.claims import stage as claims
from tests.governance.incentives.outside_payments import stage
from tests.governance.incentives.stage import NOW
from tests.world import CITY, World

pytestmark = pytest.mark.django_db
WUHAN, SHENZHEN = "420100", "440300"


def lines(claim: Claim, *, code: str = "person.") -> list[GateDraft]:
    names = (code,) if code != "person." else tuple(f"person.{c}" for c in (*Conflict, "others"))
    return [each for each in gates_for(claim, None, stage.TODAY) if each.code in names]


def first(claim: Claim) -> ClaimItem:
    return claim.items.order_by("person__pk").first()


def test_people_without_another_subsidy_pass_in_one_line(world: World) -> None:
    claim, _ = stage.drafted(world)
    stage.entered(world, id_number="110101199303071032", name="别人")
    (line,) = lines(claim)
    assert (line.outcome, line.title) == (GateOutcome.PASSED, "与其他补贴不重复")
    assert "2 人没有重复" in line.value
    assert "最近发放 2025-12-20" in line.value


def test_nothing_is_said_to_be_clear_while_nothing_is_registered(world: World) -> None:
    claim, _ = stage.drafted(world)
    (line,) = lines(claim)
    assert (line.outcome, line.stops) == (GateOutcome.HINT, False)
    assert "还没有登记" in line.value


def test_people_without_a_number_cannot_be_compared(world: World) -> None:
    claim, _ = stage.drafted(world, people=3)
    stage.entered(world)
    first(claim).person.__class__.objects.filter(pk=claim.items.last().person_id).update(
        id_number_index="", id_number_cipher=""
    )
    line = next(each for each in lines(claim) if each.code == "person.others")
    assert line.outcome == GateOutcome.HINT
    assert "1 人没有登记证件号" in line.value


def test_what_only_other_cities_forbid_warns(world: World) -> None:
    claim, _ = stage.drafted(world)
    stage.entered(world)
    found = next(each for each in lines(claim) if each.code == "person.double")
    assert (found.outcome, found.stops) == (GateOutcome.HINT, False)
    assert "武汉" in found.clause
    assert "技能提升补贴，2025-10-01 至 2025-10-31 重叠 31 日" in found.value
    assert claims.submitted(world, claim).state == ClaimState.REVIEW


@pytest.mark.parametrize(
    ("place", "kind", "code"),
    [
        (WUHAN, "upskill", "person.double"),
        (SHENZHEN, "entry", "person.double"),
        (SHENZHEN, "relief", "person.relief"),
    ],
)
def test_the_rule_in_force_stops_the_hand_in(
    world: World, place: str, kind: str, code: str
) -> None:
    claim, _ = stage.drafted(world, place=place)
    stage.entered(world, kind=kind)
    found = next(each for each in lines(claim) if each.code == code)
    assert (found.outcome, found.stops) == (GateOutcome.FAILED, True)
    assert found.item is not None
    with pytest.raises(DomainError, match="与其他补贴不重复"):
        claims.submitted(world, claim)


@pytest.mark.parametrize(("force", "stops"), [("mandatory", True), ("encouraged", False)])
def test_what_the_region_entered_decides_by_its_force(
    world: World, force: str, stops: bool
) -> None:
    Parameter.objects.create(
        division_id=CITY, code="AP-11", name="apprentice_no_double_training", unit="是否",
        title="培养期内不再领取岗前培训、技能提升补贴", value=1, force=force,
        source="青人社发〔2025〕3号", place="第六条", valid_from=datetime.date(2025, 1, 1),
    )  # fmt: skip
    claim, _ = stage.drafted(world)
    stage.entered(world)
    found = next(each for each in lines(claim) if each.code == "person.double")
    assert found.stops is stops
    assert "青人社发〔2025〕3号" in found.clause


def test_a_withdrawn_payment_stands_against_nobody(world: World) -> None:
    claim, _ = stage.drafted(world)
    row = stage.entered(world)
    assert len(overlaps_of(claim, list(claim.items.all()))) == 1
    type(row).objects.update(withdrawn_at=NOW, reason="录错")
    assert overlaps_of(claim, list(claim.items.all())) == []


def test_the_unit_takes_a_person_out_sees_the_difference_and_may_hand_in(world: World) -> None:
    claim, _ = stage.drafted(world, place=SHENZHEN)
    stage.entered(world)
    item, actor, before = first(claim), world.enterprise.actor, claim.planned
    less = leave_out_item(claim_id=claim.pk, item_id=item.pk, actor=actor)
    assert less == item.amount > 0
    claim.refresh_from_db()
    assert claim.planned == before - less
    submitted = claims.submitted(world, claim)
    assert submitted.state == ClaimState.REVIEW
    item.refresh_from_db()
    assert (item.counts, item.struck_reason) == (False, LEFT_OUT), "a refresh keeps it out"


def test_the_unit_takes_back_only_whom_it_took_out(world: World) -> None:
    claim, _ = stage.drafted(world)
    stage.entered(world)
    item, actor, before = first(claim), world.enterprise.actor, claim.planned
    facts: dict[str, Any] = {"claim_id": claim.pk, "item_id": item.pk, "actor": actor}
    with pytest.raises(DomainError, match="自己剔除"):
        take_back_item(**facts, today=stage.TODAY)
    leave_out_item(**facts)
    with pytest.raises(DomainError, match="已经不计入"):
        leave_out_item(**facts)
    assert take_back_item(**facts, today=stage.TODAY).planned == before


def test_whom_nothing_stands_against_is_not_taken_out(world: World) -> None:
    claim, _ = stage.drafted(world)
    item = first(claim)
    with pytest.raises(DomainError, match="没有与其他补贴重复"):
        leave_out_item(claim_id=claim.pk, item_id=item.pk, actor=world.enterprise.actor)


def test_another_unit_takes_nobody_out(world: World) -> None:
    claim, books = stage.handed_in(world)
    stage.entered(world)
    item = first(claim)
    with pytest.raises((NotAllowed, Claim.DoesNotExist)):
        leave_out_item(claim_id=claim.pk, item_id=item.pk, actor=books.owner.actor)


def decided(world: World, claim: Claim, books: Any) -> Claim:
    """The offices agree one after the other, the labour bureau decides."""
    for step in claim.steps.filter(kind=StepKind.CHECK, state="open"):
        agree_to_step(step_id=step.pk, opinion="", actor=world.reviewer.actor, now=NOW)
    step = claim.steps.get(kind=StepKind.DECIDE)
    return agree_to_claim(step_id=step.pk, opinion="", actor=books.owner.actor, now=NOW)


def test_a_warning_is_settled_with_words_before_anybody_agrees(world: World) -> None:
    stage.entered(world)
    claim, books = stage.handed_in(world)
    look_at_claim(ClaimMoved(claim_id=claim.pk, step="submit"))
    risk = ClaimRisk.objects.get(kind=RiskKind.OTHER_PAYMENT)
    assert "重叠 31 日" in risk.detail
    with pytest.raises(DomainError, match="还有 1 人与其他补贴重复"):
        decided(world, claim, books)
    settle_risk(
        risk_id=risk.pk, confirmed=False, finding="技能提升的职业与学徒职业不同，发放名册已核对",
        actor=books.owner.actor, now=NOW,
    )  # fmt: skip
    assert decided(world, claim, books).state == ClaimState.AGREED


def test_a_list_that_comes_later_is_looked_at_in_open_claims(world: World) -> None:
    claim, _ = stage.handed_in(world)
    row = stage.entered(world)
    told = OutsidePaymentsEntered(division=CITY, payment_id=row.pk)
    look_at_claims_again(told)
    look_at_claims_again(told)
    risk = claim.risks.get(kind=RiskKind.OTHER_PAYMENT)
    assert risk.state == RiskState.OPEN
    assert risk.items == [first(claim).pk]


def test_an_earlier_subsidy_of_the_platform_stands_against_a_new_one(world: World) -> None:
    claim, _ = stage.drafted(world, people=1)
    mine = first(claim)
    ClaimItem.objects.filter(pk=mine.pk).update(occupation="6-18-01-01", level="高级工")
    other = Claim.objects.create(
        number="SQ2024-0001", call=claim.call, organisation=world.rival.organisation, rule="R11",
        rule_on=stage.FROM, rule_version="test", state=ClaimState.SETTLED, submitted_at=NOW,
        entered_by=world.rival.user,
    )  # fmt: skip
    ClaimItem.objects.create(
        claim=other, family="apprenticeship", label="演示职工1", person=mine.person,
        source_type="placements.apprentice", starts_on=datetime.date(2023, 1, 1),
        ends_on=datetime.date(2024, 1, 1), units=Decimal(1), unit="年", level="技师",
        occupation="6-18-01-01",
    )  # fmt: skip
    (found,) = overlaps_of(claim, list(claim.items.all()))
    assert (found.conflict, found.clash.length) == (Conflict.EARLIER, 0)
    assert "SQ2024-0001" in found.words


def test_days_counted_as_an_intern_stand_against_those_of_an_apprentice(world: World) -> None:
    claim, _ = stage.drafted(world, people=1)
    call, _ = claims.opened_call(world, None)
    other = Claim.objects.create(
        number="SQ2025-0009", call=call, organisation=world.rival.organisation, rule="R12",
        rule_on=stage.FROM, rule_version="test", state=ClaimState.REVIEW, submitted_at=NOW,
        entered_by=world.rival.user,
    )  # fmt: skip
    ClaimItem.objects.create(
        claim=other, family="internship", label="演示职工1", person=first(claim).person,
        source_type="placements.internship", starts_on=stage.FROM, ends_on=stage.UNTIL,
        units=Decimal(1), unit="个月",
    )  # fmt: skip
    line = next(each for each in lines(claim) if each.code == "person.schemes")
    assert line.outcome == GateOutcome.HINT
    assert "重叠 31 日" in line.value


def test_the_pages_show_the_overlap_to_each_as_much_as_they_may_know(world: World) -> None:
    claim, _ = stage.drafted(world)
    row = stage.entered(world)
    edit = reverse("incentives:claim_edit", args=[claim.pk])
    text = world.enterprise.client.get(edit).content.decode()
    assert "与其他补贴重复的人员" in text
    assert "技能提升补贴" in text
    assert row.authority not in text
    assert row.get_absolute_url() not in text
    item = first(claim)
    address = reverse("incentives:claim_item_leave_out", args=[claim.pk, item.pk])
    page = world.enterprise.client.post(address, follow=True).content.decode()
    assert "已剔除演示职工1，测算金额减少" in page
    assert "放回" in page
    back = reverse("incentives:claim_item_take_back", args=[claim.pk, item.pk])
    assert "已放回" in world.enterprise.client.post(back, follow=True).content.decode()
    assert world.rival.client.post(address).status_code == 404


def test_the_office_opens_the_payment_from_the_claim_and_the_claim_from_the_payment(
    world: World,
) -> None:
    claim, _ = stage.handed_in(world)
    row = stage.entered(world)
    client = stage.labour(world).client
    claim.call.steps.filter(kind=StepKind.CHECK).update(office=stage.labour(world).organisation)
    claim.steps.filter(kind=StepKind.CHECK).update(office=stage.labour(world).organisation)
    text = client.get(claim.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in text
    assert claim.number in client.get(row.get_absolute_url()).content.decode()
