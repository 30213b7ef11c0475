"""Set what a region gives, with document, clause and days; put a mistake right."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.models import Division
from silian.operations.learning.choices import STANDARD_UNITS, StandardName
from silian.operations.learning.models.awards import AwardStandard
from silian.operations.learning.permissions.skills import require_charge
from silian.operations.learning.queries.standards import keys_of

MOST_MONTHS = 120
MOST_NOTICE_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class StandardFacts:
    """A value with what it rests on (标准内容)."""

    name: str
    key: str
    value: Decimal
    document: str
    clause: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    reason: str = ""


def refuse_wrong(facts: StandardFacts) -> None:
    name = StandardName(facts.name)
    if facts.key not in dict(keys_of(name)):
        raise DomainError("请选择档次。", field="key")
    if STANDARD_UNITS[name] != "元" and facts.value != facts.value.to_integral_value():
        raise DomainError(f"{name.label}应为整数，单位{STANDARD_UNITS[name]}。", field="value")
    most = {StandardName.TERM: MOST_MONTHS, StandardName.NOTICE: MOST_NOTICE_DAYS}.get(name)
    if most and facts.value > most:
        raise DomainError(f"{name.label}最多 {most} {STANDARD_UNITS[name]}。", field="value")
    if facts.value <= 0:
        raise DomainError("数值应大于零。", field="value")
    if facts.valid_to and facts.valid_to <= facts.valid_from:
        raise DomainError("有效期止应晚于有效期起。", field="valid_to")


@transaction.atomic
def set_standard(*, facts: StandardFacts, actor: Actor, now: datetime.datetime) -> AwardStandard:
    """Set a value of one's region from a day on, or correct that day's row (设定奖补标准)."""
    require_charge(actor, actor.jurisdiction)
    refuse_wrong(facts)
    Division.objects.select_for_update(of=("self",)).get(pk=actor.jurisdiction)
    same = AwardStandard.objects.filter(
        division_id=actor.jurisdiction,
        name=facts.name,
        key=facts.key,
        valid_from=facts.valid_from,
        correction__isnull=True,
    ).first()
    if same is not None and not facts.reason.strip():
        raise DomainError("这一天起已有数值。要改，请写明更正理由；原值会保留。", field="reason")
    row = AwardStandard.objects.create(
        division_id=actor.jurisdiction,
        corrects=same,
        set_by_id=actor.user_id,
        set_at=now,
        **vars(facts),
    )
    act = "learning.standard.corrected" if same else "learning.standard.set"
    record(actor, act, row, reason=facts.reason)
    return row
