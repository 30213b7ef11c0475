"""Who may see and do what in supervision."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.policy_tasks.models.supervision import (
    CheckItem,
    SupervisionRound,
    SupervisionVisit,
)
from silian.governance.policy_tasks.models.supervision_findings import (
    Accountability,
    FindingAnswer,
    SupervisionFinding,
)
from silian.governance.policy_tasks.models.supervision_scores import ScoreScheme, ScoreSheet
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.permissions.supervision_scope import (
    may_supervise,
    own_unit,
    reads_jurisdiction,
    within,
)
from silian.governance.policy_tasks.permissions.targets import targets_visible_to
from silian.governance.policy_tasks.permissions.tasks import tasks_visible_to
from silian.registers.policies.models import PolicyBody


def rounds_visible_to(actor: Actor) -> QuerySet[SupervisionRound]:
    """The rounds of the jurisdiction, for those who oversee it."""
    if not reads_jurisdiction(actor):
        return SupervisionRound.objects.none()
    return SupervisionRound.objects.filter(within(actor))


def findings_visible_to(actor: Actor) -> QuerySet[SupervisionFinding]:
    """Orders of the jurisdiction and to its bodies for overseers; for a department its own."""
    seen = own_unit(actor)
    if reads_jurisdiction(actor):
        seen |= within(actor) | within(actor, field="body__division__code")
    return SupervisionFinding.objects.filter(seen)


def answers_visible_to(actor: Actor) -> QuerySet[FindingAnswer]:
    return FindingAnswer.objects.filter(finding__in=findings_visible_to(actor))


def accountability_visible_to(actor: Actor) -> QuerySet[Accountability]:
    """Records of the jurisdiction for overseers; for a department its own."""
    seen = own_unit(actor)
    if reads_jurisdiction(actor):
        seen |= within(actor) | within(actor, field="body__division__code")
    return Accountability.objects.filter(seen)


def schemes_visible_to(actor: Actor) -> QuerySet[ScoreScheme]:
    if not reads_jurisdiction(actor):
        return ScoreScheme.objects.none()
    return ScoreScheme.objects.filter(within(actor))


def sheets_visible_to(actor: Actor) -> QuerySet[ScoreSheet]:
    if not reads_jurisdiction(actor):
        return ScoreSheet.objects.none()
    return ScoreSheet.objects.filter(within(actor))


def tasks_inspected_by(actor: Actor) -> QuerySet[PolicyTask]:
    """The assigned tasks on which the actor may issue an order; drafts stay with their unit."""
    if not may_supervise(actor):
        return PolicyTask.objects.none()
    return tasks_visible_to(actor).filter(within(actor), assigned_at__isnull=False)


def targets_inspected_by(actor: Actor) -> QuerySet[Target]:
    if not may_supervise(actor):
        return Target.objects.none()
    return targets_visible_to(actor).filter(within(actor))


def bodies_within(actor: Actor) -> QuerySet[PolicyBody]:
    """The named bodies of the jurisdiction that still have their duties."""
    return PolicyBody.objects.filter(within(actor), is_generic=False, successor__isnull=True)


def takes_part_in_supervision(actor: Actor) -> bool:
    """Whether the pages of supervision concern the actor: overseers, and departments."""
    return reads_jurisdiction(actor) or findings_visible_to(actor).exists()


def may_read_finding_file(actor: Actor, file: StoredFile) -> bool:
    return findings_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_answer_file(actor: Actor, file: StoredFile) -> bool:
    return answers_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_visit_file(actor: Actor, file: StoredFile) -> bool:
    rows = SupervisionVisit.objects.filter(round__in=rounds_visible_to(actor))
    return rows.filter(pk=int(file.object_id)).exists()


def may_read_check_file(actor: Actor, file: StoredFile) -> bool:
    rows = CheckItem.objects.filter(round__in=rounds_visible_to(actor))
    return rows.filter(pk=int(file.object_id)).exists()


def may_read_accountability_file(actor: Actor, file: StoredFile) -> bool:
    return accountability_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("policy_tasks.supervisionfinding", may_read_finding_file)
register_file_readers("policy_tasks.findinganswer", may_read_answer_file)
register_file_readers("policy_tasks.supervisionvisit", may_read_visit_file)
register_file_readers("policy_tasks.checkitem", may_read_check_file)
register_file_readers("policy_tasks.accountability", may_read_accountability_file)
register_action_labels(
    {
        "policy_tasks.supervision_round.planned": "制定督查批次",
        "policy_tasks.supervision_round.changed": "修改督查批次",
        "policy_tasks.supervision_round.filled": "列入督查清单",
        "policy_tasks.supervision_round.started": "开始督查",
        "policy_tasks.supervision_round.closed": "结束督查",
        "policy_tasks.supervision_round.cancelled": "取消督查",
        "policy_tasks.check_item.checked": "登记核查结果",
        "policy_tasks.check_item.removed": "移出督查清单",
        "policy_tasks.supervision_visit.made": "登记督查走访",
        "policy_tasks.finding.issued": "签发督办单",
        "policy_tasks.finding.received": "签收督办单",
        "policy_tasks.finding.answered": "答复督办单",
        "policy_tasks.finding.returned": "退回整改答复",
        "policy_tasks.finding.closed": "认可整改并办结",
        "policy_tasks.finding.cancelled": "撤销督办单",
        "policy_tasks.finding.reminded": "提醒督办期限",
        "policy_tasks.finding.escalated": "逾期督办上报",
        "policy_tasks.accountability.recorded": "登记问责",
        "policy_tasks.accountability.replied": "提交申辩",
        "policy_tasks.accountability.upheld": "维持问责",
        "policy_tasks.accountability.revoked": "撤销问责",
        "policy_tasks.score_scheme.entered": "录入督查评分办法",
        "policy_tasks.score_sheet.fixed": "固定督查评分",
    }
)
