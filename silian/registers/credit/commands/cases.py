"""Find, order to correct, hear, and conclude."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.credit.choices import CaseState
from silian.registers.credit.events import CaseMoved
from silian.registers.credit.models import CorrectionCase, CreditItem
from silian.registers.credit.permissions.credit import (
    cases_visible_to,
    require_keeper,
    require_speaker,
)
from silian.registers.credit.workflow.correction_case import correction_case as steps
from silian.registers.organisations.models import Organisation


@transaction.atomic
def open_case(
    *,
    organisation_id: int,
    item_id: int,
    title: str,
    finding: str,
    basis: str,
    actor: Actor,
    now: datetime.datetime,
    source: str = "",
    source_id: int | None = None,
) -> CorrectionCase:
    """Note what was found about an organisation (登记发现的问题)."""
    subject = Organisation.objects.get(pk=organisation_id)
    require_keeper(actor, division=subject.division_id)
    if organisation_id == actor.organisation_id:
        raise DomainError("不能对本单位立案，请由上级主管部门办理。", field="organisation")
    item = CreditItem.objects.get(pk=item_id)
    if not item.is_open:
        raise DomainError("目录项已停用，请选在用的目录项。", field="item")
    case = CorrectionCase.objects.create(
        organisation=subject,
        authority_id=actor.organisation_id or 0,
        division_id=subject.division_id,
        item=item,
        title=title.strip(),
        finding=finding.strip(),
        basis=basis.strip(),
        source=source,
        source_id=source_id,
        found_at=now,
        found_by_id=actor.user_id,
    )
    record(actor, "credit.case.found", case)
    return case


def locked_case(*, case_id: int, actor: Actor) -> CorrectionCase:
    rows = cases_visible_to(actor).select_related("item", "organisation")
    return rows.select_for_update(of=("self",)).get(pk=case_id)


def moved(
    case: CorrectionCase, *, step: str, actor: Actor, changes: dict[str, Any], **facts: Any
) -> CorrectionCase:
    """Take a step of the table on a locked case with what it brings."""
    case.state = steps.target(step, state=CaseState(case.state), **facts)
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=["state", *changes])
    record(actor, f"credit.case.{step}", case)
    publish(CaseMoved(case_id=case.pk, state=case.state))
    return case


@transaction.atomic
def order_correction(
    *, case_id: int, text: str, due_on: datetime.date, actor: Actor, on: datetime.date
) -> CorrectionCase:
    """Order the organisation to correct by a day (责令限期改正)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_keeper(actor, division=case.division_id)
    if due_on <= on:
        raise DomainError("改正期限应在今天之后。", field="due_on")
    changes = {"order_text": text.strip(), "due_on": due_on}
    return moved(case, step="order", actor=actor, changes=changes)


@transaction.atomic
def report_correction(
    *, case_id: int, text: str, actor: Actor, now: datetime.datetime
) -> CorrectionCase:
    """Say how it was corrected; possible until a record is made (报告改正情况)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_speaker(actor, organisation_id=case.organisation_id)
    changes = {"correction_text": text.strip(), "reported_at": now}
    return moved(case, step="report", actor=actor, changes=changes)


@transaction.atomic
def accept_correction(
    *, case_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> CorrectionCase:
    """Find that it is corrected; nothing is recorded (核实已改正)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_keeper(actor, division=case.division_id)
    changes = {"end_reason": reason.strip(), "ended_at": now}
    return moved(case, step="accept", actor=actor, changes=changes)


@transaction.atomic
def return_correction(
    *, case_id: int, text: str, due_on: datetime.date, actor: Actor, on: datetime.date
) -> CorrectionCase:
    """Say what is still missing, with a new day (退回继续改正)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_keeper(actor, division=case.division_id)
    if due_on <= on:
        raise DomainError("改正期限应在今天之后。", field="due_on")
    changes = {"order_text": text.strip(), "due_on": due_on}
    return moved(case, step="return", actor=actor, changes=changes)


@transaction.atomic
def find_refused(
    *, case_id: int, reason: str, said_no: bool, actor: Actor, on: datetime.date
) -> CorrectionCase:
    """Find that the organisation refuses to correct (认定拒不改正)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_keeper(actor, division=case.division_id)
    changes = {"end_reason": reason.strip(), "said_no": said_no}
    return moved(
        case,
        step="refuse",
        actor=actor,
        changes=changes,
        due_on=case.due_on,
        on=on,
        said_no=said_no,
    )


@transaction.atomic
def give_notice(
    *, case_id: int, text: str, reply_due_on: datetime.date, actor: Actor, on: datetime.date
) -> CorrectionCase:
    """Tell what is going to be recorded, and until when it may be answered (事先告知)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_keeper(actor, division=case.division_id)
    if reply_due_on <= on:
        raise DomainError("陈述申辩期限应在今天之后。", field="reply_due_on")
    changes = {"notice_text": text.strip(), "reply_due_on": reply_due_on}
    return moved(case, step="give_notice", actor=actor, changes=changes)


@transaction.atomic
def reply_to_notice(
    *, case_id: int, text: str, actor: Actor, now: datetime.datetime
) -> CorrectionCase:
    """State one's case before anything is recorded (陈述申辩)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_speaker(actor, organisation_id=case.organisation_id)
    if case.state != CaseState.NOTICED:
        raise DomainError("这件事现在不在陈述申辩阶段。")
    case.reply_text, case.replied_at = text.strip(), now
    case.save(update_fields=["reply_text", "replied_at"])
    record(actor, "credit.case.replied", case)
    publish(CaseMoved(case_id=case.pk, state=case.state))
    return case


@transaction.atomic
def drop_case(*, case_id: int, reason: str, actor: Actor, now: datetime.datetime) -> CorrectionCase:
    """End a case without a record, with the reason (撤销)."""
    case = locked_case(case_id=case_id, actor=actor)
    require_keeper(actor, division=case.division_id)
    if not reason.strip():
        raise DomainError("请写明撤销的理由。", field="reason")
    changes = {"end_reason": reason.strip(), "ended_at": now}
    return moved(case, step="drop", actor=actor, changes=changes)
