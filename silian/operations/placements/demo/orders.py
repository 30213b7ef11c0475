"""Builds order classes of the demonstration city."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from silian.casework.agreements.commands.drafting import PartyDraft
from silian.casework.agreements.demo.agreements import SeedAgreement, seed_agreements
from silian.operations.placements.choices.orders import (
    OrderSeat,
    OrderState,
)
from silian.operations.placements.commands.orders import SOURCE as ORDER
from silian.operations.placements.commands.orders import terms_of
from silian.operations.placements.models import (
    ClassOrder,
    OrderMember,
)
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import ClassMember, Programme

ORDERS, SEATS = 18, (16, 36)
MOST = 80
HIRED_SHARE, TRAINED_SHARE = 0.78, 0.94
DAY = datetime.timedelta(days=1)
ORDER_TERMS = {
    "training": "前两学期在校学通用技能，后两学期每周三天到企业车间跟岗学习。",
    "selection": "学生自愿报名，双向选择；不适应的可以回原班学习。",
    "breach": "企业少录用的，按人数协助安排同等岗位并说明原因。",
}


def enterprises_in_turn() -> list[Organisation]:
    """Verified enterprises, the one with a demonstration login first."""
    verified = Organisation.objects.filter(is_demo=True, state=OrganisationState.VERIFIED)
    return list(verified.filter(kind=OrganisationKind.ENTERPRISE).order_by("pk")[:MOST])


def demo_programmes() -> list[Programme]:
    rows = Programme.objects.filter(school__is_demo=True).select_related("school")
    return list(rows.order_by("pk"))


def scaled(count: int, scale: float) -> int:
    """A number for a smaller city; never fewer than two."""
    return max(2, round(count * min(scale, 1)))


def moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))


@dataclass
class OrderBuilder:
    """Makes the same orders from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write orders with their agreements and rosters; returns how many students."""
        self.enterprises = enterprises_in_turn()
        self.programmes = demo_programmes()
        if not self.enterprises or not self.programmes:
            return 0
        made = ClassOrder.objects.bulk_create(
            [self.order(number) for number in range(scaled(ORDERS, self.scale))]
        )
        now = moment(self.on)
        seed_agreements([self.order_agreement(order) for order in made], now=now)
        students = self.free_students()
        rows = [member for order in made for member in self.roster(order, students)]
        OrderMember.objects.bulk_create(rows)
        return len(rows)

    def order(self, number: int) -> ClassOrder:
        enterprise = self.enterprises[number % len(self.enterprises)]
        programme = self.programmes[number * 5 % len(self.programmes)]
        began = self.on - datetime.timedelta(days=self.rng.randint(-20, 700))
        ends = began + datetime.timedelta(days=540)
        state = self.order_state(began, ends, number)
        count = self.rng.randint(*SEATS)
        return ClassOrder(
            number=f"DD{began.year}-{9000 + number:04d}",
            title=f"{programme.name}{enterprise.display_name.removesuffix('（演示）')[:8]}订单班",
            enterprise=enterprise,
            school=programme.school,
            division_id=enterprise.division_id,
            programme=programme,
            shortage_reference="" if number % 3 else f"青澜市紧缺职业目录第 {number + 1} 项",
            head_count=count,
            wage=Decimal(self.rng.randrange(4200, 7000, 100)),
            commitments="提供实训设备和带徒师傅，承担跟岗期间保险，合格即录用。",
            terms={**ORDER_TERMS, "hire_promise": count, "grant": "2000"},
            starts_on=began,
            ends_on=ends,
            state=state,
            closed_on=ends + 60 * DAY if state == OrderState.CLOSED else None,
            is_demo=True,
        )

    def order_state(self, began: datetime.date, ends: datetime.date, number: int) -> OrderState:
        if began > self.on:
            return OrderState.SENT if number % 2 else OrderState.DRAFT
        if ends > self.on:
            return OrderState.RUNNING
        return OrderState.CLOSED if ends + 60 * DAY < self.on else OrderState.HIRING

    def order_agreement(self, order: ClassOrder) -> SeedAgreement:
        is_whole = order.state not in (OrderState.DRAFT, OrderState.SENT)
        is_sent = order.state != OrderState.DRAFT
        sent = min(order.starts_on - 20 * DAY, self.on - 3 * DAY)
        return SeedAgreement(
            kind="order_class",
            title=f"{order.title}订单培养协议",
            division_id=order.division_id,
            organiser_id=order.enterprise_id,
            parties=[
                PartyDraft(role="enterprise", organisation_id=order.enterprise_id),
                PartyDraft(role="school", organisation_id=order.school_id),
            ],
            terms=terms_of(order),
            starts_on=order.starts_on,
            ends_on=order.ends_on,
            signed=None if is_whole else frozenset({"enterprise"}),
            sent_at=moment(sent) if is_sent else None,
            source=ORDER,
            source_id=order.pk,
        )

    def free_students(self) -> dict[int, list[ClassMember]]:
        """Students of each school in a stable order; each is taken once."""
        found: dict[int, list[ClassMember]] = {}
        rows = ClassMember.objects.filter(ends_on__isnull=True).select_related(
            "school_class__cohort__programme"
        )
        for row in rows.order_by("-pk").iterator(chunk_size=4_000):
            found.setdefault(row.school_class.cohort.programme.school_id, []).append(row)
        return found

    def roster(
        self, order: ClassOrder, students: dict[int, list[ClassMember]]
    ) -> Iterator[OrderMember]:
        if order.state in (OrderState.DRAFT, OrderState.SENT):
            return
        pool = students.get(order.school_id, [])
        for _ in range(min(order.head_count - self.rng.randint(0, 3), len(pool))):
            student = pool.pop()
            yield self.member(order, student)

    def member(self, order: ClassOrder, student: ClassMember) -> OrderMember:
        state = self.seat(order)
        is_over = order.state in (OrderState.HIRING, OrderState.CLOSED)
        gone = {OrderSeat.LEFT: "升学", OrderSeat.NOT_HIRED: "学生选择升学，放弃录用"}
        return OrderMember(
            order=order,
            person_id=student.person_id,
            number=student.number,
            class_name=student.school_class.name,
            state=state,
            joined_on=order.starts_on + 10 * DAY,
            trained_on=order.ends_on - DAY if is_over and state != OrderSeat.LEFT else None,
            hired_on=order.ends_on + 20 * DAY if state == OrderSeat.HIRED else None,
            hired_wage=order.wage + self.rng.randrange(0, 800, 100)
            if state == OrderSeat.HIRED
            else None,
            reason=gone.get(state, ""),
        )

    def seat(self, order: ClassOrder) -> OrderSeat:
        luck = self.rng.random()
        if order.state == OrderState.RUNNING:
            return OrderSeat.LEFT if luck > 0.97 else OrderSeat.ENROLLED
        if luck > TRAINED_SHARE:
            return OrderSeat.FAILED if luck < 0.97 else OrderSeat.LEFT
        if order.state == OrderState.HIRING and luck > 0.4:
            return OrderSeat.TRAINED
        return OrderSeat.HIRED if luck < HIRED_SHARE else OrderSeat.NOT_HIRED
