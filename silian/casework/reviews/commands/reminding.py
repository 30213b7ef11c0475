"""Tell people that their day comes near."""

from __future__ import annotations

import datetime

from django.urls import reverse

from silian.casework.reviews.models import Dossier, Opinion
from silian.casework.reviews.permissions.campaigns import OPINION_ROLES
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import WRITING_ROLES
from silian.registers.organisations.queries.members import user_ids_with_role


def remind_of_opinion(*, opinion: Opinion, on: datetime.date) -> None:
    """Tell the department once that its opinion is due (临期提醒)."""
    dossier = opinion.dossier
    notify(
        user_ids=user_ids_with_role(
            organisation_id=opinion.organisation_id, roles=sorted(OPINION_ROLES), on=on
        ),
        kind=NotificationKind.TASK,
        title=f"意见 {opinion.due_on:%m月%d日} 到期：{dossier.subject_name}",
        detail=f"{dossier.campaign.title}，逾期按“{opinion.get_silence_display()}”处理。",
        url=reverse("reviews:opinion_give", args=[opinion.pk]),
        organisation_id=opinion.organisation_id,
        key=f"reviews-opinion-due-{opinion.pk}",
    )


def remind_of_fix(*, dossier: Dossier, on: datetime.date) -> None:
    """Tell the applicant once that the fix is due (临期提醒)."""
    notify(
        user_ids=user_ids_with_role(
            organisation_id=dossier.applicant_id, roles=sorted(WRITING_ROLES), on=on
        ),
        kind=NotificationKind.TASK,
        title=f"补正 {dossier.due_on:%m月%d日} 到期：{dossier.subject_name}",
        detail=f"{dossier.campaign.title}，逾期未补正的，按已提交的材料审查。",
        url=dossier.get_absolute_url(),
        organisation_id=dossier.applicant_id,
        key=f"reviews-fix-due-{dossier.pk}",
    )


def remind_of_draft(*, dossier: Dossier, on: datetime.date) -> None:
    """Tell the applicant once that the call ends (截止提醒)."""
    notify(
        user_ids=user_ids_with_role(
            organisation_id=dossier.applicant_id, roles=sorted(WRITING_ROLES), on=on
        ),
        kind=NotificationKind.TASK,
        title=f"申报 {dossier.due_on:%m月%d日} 24 时截止：{dossier.subject_name}",
        detail=f"{dossier.campaign.title}，材料还没有提交。",
        url=dossier.get_absolute_url(),
        organisation_id=dossier.applicant_id,
        key=f"reviews-draft-due-{dossier.pk}",
    )
