"""What a school types about a host: choice, checks, decision, inspection."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import lazy

from silian.foundation.ui import widgets
from silian.operations.placements.models.hosts import HostInspection
from silian.registers.organisations.models import Organisation

BETWEEN_NAMES = re.compile(r"[、，,;；\s]+")
MOST_INSPECTORS = 8


class HostForm(forms.Form):
    """Which organisation (拟选单位)."""

    organisation = forms.CharField(
        label="单位",
        max_length=120,
        widget=widgets.Picker(
            url=lazy(reverse, str)("placements:organisation_choices"),
            label_of=lambda value: organisation_label(value),
        ),
        help_text="输入名称或统一社会信用代码查找。名录里没有的，请单位先注册并核验。",
    )

    def clean_organisation(self) -> int:
        typed = self.cleaned_data["organisation"].strip()
        rows = Organisation.objects.filter(state="verified")
        found = rows.filter(pk=typed) if typed.isdigit() and len(typed) < 10 else rows.none()
        found = found or rows.filter(uscc=typed) or rows.filter(name=typed)
        if len(found) != 1:
            raise ValidationError(f"名录中没有已核验的“{typed}”。请从列表中选择。")
        return int(found[0].pk)


def organisation_label(value: str) -> str:
    row = Organisation.objects.filter(pk=value).first() if str(value).isdigit() else None
    return row.name if row else value


YES_NO = ((True, "是"), (False, "否"))


def yes_no(label: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value in (True, "True"),
        widget=widgets.RadioList(),
        help_text=help_text,
    )


class CheckForm(forms.Form):
    """What the checks of an organisation found (核查结果)."""

    is_credit_clean = yes_no("无严重失信记录", "查国家和地方信用平台")
    had_safety_violation = yes_no("近三年有安全生产违法记录", "查应急管理部门公示")
    is_licence_valid = yes_no("登记证照有效", "查市场监督管理部门公示")
    note = forms.CharField(
        label="核查说明", max_length=300, required=False, help_text="写明查询日期和出处。"
    )


class DecisionForm(forms.Form):
    """The collective decision on some hosts (集体研究)."""

    decided_on = forms.DateField(label="集体研究日期", widget=widgets.DateInput())
    reference = forms.CharField(label="会议或文号", max_length=100)


class ReasonForm(forms.Form):
    """Why (原因)."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def long_text(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-sl-grow": ""}),
        help_text=help_text,
    )


class SeveralFiles(forms.FileField):
    """Several files of one box (多个附件)."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [single(each, initial) for each in files]


class SeveralFilesInput(widgets.FileInput):
    allow_multiple_selected = True


class InspectionForm(forms.Form):
    """The report of a visit in eight fields (实地考察报告)."""

    visited_on = forms.DateField(label="考察日期", widget=widgets.DateInput())
    inspectors = forms.CharField(
        label="考察人", max_length=200, help_text="至少 2 人，用顿号分开。"
    )
    qualification = long_text("资质", "证照、经营范围、规模")
    integrity = long_text("诚信状况", "信用记录、欠薪、处罚")
    management = long_text("管理水平", "带教制度、安全机构、以往实习")
    work_content = long_text("实习岗位性质和内容", "任务、轮岗、与专业的关系")
    working_hours = long_text("工作时间", "班次、休息日、加班和夜班")
    work_environment = long_text("工作环境", "照明、通风、噪声、通道")
    living_environment = long_text("生活环境", "用餐、住宿、消防")
    safety_and_health = long_text("健康保障和安全防护", "防护用品、培训、应急")
    is_suitable = forms.TypedChoiceField(
        label="结论",
        choices=((True, "适合接收实习学生"), (False, "不适合")),
        coerce=lambda value: value in (True, "True"),
        widget=widgets.RadioList(),
    )
    photos = SeveralFiles(
        label="现场照片",
        required=False,
        widget=SeveralFilesInput(limit="JPG 或 PNG，最多 12 张"),
        help_text="车间、宿舍、食堂、安全设施各拍 1 张以上。",
    )
    fieldsets = [
        ("考察", ["visited_on", "inspectors"]),
        ("单位", ["qualification", "integrity", "management"]),
        ("岗位和工作时间", ["work_content", "working_hours"]),
        ("环境和安全", ["work_environment", "living_environment", "safety_and_health"]),
        ("结论", ["is_suitable", "photos"]),
    ]

    def clean_inspectors(self) -> list[str]:
        names = BETWEEN_NAMES.split(self.cleaned_data["inspectors"].strip())
        return [name[:60] for name in names if name][:MOST_INSPECTORS]

    @staticmethod
    def initial_from(inspection: HostInspection) -> dict[str, Any]:
        """The last report, to begin the next from."""
        names = set(InspectionForm.base_fields) - {"visited_on", "inspectors", "photos"}
        values = {name: getattr(inspection, name) for name in names}
        return {**values, "inspectors": "、".join(inspection.inspectors)}
