"""Two years of public money of the demonstration city, written in bulk."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from django.utils import timezone

from silian.casework.ledgers.choices import (
    AccountKind,
    BatchState,
    EntryKind,
    PaymentState,
    ReceivableState,
    RowState,
    StatementState,
)
from silian.casework.ledgers.models.funds import (
    AccountingMonth,
    BudgetLine,
    Fund,
    LedgerAccount,
    LedgerOffice,
)
from silian.casework.ledgers.models.journal import JournalEntry, Posting
from silian.casework.ledgers.models.payments import Commitment, FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Instalment, Receipt, Receivable
from silian.casework.ledgers.models.statements import BankRow, BankStatement
from silian.casework.ledgers.queries.balances import planned_parts
from silian.casework.ledgers.rules import POSTINGS, equal_parts, fingerprint, moves
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.periods import next_month
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState, Role
from silian.registers.organisations.models import Membership, Organisation

CITY = "990100"
MARK = "（演示）"
SUBJECT = "ledgers.demo"
E = EntryKind
FUNDS = (
    # code, name, level, kind, owner, document, lines of a year: code, name, clause, ten thousands
    ("ZJ01", "职业技能提升行动资金", "province", "skills_action", "青澜市人力资源和社会保障局",
     "澜人社发〔2024〕18号", (("01", "企业新型学徒制培训补贴", "三（二）", 860),
                          ("02", "职工岗位技能提升补贴", "三（三）", 420))),
    ("ZJ02", "就业补助资金", "central", "employment", "青澜市人力资源和社会保障局",
     "澜财社〔2024〕35号", (("01", "实习留用奖补", "四（一）", 260),)),
    ("ZJ03", "地方教育附加", "city", "education_surcharge", "青澜市教育局",
     "青财教〔2024〕9号", (("01", "职业院校实训基地建设", "三（一）", 980),
                       ("02", "双师型教师企业实践", "二（四）", 160))),
    ("ZJ04", "产教融合专项资金", "city", "integration", "青澜市发展和改革委员会",
     "青政办发〔2024〕6号", (("01", "产教融合型企业奖励", "五（二）", 520),
                        ("02", "共性技术攻关后补助", "五（三）", 240))),
)  # fmt: skip
FAILURES = ("账号与户名不符", "收款账户已销户")


@dataclass
class TreasuryBuilder:
    """Makes the same books from the same seed, day and scale, in bulk."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    entries: list[JournalEntry] = field(default_factory=list)
    rows: list[list[tuple[int, AccountKind, Decimal]]] = field(default_factory=list)
    serial: Iterator[int] = field(default_factory=lambda: count(1))

    def build(self) -> int:
        """Write funds, entries, batches, debts and months; returns how many entries."""
        self.units = {
            unit.name.removesuffix(MARK): unit
            for unit in Organisation.objects.filter(kind=OrganisationKind.GOVERNMENT)
        }
        self.payees = list(
            Organisation.objects.filter(
                kind=OrganisationKind.ENTERPRISE, state=OrganisationState.VERIFIED
            ).order_by("pk")[:40]
        )
        if not self.payees or "青澜市财政局" not in self.units:
            return 0
        self.office = self.make_office()
        self.lines = list(self.make_lines())
        for place, (line, budget) in enumerate(self.lines):
            self.spend(line, budget, place=place)
        self.write_entries()
        self.close_months()
        return len(self.entries)

    def make_office(self) -> LedgerOffice:
        """The bureau of finance, with a clerk beside the demonstration seat."""
        bureau = self.units["青澜市财政局"]
        self.clerk = User.objects.create(username="demo-treasury-clerk", name="方晓岚")
        Membership.objects.create(
            user=self.clerk, organisation=bureau, role=Role.REVIEWER, jurisdiction_id=CITY,
            starts_on=datetime.date(self.on.year - 2, 1, 1),
        )  # fmt: skip
        self.second = User.objects.filter(username="demo-treasury").first()
        return LedgerOffice.objects.create(
            division_id=CITY, organisation=bureau, basis="青编发〔2024〕2号 三定规定",
            since=datetime.date(self.on.year - 1, 1, 1), is_demo=True,
        )  # fmt: skip

    def make_lines(self) -> Iterator[tuple[BudgetLine, Decimal]]:
        """The lines of last year and of this year, with what they were granted."""
        for code, name, level, kind, owner, document, lines in FUNDS:
            fund = Fund.objects.create(
                office=self.office, division_id=CITY, owner=self.units[owner], code=code,
                name=name, level=level, kind=kind, document=document, is_demo=True,
                opened_on=datetime.date(self.on.year - 1, 1, 4),
            )  # fmt: skip
            for year in (self.on.year - 1, self.on.year):
                for number, title, clause, ten_thousands in lines:
                    line = BudgetLine.objects.create(
                        fund=fund, fiscal_year=year, code=number, name=title, document=document,
                        clause=clause,
                    )  # fmt: skip
                    grown = Decimal(ten_thousands * 10_000) * (100 + (year == self.on.year) * 12)
                    yield line, grown / 100

    def day(self, year: int, month: int, day: int) -> datetime.date:
        """A day of the year that has come already."""
        return min(datetime.date(year, month, day), self.on)

    def note(
        self, kind: E, line: BudgetLine, amount: Decimal, *, on: datetime.date, memo: str,
        subject: str = "", payment: FundPayment | None = None,
    ) -> JournalEntry:  # fmt: skip
        """Keep an entry and its postings to be written in order of days."""
        moved = moves(POSTINGS[kind], line_id=line.pk, amount=amount)
        label = {"subject_type": SUBJECT, "subject_id": subject[:40], "subject_label": subject}
        entry = JournalEntry(
            office=self.office, line=line, kind=kind, booked_on=on, amount=amount,
            size=len(moved), memo=memo[:200], clerk=self.clerk, payment=payment,
            **(label if subject else {}),
        )  # fmt: skip
        self.entries.append(entry)
        self.rows.append([(row.line_id, row.account, row.amount) for row in moved])
        return entry

    def spend(self, line: BudgetLine, budget: Decimal, *, place: int) -> None:
        """A grant in January, then a commitment and a batch every quarter that has come."""
        year = line.fiscal_year
        self.note(
            E.APPROPRIATE, line, budget, on=self.day(year, 1, 8), memo=f"{line.document} 下达"
        )
        quarters = [q for q in range(4) if datetime.date(year, q * 3 + 2, 6) <= self.on]
        for quarter in quarters:
            share = self.rng.choice((18, 20, 22, 24))
            amount = (budget * share / 100).quantize(Decimal("1000"))
            newest = year == self.on.year and quarter == quarters[-1]
            self.quarter(line, amount, quarter=quarter, newest=newest, place=place)

    def quarter(
        self, line: BudgetLine, amount: Decimal, *, quarter: int, newest: bool, place: int
    ) -> None:
        """Promise, order and pay; the newest quarter shows every stage of the way."""
        year, month = line.fiscal_year, quarter * 3 + 2
        label = f"{year} 年第 {quarter + 1} 季度{line.name}"
        promised = self.day(year, month, 6)
        self.note(E.COMMIT, line, amount, on=promised, memo=label, subject=label)
        number = next(self.serial)
        source = Commitment.objects.create(
            line=line, amount=amount, key=f"青补〔{year}〕{number}号",
            fingerprint=fingerprint({"demo": number}), subject_type=SUBJECT,
            subject_id=str(number), subject_label=label, created_by=self.clerk,
        )  # fmt: skip
        stage = ("ready", "draft", "approved", "sent", "done", "failed")[place % 6]
        self.pay(source, stage=stage if newest else "done", on=self.day(year, month, 16))

    def pay(self, source: Commitment, *, stage: str, on: datetime.date) -> None:
        """Split a commitment among a few payees, as far as its stage has come."""
        payees = self.rng.sample(self.payees, min(len(self.payees), 4))
        part = (source.amount * 9 / 10 / len(payees)).quantize(Decimal("0.01"))
        batch = self.batch(source, stage=stage, on=on)
        payments = [
            self.payment(source, payee, part, stage=stage, batch=batch, on=on, place=place)
            for place, payee in enumerate(payees)
        ]
        FundPayment.objects.bulk_create(payments)
        Commitment.objects.filter(pk=source.pk).update(ordered=part * len(payments))
        for payment in payments:
            self.note_payment(payment, on=on)
        if stage == "done" and source.pk % 5 == 0:
            self.owe(payments[0], on=on)
        if stage == "sent" and batch is not None:
            self.answer(batch, payments, on=on)

    def batch(self, source: Commitment, *, stage: str, on: datetime.date) -> PaymentBatch | None:
        if stage == "ready":
            return None
        states = {"draft": BatchState.DRAFT, "approved": BatchState.APPROVED}
        states["done"] = BatchState.DONE
        moment = timezone.make_aware(datetime.datetime.combine(on, datetime.time(10)))
        out = stage not in ("draft", "approved")
        return PaymentBatch.objects.create(
            office=self.office, title=f"{source.subject_label}付款"[:80],
            state=states.get(stage, BatchState.SENT), drafted_by=self.clerk, drafted_at=moment,
            approved_by=self.second if stage != "draft" else None,
            approved_at=moment if stage != "draft" else None, sent_on=on if out else None,
            is_demo=True,
        )  # fmt: skip

    def payment(
        self, source: Commitment, payee: Organisation, amount: Decimal, *, stage: str,
        batch: PaymentBatch | None, on: datetime.date, place: int,
    ) -> FundPayment:  # fmt: skip
        number = next(self.serial)
        account = f"6217{number:015d}"
        states = {"ready": PaymentState.READY, "draft": PaymentState.BATCHED,
                  "approved": PaymentState.BATCHED, "sent": PaymentState.SENT}  # fmt: skip
        state = states.get(stage, PaymentState.CONFIRMED)
        failed = stage == "failed" and place == 1
        return FundPayment(
            commitment=source, line=source.line, batch=batch, amount=amount,
            payee_name=payee.name, bank_name="青澜农村商业银行", account_cipher=encrypted(account),
            account_tail=account[-4:], state=PaymentState.FAILED if failed else state,
            failure=FAILURES[number % 2] if failed else "",
            confirmed_on=on if state == PaymentState.CONFIRMED and not failed else None,
            bank_reference=f"B{number:08d}" if state == PaymentState.CONFIRMED else "",
            key=f"FK{number:06d}", fingerprint=fingerprint({"demo": number}),
            subject_type=SUBJECT, subject_id=source.subject_id, created_by=self.clerk,
            subject_label=source.subject_label,
        )  # fmt: skip

    def note_payment(self, payment: FundPayment, *, on: datetime.date) -> None:
        """The entries that brought a payment where it stands."""
        last = {PaymentState.CONFIRMED: E.CONFIRM, PaymentState.FAILED: E.FAIL}
        if payment.state not in (PaymentState.SENT, *last):
            return
        memo = payment.summary
        facts = {"on": on, "subject": payment.subject_label, "payment": payment}
        self.note(E.SEND, payment.line, payment.amount, memo=memo, **facts)  # type: ignore[arg-type]
        if payment.state in last:
            kind = last[PaymentState(payment.state)]
            said = payment.failure if kind == E.FAIL else memo
            self.note(kind, payment.line, payment.amount, memo=said, **facts)  # type: ignore[arg-type]

    def owe(self, payment: FundPayment, *, on: datetime.date) -> None:
        """Part of a payment has to come back, half of it by instalments already."""
        number = next(self.serial)
        due = (payment.amount / 10).quantize(Decimal("0.01"))
        label, opened = f"{payment.subject_label}核减", self.later(on, days=40)
        row = Receivable.objects.create(
            line=payment.line, debtor_type="organisations.organisation", debtor_id=str(number),
            debtor_name=payment.payee_name, amount=due, reason="抽查发现部分人员不符合条件",
            basis=f"{payment.line.document} {payment.line.clause}", opened_on=opened,
            due_on=opened + datetime.timedelta(days=180), key=f"青收〔{opened.year}〕{number}号",
            fingerprint=fingerprint({"demo": number}), subject_type=SUBJECT,
            subject_id=str(number), subject_label=label[:120], created_by=self.clerk,
        )  # fmt: skip
        memo = f"{row.debtor_name} {row.reason}"
        self.note(E.CLAIM, row.line, due, on=opened, memo=memo, subject=label)
        parts = equal_parts(total=due, count=4, first_on=next_month(opened))
        Instalment.objects.bulk_create(
            Instalment(receivable=row, number=p.number, due_on=p.due_on, amount=p.amount)
            for p in parts
        )
        paying = parts if opened.year < self.on.year else parts[:2]
        came = [part for part in paying if part.due_on <= self.on]
        for part in came:
            self.receive(row, part.amount, on=part.due_on)
        settled = sum(part.amount for part in came)
        state = ReceivableState.SETTLED if settled == due else ReceivableState.OPEN
        Receivable.objects.filter(pk=row.pk).update(settled=settled, state=state)

    def later(self, on: datetime.date, *, days: int) -> datetime.date:
        return min(on + datetime.timedelta(days=days), self.on)

    def receive(self, row: Receivable, amount: Decimal, *, on: datetime.date) -> None:
        memo = f"{row.debtor_name} 分期退回"
        entry = self.note(E.RECEIVE, row.line, amount, on=on, memo=memo, subject=row.subject_label)
        number = next(self.serial)
        receipt = Receipt(
            receivable=row, kind="cash", key=f"SK{number:06d}", amount=amount, received_on=on,
            fingerprint=fingerprint({"demo": number}), note="分期退回",
        )  # fmt: skip
        entry.demo_receipt = receipt  # type: ignore[attr-defined]

    def answer(
        self, batch: PaymentBatch, payments: list[FundPayment], *, on: datetime.date
    ) -> None:
        """A file of the bank that is being checked: its rows wait for a person."""
        statement = BankStatement.objects.create(
            office=self.office, name=f"银行回单-{on:%Y%m%d}.xlsx",
            sha256=fingerprint({"demo": batch.pk}), state=StatementState.OPEN,
            imported_by=self.clerk, imported_at=batch.drafted_at, is_demo=True,
        )  # fmt: skip
        BankRow.objects.bulk_create(
            [
                BankRow(statement=statement, number=2, paid_on=on, amount=Decimal("35.00"),
                        payee_name="青澜农村商业银行", reference="F0001", state=RowState.EXPLAINED,
                        note="转账手续费"),
                BankRow(statement=statement, number=3, paid_on=on, amount=payments[0].amount,
                        payee_name=payments[0].payee_name.replace("有限公司", ""),
                        reference="F0002"),
                BankRow(statement=statement, number=4, paid_on=on, amount=payments[1].amount,
                        payee_name=payments[1].payee_name, key=payments[1].key,
                        reference="F0003"),
                *self.refund_row(statement, number=5, on=on),
            ]
        )  # fmt: skip

    def refund_row(
        self, statement: BankStatement, *, number: int, on: datetime.date
    ) -> Iterator[BankRow]:
        """Money of a debtor that came in with the code in its memo, not booked yet."""
        debts = Receivable.objects.filter(
            line__fund__office=self.office, state=ReceivableState.OPEN
        )
        for row in debts.order_by("pk")[:1]:
            left = [part for part in planned_parts(row, on=on) if part.left]
            yield BankRow(
                statement=statement, number=number, paid_on=self.on, is_incoming=True,
                amount=left[0].left if left else row.outstanding, payee_name=row.debtor_name,
                memo=f"{row.refund_code} 退回补贴", reference="F0004",
            )  # fmt: skip

    def write_entries(self) -> None:
        """All entries in order of their days, with their postings."""
        pairs = zip(self.entries, self.rows, strict=True)
        together = sorted(pairs, key=lambda pair: pair[0].booked_on)
        made = LedgerAccount.objects.bulk_create(
            LedgerAccount(line=line, kind=kind) for line, _ in self.lines for kind in AccountKind
        )
        accounts = {(row.line_id, row.kind): row.pk for row in made}
        JournalEntry.objects.bulk_create([entry for entry, _ in together])
        Posting.objects.bulk_create(
            [
                Posting(entry=entry, account_id=accounts[line, kind], amount=amount)
                for entry, rows in together
                for line, kind, amount in rows
            ]
        )
        receipts = [entry for entry in self.entries if hasattr(entry, "demo_receipt")]
        for entry in receipts:
            entry.demo_receipt.entry = entry
        Receipt.objects.bulk_create([entry.demo_receipt for entry in receipts])

    def close_months(self) -> None:
        """Everything up to two months ago is closed."""
        month = datetime.date(self.on.year - 1, 1, 1)
        rows = []
        while next_month(next_month(month)) <= self.on.replace(day=1):
            ends = next_month(month)
            closed = datetime.datetime.combine(ends, datetime.time(17)) + datetime.timedelta(days=4)
            held = [row for row in self.entries if month <= row.booked_on < ends]
            rows.append(
                AccountingMonth(
                    office=self.office, month=month, state="closed", closed_by=self.clerk,
                    closed_at=timezone.make_aware(closed), entries=len(held),
                )
            )  # fmt: skip
            month = ends
        AccountingMonth.objects.bulk_create(rows)
