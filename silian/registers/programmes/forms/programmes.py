"""What a school types about a programme."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.reference.forms import MajorField, OccupationsField
from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.programmes.choices import (
    ConstructionCategory,
    ConstructionLevel,
    IntegrationForm,
)
from silian.registers.programmes.commands.programmes import ProgrammeFacts
from silian.registers.programmes.forms.fields import OrganisationField

UNCHOSEN = ("", "未确定")


class ProgrammeEditForm(forms.Form):
    """The facts of a programme that may change (专业点资料)."""

    name = forms.CharField(
        label="专业名称", max_length=120, help_text="与目录名称不同时写本校名称，例如方向名称。"
    )
    years = forms.DecimalField(
        label="学制（年）", min_value=1, max_value=8, max_digits=3, decimal_places=1
    )
    group = forms.CharField(label="所属专业群", max_length=60, required=False)
    industry_chain = forms.CharField(
        label="服务的重点产业链",
        max_length=40,
        required=False,
        help_text="与单位名录的产业链一致，例如：高端装备。",
    )
    integration_form = forms.ChoiceField(
        label="产教融合形式", choices=[UNCHOSEN, *IntegrationForm.choices], required=False
    )
    joint_enterprise = OrganisationField(
        label="共建企业", kind=OrganisationKind.ENTERPRISE, required=False
    )
    occupations = OccupationsField(label="面向职业", required=False, most=10)
    is_cross_disciplinary = forms.BooleanField(label="跨学科专业交叉培养", required=False)
    is_new_engineering = forms.BooleanField(label="新工科专业", required=False)
    is_applied_undergraduate = forms.BooleanField(label="应用型本科专业", required=False)
    is_in_joint_plan = forms.BooleanField(label="列入协同育人推进计划", required=False)

    fieldsets = [
        ("专业", ["name", "years", "group"]),
        ("对接产业", ["industry_chain", "integration_form", "joint_enterprise", "occupations"]),
        (
            "标记",
            [
                "is_cross_disciplinary",
                "is_new_engineering",
                "is_applied_undergraduate",
                "is_in_joint_plan",
            ],
        ),
    ]

    def facts(self) -> ProgrammeFacts:
        data = self.cleaned_data
        names = set(ProgrammeFacts.__dataclass_fields__) - {"joint_enterprise_id"}
        firm = data["joint_enterprise"]
        return ProgrammeFacts(
            joint_enterprise_id=firm.pk if firm else None, **{name: data[name] for name in names}
        )

    def occupation_ids(self) -> list[str]:
        return [row.pk for row in self.cleaned_data["occupations"]]


class ProgrammeForm(ProgrammeEditForm):
    """A new programme (登记专业点)."""

    major = MajorField(label="目录专业")
    opened_on = forms.DateField(label="开办日", widget=widgets.DateInput())
    is_planned = forms.BooleanField(
        label="尚在筹建", required=False, help_text="筹建的专业点只有本校和主管部门看到。"
    )

    fieldsets = [
        ("目录专业", ["major", "opened_on", "is_planned"]),
        *ProgrammeEditForm.fieldsets,
    ]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("name") and data.get("major"):
            data["name"] = data["major"].name
        return data


class StepForm(forms.Form):
    """Day and reason of a step (办理)."""

    on = forms.DateField(label="日期", widget=widgets.DateInput())
    reason = forms.CharField(
        label="理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DayForm(forms.Form):
    """Only the day of a step."""

    on = forms.DateField(label="日期", widget=widgets.DateInput())


class ReasonForm(forms.Form):
    """Only the reason of a step."""

    reason = forms.CharField(
        label="理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConstructionForm(forms.Form):
    """A construction project (专业建设项目)."""

    category = forms.ChoiceField(label="建设类别", choices=ConstructionCategory.choices)
    level = forms.ChoiceField(label="级别", choices=ConstructionLevel.choices)
    document_number = forms.CharField(label="立项文号", max_length=60, required=False)
    approved_on = forms.DateField(label="立项日", widget=widgets.DateInput())
    due_on = forms.DateField(label="应验收日", widget=widgets.DateInput(), required=False)
