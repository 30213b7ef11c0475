"""Sample values of the style guide that are drawn as they are; all of them invented."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.foundation.ui.charts import Chart, Kind, Series
from silian.foundation.ui.components import Entry, EvidenceFile, Fact, Reason
from silian.foundation.ui.sockets import Figure, Todo
from silian.foundation.ui.wizard import StepLine


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
    """One chart of each kind, and one without script."""
    upright = supply_chart(name="supply", title="紧缺职业供求", kind="bar", day=day)
    return {
        "line": money_chart(day=day),
        "bar": upright,
        "stacked": supply_chart(name="stacked", title="供求合计", kind="stacked", day=day),
        "plain": supply_chart(name="plain", title="紧缺职业供求（不用脚本）", kind="bar", day=day),
    }


def supply_chart(*, name: str, title: str, kind: Kind, day: datetime.date) -> Chart:
    return Chart(
        name=name,
        title=title,
        unit="人",
        source="企业用工登记与毕业生台账",
        as_of=day,
        kind=kind,
        labels=["多轴数控操作", "动力电池装调", "工业机器人运维", "养老护理", "物流设备维护"],
        series=[
            Series("需求人数", [312, 268, 204, 196, 120]),
            Series("本地供给", [96, 110, 88, 72, 104]),
        ],
    )


def money_chart(*, day: datetime.date) -> Chart:
    return Chart(
        name="money",
        title="补贴资金累计",
        unit="万元",
        source="资金台账",
        as_of=day,
        kind="line",
        labels=["10月", "11月", "12月", "1月", "2月", "3月"],
        series=[
            Series("应得", [1480, 1910, 2400, 2810, 3170, 3412]),
            Series("净支付", [990, 1420, 1840, 2260, 2640, 2828]),
        ],
    )


RUNNING = SampleJob(title="导入供需 5,000 条", done=3120, total=5000, message="正在核对职业")
FAILED = SampleJob(
    title="导入供需 4,812 条",
    done=4811,
    total=4812,
    failure="已收 4,812 行，第 37 行证件号少 1 位。改好后重新上传错误表。",
    has_ended=True,
)
