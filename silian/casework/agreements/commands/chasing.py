"""Remind those who have not signed: by hand, in bulk, never twice a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from silian.casework.agreements.choices import SignatureState, VersionState
from silian.casework.agreements.models import Signature
from silian.casework.agreements.permissions.signing import is_sender
from silian.casework.agreements.queries.signatories import signatory_user_ids
from silian.casework.agreements.queries.signing import RELATED, with_turn
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record_each
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


@dataclass(frozen=True, kw_only=True)
class Chased:
    """What a round of reminders came to (催签结果): who has no account needs a link."""

    reminded: int
    reminded_today: int
    not_their_turn: int
    closed: int
    without_account: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The result in one line."""
        parts = [f"已催 {self.reminded} 方"]
        for count, words in (
            (self.reminded_today, "今天已催过"),
            (self.not_their_turn, "还没轮到"),
            (self.closed, "已办理"),
            (len(self.without_account), "没有账号，请发签署链接"),
        ):
            if count:
                parts.append(f"{count} 方{words}")
        return "，".join(parts) + "。"


@transaction.atomic
def remind_many(*, signature_ids: Sequence[int], actor: Actor, now: datetime.datetime) -> Chased:
    """Remind each of the signatories whose turn it is, once a day at most (批量催签)."""
    locked = list(
        Signature.objects.select_for_update(of=("self",))
        .filter(pk__in=list(signature_ids))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    rows = list(
        with_turn(Signature.objects.filter(pk__in=locked)).select_related(*RELATED).order_by("pk")
    )
    if any(not is_sender(actor, row.version.agreement) for row in rows):
        raise NotAllowed("只能催签贵单位发起的协议。")
    groups = sorted_by_what_happens(rows, today=timezone.localdate(now))
    users = signatory_user_ids(signatures=groups["remind"], on=timezone.localdate(now))
    reached = [row for row in groups["remind"] if users[row.pk]]
    tell(reached, users=users, now=now)
    for row in reached:
        row.reminded_at = now
    Signature.objects.bulk_update(reached, ["reminded_at"], batch_size=500)
    record_each(actor, "agreements.signature.reminded", reached)
    return Chased(
        reminded=len(reached),
        reminded_today=len(groups["today"]),
        not_their_turn=len(groups["later"]),
        closed=len(groups["closed"]),
        without_account=tuple(row.pk for row in groups["remind"] if not users[row.pk]),
    )


def sorted_by_what_happens(
    rows: Sequence[Signature], *, today: datetime.date
) -> dict[str, list[Signature]]:
    """Which are reminded, and why the others are not."""
    groups: dict[str, list[Signature]] = {"remind": [], "today": [], "later": [], "closed": []}
    for row in rows:
        groups[what_happens(row, today=today)].append(row)
    return groups


def what_happens(row: Signature, *, today: datetime.date) -> str:
    if row.state != SignatureState.WAITING or row.version.state != VersionState.SIGNING:
        return "closed"
    if row.is_waiting_for_others:  # type: ignore[attr-defined]
        return "later"
    told = row.reminded_at
    return "today" if told and timezone.localdate(told) == today else "remind"


def tell(rows: Sequence[Signature], *, users: dict[int, list[int]], now: datetime.datetime) -> None:
    """One notice to each person: several agreements are told together (合并通知)."""
    by_user: dict[int, list[Signature]] = defaultdict(list)
    for row in rows:
        for user_id in users[row.pk]:
            by_user[user_id].append(row)
    for (count, first), user_ids in same_notices(by_user).items():
        row = next(item for item in rows if item.pk == first)
        notify(
            user_ids=user_ids,
            kind=NotificationKind.TASK,
            title=notice_title(row, count=count),
            detail=f"{row.version.agreement.organiser}提醒您在 {closes(row)} 前办理。",
            url=reverse("agreements:sign", args=[first]) if count == 1 else inbox_url(),
            key=f"agreements-chase-{first}-{count}-{timezone.localdate(now)}",
        )


def same_notices(
    by_user: dict[int, list[Signature]],
) -> dict[tuple[int, int], list[int]]:
    """Users who get the very same notice, so that it is written in one statement."""
    notices: dict[tuple[int, int], list[int]] = defaultdict(list)
    for user_id, rows in by_user.items():
        notices[(len(rows), rows[0].pk)].append(user_id)
    return notices


def notice_title(row: Signature, *, count: int) -> str:
    title = row.version.agreement.title
    return f"请签署：{title}" if count == 1 else f"请签署 {count} 份协议，先签：{title}"


def closes(row: Signature) -> str:
    sign_by = row.version.sign_by
    if sign_by is None:
        return "期限"
    day = timezone.localtime(sign_by) - datetime.timedelta(seconds=1)
    return f"{day:%-m 月 %-d 日}"


def inbox_url() -> str:
    return reverse("agreements:inbox")
