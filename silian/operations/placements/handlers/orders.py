"""Order classes and apprentices follow their agreements; both sides are told."""

from __future__ import annotations

from django.utils import timezone

from silian.casework.agreements.events import (
    AgreementActivated,
    AgreementEvent,
    AgreementLapsed,
    AgreementRefused,
)
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.events import subscribe
from silian.operations.placements.commands.orders import SOURCE, note_agreement
from silian.operations.placements.events.apprenticeships import ApprenticeshipChanged
from silian.operations.placements.events.orders import OrderChanged, OrderStudentsHired
from silian.operations.placements.models import Apprenticeship, ClassOrder
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import user_ids_with_role

STEP_WORDS = {
    "run": "协议已签齐，可以编入学生",
    "unsigned": "协议没有签成，已退回起草",
    "hiring": "培养期满，请登记录用",
    "closed": "订单已结束",
    "cancelled": "订单已取消",
}
PROGRAMME_WORDS = {
    "filed": "已备案，可以登记学徒",
    "returned": "被退回修改",
    "started": "已开始培养",
    "completed": "已完成培养",
    "stopped": "已终止",
}


def follow(event: AgreementEvent, *, signed: bool) -> None:
    if event.source == SOURCE and event.source_id is not None:
        note_agreement(
            order_id=event.source_id,
            signed=signed,
            actor=system_actor(),
            on=timezone.localdate(),
        )


@subscribe(AgreementActivated)
def run_signed_order(event: AgreementActivated) -> None:
    """The order agreement is signed by both: the class may begin."""
    follow(event, signed=True)


@subscribe(AgreementRefused)
def reopen_refused_order(event: AgreementRefused) -> None:
    """The school refused: the enterprise may change the order."""
    follow(event, signed=False)


@subscribe(AgreementLapsed)
def reopen_lapsed_order(event: AgreementLapsed) -> None:
    """Nobody signed in time."""
    follow(event, signed=False)


def clerks_of(organisation_id: int) -> list[int]:
    return user_ids_with_role(
        organisation_id=organisation_id,
        roles=(Role.MANAGER, Role.AGENT),
        on=timezone.localdate(),
    )


def tell(*, organisation_id: int, title: str, detail: str, url: str, key: str) -> None:
    notify(
        user_ids=clerks_of(organisation_id),
        kind=NotificationKind.ANSWER,
        title=title,
        detail=detail,
        url=url,
        organisation_id=organisation_id,
        key=key,
    )


@subscribe(OrderChanged)
def tell_sides_of_order(event: OrderChanged) -> None:
    """Both sides hear of a step that the other or the clock took."""
    words = STEP_WORDS.get(event.step)
    if words is None:
        return
    order = ClassOrder.objects.get(pk=event.order_id)
    for organisation_id in (order.enterprise_id, order.school_id):
        tell(
            organisation_id=organisation_id,
            title=f"订单班：{words}",
            detail=order.title,
            url=order.get_absolute_url(),
            key=f"order-{order.pk}-{event.step}-{event.on}",
        )


@subscribe(OrderStudentsHired)
def tell_school_of_hiring(event: OrderStudentsHired) -> None:
    """The school hears whom the enterprise hired."""
    order = ClassOrder.objects.get(pk=event.order_id)
    tell(
        organisation_id=order.school_id,
        title=f"订单企业登记录用 {event.count} 人",
        detail=order.title,
        url=order.get_absolute_url(),
        key=f"order-{order.pk}-hired-{event.on}",
    )


@subscribe(ApprenticeshipChanged)
def tell_sides_of_apprenticeship(event: ApprenticeshipChanged) -> None:
    """Enterprise and school hear what became of the programme."""
    words = PROGRAMME_WORDS.get(event.step)
    if words is None:
        return
    row = Apprenticeship.objects.get(pk=event.apprenticeship_id)
    for organisation_id in (row.enterprise_id, row.school_id):
        tell(
            organisation_id=organisation_id,
            title=f"学徒培养项目{words}",
            detail=row.title,
            url=row.get_absolute_url(),
            key=f"apprenticeship-{row.pk}-{event.step}-{event.on}",
        )
