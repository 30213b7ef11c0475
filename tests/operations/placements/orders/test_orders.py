"""An order from draft to hiring, by the right side only."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.agreements.queries.reading import agreement_of
from silian.casework.agreements.queries.terms import effective_terms
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.orders import (
    OrderSeat,
    OrderState,
)
from silian.operations.placements.commands.order_rosters import (
    enrol_students,
    hire_students,
    leave_order,
    record_training,
    refuse_to_hire,
)
from silian.operations.placements.commands.orders import (
    SOURCE,
    cancel_order,
    close_order,
    end_training,
    revise_order,
    send_order,
)
from silian.operations.placements.models import ClassOrder
from silian.operations.placements.queries.orders import fulfilment_of_order, orders_past_training
from tests.operations.placements.orders import stage
from tests.operations.placements.orders.stage import DAY, NOW, TODAY
from tests.operations.placements.stage import make_class, make_student
from tests.world import World

pytestmark = pytest.mark.django_db


def test_sending_an_order_drafts_its_agreement_with_the_typed_terms(world: World) -> None:
    order = stage.drafted_order(world)
    send_order(order_id=order.pk, actor=world.enterprise.actor, now=NOW)
    agreement = agreement_of(SOURCE, order.pk)
    assert agreement is not None
    terms = effective_terms(agreement=agreement, on=order.starts_on)
    assert terms == {} or terms["headcount"] == 20
    version = agreement.versions.get()
    assert version.changes["headcount"] == 20
    assert version.changes["training"] == stage.ORDER_TERMS["training"]
    assert ClassOrder.objects.get(pk=order.pk).state == OrderState.SENT


def test_both_signatures_run_the_class(world: World) -> None:
    assert stage.running_order(world).state == OrderState.RUNNING


def test_an_order_is_not_dated_back(world: World) -> None:
    order = stage.drafted_order(world, starts_on=TODAY - DAY)
    with pytest.raises(DomainError, match="不能倒签"):
        send_order(order_id=order.pk, actor=world.enterprise.actor, now=NOW)


def test_a_sent_order_is_not_revised(world: World) -> None:
    order = stage.running_order(world)
    with pytest.raises(WrongState, match="已送签"):
        revise_order(order_id=order.pk, actor=world.enterprise.actor, card=stage.order_card(world))


def test_only_the_school_enrols_and_only_to_the_number_ordered(world: World) -> None:
    order = stage.with_students(world, count=3, head_count=3)
    assert order.members.count() == 3
    school_class = make_class(world)
    make_student(world, school_class=school_class, name="演示学生多")
    with pytest.raises(DomainError, match="超出订单人数"):
        stage.enrol(world, order, school_class)
    with pytest.raises(NotAllowed):
        enrol_students(
            order_id=order.pk,
            class_ids=[school_class.pk],
            numbers=[],
            actor=world.enterprise.actor,
            on=TODAY,
        )


def test_a_student_sits_in_one_running_order(world: World) -> None:
    stage.with_students(world)
    second = stage.running_order(world, title="第二订单班")
    with pytest.raises(DomainError, match="已在其他订单班"):
        stage.enrol(world, second, make_class(world))


def test_unknown_student_numbers_are_named(world: World) -> None:
    order = stage.running_order(world)
    school_class = make_class(world)
    make_student(world, school_class=school_class)
    with pytest.raises(DomainError, match="S404"):
        enrol_students(
            order_id=order.pk,
            class_ids=[school_class.pk],
            numbers=["S404"],
            actor=world.school.actor,
            on=TODAY,
        )


def test_trained_then_hired_counts_into_the_fulfilment(world: World) -> None:
    order = stage.with_students(world, count=3)
    first, second, third = stage.member_ids(order)
    school, enterprise = world.school.actor, world.enterprise.actor
    record_training(
        order_id=order.pk, member_ids=[first, second], passed=True, actor=school, on=TODAY
    )
    leave_order(order_id=order.pk, member_id=third, reason="升学", actor=school, on=TODAY)
    hire_students(
        order_id=order.pk,
        member_ids=[first],
        hired_on=TODAY,
        wage=Decimal(5300),
        actor=enterprise,
        today=TODAY,
    )
    refuse_to_hire(order_id=order.pk, member_ids=[second], reason="岗位取消", actor=enterprise)
    found = fulfilment_of_order(order)
    assert (found.enrolled, found.trained, found.hired) == (3, 2, 1)
    assert found.percent == Decimal("5.0")


def test_nobody_is_hired_before_the_training_ended(world: World) -> None:
    order = stage.with_students(world)
    with pytest.raises(WrongState, match="不能登记录用"):
        hire_students(
            order_id=order.pk,
            member_ids=stage.member_ids(order),
            hired_on=TODAY,
            wage=Decimal(5000),
            actor=world.enterprise.actor,
            today=TODAY,
        )


def test_an_order_closes_only_when_every_student_has_a_result(world: World) -> None:
    order = stage.with_students(world, count=1)
    end_training(order_id=order.pk, actor=world.school.actor, on=TODAY)
    with pytest.raises(DomainError, match="1 名学生没有录用结论"):
        close_order(order_id=order.pk, actor=world.enterprise.actor, on=TODAY)
    (member,) = stage.member_ids(order)
    record_training(
        order_id=order.pk, member_ids=[member], passed=False, actor=world.school.actor, on=TODAY
    )
    close_order(order_id=order.pk, actor=world.enterprise.actor, on=TODAY)
    order.refresh_from_db()
    assert (order.state, order.closed_on) == (OrderState.CLOSED, TODAY)


def test_an_order_with_students_is_not_cancelled(world: World) -> None:
    order = stage.with_students(world)
    with pytest.raises(WrongState, match="在培学生"):
        cancel_order(order_id=order.pk, actor=world.enterprise.actor, reason="停产", now=NOW)


def test_cancelling_a_sent_order_withdraws_its_agreement(world: World) -> None:
    order = stage.drafted_order(world)
    send_order(order_id=order.pk, actor=world.enterprise.actor, now=NOW)
    cancel_order(order_id=order.pk, actor=world.enterprise.actor, reason="停产", now=NOW)
    agreement = agreement_of(SOURCE, order.pk)
    assert agreement is not None
    assert agreement.state == "withdrawn"


def test_a_rival_does_not_see_the_order(world: World) -> None:
    order = stage.drafted_order(world)
    with pytest.raises(ClassOrder.DoesNotExist):
        send_order(order_id=order.pk, actor=world.rival.actor, now=NOW)


def test_orders_past_their_last_day_are_found(world: World) -> None:
    order = stage.running_order(world)
    assert list(orders_past_training(on=order.ends_on - datetime.timedelta(days=1))) == []
    assert list(orders_past_training(on=order.ends_on)) == [order]


def test_the_data_base_holds_one_running_seat_a_student(world: World) -> None:
    from django.db import IntegrityError, transaction

    order = stage.with_students(world, count=1)
    member = order.members.get()
    second = stage.running_order(world, title="第二订单班")
    with pytest.raises(IntegrityError), transaction.atomic():
        second.members.create(
            person=member.person, number="1", state=OrderSeat.ENROLLED, joined_on=TODAY
        )
