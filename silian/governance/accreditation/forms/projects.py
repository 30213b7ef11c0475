"""What is typed about projects: facts, money, milestones, months, photos, steps."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.reference.forms import DivisionField, IndustriesField
from silian.foundation.ui import widgets
from silian.governance.accreditation.choices.projects import (
    DelayCause,
    FundEntryKind,
    FundSource,
    ImportMode,
    LibraryLevel,
    ProjectKind,
    ProjectStage,
    RewardKind,
)
from silian.governance.accreditation.commands.project_funds import Movement
from silian.governance.accreditation.commands.project_steps import Decision
from silian.governance.accreditation.commands.projects import ProjectFacts
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.rules.project_steps import StepDemand

LONG = {"rows": 4, "data-sl-grow": ""}
MONEY = {"max_digits": 15, "decimal_places": 2, "min_value": Decimal("0.01")}
PLACE_HELP = "可从地图复制，只用于在地图上标点，可不填。"


class ProjectForm(forms.Form):
    """A project of one's own organisation (工程项目)."""

    name = forms.CharField(label="项目名称", max_length=120)
    kind = forms.ChoiceField(label="建设类别", choices=ProjectKind.choices)
    industries = IndustriesField(label="服务行业", required=False, most=8)
    content = forms.CharField(
        label="建设内容和规模", max_length=3000, widget=forms.Textarea(attrs=LONG)
    )
    division = DivisionField(label="建设地区")
    site = forms.CharField(label="建设地点", max_length=120)
    longitude = forms.DecimalField(
        label="经度", required=False, min_value=-180, max_value=180, decimal_places=6
    )
    latitude = forms.DecimalField(
        label="纬度", required=False, min_value=-90, max_value=90, decimal_places=6,
        help_text=PLACE_HELP,
    )  # fmt: skip
    total = forms.DecimalField(label="总投资", widget=widgets.MoneyInput(), **MONEY)  # type: ignore[arg-type]
    responsible = forms.CharField(label="责任人", max_length=40, required=False)
    starts_on = forms.DateField(label="计划开工日", required=False, widget=widgets.DateInput())
    ends_on = forms.DateField(label="计划完工日", required=False, widget=widgets.DateInput())
    fieldsets = [
        ("项目", ["name", "kind", "responsible", "industries", "content"]),
        ("地点", ["division", "site", "longitude", "latitude"]),
        ("投资和工期", ["total", "starts_on", "ends_on"]),
    ]

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        for name in ("kind", "responsible", "division", "site", "longitude", "latitude",
                     "starts_on", "ends_on"):  # fmt: skip
            self.fields[name].half = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "计划完工日应晚于计划开工日。")
        if (data.get("longitude") is None) != (data.get("latitude") is None):
            self.add_error("longitude", "经度和纬度请一起填写，或都不填。")
        return data

    @staticmethod
    def initial_from(project: IntegrationProject) -> dict[str, Any]:
        names = ("name", "kind", "content", "site", "longitude", "latitude", "total",
                 "responsible", "starts_on", "ends_on")  # fmt: skip
        values = {name: getattr(project, name) for name in names}
        industries = list(project.industries.all())
        return {**values, "division": project.division_id, "industries": industries}

    def facts(self) -> ProjectFacts:
        """What was typed, without the industries."""
        given = dict(self.cleaned_data)
        given.pop("industries")
        return ProjectFacts(division_id=given.pop("division").pk, **given)


class FundPlanForm(forms.Form):
    """How much each source is to bring (资金筹措计划)."""

    def __init__(self, *args: Any, planned: dict[str, Decimal], **rest: Any):
        super().__init__(*args, **rest)
        for source, label in FundSource.choices:
            self.fields[source] = forms.DecimalField(
                label=label,
                required=False,
                max_digits=15,
                decimal_places=2,
                min_value=0,
                initial=planned.get(source),
                widget=widgets.MoneyInput(),
            )
            self.fields[source].half = True  # type: ignore[attr-defined]

    def amounts(self) -> dict[str, Decimal]:
        return {name: amount for name, amount in self.cleaned_data.items() if amount}


class FundEntryForm(forms.Form):
    """Money that was allotted or paid (登记资金)."""

    source = forms.ChoiceField(label="来源")
    kind = forms.ChoiceField(label="类别", choices=FundEntryKind.choices)
    amount = forms.DecimalField(label="金额", widget=widgets.MoneyInput(), **MONEY)  # type: ignore[arg-type]
    document = forms.CharField(label="文件或凭证", max_length=120, help_text="文号或凭证编号")
    on = forms.DateField(label="日期", widget=widgets.DateInput())
    reward = forms.ChoiceField(
        label="奖补方式", choices=[("", "不是奖补"), *RewardKind.choices], required=False
    )
    reward_reason = forms.CharField(label="奖补事由", max_length=200, required=False)

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        for name in ("source", "kind", "amount", "on", "reward", "reward_reason"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def movement(self) -> Movement:
        return Movement(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a record is struck out or a project ended (理由)."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs=LONG))


class MilestoneForm(forms.Form):
    """Something to be reached by a day (节点)."""

    title = forms.CharField(label="节点", max_length=80)
    planned_on = forms.DateField(label="计划日", widget=widgets.DateInput())


class DoneForm(forms.Form):
    """When a milestone was reached (节点完成)."""

    done_on = forms.DateField(label="完成日", widget=widgets.DateInput())


class DelayForm(forms.Form):
    """Why a milestone slips (节点滞后)."""

    expected_on = forms.DateField(label="预计日", widget=widgets.DateInput())
    cause = forms.ChoiceField(label="滞后原因", choices=DelayCause.choices)
    note = forms.CharField(
        label="原因说明",
        max_length=300,
        widget=forms.Textarea(attrs=LONG),
        help_text="卡在哪里、需要谁做什么。计划日保留不变。",
    )


class InvestmentForm(forms.Form):
    """The investment completed up to the end of a month (投资进度)."""

    month = forms.DateField(label="月份", widget=widgets.DateInput(), help_text="选当月任一天")
    completed = forms.DecimalField(
        label="累计完成投资", max_digits=15, decimal_places=2, min_value=0,
        widget=widgets.MoneyInput(), help_text="从开工累计到当月末，不超过总投资",
    )  # fmt: skip
    evidence = forms.CharField(
        label="依据材料", max_length=200, help_text="例如：监理月报 2026-02 期、付款凭证编号"
    )
    file = forms.FileField(label="附件", required=False, widget=widgets.FileInput())
    reason = forms.CharField(
        label="更正理由",
        max_length=200,
        required=False,
        help_text="更正已登记的月份或累计数减少时必填",
    )

    def report(self) -> dict[str, Any]:
        """What was typed, without the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class PhotoForm(forms.Form):
    """A picture of the site (现场照片)."""

    file = forms.FileField(
        label="照片",
        widget=widgets.FileInput(limit="JPEG、PNG 或 WebP；保存时去除位置和相机信息"),
    )
    taken_on = forms.DateField(label="拍摄日", widget=widgets.DateInput())
    place = forms.CharField(label="部位", max_length=80, help_text="例如：一号实训楼二层")
    caption = forms.CharField(label="说明", max_length=120, required=False)


class FindingForm(forms.Form):
    """What the acceptance found (验收问题)."""

    text = forms.CharField(label="问题", max_length=300, widget=forms.Textarea(attrs=LONG))
    cure_by = forms.DateField(label="整改期限", widget=widgets.DateInput())


class CureForm(forms.Form):
    """How a finding was cured (整改销号)."""

    cured_on = forms.DateField(label="整改完成日", widget=widgets.DateInput())
    note = forms.CharField(label="整改情况", max_length=300, widget=forms.Textarea(attrs=LONG))


class StepForm(forms.Form):
    """A proposal for the next stage with its checklist (申请进入下一环节)."""

    statement = forms.CharField(
        label="申请理由和完成情况", max_length=1000, widget=forms.Textarea(attrs=LONG)
    )
    file = forms.FileField(label="证明材料", required=False, widget=widgets.FileInput())

    def __init__(self, *args: Any, demand: StepDemand, **rest: Any):
        super().__init__(*args, **rest)
        self.demand = demand
        for place, text in enumerate(demand.checks):
            self.fields[f"met_{place}"] = forms.BooleanField(label=text, required=False)
            self.fields[f"note_{place}"] = forms.CharField(
                label=f"证明材料：{text}", max_length=200, required=False
            )
        names = [
            f"{kind}_{place}" for place in range(len(demand.checks)) for kind in ("met", "note")
        ]
        self.fieldsets = [("清单", names), ("申请", ["statement", "file"])]

    def checks(self) -> dict[int, tuple[bool, str]]:
        given = self.cleaned_data
        return {
            place: (given[f"met_{place}"], given[f"note_{place}"])
            for place in range(len(self.demand.checks))
        }


class AgreeForm(forms.Form):
    """What the leading department says when it agrees (同意)."""

    opinion = forms.CharField(
        label="审定意见", max_length=500, required=False, widget=forms.Textarea(attrs=LONG)
    )
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="有批复文号时请填写文号"
    )

    def __init__(self, *args: Any, stage: str, **rest: Any):
        super().__init__(*args, **rest)
        if stage == ProjectStage.LIBRARY:
            self.fields["library_level"] = forms.ChoiceField(
                label="入库层级", choices=LibraryLevel.choices
            )
            self.fields["library_number"] = forms.CharField(label="入库编号", max_length=40)
            self.fields["library_on"] = forms.DateField(label="入库日", widget=widgets.DateInput())
        if stage == ProjectStage.IN_USE:
            self.fields["first_class"] = forms.TypedChoiceField(
                label="装备水平国内一流",
                choices=[("", "未认定"), ("1", "是"), ("0", "否")],
                required=False,
                coerce=lambda value: value == "1",
                empty_value=None,
                help_text="按验收意见填写；工程项目数目标只计认定为“是”的项目",
            )

    def decision(self) -> Decision:
        return Decision(**self.cleaned_data)


class ReturnForm(forms.Form):
    """Why a proposal goes back (退回)."""

    opinion = forms.CharField(label="退回理由", max_length=500, widget=forms.Textarea(attrs=LONG))


class ImportForm(forms.Form):
    """A table of projects (导入项目)."""

    file = forms.FileField(
        label="表格", widget=widgets.FileInput(limit="xlsx 或 csv，最多 5,000 行")
    )
    mode = forms.ChoiceField(
        label="有错时",
        choices=ImportMode.choices,
        initial=ImportMode.ALL_OR_NOTHING,
        widget=widgets.RadioList(),
    )


class RecognitionForm(forms.Form):
    """A plain reference to a recognition (关联认定)."""

    reference = forms.CharField(
        label="认定编号", max_length=60, required=False, help_text="填认定证书编号；清空即取消关联"
    )


def last_month(today: datetime.date) -> datetime.date:
    """The first day of the month before."""
    return (today.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
