"""Steps of order classes: send, roster, results, hiring, end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.operations.placements.choices.orders import (
    OrderSeat,
)
from silian.operations.placements.commands.order_rosters import (
    enrol_students,
    hire_students,
    leave_order,
    record_training,
    refuse_to_hire,
)
from silian.operations.placements.commands.orders import cancel_order, close_order, send_order
from silian.operations.placements.forms.orders import (
    EnrolForm,
    HiredForm,
    NotHiredForm,
    ReasonForm,
    TrainedForm,
)
from silian.operations.placements.models import ClassOrder
from silian.operations.placements.permissions.orders import require_enterprise, require_school
from silian.operations.placements.views.orders import visible_order
from silian.registers.programmes.queries.classes import classes_of_school

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def step_page(order: ClassOrder, title: str, button: str, *, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=order.get_absolute_url(),
        lead=lead or order.title,
        crumbs=[
            ("订单班", reverse("placements:order_list")),
            (order.title, order.get_absolute_url()),
        ],
    )


@require_POST
def order_send(request: Request, order_id: int) -> HttpResponse:
    """Send the order agreement to both sides (送签)."""
    order = visible_order(request, order_id)
    send_order(order_id=order.pk, actor=request.actor, now=timezone.localtime())
    messages.success(request, "订单协议已送签，签齐后即可编入学生。")
    return redirect(order)


@require_POST
def order_close(request: Request, order_id: int) -> HttpResponse:
    """Close an order whose students all have a result (结束订单)."""
    order = visible_order(request, order_id)
    close_order(order_id=order.pk, actor=request.actor, on=timezone.localdate())
    messages.success(request, "订单已结束，履约结果已计入统计。")
    return redirect(order)


@require_POST
def order_cancel(request: Request, order_id: int) -> HttpResponse:
    """Give an order up (取消订单)."""
    order = visible_order(request, order_id)
    reason = request.POST.get("reason", "")
    cancel_order(order_id=order.pk, actor=request.actor, reason=reason, now=timezone.localtime())
    messages.success(request, "订单已取消，学校会看到原因。")
    return redirect(order)


@GET_OR_POST
def order_enrol(request: Request, order_id: int) -> HttpResponse:
    """Put students into the order class (编入学生)."""
    order = visible_order(request, order_id)
    require_school(request.actor, order)
    today = timezone.localdate()
    classes = classes_of_school(school_id=order.school_id, on=today)
    form = EnrolForm(request.POST or None, classes=classes)
    return answer_form(
        request,
        form=form,
        page=step_page(
            order,
            "编入学生",
            "编入",
            lead=f"订单 {order.head_count} 人，面向{order.programme.name}",
        ),
        send=lambda given: enrol_students(
            order_id=order.pk,
            class_ids=[row.pk for row in given["classes"]],
            numbers=given["numbers"],
            actor=request.actor,
            on=today,
        ),
        done="已编入订单班。",
        then=order.get_absolute_url(),
    )


def members_step(
    request: Request,
    *,
    order: ClassOrder,
    form: Any,
    words: tuple[str, str],
    send: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:
    """A step about chosen students of the roster."""
    return answer_form(
        request,
        form=form,
        page=step_page(order, *words),
        send=send,
        done=done,
        then=order.get_absolute_url(),
    )


@GET_OR_POST
def order_trained(request: Request, order_id: int) -> HttpResponse:
    """The school records who finished the training (登记培养结果)."""
    order = visible_order(request, order_id)
    require_school(request.actor, order)
    members = order.members.filter(state=OrderSeat.ENROLLED).select_related("person")
    form = TrainedForm(request.POST or None, members=members, initial={"on": timezone.localdate()})
    return members_step(
        request,
        order=order,
        form=form,
        words=("登记培养结果", "登记"),
        send=lambda given: record_training(
            order_id=order.pk,
            member_ids=form.member_ids,
            passed=given["passed"],
            actor=request.actor,
            on=given["on"],
        ),
        done="培养结果已登记，企业可以登记录用。",
    )


@GET_OR_POST
def order_hire(request: Request, order_id: int) -> HttpResponse:
    """The enterprise records whom it hired (登记录用)."""
    order = visible_order(request, order_id)
    require_enterprise(request.actor, order)
    states = [OrderSeat.TRAINED, OrderSeat.NOT_HIRED]
    members = order.members.filter(state__in=states).select_related("person")
    today = timezone.localdate()
    form = HiredForm(
        request.POST or None, members=members, initial={"hired_on": today, "wage": order.wage}
    )
    return members_step(
        request,
        order=order,
        form=form,
        words=("登记录用", "登记"),
        send=lambda given: hire_students(
            order_id=order.pk,
            member_ids=form.member_ids,
            hired_on=given["hired_on"],
            wage=given["wage"],
            actor=request.actor,
            today=today,
        ),
        done="录用已登记。",
    )


@GET_OR_POST
def order_not_hired(request: Request, order_id: int) -> HttpResponse:
    """The enterprise records whom it does not hire, and why (登记未录用)."""
    order = visible_order(request, order_id)
    require_enterprise(request.actor, order)
    members = order.members.filter(state=OrderSeat.TRAINED).select_related("person")
    form = NotHiredForm(request.POST or None, members=members)
    return members_step(
        request,
        order=order,
        form=form,
        words=("登记未录用", "登记"),
        send=lambda given: refuse_to_hire(
            order_id=order.pk,
            member_ids=form.member_ids,
            reason=given["reason"],
            actor=request.actor,
        ),
        done="已登记，学校会看到原因。",
    )


@GET_OR_POST
def order_leave(request: Request, order_id: int, member_id: int) -> HttpResponse:
    """A student leaves the order class (退出订单班)."""
    order = visible_order(request, order_id)
    require_school(request.actor, order)
    form = ReasonForm(request.POST or None)
    return members_step(
        request,
        order=order,
        form=form,
        words=("退出订单班", "登记退出"),
        send=lambda given: leave_order(
            order_id=order.pk,
            member_id=member_id,
            reason=given["reason"],
            actor=request.actor,
            on=timezone.localdate(),
        ),
        done="已登记退出。",
    )
