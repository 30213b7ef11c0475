"""Who sees order classes and who takes their steps."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.models import ClassOrder, OrderMember
from silian.operations.placements.permissions.internships import (
    STAFF_ROLES,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.permissions import in_jurisdiction


def seen_by_sides(actor: Actor) -> Q:
    """The rows of the actor's enterprise or school."""
    if actor.organisation_id is None or not actor.has_role(*STAFF_ROLES):
        return Q(pk__in=[])
    return Q(enterprise_id=actor.organisation_id) | Q(school_id=actor.organisation_id)


def seen_by_officials(actor: Actor) -> Q:
    """Orders that lead to work in the region, or whose enterprise or school lies there."""
    if not is_official(actor):
        return Q(pk__in=[])
    return (
        in_jurisdiction(actor)
        | in_jurisdiction(actor, field="enterprise__division__code")
        | in_jurisdiction(actor, field="school__division__code")
    )


def orders_visible_to(actor: Actor) -> QuerySet[ClassOrder]:
    """Both sides their own, officials their region, a student the order that has a seat for him."""
    if actor.is_system:
        return ClassOrder.objects.all()
    if not actor.is_authenticated:
        return ClassOrder.objects.none()
    seats = OrderMember.objects.filter(person__user_id=actor.user_id or 0).values("order_id")
    return ClassOrder.objects.filter(
        seen_by_sides(actor) | seen_by_officials(actor) | Q(pk__in=seats)
    )


def members_visible_to(actor: Actor, order: ClassOrder) -> QuerySet[OrderMember]:
    """The roster: both sides all of it, a student the own row, officials counts only."""
    rows = OrderMember.objects.filter(order=order)
    if actor.is_system or stands_in(actor, order):
        return rows
    return rows.filter(person__user_id=actor.user_id or 0)


def seats_visible_to(actor: Actor) -> QuerySet[OrderMember]:
    """Every roster that the actor reads: both sides their own, a student the own row."""
    if actor.is_system:
        return OrderMember.objects.all()
    if not actor.is_authenticated:
        return OrderMember.objects.none()
    own = ClassOrder.objects.filter(seen_by_sides(actor))
    return OrderMember.objects.filter(Q(order__in=own) | Q(person__user_id=actor.user_id or 0))


def stands_in(actor: Actor, order: ClassOrder) -> bool:
    """Whether the actor is staff of one of the two sides."""
    return actor.has_role(*STAFF_ROLES) and actor.organisation_id in (
        order.enterprise_id,
        order.school_id,
    )


def may_read_orders(actor: Actor) -> bool:
    """Whether order classes concern this seat at all."""
    is_staff = actor.organisation_id is not None and actor.has_role(*STAFF_ROLES)
    return is_official(actor) or (is_staff and actor.organisation_kind in ("school", "enterprise"))


def writes_for_enterprise(actor: Actor, order: ClassOrder) -> bool:
    return is_host_clerk(actor) and actor.organisation_id == order.enterprise_id


def writes_for_school(actor: Actor, order: ClassOrder) -> bool:
    return is_school_clerk(actor) and actor.organisation_id == order.school_id


def require_ordering_clerk(actor: Actor) -> None:
    if not is_host_clerk(actor):
        raise NotAllowed("订单由已核验企业的管理员或经办人提出。")


def require_enterprise(actor: Actor, order: ClassOrder) -> None:
    if not writes_for_enterprise(actor, order):
        raise NotAllowed("这一步由订单企业的管理员或经办人办理。")


def require_school(actor: Actor, order: ClassOrder) -> None:
    if not writes_for_school(actor, order):
        raise NotAllowed("这一步由承办学校的管理员或经办人办理。")


register_action_labels(
    {
        "placements.order.drafted": "起草订单",
        "placements.order.revised": "修改订单",
        "placements.order.sent": "送签订单协议",
        "placements.order.unsigned": "订单协议未签成",
        "placements.order.run": "订单班开班",
        "placements.order.hiring": "订单班培养期满",
        "placements.order.closed": "结束订单",
        "placements.order.cancelled": "取消订单",
        "placements.order.enrolled": "订单班编入学生",
        "placements.order.trained": "登记培养结果",
        "placements.order.left": "学生退出订单班",
        "placements.order.hired": "登记录用",
        "placements.order.not_hired": "登记未录用",
    }
)
