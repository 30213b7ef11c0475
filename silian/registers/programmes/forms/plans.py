"""What is typed about training plans and their courses."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.programmes.choices import CourseKind, TeachingMode
from silian.registers.programmes.commands.plans import PlanFacts
from silian.registers.programmes.forms.fields import OrganisationField, OrganisationsField
from silian.registers.programmes.models.plans import PlanCourse, TrainingPlan
from silian.registers.programmes.models.standards import StandardVersion
from silian.registers.programmes.queries.standards import versions_in_force
from silian.registers.programmes.rules.course_rows import CourseRow

FIRST_YEAR, LAST_YEAR = 2000, 2100


class PlanForm(forms.Form):
    """The head of a training plan (方案概要)."""

    cohort_from = forms.IntegerField(
        label="适用年级起",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="入学年份，例如 2026。",
    )
    cohort_until = forms.IntegerField(
        label="适用年级止",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        help_text="留空表示以后各年级都适用，直到有新的一版。",
    )
    goal = forms.CharField(
        label="培养目标", max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    content_renewal = forms.CharField(
        label="教学内容智能化改造",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    standards = forms.ModelMultipleChoiceField(
        label="引用标准",
        queryset=StandardVersion.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )
    enterprises = OrganisationsField(
        label="共同编制的企业", kind=OrganisationKind.ENTERPRISE, required=False
    )

    fieldsets = [
        ("适用年级", ["cohort_from", "cohort_until"]),
        ("内容", ["goal", "content_renewal"]),
        ("依据与共同编制", ["standards", "enterprises"]),
    ]

    def __init__(self, *args: Any, on: datetime.date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["standards"].queryset = versions_in_force(on=on)  # type: ignore[attr-defined]

    def facts(self) -> PlanFacts:
        data = self.cleaned_data
        return PlanFacts(
            cohort_from=data["cohort_from"],
            cohort_until=data["cohort_until"],
            goal=data["goal"],
            content_renewal=data["content_renewal"],
            standard_ids=tuple(row.pk for row in data["standards"]),
            enterprise_ids=tuple(row.pk for row in data["enterprises"]),
        )

    @staticmethod
    def initial_of(plan: TrainingPlan) -> dict[str, Any]:
        return {
            "cohort_from": plan.cohort_from,
            "cohort_until": plan.cohort_until,
            "goal": plan.goal,
            "content_renewal": plan.content_renewal,
            "standards": list(plan.standards.values_list("pk", flat=True)),
            "enterprises": [row.enterprise for row in plan.authors.select_related("enterprise")],
        }


class CourseForm(forms.Form):
    """One course of a plan (课程)."""

    code = forms.CharField(label="课程代码", max_length=20)
    name = forms.CharField(label="课程名称", max_length=80)
    kind = forms.ChoiceField(label="课程类别", choices=CourseKind.choices)
    term = forms.IntegerField(label="开设学期", min_value=1, max_value=12)
    theory_hours = forms.IntegerField(label="理论学时", min_value=0, max_value=2000, initial=0)
    practice_hours = forms.IntegerField(label="实践学时", min_value=0, max_value=2000, initial=0)
    internship_weeks = forms.IntegerField(
        label="实习周数", min_value=0, max_value=60, initial=0, help_text="只有“实习”类课程填写。"
    )
    credits = forms.DecimalField(
        label="学分", min_value=0, max_value=100, max_digits=4, decimal_places=1, required=False
    )
    modes = forms.MultipleChoiceField(
        label="教学方式",
        choices=TeachingMode.choices,
        required=False,
        widget=widgets.CheckboxList(),
    )
    standard = forms.ModelChoiceField(
        label="对接标准", queryset=StandardVersion.objects.none(), required=False
    )
    enterprise = OrganisationField(
        label="共建企业", kind=OrganisationKind.ENTERPRISE, required=False
    )

    fieldsets = [
        ("课程", ["code", "name", "kind", "term"]),
        ("学时", ["theory_hours", "practice_hours", "internship_weeks", "credits"]),
        ("教学", ["modes", "standard", "enterprise"]),
    ]

    def __init__(self, *args: Any, on: datetime.date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["standard"].queryset = versions_in_force(on=on)  # type: ignore[attr-defined]

    def row(self) -> CourseRow:
        data = dict(self.cleaned_data)
        standard, enterprise = data.pop("standard"), data.pop("enterprise")
        return CourseRow(
            row=0,
            standard_id=standard.pk if standard else None,
            enterprise_id=enterprise.pk if enterprise else None,
            **data,
        )

    @staticmethod
    def initial_of(course: PlanCourse) -> dict[str, Any]:
        names = set(CourseRow.__dataclass_fields__) - {"row", "standard_id", "enterprise_id"}
        values = {name: getattr(course, name) for name in names}
        return {**values, "standard": course.standard_id, "enterprise": course.enterprise}


class CourseFileForm(forms.Form):
    """A course table as a file (课程表)."""

    file = forms.FileField(
        label="课程表",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行是列名。导入后替换原有课程。",
    )


class PlanAnswerForm(forms.Form):
    """What a co-authoring enterprise says (企业意见)."""

    agrees = forms.TypedChoiceField(
        label="意见",
        choices=[("yes", "同意"), ("no", "不同意")],
        coerce=lambda text: text == "yes",
        widget=widgets.RadioList(),
    )
    opinion = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
