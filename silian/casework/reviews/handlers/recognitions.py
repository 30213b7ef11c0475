"""Tell holders and authorities what happened to a status and its duties."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.recognitions import (
    ENDED_STATES,
    DutyState,
    RecognitionState,
    RemovalState,
)
from silian.casework.reviews.commands.reminders import HOLDERS
from silian.casework.reviews.events.duties import DutyChecked, DutySubmitted, RemovalMoved
from silian.casework.reviews.events.recognitions import DutyMissed, RecognitionChanged
from silian.casework.reviews.models import Duty, Recognition, Removal
from silian.casework.reviews.permissions.recognitions import KEEPER_ROLES
from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import user_ids_with_role

REMEDY = "对这一决定不服的，可以依法申请行政复议，或者提起行政诉讼。"


def holder_ids(recognition: Recognition) -> list[int]:
    return user_ids_with_role(
        organisation_id=recognition.holder_id, roles=HOLDERS, on=timezone.localdate()
    )


def keeper_ids(recognition: Recognition) -> list[int]:
    return user_ids_with_role(
        organisation_id=recognition.scheme.owner_id,
        roles=sorted(KEEPER_ROLES),
        on=timezone.localdate(),
    )


def tell(
    users: Iterable[int], *, title: str, detail: str, url: str, key: str, decided: bool = False
) -> None:
    kind = NotificationKind.REVIEW if decided else NotificationKind.TASK
    notify(user_ids=users, kind=kind, title=title, detail=detail, url=url, key=key)


@subscribe(RecognitionChanged)
def tell_change(event: RecognitionChanged) -> None:
    """The holder reads what was done, why, and what may be done against it."""
    row = Recognition.objects.select_related("scheme").get(pk=event.recognition_id)
    act = row.acts.latest("pk")
    words = f"{act.effective_on:%Y-%m-%d} 起{row.get_state_display()}。理由：{act.reason}"
    if act.cure_by:
        words += f" 请在 {act.cure_by:%Y-%m-%d} 前整改：{act.cure}"
    is_ended = row.state in ENDED_STATES and row.state != RecognitionState.WITHDRAWN
    tell(
        holder_ids(row),
        title=f"{row.scheme.title}：{act.get_kind_display()}",
        detail=words + (REMEDY if is_ended else ""),
        url=row.get_absolute_url(),
        key=f"reviews-act-{act.pk}",
        decided=True,
    )


@subscribe(DutySubmitted)
def tell_submitted(event: DutySubmitted) -> None:
    duty = Duty.objects.select_related("recognition__scheme").get(pk=event.duty_id)
    tell(
        keeper_ids(duty.recognition),
        title=f"请审查：{duty.title}",
        detail=f"{duty.recognition.subject_name}，{duty.recognition.scheme.title}",
        url=reverse("reviews:duty_detail", args=[duty.pk]),
        key=f"reviews-duty-{duty.pk}-in-{duty.submitted_at}",
    )


@subscribe(DutyChecked)
def tell_checked(event: DutyChecked) -> None:
    duty = Duty.objects.select_related("recognition").get(pk=event.duty_id)
    is_back = duty.state == DutyState.RETURNED
    tell(
        holder_ids(duty.recognition),
        title=f"{'退回补充' if is_back else '审查通过'}：{duty.title}",
        detail=duty.return_reason if is_back else "",
        url=reverse("reviews:duty_detail", args=[duty.pk]),
        key=f"reviews-duty-{duty.pk}-{duty.state}-{duty.checked_at}",
        decided=True,
    )


@subscribe(DutyMissed)
def tell_missed(event: DutyMissed) -> None:
    duty = Duty.objects.select_related("recognition__scheme").get(pk=event.duty_id)
    row = duty.recognition
    url = reverse("reviews:duty_detail", args=[duty.pk])
    tell(
        holder_ids(row),
        title=f"认定为未完成：{duty.title}",
        detail="请尽快补交；主管部门可能作出警示。",
        url=url,
        key=f"reviews-duty-{duty.pk}-missed",
    )
    tell(
        keeper_ids(row),
        title=f"义务未完成，建议警示：{row.subject_name}",
        detail=duty.title,
        url=row.get_absolute_url(),
        key=f"reviews-duty-{duty.pk}-missed-keeper",
    )


@subscribe(RemovalMoved)
def tell_removal(event: RemovalMoved) -> None:
    removal = Removal.objects.select_related("recognition__scheme").get(pk=event.removal_id)
    row = removal.recognition
    to_keepers = event.state in (RemovalState.SUGGESTED, RemovalState.REPLIED)
    titles = {
        RemovalState.SUGGESTED: f"建议取消认定，请核实：{row.subject_name}",
        RemovalState.NOTICED: f"拟取消“{row.scheme.title}”认定，请陈述意见",
        RemovalState.REPLIED: f"已收到陈述，请另一位人员决定：{row.subject_name}",
        RemovalState.UPHELD: f"决定取消“{row.scheme.title}”认定",
        RemovalState.DROPPED: f"决定不予取消“{row.scheme.title}”认定",
    }
    if removal.noticed_at is None and event.state == RemovalState.DROPPED:
        return  # a suggestion that was never told to the holder
    until = f"请在 {removal.reply_by:%Y-%m-%d} 前陈述。" if removal.reply_by else ""
    detail = until if event.state == RemovalState.NOTICED else removal.decision or removal.facts
    tell(
        keeper_ids(row) if to_keepers else holder_ids(row),
        title=titles[RemovalState(event.state)],
        detail=detail + (REMEDY if event.state == RemovalState.UPHELD else ""),
        url=removal.get_absolute_url(),
        key=f"reviews-removal-{removal.pk}-{event.state}",
        decided=not to_keepers,
    )
