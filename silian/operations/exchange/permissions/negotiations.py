"""Who may see and write negotiations, deals and figures."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.exchange.models.deal import Deal
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Message, Negotiation
from silian.operations.exchange.models.negotiation_team import TeamSeat
from silian.registers.organisations.choices import WRITING_ROLES, Role

READING_ROLES = WRITING_ROLES | {Role.READER}
SUPERVISING_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER})


def may_read_negotiations(actor: Actor) -> bool:
    """Whether the actor takes part in its organisation's business (本单位业务成员)."""
    return actor.organisation_id is not None and actor.has_role(*READING_ROLES)


def may_write_negotiations(actor: Actor) -> bool:
    return actor.organisation_id is not None and actor.has_role(*WRITING_ROLES)


def side_of(actor: Actor) -> int:
    """The organisation that the actor acts for; 0, which is none, for everybody else."""
    return actor.organisation_id or 0


def require_writer(actor: Actor, *, organisation_ids: set[int]) -> None:
    """Refuse everybody but writing members of the organisations that the step is for."""
    if not may_write_negotiations(actor):
        raise NotAllowed("洽谈由单位管理员或经办人办理，请联系贵单位管理员授权。")
    if actor.organisation_id not in organisation_ids:
        raise NotAllowed("这一步由对方单位办理，请等待对方答复，或发消息提醒对方。")


def require_verified(actor: Actor) -> None:
    if not actor.organisation_verified:
        raise NotAllowed("贵单位尚未核验或已暂停，不能订立合作。请先在“单位资料”办理核验。")


def negotiations_visible_to(actor: Actor) -> QuerySet[Negotiation]:
    """The negotiations of the actor's own organisation, and no others."""
    if not may_read_negotiations(actor):
        return Negotiation.objects.none()
    return Negotiation.objects.filter(Q(asker_id=side_of(actor)) | Q(owner_id=side_of(actor)))


def team_seats_visible_to(actor: Actor) -> QuerySet[TeamSeat]:
    """The seats that other organisations offered to the actor's own (团队邀请)."""
    if not may_read_negotiations(actor):
        return TeamSeat.objects.none()
    return TeamSeat.objects.filter(organisation_id=side_of(actor))


def is_supervisor(actor: Actor) -> bool:
    """Whether the actor reads figures and deals of a region (主管部门)."""
    return bool(actor.jurisdiction) and actor.has_role(*SUPERVISING_ROLES)


def deals_visible_to(actor: Actor) -> QuerySet[Deal]:
    """One's own deals; for officials those that touch their region, without the conversation."""
    seen = Q(pk__in=[])
    if may_read_negotiations(actor):
        seen |= Q(negotiation__asker_id=side_of(actor))
        seen |= Q(negotiation__owner_id=side_of(actor))
    if is_supervisor(actor):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(listing__division__code__startswith=prefix)
        seen |= Q(negotiation__asker__division__code__startswith=prefix)
        seen |= Q(negotiation__owner__division__code__startswith=prefix)
    return Deal.objects.filter(seen)


def listings_counted_for(actor: Actor) -> QuerySet[Listing]:
    """The published listings behind the figures of an official's region (对接成效)."""
    if not is_supervisor(actor):
        return Listing.objects.none()
    prefix = subtree_prefix(actor.jurisdiction)
    return Listing.objects.filter(
        first_published_at__isnull=False, division__code__startswith=prefix
    )


def may_read_message_file(actor: Actor, file: StoredFile) -> bool:
    """Whether the actor reads a file of a conversation: members of the two sides only."""
    return Message.objects.filter(
        pk=file.object_id, negotiation__in=negotiations_visible_to(actor)
    ).exists()


register_file_readers("exchange.message", may_read_message_file)
