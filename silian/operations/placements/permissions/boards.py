"""Which board somebody sees: the school's, the host's, the authority's, or none."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.models.bulk import (
    AgreementBatch,
    BulkImport,
    PlacementReminder,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.permissions.internships import (
    STAFF_ROLES,
    internships_visible_to,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.choices import OrganisationKind, Role


class BoardSide(StrEnum):
    """From which side the board is read (看板视角)."""

    SCHOOL = "school"
    HOST = "host"
    AUTHORITY = "authority"


def board_side(actor: Actor) -> BoardSide | None:
    """The board of the actor, if there is one."""
    if is_official(actor):
        return BoardSide.AUTHORITY
    if actor.organisation_id is None or not actor.organisation_verified:
        return None
    if actor.organisation_kind == OrganisationKind.SCHOOL:
        return BoardSide.SCHOOL if actor.has_role(*STAFF_ROLES, Role.TEACHER) else None
    if actor.organisation_kind == OrganisationKind.GOVERNMENT:
        return None
    return BoardSide.HOST if actor.has_role(*STAFF_ROLES, Role.MENTOR) else None


def sees_board(actor: Actor) -> bool:
    return board_side(actor) is not None


def require_board(actor: Actor) -> BoardSide:
    side = board_side(actor)
    if side is None:
        raise NotAllowed(
            "实习安排由学校、实习单位和主管部门的工作人员查看，请联系贵单位管理员授权。"
        )
    return side


def may_chase(actor: Actor) -> bool:
    """Whether the actor reminds others of what is missing (催办)."""
    return is_school_clerk(actor)


def may_import_posts(actor: Actor) -> bool:
    """Whether the actor brings posts in: a host its own, a school on behalf of its hosts."""
    return is_school_clerk(actor) or is_host_clerk(actor)


def require_post_importer(actor: Actor) -> None:
    if not may_import_posts(actor):
        raise NotAllowed("岗位由实习单位或学校的管理员、经办人导入，请联系贵单位管理员授权。")


def board_rows(actor: Actor) -> QuerySet[Internship]:
    """The internships on the actor's board: what they may see, asked in the plainest way.

    Staff of a school or a host read by one column; everybody else by the whole permission.
    """
    if not actor.has_role(*STAFF_ROLES) or is_official(actor):
        return internships_visible_to(actor)
    if actor.organisation_kind == OrganisationKind.SCHOOL:
        return Internship.objects.filter(school_id=actor.organisation_id)
    return Internship.objects.filter(organisation_id=actor.organisation_id or 0).exclude(
        state=InternshipState.PLANNED
    )


def bulk_imports_visible_to(actor: Actor) -> QuerySet[BulkImport]:
    """The files that the actor's own organisation brought in."""
    if not may_import_posts(actor):
        return BulkImport.objects.none()
    return BulkImport.objects.filter(organisation_id=actor.organisation_id or 0)


def agreement_batches_visible_to(actor: Actor) -> QuerySet[AgreementBatch]:
    """The batches of the actor's own school."""
    if not is_school_clerk(actor):
        return AgreementBatch.objects.none()
    return AgreementBatch.objects.filter(school_id=actor.organisation_id)


def reminders_visible_to(actor: Actor) -> QuerySet[PlacementReminder]:
    return PlacementReminder.objects.filter(internship__in=internships_visible_to(actor))


register_action_labels(
    {
        "placements.internship.reminded": "催办实习手续",
        "placements.bulk_import.uploaded": "上传导入文件",
        "placements.bulk_import.finished": "完成批量导入",
        "placements.agreement_batch.started": "批量办协议",
        "placements.agreement_batch.retried": "重办未办成的协议",
        "placements.agreement_batch.finished": "批量办协议完成",
        "placements.register.exported": "导出实习名册",
    }
)
