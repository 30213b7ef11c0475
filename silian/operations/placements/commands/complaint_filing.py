"""What the complainant does: complain, add, appeal, withdraw. Nothing here names a person."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_calendar, site_deadline
from silian.operations.placements.choices.complaints import (
    ComplaintChannel,
    ComplaintState,
    ComplaintStepKind,
)
from silian.operations.placements.commands.complaint_steps import (
    locked_complaint,
    move_up,
    step,
)
from silian.operations.placements.events.complaints import (
    ComplaintClosed,
    ComplaintFiled,
    ComplaintMoved,
)
from silian.operations.placements.models import Internship
from silian.operations.placements.models.complaints import (
    Complaint,
    ComplaintOrigin,
    ComplaintSubject,
)
from silian.operations.placements.permissions.complaints import CONCEALED, is_complainant
from silian.operations.placements.queries.authorities import ladder_of
from silian.operations.placements.rules.complaints import (
    ACCEPT_WORKING_DAYS,
    APPEAL_WORKING_DAYS,
    CODE_ALPHABET,
    CODE_LENGTH,
    code_digest,
    grouped_code,
    handler_of,
    reason_text_too_short,
)
from silian.operations.placements.workflow.complaints import complaint as steps


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A complaint as typed (投诉内容). ``subjects`` are the organisations complained about."""

    categories: Sequence[str]
    channel: ComplaintChannel
    subjects: Collection[int]
    division: str
    text: str
    school_id: int | None = None
    wish: str = ""
    happened_on: datetime.date | None = None
    is_anonymous: bool = False
    is_name_shown: bool = False
    internship_id: int | None = None
    proofs: Sequence[Any] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class Filed:
    """The complaint and its retrieval code, which is shown once (查询码)."""

    complaint: Complaint
    code: str


@transaction.atomic
def file_complaint(*, actor: Actor, filing: Filing, now: datetime.datetime) -> Filed:
    """Complain; the handler is chosen so that nobody judges himself (提出投诉).

    An anonymous complaint keeps no trace of the account it was made from.
    """
    refuse_filing(filing)
    subjects = set(filing.subjects)
    handler = chosen_handler(filing)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    complaint = Complaint.objects.create(
        number=next_number(now),
        code_digest=code_digest(code),
        division_id=filing.division,
        categories=sorted(set(filing.categories)),
        channel=filing.channel,
        is_anonymous=filing.is_anonymous,
        is_name_shown=filing.is_name_shown and not filing.is_anonymous,
        happened_on=filing.happened_on,
        text=filing.text.strip(),
        wish=filing.wish.strip(),
        handler_id=handler,
        filed_at=now,
        accept_due_at=site_deadline(now, working_days=ACCEPT_WORKING_DAYS).due_at,
    )
    ComplaintSubject.objects.bulk_create(
        ComplaintSubject(complaint=complaint, organisation_id=each) for each in sorted(subjects)
    )
    if not filing.is_anonymous:
        keep_origin(complaint, actor=actor, filing=filing)
    for proof in filing.proofs:
        store_upload(upload=proof, subject=complaint, actor=CONCEALED)
    step(complaint, ComplaintStepKind.FILED, at=now)
    record(CONCEALED, "placements.complaint.filed", complaint)
    publish(ComplaintFiled(complaint_id=complaint.pk))
    return Filed(complaint=complaint, code=grouped_code(code))


def chosen_handler(filing: Filing) -> int:
    """The office that takes the complaint up; refuses when there is none (受理单位)."""
    ladder = ladder_of(division=filing.division, school_id=filing.school_id)
    handler = handler_of(ladder, channel=filing.channel, subjects=set(filing.subjects))
    if handler is None:
        raise DomainError(
            "本地还没有登记可以受理的主管部门。请拨打 12345 或 12333 反映，平台已在核对受理部门。",
            field="channel",
        )
    return handler


def refuse_filing(filing: Filing) -> None:
    if not filing.categories:
        raise DomainError("请至少选择一项投诉事项。", field="categories")
    problem = reason_text_too_short(text=filing.text)
    if problem:
        raise DomainError(problem, field="text")


def keep_origin(complaint: Complaint, *, actor: Actor, filing: Filing) -> None:
    """Keep who complained, apart from the complaint itself."""
    internship = Internship.objects.filter(pk=filing.internship_id or 0).select_related(
        "person__guardian"
    )
    found = internship.first()
    if found is None or actor.user_id is None:
        raise NotAllowed("实名投诉由实习学生或监护人在“我的权益”中提出；也可以匿名投诉。")
    guardian = found.person.guardian.user_id if found.person.guardian else None
    if actor.user_id not in (found.person.user_id, guardian):
        raise NotAllowed("只能为本人或被监护人投诉。")
    ComplaintOrigin.objects.create(
        complaint=complaint, person=found.person, filed_by_id=actor.user_id, internship=found
    )


def next_number(now: datetime.datetime) -> str:
    """A number that tells the day and nothing of the order of complaints."""
    return f"TS{now:%Y%m%d}{secrets.token_hex(3).upper()}"


def complaint_by_code(code: str) -> Complaint | None:
    """The complaint of a retrieval code (凭查询码查找)."""
    return Complaint.objects.filter(code_digest=code_digest(code)).first()


def owned_complaint(*, complaint_id: int, actor: Actor, code: str) -> Complaint:
    """The locked complaint when the actor made it, or holds its code."""
    complaint = locked_complaint(complaint_id)
    holds_code = bool(code) and complaint.code_digest == code_digest(code)
    if not holds_code and not is_complainant(actor, complaint):
        raise NotAllowed("这一步由投诉人本人办理。匿名投诉请凭查询码办理。")
    return complaint


@transaction.atomic
def add_to_complaint(
    *,
    complaint_id: int,
    actor: Actor,
    text: str,
    now: datetime.datetime,
    code: str = "",
    proofs: Sequence[Any] = (),
) -> Complaint:
    """Answer what the handler asked; the clock goes on from where it stood (补充说明)."""
    complaint = owned_complaint(complaint_id=complaint_id, actor=actor, code=code)
    asked = complaint.steps.filter(kind=ComplaintStepKind.ASKED).last()
    complaint.state = steps.target("answer", state=ComplaintState(complaint.state), text=text)
    if asked is not None and complaint.due_at is not None:
        left = site_calendar().between(asked.at.date(), complaint.due_at.date())
        complaint.due_at = site_deadline(now, working_days=max(left, 1)).due_at
    complaint.save(update_fields=["state", "due_at"])
    made = step(complaint, ComplaintStepKind.ANSWERED, at=now, text=text.strip())
    for proof in proofs:
        store_upload(upload=proof, subject=made, actor=CONCEALED)
    record(CONCEALED, "placements.complaint.answered", complaint)
    publish(ComplaintMoved(complaint_id=complaint.pk))
    return complaint


@transaction.atomic
def appeal_complaint(
    *, complaint_id: int, actor: Actor, text: str, now: datetime.datetime, code: str = ""
) -> Complaint:
    """Ask the authority above for a second look (申请复核)."""
    complaint = owned_complaint(complaint_id=complaint_id, actor=actor, code=code)
    complaint.state = steps.target(
        "appeal",
        state=ComplaintState(complaint.state),
        text=text,
        is_in_time=appeal_in_time(complaint, now=now),
    )
    complaint.appealed_at = now
    complaint.accept_due_at = site_deadline(now, working_days=ACCEPT_WORKING_DAYS).due_at
    complaint.due_at = None
    complaint.save(update_fields=["state", "appealed_at", "accept_due_at", "due_at"])
    step(complaint, ComplaintStepKind.APPEALED, at=now, text=text.strip())
    move_up(complaint, now=now)
    record(CONCEALED, "placements.complaint.appealed", complaint)
    publish(ComplaintMoved(complaint_id=complaint.pk))
    return complaint


def appeal_in_time(complaint: Complaint, *, now: datetime.datetime) -> bool:
    if complaint.closed_at is None:
        return True
    return now < site_deadline(complaint.closed_at, working_days=APPEAL_WORKING_DAYS).due_at


@transaction.atomic
def withdraw_complaint(
    *, complaint_id: int, actor: Actor, now: datetime.datetime, code: str = "", text: str = ""
) -> Complaint:
    """Take a complaint back (撤回投诉)."""
    complaint = owned_complaint(complaint_id=complaint_id, actor=actor, code=code)
    complaint.state = steps.target("withdraw", state=ComplaintState(complaint.state))
    complaint.closed_at = now
    complaint.save(update_fields=["state", "closed_at"])
    step(complaint, ComplaintStepKind.WITHDRAWN, at=now, text=text.strip())
    record(CONCEALED, "placements.complaint.withdrawn", complaint)
    publish(ComplaintClosed(complaint_id=complaint.pk))
    return complaint
