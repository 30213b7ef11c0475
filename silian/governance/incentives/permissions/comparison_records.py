"""Who brings in lists of other authorities, and who reads what is in them."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.models.comparison_records import (
    ComparisonList,
    ComparisonRecord,
)
from silian.governance.incentives.permissions.offices import answers_for, within

READING = (Function.LABOUR, Function.FINANCE)


def imports_comparisons(actor: Actor) -> bool:
    """Whether the actor's office answers for labour in its region (导入比对名单)."""
    place = actor.jurisdiction
    return bool(place) and answers_for(actor, Function.LABOUR, division=place)


def reads_comparisons(actor: Actor) -> bool:
    """Labour and finance see which lists exist; what they say of people labour alone reads."""
    place = actor.jurisdiction
    return bool(place) and answers_for(actor, *READING, division=place)


def comparison_lists_visible_to(actor: Actor) -> QuerySet[ComparisonList]:
    """The lists of the actor's region."""
    if not reads_comparisons(actor):
        return ComparisonList.objects.none()
    return ComparisonList.objects.filter(within(actor))


def comparison_records_visible_to(actor: Actor) -> QuerySet[ComparisonRecord]:
    """What the lists say of people: for the office that brings them in."""
    if not imports_comparisons(actor):
        return ComparisonRecord.objects.none()
    return ComparisonRecord.objects.filter(within(actor, "list__division"))


def require_comparison_reader(actor: Actor) -> None:
    if not reads_comparisons(actor):
        raise NotAllowed("外部比对数据由人力资源社会保障、财政部门查看。")


def require_importing(actor: Actor) -> None:
    if not imports_comparisons(actor):
        raise NotAllowed(
            "外部比对数据由本地区人力资源社会保障部门导入，请联系牵头部门设定职能单位。"
        )


register_action_labels(
    {
        "incentives.comparison_list.imported": "导入外部比对名单",
        "incentives.comparison_list.withdrawn": "撤销外部比对名单",
        "incentives.comparison_list.exported": "导出外部比对名单明细",
        "incentives.comparison_list.expired": "删除到期外部比对明细",
        "incentives.pictures.compared": "比对申领材料图片",
    }
)
