"""Sample values for the style guide: one of everything, all of it invented."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.components import Entry, EvidenceFile, Fact, Reason
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.sockets import Figure, Todo
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.foundation.ui.wizard import StepLine

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


@dataclass(frozen=True, kw_only=True)
class SampleStep:
    """A link of the sample signing chain."""

    label: str
    note: str
    state: str


@dataclass(frozen=True, kw_only=True)
class SampleJob:
    """A long job as the progress block sees it."""

    title: str
    done: int
    total: int
    message: str = ""
    failure: str = ""
    result_url: str = ""
    has_ended: bool = False


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
            facet(request=request, name="kind", label="类别", choices=KINDS, counts=COUNTS),
            facet(request=request, name="region", label="区域", choices=REGIONS, counts=COUNTS),
        ],
    )
    return {
        "form": SampleForm(request.POST or None, request.FILES or None),
        "table": sample_table(request=request, rows=rows),
        "bar": bar,
        "charts": sample_charts(day=now.date()),
        "figures": FIGURES,
        "todos": sample_todos(now=now),
        "entries": sample_entries(now=now),
        "facts": FACTS,
        "reasons": REASONS,
        "files": FILES,
        "steps": STEPS,
        "wizard": {"lines": WIZARD},
        "running": SampleJob(
            title="导入供需 5,000 条", done=3120, total=5000, message="正在核对职业"
        ),
        "failed": SampleJob(
            title="导入供需 4,812 条",
            done=4811,
            total=4812,
            failure="已收 4,812 行，第 37 行证件号少 1 位。改好后重新上传错误表。",
            has_ended=True,
        ),
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


COUNTS = {
    "post": 138,
    "class": 47,
    "problem": 42,
    "machine": 52,
    "gaoxin": 158,
    "jingkai": 121,
    "landong": 67,
    "ting": 33,
}
FIGURES = [
    Figure(
        label="今年可领取或抵免",
        value="593,800",
        unit="元",
        note="156,000 + 412,600 + 25,200，扣除额另计",
        url="#figures",
        source="权益测算，3 项合计",
    ),
    Figure(
        label="净到账",
        value="78,000",
        unit="元",
        note="预支 81,000 − 退回 3,000",
        url="#figures",
        source="资金台账",
    ),
    Figure(
        label="在岗学生与学徒",
        value="50",
        unit="人",
        note="实习生 21，学徒 29",
        url="#figures",
        source="到岗记录",
    ),
    Figure(
        label="实习岗位占技术岗位",
        value="11.2",
        unit="%",
        note="28 / 250，鼓励不少于 10%",
        url="#figures",
        source="岗位登记",
    ),
]
FACTS = [
    Fact(name="报酬", value="3,400 元/月", source="岗位登记", url="#facts"),
    Fact(name="同岗位工资", value="4,200 元/月"),
    Fact(name="时间", value="6月1日起 6 个月"),
    Fact(name="住宿", value="有，4 人间"),
    Fact(name="导师", value=""),
    Fact(name="说明", value="白班，每周休 2 天，不安排加班。", wide=True),
]
REASONS = [
    Reason(text="专业：数控技术（460103）在可接收范围"),
    Reason(text="人数：贵校 2024 级有 38 人未安排"),
    Reason(text="实训台位：需 20 个，贵校登记 14 个", met=False),
]
FILES = [
    EvidenceFile(
        name="营业执照.pdf",
        url="#files",
        content_type="application/pdf",
        size=248_300,
        added_by="演示人员",
        checksum="9f2c41d07a66",
    ),
    EvidenceFile(
        name="车间照片.jpg", url="/static/ui/mark.svg", content_type="image/svg+xml", size=1_482_000
    ),
    EvidenceFile(
        name="设备清单.xlsx", url="#files", content_type="application/vnd.ms-excel", size=18_200
    ),
]
WIZARD = [
    StepLine(number=1, label="选文件", url="#wizard", state="done"),
    StepLine(number=2, label="对应列", url="", state="current"),
    StepLine(number=3, label="预览与导入", url="", state="waiting"),
]
STEPS = [
    SampleStep(label="学校", note="3月16日", state="done"),
    SampleStep(label="企业", note="3月17日", state="done"),
    SampleStep(label="您", note="待签", state="current"),
    SampleStep(label="备案", note="未到", state="waiting"),
]


def sample_todos(*, now: datetime.datetime) -> list[Todo]:
    ways = [
        ("回答技术难题提问", "2 个团队在等：试切毛坯由谁提供", "回答", -2),
        ("确认 6 月实习计划（24 人）", "学校已签，贵方签后可派学生", "签署", 1),
        ("更新安全生产承诺", "每年一次，过期后不能接收新实习生", "更新", 13),
    ]
    return [
        Todo(
            title=title,
            detail=detail,
            url="#todos",
            action=action,
            due_at=now + datetime.timedelta(days=days),
        )
        for title, detail, action, days in ways
    ]


def sample_entries(*, now: datetime.datetime) -> list[Entry]:
    return [
        Entry(
            at=now,
            what="待贵方补正 1 项",
            who="市人社局（演示）",
            tone="watch",
            note="两名学徒缺 11 月考勤",
        ),
        Entry(
            at=now - datetime.timedelta(days=2), what="受理申领", who="市人社局（演示）", tone="ok"
        ),
        Entry(
            at=now - datetime.timedelta(days=4),
            what="提交申领",
            who="启衡精密（演示）",
            tone="info",
        ),
    ]


def sample_charts(*, day: datetime.date) -> dict[str, Chart]:
    months = ["10月", "11月", "12月", "1月", "2月", "3月"]
    trades = ["多轴数控操作", "动力电池装调", "工业机器人运维", "养老护理", "物流设备维护"]
    supply = [
        Series("需求人数", [312, 268, 204, 196, 120]),
        Series("本地供给", [96, 110, 88, 72, 104]),
    ]
    source = "企业用工登记与毕业生台账"
    return {
        "line": Chart(
            name="money",
            title="补贴资金累计",
            unit="万元",
            source="资金台账",
            as_of=day,
            kind="line",
            labels=months,
            series=[
                Series("应得", [1480, 1910, 2400, 2810, 3170, 3412]),
                Series("净支付", [990, 1420, 1840, 2260, 2640, 2828]),
            ],
        ),
        "bar": Chart(
            name="supply",
            title="紧缺职业供求",
            unit="人",
            source=source,
            as_of=day,
            kind="bar",
            labels=trades,
            series=supply,
        ),
        "stacked": Chart(
            name="stacked",
            title="供求合计",
            unit="人",
            source=source,
            as_of=day,
            kind="stacked",
            labels=trades,
            series=supply,
        ),
        "plain": Chart(
            name="plain",
            title="紧缺职业供求（不用脚本）",
            unit="人",
            source=source,
            as_of=day,
            labels=trades,
            series=supply,
        ),
    }
