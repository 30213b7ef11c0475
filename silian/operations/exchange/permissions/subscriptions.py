"""Who may subscribe, and who looks after an organisation's webhook."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.models.subscription import Subscription, WebhookEndpoint
from silian.operations.exchange.permissions.negotiations import side_of
from silian.registers.organisations.choices import Role


def subscriptions_visible_to(actor: Actor) -> QuerySet[Subscription]:
    """One's own, and nobody else's."""
    return Subscription.objects.filter(user_id=actor.user_id or 0, stopped_at__isnull=True)


def may_keep_webhooks(actor: Actor) -> bool:
    """Whether the actor registers where its organisation's system is told (单位管理员)."""
    return actor.organisation_verified and actor.has_role(Role.MANAGER)


def require_webhook_keeper(actor: Actor) -> None:
    if not may_keep_webhooks(actor):
        raise NotAllowed("推送接口由已核验单位的管理员办理。")


def webhooks_visible_to(actor: Actor) -> QuerySet[WebhookEndpoint]:
    if not may_keep_webhooks(actor):
        return WebhookEndpoint.objects.none()
    return WebhookEndpoint.objects.filter(organisation_id=side_of(actor))
