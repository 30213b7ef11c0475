"""Who may see, draft and change agreements."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.registry import AgreementKind
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import JURISDICTION_ROLES, WRITING_ROLES, Role
from silian.registers.organisations.permissions import in_jurisdiction

STAFF_ROLES = WRITING_ROLES | {Role.READER}
SENT_STATES = frozenset(AgreementState) - {AgreementState.DRAFT}


def is_official(actor: Actor) -> bool:
    """Whether the actor reads the register of its region (主管部门)."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def of_own_party(actor: Actor) -> Q:
    """The agreements in which the actor, a ward or the actor's organisation is a party."""
    mine = Q(
        parties__person__user_id=actor.user_id,
    ) | Q(parties__person__guardian__user_id=actor.user_id)
    if actor.organisation_id and actor.has_role(*STAFF_ROLES):
        mine |= Q(parties__organisation_id=actor.organisation_id)
    return mine


def agreements_of_actor(actor: Actor) -> QuerySet[Agreement]:
    """The actor's own: drafts of the organisation or by the actor, and what was sent to it."""
    if not actor.is_authenticated:
        return Agreement.objects.none()
    party = Agreement.objects.filter(of_own_party(actor)).values("pk")
    seen = Q(pk__in=party, state__in=SENT_STATES)
    if actor.organisation_id and actor.has_role(*STAFF_ROLES):
        seen |= Q(organiser_id=actor.organisation_id)
    elif actor.organisation_id:
        made = Agreement.objects.filter(versions__made_by_id=actor.user_id).values("pk")
        seen |= Q(organiser_id=actor.organisation_id, pk__in=made)
    return Agreement.objects.filter(seen)


def agreements_supervised_by(actor: Actor) -> QuerySet[Agreement]:
    """The sent agreements of the actor's region, without drafts (属地登记)."""
    if not is_official(actor):
        return Agreement.objects.none()
    return Agreement.objects.filter(in_jurisdiction(actor), state__in=SENT_STATES)


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """Parties, their staff and guardians; officials for the register of their region."""
    if actor.is_system:
        return Agreement.objects.all()
    if not actor.is_authenticated:
        return Agreement.objects.none()
    own = Q(pk__in=agreements_of_actor(actor).values("pk"))
    supervised = Q(pk__in=agreements_supervised_by(actor).values("pk"))
    return Agreement.objects.filter(own | supervised)


def may_read_text(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor reads the full text; officials only when no person is a party.

    Basis: 个人信息保护法第六条: no more than the purpose needs.
    """
    if actor.is_system or agreements_of_actor(actor).filter(pk=agreement.pk).exists():
        return True
    has_person = agreement.parties.filter(person__isnull=False).exists()
    return not has_person and agreements_supervised_by(actor).filter(pk=agreement.pk).exists()


def may_draft(actor: Actor, kind: AgreementKind | None = None) -> bool:
    """Whether the actor drafts agreements for its organisation (起草)."""
    if actor.is_system:
        return True
    roles = {*WRITING_ROLES, *(kind.drafters if kind else ())}
    return actor.organisation_id is not None and actor.has_role(*roles)


def require_drafter(actor: Actor, kind: AgreementKind, *, organiser_id: int) -> None:
    if actor.is_system:
        return
    if not may_draft(actor, kind):
        raise NotAllowed(f"起草“{kind.label}”由单位管理员或经办人办理。请联系贵单位的管理员。")
    if organiser_id != actor.organisation_id:
        raise NotAllowed("只能以本单位的名义起草协议。请切换到发起单位再办理。")


def is_organiser(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor acts for the organisation that organises the agreement (发起单位)."""
    return actor.is_system or (
        actor.organisation_id == agreement.organiser_id and actor.has_role(*WRITING_ROLES)
    )


def may_edit(actor: Actor, agreement: Agreement, kind: AgreementKind) -> bool:
    """Whether the actor changes the draft."""
    own = actor.organisation_id == agreement.organiser_id and may_draft(actor, kind)
    return actor.is_system or own


def require_editor(actor: Actor, agreement: Agreement, kind: AgreementKind) -> None:
    if not may_edit(actor, agreement, kind):
        raise NotAllowed("这一步由发起单位办理。请联系协议的发起单位。")


def may_change_life(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor speaks for a party that is an organisation (协议单位的经办人)."""
    if is_organiser(actor, agreement):
        return True
    return (
        actor.organisation_id is not None
        and actor.has_role(*WRITING_ROLES)
        and agreement.parties.filter(organisation_id=actor.organisation_id).exists()
    )


def require_party(actor: Actor, agreement: Agreement) -> None:
    if not may_change_life(actor, agreement):
        raise NotAllowed(
            "修订、中止和解除由协议各方单位的管理员或经办人办理。请联系贵单位的管理员。"
        )


register_action_labels(
    {
        "agreements.agreement.drafted": "起草协议",
        "agreements.agreement.revised": "修改协议草稿",
        "agreements.agreement.reopened": "重新起草协议",
        "agreements.agreement.withdrawn": "撤回协议",
        "agreements.agreement.suspended": "中止协议",
        "agreements.agreement.resumed": "恢复协议",
        "agreements.agreement.terminated": "解除协议",
        "agreements.agreement.ended": "协议到期终止",
        "agreements.version.proposed": "提出协议修订",
        "agreements.version.withdrawn": "撤回协议修订",
        "agreements.agreement.termination_set": "约定协议解除日",
        "agreements.kind.saved": "修改协议类别草稿",
        "agreements.kind.published": "发布协议类别",
        "agreements.kind.closed": "停用协议类别",
        "agreements.kind.opened": "恢复协议类别",
    }
)
