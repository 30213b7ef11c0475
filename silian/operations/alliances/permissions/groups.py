"""Who may see and run education groups, alliances and consortia."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.contributions import ContributionState
from silian.operations.alliances.choices.groups import PUBLIC_GROUP_STATES, MemberState
from silian.operations.alliances.models.consortia import (
    ConsortiumReport,
    GroupListEdition,
    RemovalProposal,
)
from silian.operations.alliances.models.contributions import (
    AnnualAssessment,
    Contribution,
    JointTarget,
)
from silian.operations.alliances.models.groups import (
    AllianceGroup,
    CouncilPost,
    GroupDesignation,
    GroupMember,
)
from silian.operations.alliances.rules.contributions import confirmers
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role

STAFF = (Role.MANAGER, Role.AGENT)
INSIDERS = (*STAFF, Role.READER)
LEADING_KINDS = frozenset(OrganisationKind) - {
    OrganisationKind.EVALUATOR,
    OrganisationKind.FINANCE,
}


def is_official(actor: Actor) -> bool:
    """Whether the actor watches over the groups of a region (主管部门)."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def is_coordinator(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def speaks_for_unit(actor: Actor) -> bool:
    """Whether the actor acts for a verified organisation (单位经办人员)."""
    return actor.organisation_verified and actor.has_role(*STAFF)


def acting_unit(actor: Actor) -> int:
    """The organisation for which the actor acts; who acts for none is refused."""
    if actor.organisation_id is None:
        raise NotAllowed("请先在右上角选择您代表的单位。")
    return actor.organisation_id


def may_read_groups(actor: Actor) -> bool:
    return is_official(actor) or (actor.organisation_id is not None and actor.has_role(*INSIDERS))


def may_register_group(actor: Actor) -> bool:
    """The coordinating department registers a group, or the unit that will lead it."""
    leads = speaks_for_unit(actor) and actor.organisation_kind in LEADING_KINDS
    return is_coordinator(actor) or leads


def may_steer(actor: Actor, group: AllianceGroup) -> bool:
    """Whether the actor decides over the group: the coordinating department of its region."""
    return is_coordinator(actor) and actor.covers(group.division_id)


def may_lead(actor: Actor, group: AllianceGroup) -> bool:
    """Whether the actor runs the group: staff of its lead unit (牵头单位)."""
    return actor.has_role(*STAFF) and actor.organisation_id == group.lead_id


def may_keep(actor: Actor, group: AllianceGroup) -> bool:
    return may_lead(actor, group) or may_steer(actor, group)


def require_keeper(actor: Actor, group: AllianceGroup) -> None:
    if not may_keep(actor, group):
        raise NotAllowed("这一步由牵头单位或本地区牵头部门统筹人员办理，请联系他们。")


def require_leader(actor: Actor, group: AllianceGroup) -> None:
    if not may_lead(actor, group):
        raise NotAllowed(f"这一步由牵头单位{group.lead.display_name}办理，请联系牵头单位。")


def require_steerer(actor: Actor, group: AllianceGroup) -> None:
    if not may_steer(actor, group):
        raise NotAllowed("这一步由本地区牵头部门统筹人员办理，请联系牵头部门。")


def of_region(actor: Actor) -> Q:
    if not is_official(actor):
        return Q(pk__in=[])
    return Q(division__code__startswith=subtree_prefix(actor.jurisdiction))


def of_unit(actor: Actor, *states: str) -> Q:
    """The groups that the actor's unit leads, or stands to in one of the states."""
    if not actor.has_role(*INSIDERS) or actor.organisation_id is None:
        return Q(pk__in=[])
    rows = GroupMember.objects.filter(organisation_id=actor.organisation_id, state__in=states)
    return Q(lead_id=actor.organisation_id) | Q(pk__in=rows.values("group_id"))


def public_groups() -> QuerySet[AllianceGroup]:
    """The groups that everybody may read about: those that have begun."""
    return AllianceGroup.objects.filter(
        state__in=sorted(PUBLIC_GROUP_STATES), started_on__isnull=False
    )


def groups_visible_to(actor: Actor) -> QuerySet[AllianceGroup]:
    """The groups of the official's region, and those that concern the actor's unit."""
    return AllianceGroup.objects.filter(of_region(actor) | of_unit(actor, *MemberState.values))


def groups_joined_by(actor: Actor) -> QuerySet[AllianceGroup]:
    """The groups whose ledger the actor reads: officials, the lead unit, members past and present.

    An applicant or an invited unit reads no ledger yet.
    """
    states = (MemberState.ACTIVE, MemberState.LEFT)
    return AllianceGroup.objects.filter(of_region(actor) | of_unit(actor, *states))


def groups_open_to(actor: Actor) -> QuerySet[AllianceGroup]:
    """The running groups that the actor's unit could apply to."""
    if not speaks_for_unit(actor):
        return AllianceGroup.objects.none()
    from_outside = ~Q(lead_id=acting_unit(actor)) & ~Q(
        pk__in=GroupMember.objects.filter(
            organisation_id=acting_unit(actor),
            state__in=(MemberState.APPLIED, MemberState.INVITED, MemberState.ACTIVE),
        ).values("group_id")
    )
    return public_groups().filter(from_outside, dissolved_on__isnull=True)


def members_visible_to(actor: Actor) -> QuerySet[GroupMember]:
    """The members of joined groups, and one's own places anywhere."""
    own = Q(organisation_id=actor.organisation_id or 0)
    if not actor.has_role(*INSIDERS):
        own = Q(pk__in=[])
    return GroupMember.objects.filter(Q(group__in=groups_joined_by(actor)) | own)


def council_visible_to(actor: Actor) -> QuerySet[CouncilPost]:
    return CouncilPost.objects.filter(group__in=groups_joined_by(actor))


def designations_visible_to(actor: Actor) -> QuerySet[GroupDesignation]:
    return GroupDesignation.objects.filter(group__in=groups_visible_to(actor))


def targets_visible_to(actor: Actor) -> QuerySet[JointTarget]:
    return JointTarget.objects.filter(group__in=groups_joined_by(actor))


def contributions_visible_to(actor: Actor) -> QuerySet[Contribution]:
    """The ledgers of joined groups, and what is said of one's own unit."""
    seen = Q(group__in=groups_joined_by(actor))
    if actor.has_role(*INSIDERS) and actor.organisation_id:
        seen |= Q(contributor_id=actor.organisation_id) | Q(receiver_id=actor.organisation_id)
    return Contribution.objects.filter(seen)


def may_decide_contribution(actor: Actor, row: Contribution) -> bool:
    """Whether the actor's unit is the one to confirm or refuse; never the one that wrote it."""
    if row.state != ContributionState.RECORDED or not actor.has_role(*STAFF):
        return False
    return actor.organisation_id in confirmers(
        recorded_by=row.recorded_by_id,
        contributor=row.contributor_id,
        receiver=row.receiver_id,
        lead=row.group.lead_id,
    )


def assessments_visible_to(actor: Actor) -> QuerySet[AnnualAssessment]:
    return AnnualAssessment.objects.filter(group__in=groups_joined_by(actor))


def reports_visible_to(actor: Actor) -> QuerySet[ConsortiumReport]:
    return ConsortiumReport.objects.filter(group__in=groups_joined_by(actor))


def removals_visible_to(actor: Actor) -> QuerySet[RemovalProposal]:
    return RemovalProposal.objects.filter(group__in=groups_joined_by(actor))


def lists_visible_to(actor: Actor) -> QuerySet[GroupListEdition]:
    """Every version for those in the group; published ones are public besides."""
    return GroupListEdition.objects.filter(group__in=groups_joined_by(actor))


def may_read_group_file(actor: Actor, file: StoredFile) -> bool:
    """The charter and evidence of a group, for those who are in it and the region's officials."""
    return groups_joined_by(actor).filter(pk=file.object_id).exists()


def may_read_report_file(actor: Actor, file: StoredFile) -> bool:
    return reports_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_contribution_file(actor: Actor, file: StoredFile) -> bool:
    return contributions_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_note_file(actor: Actor, file: StoredFile) -> bool:
    return targets_visible_to(actor).filter(notes__pk=file.object_id).exists()


register_file_readers("alliances.alliancegroup", may_read_group_file)
register_file_readers("alliances.consortiumreport", may_read_report_file)
register_file_readers("alliances.contribution", may_read_contribution_file)
register_file_readers("alliances.targetnote", may_read_note_file)
