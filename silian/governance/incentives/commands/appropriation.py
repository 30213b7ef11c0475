"""Draft appropriation sheets, take them step by step, and correct them."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.appropriation import IN_HAND, SheetState
from silian.governance.incentives.events.appropriation import AppropriationPublished
from silian.governance.incentives.models.appropriation import (
    AppropriationLine,
    AppropriationSheet,
    AppropriationYear,
)
from silian.governance.incentives.permissions.appropriation import (
    require_drafter,
    require_step,
    sheets_visible_to,
    years_visible_to,
)
from silian.governance.incentives.queries.appropriation import (
    Enrolment,
    Numbers,
    enrolment_on,
    sheets_waiting_for,
    steps_for,
)
from silian.governance.incentives.rules.appropriation import LineFigures, total_of
from silian.governance.incentives.workflow.appropriation import appropriation_sheet as steps
from silian.registers.organisations.models import Organisation


@transaction.atomic
def draft_sheets(*, year_id: int, actor: Actor, now: datetime.datetime) -> int:
    """Freeze the students of every school and draft its sheet; those that exist stay (起草)."""
    year = years_visible_to(actor).select_for_update(of=("self",)).get(pk=year_id)
    require_drafter(actor, year)
    students = enrolment_of(year)
    begun = set(year.sheets.values_list("school_id", flat=True))
    numbers = Numbers(division=year.division_id, on=year.counted_on)
    schools = Organisation.objects.filter(pk__in=students.keys() - begun).order_by("pk")
    for school in schools:
        sheet = AppropriationSheet(
            appropriation_year=year, school=school, division_id=school.division_id,
            drafted_by_id=actor.user_id, drafted_at=now,
        )  # fmt: skip
        keep_lines(sheet, [numbers.line(given) for given in students[school.pk]])
        record(actor, "incentives.appropriation.drafted", sheet)
    return len(schools)


def enrolment_of(year: AppropriationYear) -> dict[int, list[Enrolment]]:
    return enrolment_on(division_prefix=subtree_prefix(year.division_id), on=year.counted_on)


def keep_lines(sheet: AppropriationSheet, lines: list[LineFigures]) -> None:
    """Write a draft's lines anew with their total."""
    sheet.students = sum(line.students for line in lines)
    sheet.total = total_of([line.amount for line in lines])
    sheet.save()
    sheet.lines.all().delete()
    AppropriationLine.objects.bulk_create(kept_line(sheet, line) for line in lines)


def kept_line(sheet: AppropriationSheet, line: LineFigures) -> AppropriationLine:
    return AppropriationLine(
        sheet=sheet, programme_id=line.programme_id, major_code=line.code, name=line.name,
        students=line.students, base=line.base.value, base_source=line.base.source,
        weight=line.weight.value, weight_source=line.weight.source,
        factor=line.factor.value, factor_source=line.factor.source,
        amount=line.amount, explanation=line.explanation, rule_version=line.rule_version,
    )  # fmt: skip


def locked_sheet(*, sheet_id: int, actor: Actor) -> AppropriationSheet:
    rows = sheets_visible_to(actor).select_related("appropriation_year", "school")
    return rows.select_for_update(of=("self",)).get(pk=sheet_id)


@transaction.atomic
def recount_sheet(*, sheet_id: int, actor: Actor) -> AppropriationSheet:
    """Compute a draft anew by the numbers in force on the day of counting (重新计算)."""
    sheet = locked_sheet(sheet_id=sheet_id, actor=actor)
    require_drafter(actor, sheet.appropriation_year)
    if sheet.state != SheetState.DRAFT:
        raise WrongState("只有拟定中的核算表可以重新计算。")
    keep_lines(sheet, lines_now(sheet))
    record(actor, "incentives.appropriation.recounted", sheet)
    return sheet


def lines_now(sheet: AppropriationSheet) -> list[LineFigures]:
    year = sheet.appropriation_year
    numbers = Numbers(division=year.division_id, on=year.counted_on)
    return [numbers.line(given) for given in enrolment_of(year).get(sheet.school_id, [])]


@transaction.atomic
def step_sheet(
    *, sheet_id: int, step: str, note: str = "", actor: Actor, now: datetime.datetime
) -> AppropriationSheet:
    """Take one step: send to check, pass, send back, approve, send to the school (办理)."""
    sheet = locked_sheet(sheet_id=sheet_id, actor=actor)
    require_step(actor, sheet.appropriation_year, step=step)
    lines = sheet.lines.all()
    facts: dict[str, dict[str, Any]] = {
        "submit": {"lines": len(lines), "unset": sum(line.amount is None for line in lines)},
        "pass": {"actor": actor.user_id, "others": (sheet.drafted_by_id,)},
        "approve": {
            "actor": actor.user_id, "others": (sheet.drafted_by_id, sheet.checked_by_id),
        },
        "return": {"note": note},
    }  # fmt: skip
    sheet.state = steps.target(step, state=SheetState(sheet.state), **facts.get(step, {}))
    changes = changes_of(step, actor=actor, note=note, now=now)
    for name, value in changes.items():
        setattr(sheet, name, value)
    if step == "publish":
        replace_former(sheet, actor=actor)
    sheet.save(update_fields=["state", *changes])
    record(actor, f"incentives.appropriation.{step}", sheet, reason=note)
    if step == "publish":
        publish(AppropriationPublished(sheet_id=sheet.pk))
    return sheet


def changes_of(step: str, *, actor: Actor, note: str, now: datetime.datetime) -> dict[str, Any]:
    """What a step writes besides the state."""
    changes: dict[str, Any] = {"note": note.strip()[:300]}
    if step == "pass":
        changes["checked_by_id"] = actor.user_id
    elif step == "approve":
        changes["approved_by_id"] = actor.user_id
    elif step == "return":
        changes |= {"checked_by_id": None, "approved_by_id": None}
    elif step == "publish":
        changes |= {"published_at": now, "published_on": timezone.localdate(now)}
    return changes


def replace_former(sheet: AppropriationSheet, *, actor: Actor) -> None:
    """The version sent before no longer holds; it stays readable."""
    rows = AppropriationSheet.objects.select_for_update(of=("self",)).filter(
        appropriation_year_id=sheet.appropriation_year_id, school_id=sheet.school_id,
        state=SheetState.PUBLISHED,
    )  # fmt: skip
    for former in rows:
        former.state = steps.target("replace", state=SheetState(former.state))
        former.save(update_fields=["state"])
        record(actor, "incentives.appropriation.replace", former, reason=sheet.reason)


@transaction.atomic
def step_all(*, year_id: int, step: str, actor: Actor, now: datetime.datetime) -> int:
    """Take the step on every sheet of a year that waits for it and lacks nothing (批量办理)."""
    year = years_visible_to(actor).get(pk=year_id)
    require_step(actor, year, step=step)
    waiting = [
        sheet
        for sheet in sheets_waiting_for(actor)
        if sheet.appropriation_year_id == year.pk and step in steps_for(actor, sheet)
    ]
    ready = [sheet for sheet in waiting if step != "submit" or sheet.total is not None]
    if not ready:
        raise DomainError("没有可以一起办理的核算表；缺参数的先设定参数再重新计算。")
    for sheet in ready:
        step_sheet(sheet_id=sheet.pk, step=step, actor=actor, now=now)
    return len(ready)


@transaction.atomic
def begin_correction(
    *, sheet_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> AppropriationSheet:
    """Draft another version of a sheet that was sent, with the reason why (更正)."""
    sheet = locked_sheet(sheet_id=sheet_id, actor=actor)
    require_drafter(actor, sheet.appropriation_year)
    if sheet.state != SheetState.PUBLISHED:
        raise WrongState("只有已送达的核算表可以更正；没有送达的请退回修改。")
    if not reason.strip():
        raise DomainError("请写明更正的理由，学校看得到。", field="reason")
    rows = AppropriationSheet.objects.filter(
        appropriation_year_id=sheet.appropriation_year_id, school_id=sheet.school_id
    )
    if rows.filter(state__in=IN_HAND).exists():
        raise DomainError("这所学校已有一份更正正在办理，请接着办。")
    newest = rows.order_by("-version").first()
    draft = AppropriationSheet(
        appropriation_year=sheet.appropriation_year, school=sheet.school,
        division_id=sheet.division_id, version=(newest or sheet).version + 1,
        reason=reason.strip()[:300], drafted_by_id=actor.user_id, drafted_at=now,
    )  # fmt: skip
    keep_lines(draft, lines_now(draft))
    record(actor, "incentives.appropriation.correction_begun", draft, reason=reason)
    return draft
