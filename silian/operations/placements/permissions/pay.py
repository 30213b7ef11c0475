"""Who sees and writes the pay of interns."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.pay import PayAlarm, PayRecord, PaySheet, StudentAccount
from silian.operations.placements.permissions.internships import (
    CLERK_ROLES,
    STAFF_ROLES,
    internships_visible_to,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.choices import Role
from silian.registers.people.models import Person


def paid_internships_visible_to(actor: Actor) -> QuerySet[Internship]:
    """Internships whose pay the actor sees: not a mentor's, who only teaches."""
    seen = internships_visible_to(actor)
    if actor.is_system or actor.has_role(*STAFF_ROLES) or not actor.has_role(Role.MENTOR):
        return seen
    own = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    return seen.filter(own)


def pay_records_visible_to(actor: Actor) -> QuerySet[PayRecord]:
    return PayRecord.objects.filter(internship__in=paid_internships_visible_to(actor))


def pay_alarms_visible_to(actor: Actor) -> QuerySet[PayAlarm]:
    return PayAlarm.objects.filter(internship__in=paid_internships_visible_to(actor))


def pay_sheets_visible_to(actor: Actor) -> QuerySet[PaySheet]:
    """The sheets that the actor's own organisation uploaded."""
    if not is_host_clerk(actor):
        return PaySheet.objects.none()
    return PaySheet.objects.filter(organisation_id=actor.organisation_id or 0)


def accounts_visible_to(actor: Actor) -> QuerySet[StudentAccount]:
    """One's own and one's wards' accounts, and for a school's clerks those of its interns."""
    if not actor.is_authenticated:
        return StudentAccount.objects.none()
    seen = Q(person__user_id=actor.user_id) | Q(person__guardian__user_id=actor.user_id)
    if is_school_clerk(actor):
        seen |= Q(person__internships__school_id=actor.organisation_id)
    return StudentAccount.objects.filter(seen).distinct()


def reads_pay(actor: Actor) -> bool:
    """Whether pay is part of the actor's work (报酬查看)."""
    if is_official(actor):
        return True
    return actor.organisation_id is not None and actor.has_role(*STAFF_ROLES, Role.TEACHER)


def states_pay(actor: Actor, record: PayRecord) -> bool:
    """Whether the actor says for the host what was paid."""
    return is_host_clerk(actor) and record.internship.organisation_id == actor.organisation_id


def is_paid_student(actor: Actor, person: Person) -> bool:
    guardian = person.guardian.user_id if person.guardian else None
    return actor.user_id is not None and actor.user_id in (person.user_id, guardian)


def may_enter_account(actor: Actor, person: Person) -> bool:
    """The student, the guardian, or a clerk of the student's school."""
    if is_paid_student(actor, person):
        return True
    return (
        is_school_clerk(actor)
        and Internship.objects.filter(person_id=person.pk, school_id=actor.organisation_id).exists()
    )


def require_host_of(actor: Actor, record: PayRecord) -> None:
    if not states_pay(actor, record):
        raise NotAllowed("报酬由实习单位的管理员或经办人填报。")


def require_student_of(actor: Actor, record: PayRecord) -> None:
    if not is_paid_student(actor, record.internship.person):
        raise NotAllowed("到账情况由学生本人或监护人核对，其他人不能代办。")


def require_host_clerk(actor: Actor) -> None:
    if not is_host_clerk(actor):
        raise NotAllowed("发放表由已核验实习单位的管理员或经办人上传。")


def may_send_letters(actor: Actor) -> bool:
    """Schools and authorities ask hosts for pay that is owed (发催付函)."""
    return is_official(actor) or is_school_clerk(actor)


def may_read_pay_file(actor: Actor, file: StoredFile) -> bool:
    """Proofs that a student gave: for those who read the pay, but never for the host."""
    record = pay_records_visible_to(actor).filter(pk=file.object_id).select_related("internship")
    found = record.first()
    if found is None:
        return False
    is_host = found.internship.organisation_id == actor.organisation_id
    return not (is_host and actor.has_role(*CLERK_ROLES, Role.READER))


register_file_readers("placements.payrecord", may_read_pay_file)
register_action_labels(
    {
        "placements.account.opened": "登记报酬账户",
        "placements.account.closed": "停用报酬账户",
        "placements.account.revealed": "查看完整报酬账号",
        "placements.pay_month.opened": "建立月度报酬账",
        "placements.payment.stated": "填报报酬到账",
        "placements.payment.returned": "登记报酬退回",
        "placements.pay.confirmed": "学生确认到账",
        "placements.pay.contradicted": "学生反映报酬不符",
        "placements.pay_alarm.raised": "报酬预警",
        "placements.pay_alarm.closed": "解除报酬预警",
        "placements.pay_alarm.escalated": "报酬预警报主管部门",
        "placements.pay_sheet.uploaded": "上传报酬发放表",
        "placements.pay_sheet.taken": "报酬发放表入账",
        "placements.pay_sheet.dropped": "放弃报酬发放表",
        "placements.evidence.exported": "导出实习支出备查材料",
    }
)
