"""Pay of the demonstration city: accounts, months, payments, and some trouble."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.encryption import encrypted
from silian.operations.placements.choices.hosts import (
    PayMethod,
)
from silian.operations.placements.choices.internships import (
    HELD_STATES,
)
from silian.operations.placements.choices.pay import (
    StudentAnswer,
)
from silian.operations.placements.commands.pay_alarms import tell_authority, watch_records
from silian.operations.placements.commands.pay_months import NOT_BEGUN, open_month
from silian.operations.placements.models import Internship
from silian.operations.placements.models.pay import Payment, PayRecord, StudentAccount
from silian.operations.placements.rules.pay import masked_account, month_start, next_month
from silian.registers.people.queries import index_of_number

BANKS = ("中国工商银行", "中国农业银行", "中国建设银行", "中国银行", "青澜农商银行（演示）")
LATE, LOW, CONTRARY = 13, 8, 1  # 22 students without their pay, as on the board
TROUBLED_HOSTS = 6
SHORT_BY = (Decimal(160), Decimal(200), Decimal(320), Decimal(480))
LAST_HOUR = datetime.time(18)
BATCH = 500


class PayBuilder:
    """Accounts and months of everybody in post; the last due month has trouble."""

    def __init__(self, *, rng: random.Random, on: datetime.date, scale: float) -> None:
        self.rng, self.on, self.scale = rng, on, scale

    def build(self) -> int:
        interns = list(
            Internship.objects.filter(
                is_demo=True, state__in=sorted(HELD_STATES - NOT_BEGUN), started_on__isnull=False
            )
            .select_related("person")
            .order_by("pk")
        )
        if not interns:
            return 0
        accounts = self.open_accounts(interns)
        for month in self.months(interns):
            open_month(month=month, actor=system_actor())
        records = list(
            PayRecord.objects.filter(is_demo=True)
            .select_related("internship")
            .order_by("month", "pk")
        )
        self.pay(records, accounts)
        self.raise_alarms(records)
        return len(records)

    def open_accounts(self, interns: list[Internship]) -> dict[int, StudentAccount]:
        """One account for each student, made up; numbers of no bank."""
        opened = timezone.make_aware(
            datetime.datetime.combine(self.on - datetime.timedelta(days=90), LAST_HOUR)
        )
        rows = []
        for person in {row.person_id: row.person for row in interns}.values():
            number = f"6200{self.rng.randrange(10**15):015d}"
            rows.append(
                StudentAccount(
                    person=person,
                    bank=self.rng.choice(BANKS),
                    holder=person.name,
                    number_cipher=encrypted(number),
                    number_index=index_of_number(number),
                    number_mask=masked_account(number),
                    opened_at=opened,
                    is_demo=True,
                )
            )
        made = StudentAccount.objects.bulk_create(rows, batch_size=BATCH)
        return {row.person_id: row for row in made}

    def months(self, interns: list[Internship]) -> Iterable[datetime.date]:
        """The months that are over, from the first start to the one before this."""
        month = month_start(min(row.started_on or self.on for row in interns))
        while month < month_start(self.on):
            yield month
            month = next_month(month)

    def pay(self, records: list[PayRecord], accounts: dict[int, StudentAccount]) -> None:
        """Pay what was due, but for those in trouble."""
        late, low, contrary = self.troubled(records)
        payments = []
        for row in records:
            if row.due_on > self.on or row.pk in late or row.due_amount == 0:
                continue
            short = self.rng.choice(SHORT_BY) if row.pk in low else Decimal(0)
            row.paid_amount = max(row.due_amount - short, Decimal(1))
            row.paid_on = row.due_on - datetime.timedelta(days=self.rng.randrange(3))
            row.stated_at = self.moment(row.paid_on)
            self.answer(row, is_contrary=row.pk in contrary)
            payments.append(
                Payment(
                    pay_record=row,
                    account=accounts[row.internship.person_id],
                    amount=row.paid_amount,
                    paid_on=row.paid_on,
                    stated_at=row.stated_at,
                )
            )
        Payment.objects.bulk_create(payments, batch_size=BATCH)
        PayRecord.objects.bulk_create(  # over themselves: an update compares each row with all
            records,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=[
                "paid_amount",
                "paid_on",
                "stated_at",
                "student_answer",
                "student_at",
                "student_amount",
                "student_on",
                "student_method",
                "student_note",
            ],
            batch_size=BATCH,
        )

    def troubled(self, records: list[PayRecord]) -> tuple[set[int], set[int], set[int]]:
        """Months of the last pay day in trouble: at a few hosts, as it happens in life."""
        due = [row for row in records if row.due_on < self.on]
        if not due:
            return set(), set(), set()
        last = max(row.month for row in due)
        by_host: dict[int, list[int]] = defaultdict(list)
        for row in due:
            if row.month == last:
                by_host[row.internship.organisation_id].append(row.pk)
        hosts = sorted(by_host, key=lambda host: (-len(by_host[host]), host))
        pool = [pk for host in hosts[1 : TROUBLED_HOSTS + 1] for pk in by_host[host][:5]]
        self.rng.shuffle(pool)
        late = set(pool[:LATE])
        low = set(pool[LATE : LATE + LOW])
        return late, low, set(pool[LATE + LOW : LATE + LOW + CONTRARY])

    def answer(self, row: PayRecord, *, is_contrary: bool) -> None:
        """Most students check their pay within days; one says otherwise."""
        if row.paid_on is None:
            return
        if is_contrary:
            row.student_answer, row.student_at = StudentAnswer.CONTRARY, self.moment(self.on)
            row.student_amount, row.student_on = row.paid_amount - 400, row.paid_on
            row.student_method, row.student_note = PayMethod.BANK, "到账后被要求转回 400 元住宿费"
        elif self.rng.random() < 0.8:
            row.student_answer = StudentAnswer.CONFIRMED
            row.student_at = self.moment(min(row.paid_on + datetime.timedelta(days=2), self.on))
            row.student_amount, row.student_on = row.paid_amount, row.paid_on
            row.student_method = PayMethod.BANK

    def raise_alarms(self, records: list[PayRecord]) -> None:
        """Let the alarms open on the day after each pay day, as the nightly task would."""
        by_day: dict[datetime.date, list[int]] = defaultdict(list)
        for row in records:
            if row.due_on < self.on:
                by_day[row.due_on + datetime.timedelta(days=1)].append(row.pk)
        for day, keys in sorted(by_day.items()):
            watch_records(record_ids=keys, now=self.moment(day))
        tell_authority(now=self.moment(self.on))

    def moment(self, day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
