"""A parameter that the demonstration city opened, with a value and a correction."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.registers.policies.choices import Force
from silian.registers.policies.commands.parameter_opening import open_parameter
from silian.registers.policies.commands.parameters import set_parameter
from silian.registers.policies.models import Clause
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.rules.parameter_opening import Opening
from silian.registers.policies.rules.parameters import Setting

OPENED, SET, CORRECTED = 120, 90, 60  # days ago
VALUE, RIGHT = Decimal(1500), Decimal(1800)


def open_award(
    *, division: str, clause: Clause | None, first_day: datetime.date, on: datetime.date,
    actor: Actor,
) -> Parameter:  # fmt: skip
    """The award for a new skill level: opened, set by a document of its own, put right once."""
    row = open_parameter(
        opening=award(clause=clause, first_day=first_day),
        division=division,
        actor=actor,
        now=moment(on, ago=OPENED),
    )
    for value, ago, reason in ((VALUE, SET, ""), (RIGHT, CORRECTED, "少录一档")):
        set_parameter(
            parameter_id=row.pk,
            division=division,
            setting=Setting(
                value=value,
                low=None,
                high=None,
                valid_from=max(first_day, on - datetime.timedelta(days=SET)),
                valid_to=None,
                source="青人社发〔2026〕21号（演示）",
                place="第四条",
                clause_id=None,
                reason=reason,
                is_correction=bool(reason),
            ),
            actor=actor,
            now=moment(on, ago=ago),
        )
    return row


def award(*, clause: Clause | None, first_day: datetime.date) -> Opening:
    """What the plan asks for without saying how much."""
    return Opening(
        code="P06",
        name="skill_award_amount",
        key="高级工",
        title="职工技能提升奖补金额",
        unit="元",
        meaning="在职职工取得高级工证书后按人奖补一次，由技能管理部门核验后发放。",
        force=Force.MANDATORY,
        valid_from=first_day,
        clause_id=clause.pk if clause else None,
        source="" if clause else "青澜市实施方案（演示）",
        place="" if clause else "职工培训",
    )


def moment(on: datetime.date, *, ago: int) -> datetime.datetime:
    day = on - datetime.timedelta(days=ago)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))
