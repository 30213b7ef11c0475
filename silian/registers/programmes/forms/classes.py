"""What is typed about cohorts, classes, students and rosters."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person
from silian.registers.programmes.choices import RosterMode
from silian.registers.programmes.models.classes import SchoolClass


class CohortForm(forms.Form):
    """The cohort of a year (年级)."""

    year = forms.IntegerField(label="入学年份", min_value=2000, max_value=2100)


def teachers_of(school_id: int) -> Any:
    """The teachers that a school has registered."""
    rows = Person.objects.filter(
        affiliations__organisation_id=school_id,
        affiliations__kind=AffiliationKind.TEACHER,
        affiliations__ends_on__isnull=True,
    )
    return rows.distinct().order_by("name", "pk")


class ClassForm(forms.Form):
    """A class (班级)."""

    name = forms.CharField(label="班级名称", max_length=60, help_text="例如：数控 2601。")
    head_teacher = forms.ModelChoiceField(
        label="班主任",
        queryset=Person.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
    )

    def __init__(self, *args: Any, school_id: int, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["head_teacher"].queryset = teachers_of(school_id)  # type: ignore[attr-defined]

    @property
    def head_teacher_id(self) -> int | None:
        teacher = self.cleaned_data["head_teacher"]
        return teacher.pk if teacher else None


class MoveForm(forms.Form):
    """Another class from a day on (调班)."""

    to_class = forms.ModelChoiceField(
        label="调入班级", queryset=SchoolClass.objects.none(), widget=widgets.SearchSelect()
    )
    on = forms.DateField(label="调班日", widget=widgets.DateInput())

    def __init__(self, *args: Any, school_id: int, today: datetime.date, **given: Any) -> None:
        super().__init__(*args, **given)
        rows = SchoolClass.objects.filter(
            cohort__programme__school_id=school_id, cohort__graduated_at__isnull=True
        )
        self.fields["to_class"].queryset = rows.order_by("-cohort__year", "name")  # type: ignore[attr-defined]


class RosterForm(forms.Form):
    """A file of students (学生名单)."""

    file = forms.FileField(
        label="学生名单",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，一次最多 20,000 人。上传后先检查，确认前不写入任何一行；"
        "文件本身不保存，待导入内容加密存放，最多 7 天。",
    )
    mode = forms.ChoiceField(
        label="有的行不能导入时",
        choices=RosterMode.choices,
        initial=RosterMode.GOOD_ROWS,
        widget=widgets.RadioList(),
    )
