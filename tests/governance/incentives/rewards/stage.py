"""What the tests of rewards and restrictions put on the stage."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.casework.ledgers.commands.batches import approve_batch, draft_batch, send_batch
from silian.casework.ledgers.commands.payments import confirm_payment
from silian.casework.ledgers.models.payments import FundPayment
from silian.governance.incentives.commands.claim_notices import Objector
from silian.governance.incentives.commands.restrictions import (
    RestrictionNotice,
    impose_restriction,
    notice_restriction,
)
from silian.governance.incentives.commands.reward_decisions import (
    Given,
    RewardDraft,
    approve_decision,
    compute_candidates,
    draft_decision,
    fill_given,
    submit_decision,
)
from silian.governance.incentives.commands.reward_entries import publish_decision
from silian.governance.incentives.commands.reward_money import (
    fund_decision,
    order_reward,
    state_account,
)
from silian.governance.incentives.commands.reward_objections import raise_reward_objection
from silian.governance.incentives.commands.reward_recoveries import (
    RecoveryNotice,
    notice_reward_recovery,
)
from silian.governance.incentives.commands.reward_results import enter_result
from silian.governance.incentives.models import RewardObjection, RewardRecovery
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import RewardDecision, RewardEntry
from silian.governance.incentives.models.reward_results import EvaluationResult
from silian.registers.credit.models import CreditItem, CreditRecord
from silian.registers.organisations.choices import Role
from tests.casework.ledgers.stage import Books, grant, make_books, make_line
from tests.governance.incentives.stage import NOW
from tests.world import CITY, Person, World, make_member

TODAY = NOW.date()
DAY = datetime.timedelta(days=1)
COMMEND = "411200:effect_commendation"
NOTICE_UNTIL = TODAY + 7 * DAY
AFTER_NOTICE = NOTICE_UNTIL + DAY


def paper(name: str = "报告.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%\xe2\xe3\n1 0 obj<<>>endobj\n%%EOF\n")


def result(
    world: World, who: str = "enterprise", *, level: str = "excellent", **given: Any
) -> EvaluationResult:
    values = {
        "source": "third_party",
        "score": None,
        "words": f"2025 年效能评价：{who}",
        "decided_on": datetime.date(2026, 1, 20),
        "valid_until": None,
        "document": "青澜市效能评价报告",
        "evidence": paper(),
        **given,
    }
    unit = getattr(world, who).organisation
    return enter_result(
        organisation_id=unit.pk, level=level, actor=world.reviewer.actor, now=NOW, **values
    )


def draft(world: World, *, quota: int | None = 1, **given: Any) -> RewardDecision:
    values: dict[str, Any] = {
        "title": "年度表彰",
        "rules": [COMMEND],
        "starts_on": datetime.date(2025, 1, 1),
        "ends_on": TODAY + DAY,
        "lasts_until": datetime.date(2027, 12, 31),
        "quota": quota,
        **given,
    }
    return draft_decision(draft=RewardDraft(**values), actor=world.reviewer.actor, now=NOW)


def computed(world: World, **given: Any) -> RewardDecision:
    """Two enterprises and a school with results, one place."""
    result(world, "enterprise", level="excellent")
    result(world, "rival", level="fine")
    result(world, "school", level="unqualified")
    row = draft(world, **given)
    return compute_candidates(decision_id=row.pk, actor=world.reviewer.actor, now=NOW)


def submitted(world: World, **given: Any) -> RewardDecision:
    row = computed(world, **given)
    fill_given(decision_id=row.pk, given=Given(words="通报表彰"), actor=world.reviewer.actor)
    return submit_decision(decision_id=row.pk, actor=world.reviewer.actor, now=NOW)


def approve(world: World, row: RewardDecision, *, who: str = "coordinator") -> RewardDecision:
    return approve_decision(
        decision_id=row.pk,
        opinion="同意",
        notice_until=NOTICE_UNTIL,
        contact="市教育局",
        objection_days=5,
        actor=getattr(world, who).actor,
        now=NOW,
    )


def noticed(world: World) -> RewardDecision:
    return approve(world, submitted(world))


def published(world: World) -> RewardDecision:
    row = noticed(world)
    return publish_decision(decision_id=row.pk, actor=world.reviewer.actor, today=AFTER_NOTICE)


def entry(world: World) -> RewardEntry:
    return published(world).entries.get()


def books(world: World, budget: str = "100000") -> Books:
    """A treasury with two clerks, and a line of the office that decides rewards."""
    made = make_books("0")
    bureau = world.reviewer.organisation
    assert bureau is not None
    made.line = make_line(made.office, owner_id=bureau.pk, actor=made.actor)
    grant(made.line, budget, actor=made.actor)
    return made


def fund(world: World, row: RewardDecision, given: Books, **values: Any) -> RewardDecision:
    facts = {"line_id": given.line.pk, "document": "青澜市奖励办法", "clause": "第五条", **values}
    return fund_decision(decision_id=row.pk, actor=world.reviewer.actor, today=TODAY, **facts)


def money_entry(
    world: World, given: Books, *, amount: str = "30000", quota: int = 1
) -> RewardEntry:
    """A published reward of money: the enterprise comes first, the rival second."""
    row = fund(world, computed(world, quota=quota), given)
    fill_given(
        decision_id=row.pk, given=Given(amount=Decimal(amount), words="奖金"),
        actor=world.reviewer.actor,
    )  # fmt: skip
    submit_decision(decision_id=row.pk, actor=world.reviewer.actor, now=NOW)
    approve(world, row)
    publish_decision(decision_id=row.pk, actor=world.reviewer.actor, today=AFTER_NOTICE)
    return row.entries.order_by("candidate__order")[0]


def name_account(
    world: World, row: RewardEntry, *, who: str = "enterprise", number: str = "6222020200012345"
) -> RewardEntry:
    return state_account(
        entry_id=row.pk, bank_name="青澜农村商业银行", account_number=number,
        actor=getattr(world, who).actor, now=NOW,
    )  # fmt: skip


def order(world: World, row: RewardEntry, *, who: str = "reviewer") -> FundPayment:
    return order_reward(entry_id=row.pk, on=AFTER_NOTICE, actor=getattr(world, who).actor)


def at_bank(given: Books, payment: FundPayment) -> FundPayment:
    """In a batch that another clerk approved, on its way."""
    batch = draft_batch(
        office_id=given.office.pk,
        title="奖励",
        payment_ids=[payment.pk],
        actor=given.actor,
        now=NOW,
    )
    approve_batch(batch_id=batch.pk, actor=given.second.actor, now=NOW)
    send_batch(batch_id=batch.pk, on=AFTER_NOTICE, actor=given.actor)
    return payment


def bank_pays(given: Books, payment: FundPayment) -> FundPayment:
    at_bank(given, payment)
    return confirm_payment(
        payment_id=payment.pk, reference="B1", on=AFTER_NOTICE, actor=given.actor
    )


def paid_entry(world: World, given: Books) -> RewardEntry:
    row = name_account(world, money_entry(world, given))
    bank_pays(given, order(world, row))
    return row


def recovery(world: World, row: RewardEntry, **values: Any) -> RewardRecovery:
    facts: dict[str, Any] = {
        "cause": "材料不实",
        "basis": "青澜市奖励办法 第九条",
        "reply_until": AFTER_NOTICE + 5 * DAY,
        "reply_basis": "青澜市奖励办法 第十条",
        **values,
    }
    return notice_reward_recovery(
        entry_id=row.pk, notice=RecoveryNotice(**facts), actor=world.reviewer.actor,
        now=NOW + 8 * DAY,
    )  # fmt: skip


def objection(
    world: World, row: RewardDecision, *, whole: bool = False, name: str = "", contact: str = ""
) -> tuple[RewardObjection, str]:
    """Somebody objects to the first of the list; the objection and its code."""
    unit = None if whole else row.listed.filter(chosen=True).order_by("order")[0].pk
    code = raise_reward_objection(
        decision_id=row.pk, candidate_id=unit, text="实训投入与事实不符，请核实",
        objector=Objector(name=name, contact=contact), now=NOW,
    )  # fmt: skip
    return RewardObjection.objects.order_by("-pk")[0], code


def restriction(world: World, **given: Any) -> Restriction:
    """A notice to the enterprise, on a named binding basis."""
    bad = EvaluationResult.objects.filter(level="unqualified").first() or result(
        world, level="unqualified"
    )
    values: dict[str, Any] = {
        "result_id": bad.pk,
        "measure": "apply_suspended",
        "document": "某市产教融合项目管理办法",
        "clause": "第十条",
        "binding": True,
        "facts": "评价不合格",
        "reply_by": TODAY + 5 * DAY,
        **given,
    }
    return notice_restriction(
        notice=RestrictionNotice(**values), actor=world.reviewer.actor, now=NOW
    )


def impose(
    world: World, row: Restriction, *, who: str = "coordinator", later: int = 6
) -> Restriction:
    now = NOW + later * DAY
    return impose_restriction(
        restriction_id=row.pk,
        decision="期满没有陈述",
        starts_on=now.date(),
        ends_on=now.date() + 365 * DAY,
        appeal_by=now.date() + 30 * DAY,
        actor=getattr(world, who).actor,
        now=now,
    )


def imposed(world: World) -> Restriction:
    return impose(world, restriction(world))


def third_official(world: World) -> Person:
    """A coordinator who took no part."""
    return make_member(
        username="third",
        organisation=world.leader.organisation,
        role=Role.COORDINATOR,
        jurisdiction_id=CITY,
    )


def credit_record(world: World, who: str = "rival", **given: Any) -> CreditRecord:
    """A bad record in force that rests on a penalty, unless told otherwise."""
    unit = getattr(world, who).organisation
    item, _ = CreditItem.objects.get_or_create(
        code="T-01",
        division_id=CITY,
        defaults={
            "name": "骗取补助",
            "provider": "市教育局",
            "nature": "bad",
            "sharing": "shared",
            "basis": "某目录",
        },
    )
    values: dict[str, Any] = {
        "ground": "penalty",
        "title": "虚报补助",
        "basis_document": "某条例",
        "decision_number": "罚〔2026〕1号",
        **given,
    }
    return CreditRecord.objects.create(
        organisation=unit,
        uscc="91990100000000000X",
        item=item,
        authority=world.reviewer.organisation,
        decided_on=datetime.date(2026, 1, 5),
        starts_on=datetime.date(2026, 1, 5),
        ends_on=datetime.date(2028, 1, 5),
        state="in_force",
        proposed_by=world.reviewer.user,
        proposed_at=NOW,
        confirmed_by=world.coordinator.user,
        confirmed_at=NOW,
        **values,
    )
