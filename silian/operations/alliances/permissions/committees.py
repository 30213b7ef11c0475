"""Who may see and run guidance committees, and who answers their opinions."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.committees import OpinionState
from silian.operations.alliances.models.committees import (
    Committee,
    CommitteeMeeting,
    CommitteeMember,
    IndustryPlan,
    IndustryPlanItem,
)
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer
from silian.operations.alliances.permissions.groups import (
    INSIDERS,
    STAFF,
    is_coordinator,
    is_official,
)
from silian.registers.organisations.choices import OrganisationKind, Role

HOST_ROLES = (*STAFF, Role.COORDINATOR, Role.REVIEWER)


def may_found_committee(actor: Actor) -> bool:
    """The coordinating department sets up committees and names their hosts."""
    return is_coordinator(actor)


def may_keep_committee(actor: Actor, committee: Committee) -> bool:
    """Whether the actor keeps the committee's record: its host, or the coordinating department."""
    hosts = actor.has_role(*HOST_ROLES) and actor.organisation_id == committee.host_id
    return hosts or (is_coordinator(actor) and actor.covers(committee.division_id))


def require_committee_keeper(actor: Actor, committee: Committee) -> None:
    if not may_keep_committee(actor, committee):
        raise NotAllowed(
            f"这一步由主持单位{committee.host.display_name}或本地区牵头部门办理，请联系他们。"
        )


def require_committee_founder(actor: Actor, *, division: str) -> None:
    if not (may_found_committee(actor) and actor.covers(division)):
        raise NotAllowed("委员会由本地区牵头部门统筹人员设立和撤销，请联系牵头部门。")


def may_read_committees(actor: Actor) -> bool:
    return is_official(actor) or (actor.organisation_id is not None and actor.has_role(*INSIDERS))


def public_committees() -> QuerySet[Committee]:
    """Every committee is public; those dissolved stay readable."""
    return Committee.objects.all()


def concerning(actor: Actor) -> Q:
    """Committees of the official's region, and those that one's unit hosts or sits in."""
    seen = Q(pk__in=[])
    if is_official(actor):
        seen |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    if actor.organisation_id and actor.has_role(*INSIDERS, *HOST_ROLES):
        sits = CommitteeMember.objects.filter(organisation_id=actor.organisation_id)
        asked = OpinionAnswer.objects.filter(school_id=actor.organisation_id)
        seen |= Q(host_id=actor.organisation_id) | Q(pk__in=sits.values("committee_id"))
        seen |= Q(pk__in=asked.values("opinion__committee_id"))
    return seen


def committees_visible_to(actor: Actor) -> QuerySet[Committee]:
    return Committee.objects.filter(concerning(actor))


def committees_kept_by(actor: Actor) -> QuerySet[Committee]:
    """The committees whose record the actor keeps."""
    kept = Q(pk__in=[])
    if is_coordinator(actor):
        kept |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    if actor.organisation_id and actor.has_role(*HOST_ROLES):
        kept |= Q(host_id=actor.organisation_id)
    return Committee.objects.filter(kept)


def committee_members_kept_by(actor: Actor) -> QuerySet[CommitteeMember]:
    return CommitteeMember.objects.filter(committee__in=committees_kept_by(actor))


def plans_kept_by(actor: Actor) -> QuerySet[IndustryPlan]:
    return IndustryPlan.objects.filter(committee__in=committees_kept_by(actor))


def plan_items_kept_by(actor: Actor) -> QuerySet[IndustryPlanItem]:
    return IndustryPlanItem.objects.filter(plan__committee__in=committees_kept_by(actor))


def public_opinions() -> QuerySet[CommitteeOpinion]:
    """The opinions that everybody may read: those that were sent."""
    return CommitteeOpinion.objects.filter(state=OpinionState.ISSUED)


def opinions_visible_to(actor: Actor) -> QuerySet[CommitteeOpinion]:
    """Sent opinions for everybody; drafts and withdrawn ones for those who keep the committee."""
    kept = Q(committee__in=committees_kept_by(actor))
    gone = Q(state=OpinionState.WITHDRAWN, committee__in=committees_visible_to(actor))
    return CommitteeOpinion.objects.filter(Q(state=OpinionState.ISSUED) | kept | gone)


def answers_owed_by(actor: Actor) -> QuerySet[OpinionAnswer]:
    """The answers that the actor's school gives."""
    speaks = actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(*STAFF)
    if not speaks:
        return OpinionAnswer.objects.none()
    return OpinionAnswer.objects.filter(
        school_id=actor.organisation_id, opinion__state=OpinionState.ISSUED
    )


def answers_visible_to(actor: Actor) -> QuerySet[OpinionAnswer]:
    """Answers are read by the school, by the committee's keepers, and by the region's officials."""
    seen = Q(opinion__committee__in=committees_visible_to(actor))
    if actor.organisation_id and actor.has_role(*INSIDERS):
        seen |= Q(school_id=actor.organisation_id)
    return OpinionAnswer.objects.filter(seen, opinion__in=opinions_visible_to(actor))


def may_read_committee_file(actor: Actor, file: StoredFile) -> bool:
    return committees_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_minutes(actor: Actor, file: StoredFile) -> bool:
    rows = CommitteeMeeting.objects.filter(committee__in=committees_visible_to(actor))
    return rows.filter(pk=file.object_id).exists()


register_file_readers("alliances.committee", may_read_committee_file)
register_file_readers("alliances.committeemeeting", may_read_minutes)
