"""Name the office, open funds and lines, appropriate, reduce, carry forward."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, Sum

from silian.casework.ledgers.choices import (
    SPENT_PAYMENTS,
    UNSENT_PAYMENTS,
    EntryKind,
    ReceivableState,
)
from silian.casework.ledgers.choices import AccountKind as A
from silian.casework.ledgers.commands.booking import balance, book, locked_line, locked_lines
from silian.casework.ledgers.models.funds import BudgetLine, Fund, LedgerAccount, LedgerOffice
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.models.receivables import Receivable
from silian.casework.ledgers.permissions import require_designator, require_keeper
from silian.casework.ledgers.rules import Move, exact
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.money import format_yuan
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class FundFacts:
    """A fund as its keeper writes it down (资金要素)."""

    code: str
    name: str
    level: str
    kind: str
    document: str
    opened_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """A budget line as its document names it (预算项目要素)."""

    fiscal_year: int
    code: str
    name: str
    document: str
    clause: str


@transaction.atomic
def designate_office(
    *, division: str, organisation_id: int, basis: str, on: datetime.date, actor: Actor
) -> LedgerOffice:
    """Name the department that keeps the books of a region (指定记账单位)."""
    require_designator(actor, division=division)
    organisation = Organisation.objects.get(pk=organisation_id)
    if organisation.kind != OrganisationKind.GOVERNMENT:
        raise DomainError("记账单位应为政府部门，一般是财政局。请另选单位。", field="organisation")
    if not basis.strip():
        raise DomainError("请写明指定的依据，例如三定规定或会议纪要。", field="basis")
    facts = {"organisation": organisation, "basis": basis.strip()[:200], "since": on}
    office, _ = LedgerOffice.objects.update_or_create(division_id=division, defaults=facts)
    record(actor, "ledgers.office.designated", office, reason=basis)
    return office


@transaction.atomic
def open_fund(*, office_id: int, owner_id: int, facts: FundFacts, actor: Actor) -> Fund:
    """Open a fund with its owner department and source (设立资金)."""
    office = LedgerOffice.objects.select_for_update(of=("self",)).get(pk=office_id)
    require_keeper(actor, office)
    if Fund.objects.filter(office=office, code=facts.code).exists():
        raise DomainError(f"编号 {facts.code} 已有资金。请换一个编号。", field="code")
    fund = Fund.objects.create(
        office=office, division_id=office.division_id, owner_id=owner_id, **asdict(facts)
    )
    record(actor, "ledgers.fund.opened", fund)
    return fund


@transaction.atomic
def open_line(
    *, fund_id: int, facts: LineFacts, actor: Actor, carried_from: BudgetLine | None = None
) -> BudgetLine:
    """Open a budget line of a fiscal year with all its accounts (开立预算项目)."""
    fund = Fund.objects.select_for_update(of=("self",)).select_related("office").get(pk=fund_id)
    require_keeper(actor, fund.office)
    if not (facts.document.strip() and facts.clause.strip()):
        raise DomainError(
            "请写明预算项目依据的文件和条款。没有依据的项目不能开立。", field="clause"
        )
    same = fund.lines.filter(fiscal_year=facts.fiscal_year, code=facts.code)
    if same.exists():
        raise DomainError(
            f"{facts.fiscal_year} 年度已有项目 {facts.code}。请换一个编号。", field="code"
        )
    line = BudgetLine.objects.create(fund=fund, carried_from=carried_from, **asdict(facts))
    LedgerAccount.objects.bulk_create([LedgerAccount(line=line, kind=kind) for kind in A])
    record(actor, "ledgers.line.opened", line)
    return line


@transaction.atomic
def appropriate(
    *, line_id: int, amount: Decimal, document: str, on: datetime.date, actor: Actor
) -> JournalEntry:
    """Book money granted to a line (下达预算)."""
    amount, line = exact(amount), locked_line(line_id)
    require_keeper(actor, line.fund.office)
    refuse_without_document(document)
    return book(
        kind=EntryKind.APPROPRIATE, line=line, amount=amount, on=on, memo=document,
        subject=None, actor=actor,
    )  # fmt: skip


@transaction.atomic
def reduce_budget(
    *, line_id: int, amount: Decimal, document: str, on: datetime.date, actor: Actor
) -> JournalEntry:
    """Take back money that nobody has been promised (调减预算)."""
    amount, line = exact(amount), locked_line(line_id)
    require_keeper(actor, line.fund.office)
    refuse_without_document(document)
    available = balance(line.pk, A.AVAILABLE)
    if amount > available:
        raise DomainError(
            f"可用指标只有 {format_yuan(available)} 元，不能调减 {format_yuan(amount)} 元。"
            "已占用的请先释放。",
            field="amount",
        )
    return book(
        kind=EntryKind.REDUCE, line=line, amount=amount, on=on, memo=document,
        subject=None, actor=actor,
    )  # fmt: skip


def refuse_without_document(document: str) -> None:
    if not document.strip():
        raise DomainError("请写明文件名称和文号。没有文件的金额不能入账。", field="document")


@transaction.atomic
def carry_forward(*, line_id: int, on: datetime.date, actor: Actor) -> BudgetLine:
    """Carry what a line has left, its commitments and receivables into the next year (年终结转)."""
    line = locked_line(line_id)
    require_keeper(actor, line.fund.office)
    refuse_not_carriable(line, on=on)
    following = line_of_next_year(line, actor=actor)
    locked_lines(following.pk)
    left = {kind: balance(line.pk, kind) for kind in (A.AVAILABLE, A.COMMITTED, A.RECEIVABLE)}
    budget = left[A.AVAILABLE] + left[A.COMMITTED]
    carried = {**left, A.APPROPRIATED: -budget, A.CLAIMED: -left[A.RECEIVABLE]}
    rows = [
        Move(line_id=place, account=kind, amount=sign * amount)
        for place, sign in ((line.pk, -1), (following.pk, 1))
        for kind, amount in carried.items()
        if amount
    ]
    book(
        kind=EntryKind.CARRY, line=line, amount=budget or left[A.RECEIVABLE], on=on, rows=rows,
        memo=f"结转至 {following.fiscal_year} 年度", subject=None, actor=actor,
    )  # fmt: skip
    move_promises(line, following)
    return following


def refuse_not_carriable(line: BudgetLine, *, on: datetime.date) -> None:
    if on.year <= line.fiscal_year:
        raise DomainError(f"{line.fiscal_year} 年度还没有结束，不能结转。", field="on")
    waiting = balance(line.pk, A.TRANSIT) + balance(line.pk, A.SUSPENSE)
    if waiting:
        raise DomainError(
            f"还有 {format_yuan(waiting)} 元在途或退票待处理。请先核对银行结果，再结转。"
        )
    kinds = (A.AVAILABLE, A.COMMITTED, A.RECEIVABLE)
    if not any(balance(line.pk, kind) for kind in kinds):
        raise DomainError("这个项目没有可用、占用或应收的金额，不必结转。")


def line_of_next_year(line: BudgetLine, *, actor: Actor) -> BudgetLine:
    """The line that continues this one, opened when there is none."""
    following = BudgetLine.objects.filter(carried_from=line).first()
    if following is not None:
        return following
    facts = LineFacts(
        fiscal_year=line.fiscal_year + 1,
        code=f"{line.code}-结转"[:20],
        name=line.name,
        document=line.document,
        clause=line.clause,
    )
    return open_line(fund_id=line.fund_id, facts=facts, actor=actor, carried_from=line)


def move_promises(line: BudgetLine, following: BudgetLine) -> None:
    """Point what is still promised or owed to the new line; what was paid stays on the old one."""
    Receivable.objects.filter(line=line, state=ReceivableState.OPEN).update(line=following)
    spent = Sum("payments__amount", filter=Q(payments__state__in=SPENT_PAYMENTS), default=0)
    rows = Commitment.objects.filter(line=line).annotate(spent=spent)
    promised = list(rows.filter(amount__gt=F("released") + F("spent")).values_list("pk", flat=True))
    Commitment.objects.filter(pk__in=promised).update(line=following)
    unsent = FundPayment.objects.filter(line=line, state__in=UNSENT_PAYMENTS)
    unsent.update(line=following)
