"""Open a year of appropriation, and set the numbers that no policy states."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.choices.appropriation import SettingKind
from silian.governance.incentives.models.appropriation import (
    AppropriationSetting,
    AppropriationYear,
)
from silian.governance.incentives.permissions.appropriation import require_setter


@dataclass(frozen=True, kw_only=True)
class SettingSaid:
    """A number with its document, clause and days (拨款参数)."""

    kind: str
    value: Decimal
    document: str
    clause: str
    valid_from: datetime.date
    majors: str = ""
    school_id: int | None = None
    valid_to: datetime.date | None = None
    reason: str = ""


@transaction.atomic
def open_year(
    *, division: str, year: int, counted_on: datetime.date, finance_id: int, education_id: int,
    basis: str, actor: Actor, today: datetime.date,
) -> AppropriationYear:  # fmt: skip
    """Open a year: the day of counting, who drafts and who checks (设立拨款年度)."""
    require_setter(actor, division=division)
    if counted_on > today:
        raise DomainError("学生数统计日还没有到，请填写已过的日期。", field="counted_on")
    if finance_id == education_id:
        raise DomainError("核算部门和核对部门应是两个单位。", field="education")
    if AppropriationYear.objects.filter(division_id=division, year=year).exists():
        raise DomainError(f"{year} 年已经设立，请在列表里打开。", field="year")
    row = AppropriationYear.objects.create(
        division_id=division, year=year, counted_on=counted_on, finance_id=finance_id,
        education_id=education_id, basis=basis,
    )  # fmt: skip
    record(actor, "incentives.appropriation.year_opened", row)
    return row


@transaction.atomic
def set_number(
    *, division: str, said: SettingSaid, actor: Actor, now: datetime.datetime
) -> AppropriationSetting:
    """Keep a number from a day on; one of the same day is a correction with its reason."""
    require_setter(actor, division=division)
    if said.school_id is not None and said.kind != SettingKind.FACTOR:
        raise DomainError("只有绩效系数可以按学校设定。", field="school")
    if said.majors and not (said.majors.isdigit() and len(said.majors) <= 6):
        raise DomainError("专业代码开头写 1 到 6 位数字，如 46 或 460103。", field="majors")
    if said.valid_to and said.valid_to <= said.valid_from:
        raise DomainError("停用日应晚于起用日。", field="valid_to")
    former = AppropriationSetting.objects.select_for_update(of=("self",)).filter(
        division_id=division, kind=said.kind, majors=said.majors, school_id=said.school_id,
        valid_from=said.valid_from, replaced_at__isnull=True,
    ).first()  # fmt: skip
    if former and not said.reason.strip():
        raise DomainError("同一起用日已有数值。更正请写明理由；调整请另填起用日。", field="reason")
    if former:
        former.replaced_at = now
        former.save(update_fields=["replaced_at"])
    row = AppropriationSetting.objects.create(
        division_id=division, **vars(said), set_by_id=actor.user_id, set_at=now
    )
    act = "setting_corrected" if former else "setting_set"
    record(actor, f"incentives.appropriation.{act}", row, reason=said.reason)
    return row
