"""A finance bureau with two clerks, a fund with money, and short ways to spend it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from django.utils import timezone

from silian.casework.ledgers.commands import batches
from silian.casework.ledgers.commands.booking import Subject
from silian.casework.ledgers.commands.commitments import commit
from silian.casework.ledgers.commands.funds import (
    FundFacts,
    LineFacts,
    appropriate,
    designate_office,
    open_fund,
    open_line,
)
from silian.casework.ledgers.commands.payments import Payee, pay
from silian.casework.ledgers.commands.receivables import Debtor, open_receivable
from silian.casework.ledgers.models.funds import BudgetLine, LedgerOffice
from silian.casework.ledgers.models.payments import Commitment, FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.actors import Actor, system_actor
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.world import CITY, Person, World, make_member, make_organisation

DAY = datetime.date(2026, 3, 18)
NOW = timezone.make_aware(datetime.datetime.combine(DAY, datetime.time(10)))
PAYEE = Payee(name="启衡精密制造", bank="青澜农村商业银行", account="6222020200012345678")
SERIAL = count(1)


def yuan(text: str) -> Decimal:
    return Decimal(text)


@dataclass
class Books:
    """An office with its clerks, the owner department, and one line with money."""

    office: LedgerOffice
    clerk: Person
    second: Person
    owner: Person
    line: BudgetLine

    @property
    def actor(self) -> Actor:
        return self.clerk.actor


def make_books(budget: str = "100000", *, year: int = 2026) -> Books:
    """A finance bureau, a labour bureau that owns the fund, a line of a year with a budget."""
    finance = make_organisation(
        name="青澜市财政局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    labour = make_organisation(
        name="青澜市人社局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    people = [
        make_member(username=f"clerk-{next(SERIAL)}", organisation=unit, role=role,
                    jurisdiction_id=CITY)
        for unit, role in ((finance, Role.REVIEWER), (finance, Role.REVIEWER),
                           (labour, Role.REVIEWER))
    ]  # fmt: skip
    office = designate_office(
        division=CITY, organisation_id=finance.pk, basis="三定规定", on=DAY, actor=system_actor()
    )
    line = make_line(office, owner_id=labour.pk, actor=people[0].actor, year=year)
    if Decimal(budget):
        grant(line, budget, actor=people[0].actor)
    return Books(office=office, clerk=people[0], second=people[1], owner=people[2], line=line)


def make_line(office: LedgerOffice, *, owner_id: int, actor: Actor, year: int = 2026) -> BudgetLine:
    number = next(SERIAL)
    facts = FundFacts(
        code=f"Z{number}", name=f"职业技能提升行动资金{number}", level="province",
        kind="skills_action", document="省人社发〔2026〕1号", opened_on=DAY,
    )  # fmt: skip
    fund = open_fund(office_id=office.pk, owner_id=owner_id, facts=facts, actor=actor)
    line = LineFacts(
        fiscal_year=year, code="01", name="企业新型学徒制补贴", document="青政办〔2026〕3号",
        clause="三（二）",
    )  # fmt: skip
    return open_line(fund_id=fund.pk, facts=line, actor=actor)


def grant(line: BudgetLine, amount: str, *, actor: Actor, on: datetime.date = DAY) -> None:
    appropriate(
        line_id=line.pk, amount=Decimal(amount), document="青财预〔2026〕12号", on=on, actor=actor
    )


def subject(label: str = "学徒补贴", key: str = "1") -> Subject:
    return Subject(type="incentives.claim", id=key, label=label)


def committed(books: Books, amount: str = "10000", *, key: str = "") -> Commitment:
    return commit(
        line_id=books.line.pk, amount=Decimal(amount), subject=subject(),
        key=key or f"commit-{next(SERIAL)}", on=DAY, actor=books.actor,
    )  # fmt: skip


def ordered(
    books: Books, source: Commitment, amount: str = "6000", *, key: str = "", name: str = ""
) -> FundPayment:
    payee = Payee(name=name, bank=PAYEE.bank, account=PAYEE.account) if name else PAYEE
    return pay(
        commitment_id=source.pk, amount=Decimal(amount), payee=payee, subject=subject(),
        key=key or f"pay-{next(SERIAL)}", actor=books.actor,
    )  # fmt: skip


def drafted(books: Books, *payments: FundPayment) -> PaymentBatch:
    return batches.draft_batch(
        office_id=books.office.pk, title="第 1 批", actor=books.actor, now=NOW,
        payment_ids=[row.pk for row in payments],
    )  # fmt: skip


def approved(books: Books, *payments: FundPayment) -> PaymentBatch:
    batch = drafted(books, *payments)
    return batches.approve_batch(batch_id=batch.pk, actor=books.second.actor, now=NOW)


def sent(books: Books, *payments: FundPayment) -> PaymentBatch:
    batch = approved(books, *payments)
    return batches.send_batch(batch_id=batch.pk, on=DAY, actor=books.actor)


def owed(books: Books, amount: str = "3000", *, key: str = "") -> Receivable:
    return open_receivable(
        line_id=books.line.pk, amount=Decimal(amount), subject=subject("学徒中途退出"),
        debtor=Debtor(type="organisations.organisation", id="7", name="启衡精密制造"),
        reason="一名学徒未完成培养", basis="三（二）", due_on=datetime.date(2026, 6, 30),
        key=key or f"claim-{next(SERIAL)}", on=DAY, actor=books.actor,
    )  # fmt: skip


def keeping(world: World) -> Books:
    """The bureau of the cast keeps the books: its reviewer is the clerk, its coordinator reads."""
    bureau = world.reviewer.organisation
    assert bureau is not None
    office = LedgerOffice.objects.filter(division_id=CITY).first()
    if office is None:
        office = designate_office(
            division=CITY, organisation_id=bureau.pk, basis="三定规定", on=DAY,
            actor=system_actor(),
        )  # fmt: skip
    line = BudgetLine.objects.filter(fund__office=office).first()
    if line is None:
        owner = make_organisation(
            name="青澜市人社局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
        )
        line = make_line(office, owner_id=owner.pk, actor=world.reviewer.actor)
        grant(line, "100000", actor=world.reviewer.actor)
    return Books(
        office=office, clerk=world.reviewer, second=world.reviewer, owner=world.reviewer, line=line
    )
