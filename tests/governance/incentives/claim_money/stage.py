"""Approved claims with money: a labour bureau with three clerks, a treasury with two."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from silian.casework.ledgers.choices import PaymentState
from silian.casework.ledgers.commands import batches
from silian.casework.ledgers.commands.payments import confirm_payment, fail_payment, return_failed
from silian.casework.ledgers.commands.receivables import receive
from silian.casework.ledgers.models.payments import FundPayment
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.incentives.choices.claims import (
    CallState,
    ClaimScheme,
    ClaimState,
    PaymentStanding,
)
from silian.governance.incentives.choices.recovery import RecoveryWay
from silian.governance.incentives.commands.claim_checks import check_payment
from silian.governance.incentives.commands.claim_orders import order_payment
from silian.governance.incentives.commands.claim_payments import prepare_payments
from silian.governance.incentives.commands.recoveries import (
    Notice,
    choose_way,
    decide_recovery,
    notice_recovery,
    reply_to_recovery,
)
from silian.governance.incentives.gateways.claim_rules import claim_rule
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import (
    Claim,
    ClaimCall,
    ClaimItem,
    ClaimPaper,
    ClaimPayment,
    RecoveryCase,
)
from silian.governance.incentives.queries.claim_amounts import amounts_of
from silian.governance.incentives.queries.claim_checking import claim_differences
from silian.governance.incentives.queries.claim_sources import draft_items
from silian.operations.placements.choices.orders import (
    ApprenticeLevel,
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.models import Apprentice, Apprenticeship
from silian.registers.organisations.choices import Role
from silian.registers.people.models import Person as Human
from tests.casework.ledgers.stage import Books, make_books
from tests.world import CITY, COUNTY, Person, World, make_member

DAY = datetime.date(2026, 3, 18)  # a Wednesday
NOW = datetime.datetime(2026, 3, 18, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
SERIAL = count(1)
PLACE = "411200"
BEGAN = datetime.date(2025, 3, 1)
BASIS = "《三门峡市深化产教融合实施方案》三（二）"


def at(day: datetime.date) -> datetime.datetime:
    """The morning of a day."""
    return NOW.replace(year=day.year, month=day.month, day=day.day)


@dataclass
class Stage:
    """The treasury's books, and three clerks of the department that leads."""

    world: World
    books: Books
    clerk: Person
    second: Person
    third: Person
    call: ClaimCall

    @property
    def unit(self) -> Person:
        return self.world.enterprise


def make_stage(
    world: World, *, scheme: ClaimScheme = ClaimScheme.APPRENTICESHIP, budget: str = "500000"
) -> Stage:
    """A standing call of the labour bureau with money on its line."""
    books = make_books(budget)
    labour = books.owner.organisation
    more = [
        make_member(
            username=f"labour-{next(SERIAL)}", organisation=labour, role=Role.REVIEWER,
            jurisdiction_id=CITY,
        )
        for _ in range(2)
    ]  # fmt: skip
    book = book_for(scheme)
    call = ClaimCall.objects.create(
        number=f"SL2026-{next(SERIAL):04d}", scheme=scheme, title=str(scheme.label),
        division_id=CITY, place=PLACE, owner=labour, line=books.line, covers_from=BEGAN,
        covers_until=datetime.date(2027, 1, 1), opens_on=datetime.date(2026, 1, 1),
        pays_advance=book.takes_advance, notice_days=5, appeal_days=60, state=CallState.OPEN,
        opened_at=NOW,
    )  # fmt: skip
    return Stage(world, books, books.owner, more[0], more[1], call)


def programme(
    given: Stage, *, heads: int = 2, level: str = ApprenticeLevel.SENIOR, **values: Any
) -> Apprenticeship:
    """A filed apprenticeship of one year at the world's enterprise."""
    facts: dict[str, Any] = {
        "number": f"XT{next(SERIAL):06d}", "scheme": ApprenticeScheme.ENTERPRISE,
        "title": "数控学徒班", "enterprise": given.unit.organisation,
        "school": given.world.school.organisation, "division_id": COUNTY, "level": level,
        "months": 12, "theory_hours": 200, "practice_hours": 600, "starts_on": BEGAN,
        "ends_on": datetime.date(2026, 3, 1), "state": ApprenticeshipState.RUNNING,
        "filed_on": BEGAN, "is_demo": True,
    }  # fmt: skip
    made = Apprenticeship.objects.create(**{**facts, **values})
    for number in range(heads):
        person = Human.objects.create(name=f"学徒{number}", is_demo=True)
        Apprentice.objects.create(
            apprenticeship=made, person=person, starts_on=made.starts_on, ends_on=made.ends_on,
            contract_starts_on=datetime.date(2024, 6, 1),
            contract_ends_on=datetime.date(2027, 6, 1), state=ApprenticeState.ENROLLED,
        )  # fmt: skip
    return made


def claim_for(given: Stage, subject: Apprenticeship | None = None, **values: Any) -> Claim:
    """A claim with items as the registers give them, approved in all but its money."""
    call, on = given.call, values.pop("on", DAY)
    rule = claim_rule(scheme=call.scheme, place=PLACE, division=CITY, on=on, known_on=on)
    assert rule is not None
    unit = given.unit.organisation
    drafts = draft_items(
        call=call,
        rule=rule,
        organisation_id=unit.pk,
        on=on,
        subject_id=subject.pk if subject else 0,
    )
    amounts = amounts_of(rule=rule, items=drafts, facts={"passed_assessment": True})
    claim = Claim.objects.create(
        **{
            "number": f"SL{next(SERIAL):06d}", "call": call, "organisation": unit,
            "subject_type": "placements.apprenticeship" if subject else "",
            "subject_id": subject.pk if subject else 0, "rule": rule.compiled.rule.id,
            "rule_on": on, "rule_version": rule.version, "planned": amounts.planned,
            "facts": {"rule": rule.as_json, "as_of": on.isoformat(), "passed_assessment": True},
            "advance_asked": amounts.advance_limit, "entitled": amounts.planned,
            "bank_name": "青澜农村商业银行", "account_cipher": encrypted("6222020200012345678"),
            "account_tail": "5678", "entered_by": given.unit.user, "submitted_at": NOW,
            "decided_by": given.second.user, "decided_at": NOW,
            "state": ClaimState.APPROVED, "is_demo": True, **values,
        }
    )  # fmt: skip
    for draft, each in zip(drafts, amounts.items, strict=True):
        ClaimItem.objects.create(
            claim=claim, family=call.scheme, label=draft.label, person_id=draft.person_id,
            school_id=draft.school_id, source_type=draft.source_type, source_id=draft.source_id,
            starts_on=draft.starts_on, ends_on=draft.ends_on, units=draft.units, unit=draft.unit,
            level=draft.level, facts=dict(draft.facts), amount=each.planned, counts=draft.counts,
            struck_reason=draft.struck_reason,
        )  # fmt: skip
    add_papers(claim)
    return claim


def add_papers(claim: Claim) -> None:
    """Every paper that the scheme asks for."""
    for paper in book_for(claim.call.scheme).documents:
        file = StoredFile.objects.create(
            name=f"{paper.code}.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
            object_type="incentives.claim", object_id=str(claim.pk),
        )  # fmt: skip
        ClaimPaper.objects.create(claim=claim, code=paper.code, file=file)


def prepared(given: Stage, *, heads: int = 2, **values: Any) -> ClaimPayment:
    """The advance of an approved claim of senior apprentices: half of 6,000 yuan a head."""
    claim = claim_for(given, programme(given, heads=heads), **values)
    return prepare_payments(claim=claim, on=DAY, actor=given.clerk.actor)[0]


def checked(given: Stage, payment: ClaimPayment, *, on: datetime.date = DAY) -> ClaimPayment:
    return check_payment(payment_id=payment.pk, on=on, now=at(on), actor=given.clerk.actor)


def ordered(given: Stage, payment: ClaimPayment, *, on: datetime.date = DAY) -> ClaimPayment:
    return order_payment(payment_id=payment.pk, on=on, now=at(on), actor=given.clerk.actor)


def send(given: Stage, *, on: datetime.date = DAY) -> list[FundPayment]:
    """Everything that was ordered goes to the bank."""
    ready = FundPayment.objects.filter(state=PaymentState.READY).order_by("pk")
    keys = [row.pk for row in ready]
    if keys:
        batch = batches.draft_batch(
            office_id=given.books.office.pk, title="批", payment_ids=keys,
            actor=given.books.actor, now=at(on),
        )  # fmt: skip
        batches.approve_batch(batch_id=batch.pk, actor=given.books.second.actor, now=at(on))
        batches.send_batch(batch_id=batch.pk, on=on, actor=given.books.actor)
    return list(FundPayment.objects.filter(pk__in=keys).order_by("pk"))


def bank_pays(given: Stage, *, on: datetime.date = DAY) -> None:
    """The bank pays everything, and the word goes round."""
    for row in send(given, on=on):
        confirm_payment(payment_id=row.pk, reference=f"B{row.pk}", on=on, actor=given.books.actor)
    run_queued_jobs()


def bank_refuses(given: Stage, *, on: datetime.date = DAY) -> None:
    for row in send(given, on=on):
        fail_payment(payment_id=row.pk, reason="账号不符", on=on, actor=given.books.actor)
    run_queued_jobs()


def take_back(given: Stage, *, on: datetime.date = DAY) -> None:
    """The treasury gives what the bank sent back to the commitment."""
    for row in FundPayment.objects.filter(state=PaymentState.FAILED):
        return_failed(payment_id=row.pk, on=on, actor=given.books.actor)


def paid(given: Stage, **values: Any) -> Claim:
    """A claim of which the advance has arrived."""
    payment = prepared(given, **values)
    ordered(given, payment)
    bank_pays(given)
    return Claim.objects.get(pk=payment.claim_id)


def finish(claim: Claim, *, qualified: int) -> None:
    """So many apprentices qualified, the others left."""
    rows = list(Apprentice.objects.filter(apprenticeship_id=claim.subject_id).order_by("pk"))
    for place, row in enumerate(rows):
        row.state = ApprenticeState.QUALIFIED if place < qualified else ApprenticeState.LEFT
        row.reason = "" if place < qualified else "中途离职"
        row.save(update_fields=["state", "reason"])


def notice(amount: str, **values: Any) -> Notice:
    facts: dict[str, Any] = {
        "cause": "一名学徒未完成培养", "basis": BASIS, "reply_days": 5,
        "reply_basis": "《行政处罚听证办法》参照",
    }  # fmt: skip
    return Notice(amount=Decimal(amount), **{**facts, **values})


def noticed(given: Stage, claim: Claim, amount: str, **values: Any) -> RecoveryCase:
    return notice_recovery(
        claim_id=claim.pk, notice=notice(amount), actor=given.clerk.actor, now=NOW, **values
    )


def decided(given: Stage, case: RecoveryCase, amount: str = "", **values: Any) -> RecoveryCase:
    """Replied to, and decided by the second clerk."""
    reply_to_recovery(recovery_id=case.pk, text="学徒因病离职", actor=given.unit.actor, now=NOW)
    return decide_recovery(
        recovery_id=case.pk, amount=Decimal(amount or case.amount), decision="未完成培养属实",
        pay_by=datetime.date(2026, 4, 30), actor=given.second.actor, now=NOW, **values,
    )  # fmt: skip


def in_parts(given: Stage, case: RecoveryCase, count: int = 3) -> RecoveryCase:
    return choose_way(
        recovery_id=case.pk, way=RecoveryWay.INSTALMENTS, reason="单位申请分期", count=count,
        first_on=datetime.date(2026, 4, 15), actor=given.second.actor,
    )  # fmt: skip


def comes_back(given: Stage, case: RecoveryCase, amount: str, *, key: str = "") -> None:
    case.refresh_from_db()
    receive(
        receivable_id=case.receivable_id or 0, amount=Decimal(amount), note="退回",
        key=key or f"R-{next(SERIAL)}", on=DAY, actor=given.books.actor,
    )  # fmt: skip
    run_queued_jobs()


def assert_books_hold() -> None:
    """The ledger agrees with itself, and every claim with the ledger."""
    assert [str(each) for each in differences()] == []
    assert [str(each) for each in claim_differences()] == []


READY, WAITING = PaymentStanding.READY, PaymentStanding.WAITING
