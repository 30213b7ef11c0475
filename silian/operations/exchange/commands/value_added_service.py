"""Register services that go with matching, and count how often they are used."""

from __future__ import annotations

import datetime

from django.db import connection, transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.exchange.choices import ValueAddedCategory
from silian.operations.exchange.models.value_added_service import ValueAddedService, ValueAddedUse
from silian.operations.exchange.permissions.value_added_services import (
    is_operator,
    may_close_service,
    require_provider,
    services_visible_to,
)
from silian.operations.exchange.rules.value_added_service import reason_address_unfit


@transaction.atomic
def register_service(
    *,
    name: str,
    category: str,
    summary: str,
    fee: str,
    for_small: bool,
    address: str,
    actor: Actor,
    now: datetime.datetime,
) -> ValueAddedService:
    """Offer a service beside search and recommendation (登记增值服务)."""
    require_provider(actor)
    if category not in ValueAddedCategory.values:
        raise DomainError("请选择服务类别。", field="category")
    if (reason := reason_address_unfit(address)) is not None:
        raise DomainError(reason, field="address")
    provider = None if is_operator(actor) else actor.organisation_id
    running = ValueAddedService.objects.filter(closed_at__isnull=True)
    if running.filter(provider_id=provider, name=name).exists():
        raise DomainError("已有同名的增值服务，请换一个名称或先停止原来的。", field="name")
    service = ValueAddedService.objects.create(
        name=name,
        category=category,
        summary=summary,
        fee=fee or "免费",
        for_small=for_small,
        provider_id=provider,
        address=address,
        created_by_id=actor.user_id,
        created_at=now,
    )
    record(actor, "exchange.value_added.registered", service)
    return service


@transaction.atomic
def close_service(*, service_id: int, actor: Actor, now: datetime.datetime) -> ValueAddedService:
    """Offer it no more; its use stays counted (停止增值服务)."""
    service = services_visible_to(actor).select_for_update(of=("self",)).get(pk=service_id)
    if not may_close_service(actor, service):
        raise NotAllowed("增值服务由登记单位停止。")
    service.closed_at = service.closed_at or now
    service.save(update_fields=["closed_at"])
    record(actor, "exchange.value_added.closed", service)
    return service


def note_use(*, service_id: int, actor: Actor, now: datetime.datetime) -> None:
    """Count one use for the organisation and the day; who it was is not kept (使用计数)."""
    table = ValueAddedUse._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS kept (service_id, organisation_id, used_on, times)"
            " VALUES (%s, %s, %s, 1) ON CONFLICT (service_id, organisation_id, used_on)"
            " DO UPDATE SET times = kept.times + 1",
            [service_id, actor.organisation_id, timezone.localdate(now)],
        )
