"""What stands on the page of one programme."""

from __future__ import annotations

import datetime

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.components import Fact
from silian.registers.programmes.models.classes import SchoolClass
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.classes import classes_visible_to
from silian.registers.programmes.queries.hours import CohortHours, cohort_hours
from silian.registers.programmes.queries.registers import class_rows

UNDECIDED = "未确定"
FLAGS = {
    "is_cross_disciplinary": "跨学科专业交叉培养",
    "is_new_engineering": "新工科",
    "is_applied_undergraduate": "应用型本科",
    "is_in_joint_plan": "列入协同育人推进计划",
}


def facts_of_programme(programme: Programme) -> list[Fact]:
    """The facts of a programme, each with where it comes from (专业点资料)."""
    major = programme.major
    occupations = "、".join(row.name for row in programme.occupations.all())
    flags = "、".join(label for name, label in FLAGS.items() if getattr(programme, name))
    firm = programme.joint_enterprise
    return [
        Fact(
            name="目录专业",
            value=f"{major.printed_code} {major.label}",
            source="职业教育专业目录（2021年）",
        ),
        Fact(name="学制", value=f"{float(programme.years):g} 年"),
        Fact(name="开办日", value=f"{programme.opened_on:%Y-%m-%d}"),
        Fact(name="所属专业群", value=programme.group or UNDECIDED),
        Fact(name="重点产业链", value=programme.industry_chain or UNDECIDED),
        Fact(name="产教融合形式", value=programme.get_integration_form_display() or UNDECIDED),
        Fact(
            name="共建企业",
            value=firm.display_name if firm else UNDECIDED,
            url=firm.get_absolute_url() if firm else "",
        ),
        Fact(name="面向职业", value=occupations or UNDECIDED, wide=True),
        Fact(name="标记", value=flags or "无", wide=True),
    ]


def cohorts_of_programme(programme: Programme, *, on: datetime.date) -> list[CohortHours]:
    """The cohorts of a programme with their plan and hours, the newest first."""
    rows = programme.cohorts.select_related("programme").order_by("-year")
    return cohort_hours(cohorts=list(rows), on=on)


def classes_of_programme(
    programme: Programme, *, actor: Actor, on: datetime.date
) -> list[SchoolClass]:
    """The classes that the reader may see, the newest first."""
    rows = classes_visible_to(actor).filter(
        cohort__programme=programme, cohort__graduated_at__isnull=True
    )
    return list(class_rows(rows, on=on).order_by("-cohort__year", "name"))
