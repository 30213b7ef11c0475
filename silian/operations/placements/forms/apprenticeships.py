"""What is typed about apprenticeships and apprentices."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.reference.forms import OccupationField
from silian.foundation.ui.widgets import DateInput, SearchSelect
from silian.operations.placements.choices.orders import (
    ApprenticeLevel,
    ApprenticeState,
)
from silian.operations.placements.models import Apprentice, ApprenticeExam, Apprenticeship
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import Programme

OCCUPATION_LEVEL = 4  # 细类
INCLUSIVE = datetime.timedelta(days=1)
PLACE_LINE = re.compile(
    r"^(?P<first>\d+)\s*[-–至]\s*(?P<last>\d+)\s+(?P<place>[^：:]+)[：:]\s*(?P<tasks>.+)$"
)
WAGE_LINE = re.compile(r"^(?P<month>\d+)\s+(?P<wage>\d+(?:\.\d{1,2})?)$")


class ApprenticeshipForm(forms.ModelForm):  # type: ignore[type-arg]
    """An apprenticeship programme (学徒培养项目)."""

    occupation = OccupationField(label="职业（工种）", required=False, level=OCCUPATION_LEVEL)
    last_day = forms.DateField(label="终止日", widget=DateInput())
    fieldsets = (
        ("项目", ["scheme", "title", "enterprise", "school", "programme", "occupation"]),
        ("培养", ["level", "months", "theory_hours", "practice_hours", "is_pilot"]),
        ("期限", ["starts_on", "last_day"]),
    )

    class Meta:
        model = Apprenticeship
        fields = (
            "scheme",
            "title",
            "enterprise",
            "school",
            "programme",
            "occupation",
            "level",
            "months",
            "theory_hours",
            "practice_hours",
            "is_pilot",
            "starts_on",
        )
        widgets = {
            "enterprise": SearchSelect(),
            "school": SearchSelect(),
            "programme": SearchSelect(),
            "starts_on": DateInput(),
        }
        help_texts = {
            "scheme": "在校学生走现代学徒制；已签劳动合同的职工走企业新型学徒制。",
            "theory_hours": "每名学徒整个培养期的课时。",
            "is_pilot": "试点项目完成时要写明可复制的经验。",
        }

    def __init__(
        self,
        *args: Any,
        enterprises: QuerySet[Organisation],
        schools: QuerySet[Organisation],
        programmes: QuerySet[Programme],
        **rest: Any,
    ):
        super().__init__(*args, **rest)
        self.fields["enterprise"].queryset = enterprises  # type: ignore[attr-defined]
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["last_day"] = self.instance.ends_on - INCLUSIVE

    @property
    def card(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {**given, "ends_on": given.pop("last_day") + INCLUSIVE}


class RotationForm(forms.Form):
    """Rotation and wages, line by line (轮岗计划和工资递增)."""

    places = forms.CharField(
        label="轮岗计划",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一段：起止月、岗位、冒号、学习任务，任务用顿号分开。"
        "例：1-3 装配车间：识图、装配、检验",
    )
    wages = forms.CharField(
        label="工资递增",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一段：自第几月、每月工资（元）。例：1 2800",
    )

    def clean_places(self) -> list[tuple[str, list[str], int, int]]:
        return [self.place(number, line) for number, line in lines(self.cleaned_data["places"])]

    def clean_wages(self) -> list[tuple[int, Decimal]]:
        steps = [self.wage(number, line) for number, line in lines(self.cleaned_data["wages"])]
        months = [month for month, _ in steps]
        if len(months) != len(set(months)):
            raise forms.ValidationError("同一个月写了两次工资，请保留一条。")
        return steps

    def place(self, number: int, line: str) -> tuple[str, list[str], int, int]:
        found = PLACE_LINE.match(line)
        if found is None:
            raise forms.ValidationError(f"第 {number} 行读不懂：“{line[:30]}”。请按示例填写。")
        first, last = int(found["first"]), int(found["last"])
        if not 1 <= first <= last:
            raise forms.ValidationError(f"第 {number} 行的起止月不对。")
        tasks = [task.strip() for task in found["tasks"].split("、") if task.strip()]
        return found["place"].strip(), tasks, first, last

    def wage(self, number: int, line: str) -> tuple[int, Decimal]:
        found = WAGE_LINE.match(line)
        if found is None:
            raise forms.ValidationError(f"第 {number} 行读不懂：“{line[:30]}”。请按示例填写。")
        return int(found["month"]), Decimal(found["wage"])

    @staticmethod
    def initial_from(row: Apprenticeship) -> dict[str, str]:
        """The present plan, as it would be typed."""
        places = [
            f"{step.first_month}-{step.last_month} {step.place}：{'、'.join(step.tasks)}"
            for step in row.rotation.all()
        ]
        wages = [f"{step.from_month} {step.wage:.0f}" for step in row.wage_steps.all()]
        return {"places": "\n".join(places), "wages": "\n".join(wages)}


def lines(text: str) -> list[tuple[int, str]]:
    """The lines that hold something, with their numbers from 1."""
    numbered = enumerate(text.splitlines(), start=1)
    return [(number, line.strip()) for number, line in numbered if line.strip()]


class FilingForm(forms.Form):
    """The number under which the authority files (备案)."""

    filing_number = forms.CharField(label="备案号", max_length=60)


class ApprenticeForm(forms.Form):
    """Who becomes an apprentice, and from when (学徒入册)."""

    person = forms.ModelChoiceField(
        label="人员", queryset=Person.objects.none(), widget=SearchSelect()
    )
    starts_on = forms.DateField(
        label="培养起始日",
        widget=DateInput(),
        help_text="培养协议应在这一天前签齐，请留出签署时间。",
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class IdentityForm(forms.ModelForm):  # type: ignore[type-arg]
    """The half of the double identity that the acting side knows (双重身份)."""

    class Meta:
        model = Apprentice
        fields = (
            "employee_number",
            "contract_number",
            "contract_starts_on",
            "contract_ends_on",
            "enterprise_mentor",
            "student_number",
            "school_mentor",
            "is_full_time_student",
        )
        widgets = {
            "contract_starts_on": DateInput(),
            "contract_ends_on": DateInput(),
            "enterprise_mentor": SearchSelect(),
            "school_mentor": SearchSelect(),
        }

    def __init__(self, *args: Any, names: list[str], mentors: QuerySet[Person], **rest: Any):
        super().__init__(*args, **rest)
        for name in [name for name in self.fields if name not in names]:
            del self.fields[name]
        for name in ("enterprise_mentor", "school_mentor"):
            if name in self.fields:
                self.fields[name].queryset = mentors  # type: ignore[attr-defined]


class MonthForm(forms.Form):
    """The hours of one month (课时)."""

    month = forms.DateField(
        label="月份",
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    theory_hours = forms.IntegerField(label="理论课时", min_value=0, max_value=400)
    practice_hours = forms.IntegerField(label="实操课时", min_value=0, max_value=400)
    note = forms.CharField(label="说明", max_length=200, required=False)


class ExamForm(forms.ModelForm):  # type: ignore[type-arg]
    """One assessment (考核)."""

    class Meta:
        model = ApprenticeExam
        fields = ("title", "taken_on", "score", "pass_mark", "is_final", "examiner")
        widgets = {"taken_on": DateInput()}


class QualifyForm(forms.Form):
    """The certificate of the apprentice (考核合格)."""

    certificate_number = forms.CharField(label="证书编号", max_length=60)
    level = forms.ChoiceField(label="证书等级", choices=ApprenticeLevel.choices)


class CorrectionForm(forms.Form):
    """The right result of an apprentice, since when and why (更正培养结果)."""

    result = forms.ChoiceField(label="更正为", widget=forms.RadioSelect)
    ended_on = forms.DateField(
        label="实际终止日", widget=DateInput(), help_text="离开或不再参加培养的那一天"
    )
    reason = forms.CharField(
        label="原因和依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="学徒和主管部门会看到",
    )

    def __init__(self, *args: Any, state: ApprenticeState, **options: Any) -> None:
        super().__init__(*args, **options)
        both = (ApprenticeState.LEFT, ApprenticeState.UNQUALIFIED)
        field = self.fields["result"]
        field.choices = [(each.value, each.label) for each in both if each != state]  # type: ignore[attr-defined]


class ExperienceForm(forms.Form):
    """What others may copy of a pilot (试点经验)."""

    experience = forms.CharField(
        label="可复制的经验",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="试点项目必填：做法、条件、数据和适用范围。",
    )
