"""Who may see and do what in the organisation register."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import ADMINISTRATOR_ROLES, WRITING_ROLES, Role
from silian.registers.organisations.models.document import OrganisationDocument
from silian.registers.organisations.models.membership import Invitation, Membership
from silian.registers.organisations.models.organisation import Organisation, Renaming
from silian.registers.organisations.models.proposal import RoleProposal
from silian.registers.organisations.models.token import ApiToken

VERIFIERS = (Role.REVIEWER, Role.COORDINATOR)
INSIDERS = (*sorted(WRITING_ROLES), Role.READER, Role.REVIEWER)


def in_jurisdiction(actor: Actor, *, field: str = "division__code") -> Q:
    """The rows whose division lies in the actor's jurisdiction."""
    if not actor.jurisdiction:
        return Q(pk__in=[])
    return Q(**{f"{field}__startswith": subtree_prefix(actor.jurisdiction)})


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Verified organisations for everybody; one's own, and for officials those of the region."""
    if actor.is_system or actor.has_role(*ADMINISTRATOR_ROLES):
        return Organisation.objects.all()
    seen = Q(verified_at__isnull=False) | Q(state="verified")
    if actor.organisation_id:
        seen |= Q(pk=actor.organisation_id)
    if actor.has_role(*VERIFIERS):
        seen |= in_jurisdiction(actor)
    return Organisation.objects.filter(seen)


def organisations_supervised_by(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose verification and supervision is the actor's duty (属地管理)."""
    if not actor.has_role(*VERIFIERS):
        return Organisation.objects.none()
    return Organisation.objects.filter(in_jurisdiction(actor)).exclude(
        pk=actor.organisation_id or 0
    )


def renamings_supervised_by(actor: Actor) -> QuerySet[Renaming]:
    """The changes of name that the actor decides."""
    return Renaming.objects.filter(organisation__in=organisations_supervised_by(actor))


def documents_visible_to(actor: Actor) -> QuerySet[OrganisationDocument]:
    """The papers of one's own organisation, and for officials those they must judge."""
    own = (
        Q(organisation_id=actor.organisation_id or 0) if actor.has_role(*INSIDERS) else Q(pk__in=[])
    )
    supervised = Q(organisation__in=organisations_supervised_by(actor))
    return OrganisationDocument.objects.filter(own | supervised)


def members_visible_to(actor: Actor) -> QuerySet[Membership]:
    """The members of one's own organisation; all for the administrators; else one's own rows."""
    if actor.has_role(*ADMINISTRATOR_ROLES):
        return Membership.objects.all()
    seen = Q(user_id=actor.user_id)
    if actor.has_role(*INSIDERS):
        seen |= Q(organisation_id=actor.organisation_id or 0)
    return Membership.objects.filter(seen)


def members_managed_by(actor: Actor) -> QuerySet[Membership]:
    """The memberships that the actor may change."""
    if not actor.has_role(Role.MANAGER):
        return Membership.objects.none()
    return Membership.objects.filter(organisation_id=actor.organisation_id or 0)


def delegations_of(actor: Actor) -> QuerySet[Membership]:
    """The delegations that the actor gave or holds."""
    person = actor.user_id or 0
    return Membership.objects.filter(delegated_from__isnull=False).filter(
        Q(user_id=person) | Q(delegated_from__user_id=person)
    )


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    """The invitations of the organisation that the actor manages."""
    if not actor.has_role(Role.MANAGER):
        return Invitation.objects.none()
    return Invitation.objects.filter(organisation_id=actor.organisation_id or 0)


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of the organisation that the actor manages."""
    if not actor.has_role(Role.MANAGER):
        return ApiToken.objects.none()
    return ApiToken.objects.filter(organisation_id=actor.organisation_id or 0)


def proposals_visible_to(actor: Actor) -> QuerySet[RoleProposal]:
    """Proposed official roles, for the three administrators (三员)."""
    if not actor.has_role(*ADMINISTRATOR_ROLES):
        return RoleProposal.objects.none()
    return RoleProposal.objects.all()


def may_verify(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor judges this organisation: its region is theirs, and it is not their own."""
    return (
        actor.has_role(*VERIFIERS)
        and actor.covers(organisation.division_id)
        and actor.organisation_id != organisation.pk
    )


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor runs this organisation's page and members (单位管理员)."""
    return actor.has_role(Role.MANAGER) and actor.organisation_id == organisation.pk


def may_see_roles(actor: Actor) -> bool:
    """Whether the actor reads who holds which official role."""
    return actor.has_role(*ADMINISTRATOR_ROLES)


def may_propose_roles(actor: Actor) -> bool:
    return actor.has_role(Role.SYSTEM_ADMIN)


def may_confirm_roles(actor: Actor) -> bool:
    return actor.has_role(Role.SECURITY_ADMIN)


def require_verifier(actor: Actor, organisation: Organisation) -> None:
    if not may_verify(actor, organisation):
        raise NotAllowed(
            "只有单位所在区划的审核员或牵头部门可以办理，且不能办理本单位的事项。"
            "请联系属地主管部门。"
        )


def require_manager(actor: Actor, organisation: Organisation) -> None:
    if not may_manage(actor, organisation):
        raise NotAllowed(f"只有“{organisation.name}”的单位管理员可以办理，请联系贵单位的管理员。")


def require_proposer(actor: Actor) -> None:
    if not may_propose_roles(actor):
        raise NotAllowed("政务角色的变更由系统管理员提出，请联系本平台的系统管理员。")


def require_confirmer(actor: Actor) -> None:
    if not may_confirm_roles(actor):
        raise NotAllowed("政务角色的变更由安全管理员复核，请联系本平台的安全管理员。")


def may_read_document_file(actor: Actor, file: StoredFile) -> bool:
    """Whether the actor opens the file of a paper: its own organisation, or who must judge it."""
    return documents_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("organisations.organisationdocument", may_read_document_file)
register_action_labels(
    {
        "organisations.organisation.registered": "登记单位",
        "organisations.organisation.submitted": "提交单位核验",
        "organisations.organisation.verified": "通过单位核验",
        "organisations.organisation.rejected": "退回单位核验",
        "organisations.organisation.renamed": "确认单位更名",
        "organisations.organisation.suspended": "暂停单位",
        "organisations.organisation.resumed": "恢复单位",
        "organisations.organisation.closed": "注销单位",
        "organisations.organisation.merged": "并入其他单位",
        "organisations.organisation.changed": "修改单位资料",
        "organisations.service_profile.changed": "修改服务档案",
        "organisations.renaming.requested": "申请单位更名",
        "organisations.renaming.refused": "不同意单位更名",
        "organisations.document.added": "上传核验材料",
        "organisations.document.removed": "移除核验材料",
        "organisations.join.asked": "申请加入单位",
        "organisations.invitation.made": "邀请成员",
        "organisations.invitation.withdrawn": "撤回成员邀请",
        "organisations.membership.accepted": "接受成员邀请",
        "organisations.membership.role_changed": "调整成员角色",
        "organisations.membership.ended": "移出成员",
        "organisations.membership.left": "退出单位",
        "organisations.delegation.started": "委托代办",
        "organisations.delegation.ended": "结束委托代办",
        "organisations.identity.switched": "切换单位身份",
        "organisations.role.proposed": "提出政务角色变更",
        "organisations.role.confirmed": "复核同意政务角色变更",
        "organisations.role.refused": "复核不同意政务角色变更",
        "organisations.role.first_appointed": "任命首任管理员",
        "organisations.token.created": "新建接口令牌",
        "organisations.token.revoked": "吊销接口令牌",
    }
)
