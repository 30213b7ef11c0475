"""Tags for forms, tables, charts and long jobs; built in together with ``sl``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.utils import timezone

from silian.foundation.ui import sockets
from silian.foundation.ui.charts import Chart
from silian.foundation.ui.filters import FilterBar
from silian.foundation.ui.tables import Table
from silian.foundation.ui.wizard import Wizard

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class FieldGroup:
    """Fields under one heading; the heading may be empty."""

    title: str
    fields: list[forms.BoundField]


@register.filter
def field_groups(form: forms.BaseForm) -> list[FieldGroup]:
    """The visible fields as the form's ``fieldsets`` group them; the rest last."""
    left = {field.name: field for field in form.visible_fields()}
    groups = [
        FieldGroup(title=title, fields=[left.pop(name) for name in names if name in left])
        for title, names in getattr(form, "fieldsets", [])
    ]
    groups.append(FieldGroup(title="", fields=list(left.values())))
    return [group for group in groups if group.fields]


@register.filter
def error_count(form: forms.BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def cell_text(value: Any) -> str:
    """A plain value as a cell shows it: separators, days, 是 and 否, a dash for nothing."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float | Decimal):
        return f"{value:,}"
    return str(value)


DEVICES = (
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓设备"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@register.filter
def device_name(user_agent: str) -> str:
    """A browser's self-description as a person would say it: Windows 电脑，Edge."""
    device = next((name for mark, name in DEVICES if mark in user_agent), "其他设备")
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "其他浏览器")
    return f"{device}，{browser}"


@register.simple_tag
def relabel(field: forms.BoundField | str, label: str, help: str | None = None) -> str:
    """Say a library's field in our words before the form is drawn; draws nothing (改称)."""
    if isinstance(field, forms.BoundField):
        field.label = label
        field.field.label = label
        field.field.widget.attrs.pop("placeholder", None)
        if help is not None:
            field.help_text = help
            field.field.help_text = help
    return ""


@register.inclusion_tag("ui/_plugged.html", takes_context=True)
def plugged(context: template.Context, place: str, subject: Any = None) -> dict[str, Any]:
    """What the modules above have plugged in at a place of this page (插槽)."""
    panels = sockets.plugged_panels(place, actor=context["actor"], subject=subject)
    return {"drawn": [draw(context, panel, subject) for panel in panels]}


@register.simple_tag(takes_context=True)
def draw(context: template.Context, panel: sockets.Panel, subject: Any = None) -> str:
    """One panel that the view has asked for already, with its own context only (插入块)."""
    values = {**panel.context, "subject": subject}
    return render_to_string(panel.template, values, request=context.get("request"))


@register.inclusion_tag("ui/_form_actions.html")
def form_actions(
    label: str,
    cancel_url: str = "",
    cancel: str = "取消",
    fixed: bool = False,
    wide: bool = False,
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """The buttons under a form; ``fixed`` keeps them in sight on a phone (提交栏)."""
    return {
        "label": label,
        "cancel_url": cancel_url,
        "cancel": cancel,
        "fixed": fixed,
        "wide": wide,
        "name": name,
        "value": value,
    }


@register.inclusion_tag("ui/_table.html", takes_context=True)
def table(context: template.Context, table: Table) -> dict[str, Any]:
    """A data table with its tools (数据表)."""
    return {"table": table, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/_filters.html")
def filters(bar: FilterBar) -> dict[str, Any]:
    """The filter column or search line of a list (筛选)."""
    return {"bar": bar}


@register.inclusion_tag("ui/_chart.html")
def chart(chart: Chart, level: int = 2) -> dict[str, Any]:
    """A drawn chart in its panel; the table stands in until it is drawn (图表)."""
    return {"chart": chart, "level": level, "drawn": True}


@register.inclusion_tag("ui/_chart.html")
def bars(chart: Chart, level: int = 2) -> dict[str, Any]:
    """Bars in plain HTML: the first series, with the second as a mark (条形)."""
    return {"chart": chart, "level": level, "drawn": False}


@register.inclusion_tag("ui/_wizard_steps.html")
def wizard_steps(wizard: Wizard) -> dict[str, Any]:
    """Where one stands in a wizard (步骤条)."""
    return {"wizard": wizard}


@register.inclusion_tag("ui/_steps.html")
def steps(lines: Iterable[Any]) -> dict[str, Any]:
    """A chain of who did what when: objects with label, note and state (流程)."""
    return {"lines": list(lines)}


@register.inclusion_tag("ui/_progress.html")
def progress(job: Any, url: str = "") -> dict[str, Any]:
    """A long job: accepted, how far, may leave, what came out (进度)."""
    running = not getattr(job, "has_ended", False)
    return {"job": job, "url": url, "running": running}
