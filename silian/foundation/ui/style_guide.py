"""Sample values for the style guide: one of everything, all of it invented."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from silian.foundation.ui import style_guide_values as values
from silian.foundation.ui import widgets
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import BulkAction, Column, Table

REGIONS = [("gaoxin", "高新区"), ("jingkai", "经开区"), ("landong", "澜东区"), ("ting", "汀县")]
KINDS = [
    ("post", "实习岗位"),
    ("class", "订单班"),
    ("problem", "技术难题"),
    ("machine", "设备共享"),
]
WORDS = [
    ("6-18-01-02", "铣工", "机械冷加工人员"),
    ("6-18-01-07", "多工序数控机床操作调整工", "机械冷加工人员"),
    ("6-31-07-03", "工业机器人系统运维员", "设备运行维护人员"),
    ("4-14-01-02", "养老护理员", "健康护理人员"),
]


@dataclass(frozen=True, kw_only=True)
class SampleRow:
    """A row of the sample table."""

    pk: int
    title: str
    unit: str
    kind: str
    region: str
    people: int
    pay: Decimal
    tone: str
    word: str
    due: datetime.date


class SampleForm(forms.Form):
    """Every control once."""

    fieldsets = [
        ("岗位", ["title", "occupation", "kind", "people", "pay"]),
        ("时间与条件", ["starts_on", "ends_on", "region", "benefits", "note", "file", "consent"]),
    ]
    title = forms.CharField(label="名称", max_length=40, help_text="写岗位名和人数，40 字以内。")
    occupation = forms.CharField(
        label="职业", widget=widgets.Picker(url="/ui/style-guide/words/"), required=False
    )
    kind = forms.ChoiceField(label="类别", choices=KINDS, widget=widgets.RadioList)
    people = forms.IntegerField(label="人数", min_value=1, max_value=500)
    pay = forms.DecimalField(label="每月报酬", widget=widgets.MoneyInput(), min_value=0)
    starts_on = forms.DateField(label="开始日", widget=widgets.DateInput())
    ends_on = forms.DateField(label="结束日", widget=widgets.DateInput(), required=False)
    region = forms.ChoiceField(label="地点", choices=[("", "请选择"), *REGIONS])
    benefits = forms.MultipleChoiceField(
        label="提供",
        choices=[("bed", "住宿"), ("meal", "餐食"), ("bus", "班车")],
        widget=widgets.CheckboxList,
        required=False,
    )
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(
        label="附件", widget=widgets.FileInput(limit="PDF 或图片，不超过 20 MB"), required=False
    )
    consent = forms.BooleanField(label="以上内容属实，可以公开")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["starts_on"].half = self.fields["ends_on"].half = True  # type: ignore[attr-defined]
        self.fields["people"].half = self.fields["pay"].half = True  # type: ignore[attr-defined]
        self.fields["region"].source = "来源：单位登记，3月17日核对"  # type: ignore[attr-defined]


def samples(*, request: HttpRequest) -> dict[str, Any]:
    """Everything the style guide shows."""
    now = timezone.localtime()
    rows = sample_rows(request=request, today=now.date())
    bar = FilterBar(
        request=request,
        placeholder="岗位、设备、难题、单位名称",
        facets=[
            facet(request=request, name="kind", label="类别", choices=KINDS, counts=values.COUNTS),
            facet(
                request=request, name="region", label="区域", choices=REGIONS, counts=values.COUNTS
            ),
        ],
    )
    return {
        "form": SampleForm(request.POST or None, request.FILES or None),
        "table": sample_table(request=request, rows=rows),
        "bar": bar,
        "charts": values.sample_charts(day=now.date()),
        "figures": values.FIGURES,
        "todos": values.sample_todos(now=now),
        "entries": values.sample_entries(now=now),
        "facts": values.FACTS,
        "reasons": values.REASONS,
        "files": values.FILES,
        "steps": values.STEPS,
        "wizard": {"lines": values.WIZARD},
        "running": values.RUNNING,
        "failed": values.FAILED,
        "soon": now + datetime.timedelta(hours=30),
        "later": now + datetime.timedelta(days=13),
        "past": now - datetime.timedelta(days=2, hours=3),
    }


def words(*, query: str) -> list[dict[str, str]]:
    """What the sample picker finds."""
    return [
        {"value": code, "text": name, "note": f"{code} · {group}"}
        for code, name, group in WORDS
        if query in f"{code}{name}{group}"
    ]


def sample_rows(*, request: HttpRequest, today: datetime.date) -> list[SampleRow]:
    chosen_kinds = set(request.GET.getlist("kind"))
    chosen_regions = set(request.GET.getlist("region"))
    text = request.GET.get("q", "")
    return [
        row
        for row in every_row(today=today)
        if (not chosen_kinds or row.kind in chosen_kinds)
        and (not chosen_regions or row.region in chosen_regions)
        and text in row.title + row.unit
    ]


def every_row(*, today: datetime.date) -> list[SampleRow]:
    titles = [
        "数控多轴操作调整工",
        "动力电池装调",
        "薄壁铝件变形控制",
        "三坐标测量机",
        "工业机器人运维",
    ]
    units = ["启衡精密（演示）", "澜动新能源（演示）", "云汀装备（演示）"]
    states = [
        ("ok", "已发布"),
        ("watch", "待补正"),
        ("late", "已逾期"),
        ("info", "审核中"),
        ("unset", "未设定"),
    ]
    return [
        SampleRow(
            pk=number,
            title=titles[number % 5],
            unit=units[number % 3],
            kind=KINDS[number % 4][0],
            region=REGIONS[number % 4][0],
            people=6 + number * 7 % 40,
            pay=Decimal(2800 + number * 100),
            tone=states[number % 5][0],
            word=states[number % 5][1],
            due=today + datetime.timedelta(days=number * 3 - 4),
        )
        for number in range(8)
    ]


def sample_table(*, request: HttpRequest, rows: list[SampleRow]) -> Table:
    return Table(
        request=request,
        name="samples",
        caption="供需样例",
        rows=rows,
        columns=[
            Column("title", "名称", main=True),
            Column("unit", "单位"),
            Column("people", "人数", numeric=True, total=True),
            Column("pay", "报酬", unit="元/月", numeric=True),
            Column("due", "截止"),
            Column("state", "状态", value="word", template="ui/_style_guide_state.html"),
            Column("region", "区域", optional=True),
        ],
        row_url=lambda row: "#tables",
        bulk_actions=[BulkAction(label="暂停", url=request.path)],
        empty={"missing": "没有符合条件的供需", "why": "放宽到全部区域可多出 8 条。"},
    )
