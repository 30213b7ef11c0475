"""What a metric is and where a value comes from, in rows of words."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.showing import Shown
from silian.casework.metrics.registry import Metric
from silian.foundation.ui.components import Fact


def metric_facts(metric: Metric) -> list[Fact]:
    """The declaration of the metric (指标说明)."""
    facts = [
        Fact(name="计算方法", value=metric.formula, wide=True),
        Fact(name="数据来源", value=metric.source, wide=True),
        Fact(name="单位", value=metric.unit),
        Fact(name="汇总方式", value="人工填报" if metric.is_manual else metric.reduce.words),
        Fact(name="数据性质", value=metric.timing.label),
        Fact(name="方向", value=metric.direction.label),
        Fact(name="更新频率", value=metric.periodicity.label),
        Fact(name="统计期", value="、".join(kind.label for kind in metric.period_kinds)),
        Fact(name="代码", value=metric.code),
    ]
    if metric.owner_name:
        facts.append(Fact(name="责任部门", value=metric.owner_name))
    if metric.needs_parameter:
        words = f"{metric.needs_parameter}（未设定时不出数）"
        facts.append(Fact(name="所需参数", value=words, url=reverse("policies:parameter_list")))
    if metric.public and metric.small_number > 1:
        facts.append(Fact(name="小数保护", value=f"对外少于 {metric.small_number} 的不显示具体数"))
    return facts


def value_facts(shown: Shown, value: MetricValue) -> list[Fact]:
    """Where one value comes from (数据出处)."""
    facts = [
        Fact(name="统计期", value=value.period_name),
        Fact(name="数据截至", value=f"{value.as_of:%Y-%m-%d}"),
        Fact(name="数据来源", value=value.get_origin_display()),
    ]
    if shown.share_words:
        facts.append(Fact(name="分子 / 分母", value=shown.share_words))
    if value.is_manual:
        filled_by = f"{value.organisation or ''} {value.author_name}".strip()
        facts.append(Fact(name="填报人", value=filled_by))
        facts.append(Fact(name="填报时间", value=moment(value.computed_at)))
        return facts
    facts.append(Fact(name="得出时间", value=moment(value.computed_at)))
    facts.append(Fact(name="最近核算", value=moment(value.checked_at)))
    version = f"第 {value.formula_version} 版（校验码 {value.formula_hash}）"
    return [*facts, Fact(name="算法", value=version)]


def moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
