"""Register income projects and each person's share; confirm; correct."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import files_of, store_upload
from silian.governance.incentives.choices.income import IncomeKind, ProjectState
from silian.governance.incentives.events.income import IncomeChanged
from silian.governance.incentives.gateways.income import least_reward
from silian.governance.incentives.models.income import IncomeProject, IncomeShare
from silian.governance.incentives.permissions.income import (
    income_projects_visible_to,
    require_registrar,
)
from silian.governance.incentives.workflow.income import income_project as steps
from silian.registers.organisations.models import Organisation
from silian.registers.people.queries import people_of_organisation

MOST_FILES = 20


@dataclass(frozen=True, kw_only=True)
class ProjectSaid:
    """What a school says of an income project (收入项目)."""

    year: int
    kind: str
    title: str
    gain: Decimal
    way: str = ""
    agreed: bool = False
    agreement: str = ""


def refuse_unfit(said: ProjectSaid) -> None:
    """A conversion says how; what was agreed says where."""
    if said.kind == IncomeKind.CONVERSION and not said.way:
        raise DomainError("请选择转化方式，奖励下限按它计算。", field="way")
    if said.agreed and not said.agreement.strip():
        raise DomainError("请写明规定或约定的名称和条款。", field="agreement")


@transaction.atomic
def enter_project(*, said: ProjectSaid, actor: Actor) -> IncomeProject:
    """Enter an income project of the own school (登记收入项目)."""
    require_registrar(actor)
    refuse_unfit(said)
    school = Organisation.objects.get(pk=actor.organisation_id or 0)
    row = IncomeProject.objects.create(
        school=school, division_id=school.division_id, entered_by_id=actor.user_id, **vars(said)
    )
    record(actor, "incentives.income.entered", row)
    return row


def locked_project(*, project_id: int, actor: Actor) -> IncomeProject:
    require_registrar(actor)
    rows = income_projects_visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=project_id)


def require_draft(row: IncomeProject) -> None:
    if row.state != ProjectState.DRAFT:
        raise WrongState("这个项目已确认，不能直接修改；个人所得有错的请用“更正”。")


@transaction.atomic
def change_project(*, project_id: int, said: ProjectSaid, actor: Actor) -> IncomeProject:
    """Change a project that is not confirmed (修改)."""
    row = locked_project(project_id=project_id, actor=actor)
    require_draft(row)
    refuse_unfit(said)
    for name, value in vars(said).items():
        setattr(row, name, value)
    row.save()
    record(actor, "incentives.income.changed", row)
    return row


@transaction.atomic
def add_evidence(*, project_id: int, upload: UploadedFile[bytes], actor: Actor) -> IncomeProject:
    """Attach a contract, an award paper or a voucher (上传凭证)."""
    row = locked_project(project_id=project_id, actor=actor)
    if files_of(row).count() >= MOST_FILES:
        raise DomainError(f"凭证最多 {MOST_FILES} 份，请合并后再上传。", field="file")
    store_upload(upload=upload, subject=row, actor=actor)
    record(actor, "incentives.income.evidence_added", row)
    return row


@transaction.atomic
def enter_share(
    *, project_id: int, person_id: int, amount: Decimal, paid_on: datetime.date, actor: Actor,
    today: datetime.date,
) -> IncomeShare:  # fmt: skip
    """Enter what one person of the school gets (登记个人所得)."""
    row = locked_project(project_id=project_id, actor=actor)
    require_draft(row)
    if amount <= 0:
        raise DomainError("金额应大于零。", field="amount")
    if paid_on > today:
        raise DomainError("发放日还没有到。", field="paid_on")
    people = people_of_organisation(actor=actor, on=today)
    if not people.filter(person_id=person_id).exists():
        raise DomainError("请选择本校在册人员。", field="person")
    share = IncomeShare.objects.create(
        project=row, person_id=person_id, amount=amount, paid_on=paid_on,
        entered_by_id=actor.user_id,
    )  # fmt: skip
    record(actor, "incentives.income.share_entered", row, detail={"share": share.pk})
    return share


@transaction.atomic
def drop_share(*, project_id: int, share_id: int, actor: Actor) -> None:
    """Take a share away while the project is not confirmed (删除)."""
    row = locked_project(project_id=project_id, actor=actor)
    require_draft(row)
    row.shares.get(pk=share_id).delete()
    record(actor, "incentives.income.share_dropped", row, detail={"share": share_id})


@transaction.atomic
def confirm_project(*, project_id: int, actor: Actor, now: datetime.datetime) -> IncomeProject:
    """Confirm a project: from now on it counts and stays; the lower bound is kept (确认)."""
    row = locked_project(project_id=project_id, actor=actor)
    shares = row.shares.filter(replaced_at__isnull=True)
    paid = shares.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    row.state = steps.target(
        "confirm", state=ProjectState(row.state), shares=shares.count(),
        files=files_of(row).count(), paid=paid, gain=row.gain, kind=row.kind,
    )  # fmt: skip
    row.confirmed_at = now
    keep_check(row, paid=paid)
    row.save()
    record(actor, "incentives.income.confirm", row)
    publish(IncomeChanged(project_id=row.pk))
    return row


def keep_check(row: IncomeProject, *, paid: Decimal) -> None:
    """The lower bound as it stands, only where nothing was agreed; it warns and never stops."""
    row.least_reward, row.verdict, row.clause = None, "", ""
    if row.kind != IncomeKind.CONVERSION or row.agreed:
        return
    found = least_reward(
        way=row.way, gain=row.gain, reward=paid, division=row.division_id,
        on=datetime.date(row.year, 12, 31),
    )  # fmt: skip
    if found:
        row.least_reward, row.verdict, row.clause = found.least, found.word, found.clause


@transaction.atomic
def correct_share(
    *, share_id: int, amount: Decimal, reason: str, actor: Actor, now: datetime.datetime
) -> IncomeShare:
    """Put another sum in the place of a wrong one; zero withdraws it (更正个人所得)."""
    require_registrar(actor)
    rows = IncomeShare.objects.filter(project__in=income_projects_visible_to(actor))
    wrong = (
        rows.select_related("project").select_for_update(of=("self", "project")).get(pk=share_id)
    )
    if wrong.project.state != ProjectState.CONFIRMED:
        raise WrongState("项目还没有确认，请直接删除重填。")
    if wrong.replaced_at is not None:
        raise WrongState("这笔已经更正过，请更正最新的一笔。")
    if amount < 0:
        raise DomainError("金额不能小于零；撤销填 0。", field="amount")
    if not reason.strip():
        raise DomainError("请写明更正的理由，本人看得到。", field="reason")
    wrong.replaced_at = now
    wrong.save(update_fields=["replaced_at"])
    share = IncomeShare.objects.create(
        project=wrong.project, person_id=wrong.person_id, paid_on=wrong.paid_on, amount=amount,
        corrects=wrong, reason=reason.strip()[:200], entered_by_id=actor.user_id,
    )  # fmt: skip
    keep_check_again(wrong.project)
    record(actor, "incentives.income.share_corrected", wrong.project, reason=reason)
    publish(IncomeChanged(project_id=wrong.project_id))
    return share


def keep_check_again(row: IncomeProject) -> None:
    paid = row.shares.filter(replaced_at__isnull=True).aggregate(sum=Sum("amount"))["sum"]
    keep_check(row, paid=paid or Decimal(0))
    row.save(update_fields=["least_reward", "verdict", "clause"])
