"""The roster of an order class: enrol, train, leave, hire."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.orders import (
    OrderSeat,
    OrderState,
)
from silian.operations.placements.commands.orders import locked_order
from silian.operations.placements.events.orders import OrderStudentsHired
from silian.operations.placements.models import ClassOrder, OrderMember
from silian.operations.placements.permissions.orders import require_enterprise, require_school
from silian.operations.placements.rules.orders import UNDECIDED, reason_hire_impossible
from silian.registers.programmes.models import ClassMember
from silian.registers.programmes.queries.classes import members_of

ROSTER_STATES = frozenset({OrderState.RUNNING})
RESULT_STATES = frozenset({OrderState.RUNNING, OrderState.HIRING})


def require_state(order: ClassOrder, states: Collection[str]) -> None:
    if order.state not in states:
        raise WrongState(f"订单班现为“{order.get_state_display()}”，不能办理这一步。")


@transaction.atomic
def enrol_students(
    *,
    order_id: int,
    class_ids: Sequence[int],
    numbers: Sequence[str],
    actor: Actor,
    on: datetime.date,
) -> list[OrderMember]:
    """Put students of the school's classes into the order class (编入订单班).

    ``numbers`` narrows the classes to these student numbers; empty takes whole classes.
    """
    order = locked_order(order_id, actor=actor)
    require_school(actor, order)
    require_state(order, ROSTER_STATES)
    students = chosen_students(order, class_ids=class_ids, numbers=numbers, on=on)
    refuse_too_many(order, count=len(students))
    refuse_engaged(students)
    made = OrderMember.objects.bulk_create(
        [
            OrderMember(
                order=order,
                person_id=student.person_id,
                number=student.number,
                class_name=student.school_class.name,
                joined_on=on,
            )
            for student in students
        ]
    )
    record(actor, "placements.order.enrolled", order, detail={"count": len(made)})
    return made


def chosen_students(
    order: ClassOrder, *, class_ids: Sequence[int], numbers: Sequence[str], on: datetime.date
) -> list[ClassMember]:
    """Students of the chosen classes of this school, who are not on the roster yet."""
    rows = members_of(school_class_ids=class_ids, on=on).filter(
        school_class__cohort__programme__school_id=order.school_id
    )
    if numbers:
        rows = rows.filter(number__in=numbers)
        unknown = sorted(set(numbers) - set(rows.values_list("number", flat=True)))
        if unknown:
            words = "、".join(unknown[:5])
            raise DomainError(f"所选班级没有这些学号：{words}。请核对。", field="numbers")
    rows = rows.exclude(person__in=order.members.values("person"))
    students = list(rows.select_related("school_class", "person").order_by("number"))
    if not students:
        raise DomainError("没有可以编入的学生。请选择其他班级。", field="classes")
    return students


def refuse_too_many(order: ClassOrder, *, count: int) -> None:
    held = order.members.exclude(state=OrderSeat.LEFT).count()
    if held + count > order.head_count:
        raise DomainError(
            f"订单 {order.head_count} 人，已编入 {held} 人，本次 {count} 人，超出订单人数。"
            "请减少人数，或与企业修订订单。",
            field="classes",
        )


def refuse_engaged(students: Sequence[ClassMember]) -> None:
    """Nobody sits in two running orders at once."""
    people = [student.person_id for student in students]
    engaged = OrderMember.objects.filter(person__in=people, state__in=sorted(UNDECIDED))
    names = list(engaged.select_related("order").values_list("number", "order__title")[:3])
    if names:
        words = "、".join(f"{number}（{title}）" for number, title in names)
        raise DomainError(f"这些学生已在其他订单班：{words}。", field="classes")


def locked_members(order: ClassOrder, member_ids: Collection[int]) -> list[OrderMember]:
    rows = order.members.select_for_update(of=("self",)).select_related("person")
    members = list(rows.filter(pk__in=member_ids).order_by("pk"))
    if not members:
        raise DomainError("请先选择学生。")
    return members


@transaction.atomic
def record_training(
    *, order_id: int, member_ids: Collection[int], passed: bool, actor: Actor, on: datetime.date
) -> list[OrderMember]:
    """The school says who finished the training, and how (登记培养结果)."""
    order = locked_order(order_id, actor=actor)
    require_school(actor, order)
    require_state(order, RESULT_STATES)
    members = locked_members(order, member_ids)
    for member in members:
        if member.state != OrderSeat.ENROLLED:
            raise WrongState(f"学号 {member.number} 已是“{member.get_state_display()}”。")
        member.state = OrderSeat.TRAINED if passed else OrderSeat.FAILED
        member.trained_on = on
    OrderMember.objects.bulk_update(members, ["state", "trained_on"])
    detail = {"count": len(members), "passed": passed}
    record(actor, "placements.order.trained", order, detail=detail)
    return members


@transaction.atomic
def leave_order(
    *, order_id: int, member_id: int, reason: str, actor: Actor, on: datetime.date
) -> OrderMember:
    """A student leaves the order class before its end (退出订单班)."""
    order = locked_order(order_id, actor=actor)
    require_school(actor, order)
    (member,) = locked_members(order, [member_id])
    if member.state not in UNDECIDED:
        raise WrongState(f"该生已是“{member.get_state_display()}”，不能再退出。")
    if not reason.strip():
        raise DomainError("请写明退出原因。", field="reason")
    member.state, member.reason = OrderSeat.LEFT, reason.strip()
    member.save(update_fields=["state", "reason"])
    record(actor, "placements.order.left", order, detail={"member": member.pk, "on": str(on)})
    return member


@transaction.atomic
def hire_students(
    *,
    order_id: int,
    member_ids: Collection[int],
    hired_on: datetime.date,
    wage: Decimal,
    actor: Actor,
    today: datetime.date,
) -> list[OrderMember]:
    """The ordering enterprise hires students it ordered (登记录用). Wage in yuan a month."""
    order = locked_order(order_id, actor=actor)
    require_enterprise(actor, order)
    require_state(order, RESULT_STATES)
    members = locked_members(order, member_ids)
    for member in members:
        refuse_hiring(member, hired_on=hired_on, today=today)
        member.state, member.hired_on, member.hired_wage = OrderSeat.HIRED, hired_on, wage
    OrderMember.objects.bulk_update(members, ["state", "hired_on", "hired_wage"])
    record(actor, "placements.order.hired", order, detail={"count": len(members)})
    publish(OrderStudentsHired(order_id=order.pk, count=len(members), on=hired_on))
    return members


def refuse_hiring(member: OrderMember, *, hired_on: datetime.date, today: datetime.date) -> None:
    if member.state not in (OrderSeat.TRAINED, OrderSeat.NOT_HIRED):
        raise WrongState(f"学号 {member.number} 现为“{member.get_state_display()}”，不能登记录用。")
    reason = reason_hire_impossible(hired_on=hired_on, trained_on=member.trained_on, today=today)
    if reason:
        raise DomainError(f"学号 {member.number}：{reason}", field="hired_on")


@transaction.atomic
def refuse_to_hire(
    *, order_id: int, member_ids: Collection[int], reason: str, actor: Actor
) -> list[OrderMember]:
    """The ordering enterprise says whom it does not hire, and why (登记未录用)."""
    order = locked_order(order_id, actor=actor)
    require_enterprise(actor, order)
    require_state(order, RESULT_STATES)
    if not reason.strip():
        raise DomainError("请写明未录用原因，学校会看到。", field="reason")
    members = locked_members(order, member_ids)
    for member in members:
        if member.state != OrderSeat.TRAINED:
            raise WrongState(f"学号 {member.number} 现为“{member.get_state_display()}”。")
        member.state, member.reason = OrderSeat.NOT_HIRED, reason.strip()
    OrderMember.objects.bulk_update(members, ["state", "reason"])
    record(actor, "placements.order.not_hired", order, detail={"count": len(members)})
    return members
