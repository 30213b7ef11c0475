"""What is typed about visits and incidents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.ui import widgets
from silian.operations.placements.choices.pay import (
    IncidentKind,
    IncidentSeverity,
    VisitWay,
)
from silian.operations.placements.models import Internship


class InternChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}（{obj.school_class.name}）"


class VisitForm(forms.Form):
    """A visit to interns at one host (巡访)."""

    internships = InternChoice(
        label="见到的学生", queryset=Internship.objects.none(), widget=widgets.CheckboxList()
    )
    visited_on = forms.DateField(label="巡访日期", widget=widgets.DateInput())
    way = forms.ChoiceField(label="方式", choices=VisitWay.choices)
    findings = forms.CharField(
        label="情况",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="岗位、工时、报酬、住宿、安全、学生想法。",
    )
    follow_up = forms.CharField(label="须跟进事项", max_length=300, required=False)
    follow_up_due_on = forms.DateField(label="跟进期限", required=False, widget=widgets.DateInput())
    photo = forms.FileField(label="照片", required=False, widget=widgets.FileInput())

    def __init__(self, *args: Any, interns: QuerySet[Internship], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["internships"].queryset = interns  # type: ignore[attr-defined]


class FollowUpForm(forms.Form):
    result = forms.CharField(
        label="跟进结果", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class FrequencyForm(forms.Form):
    every_days = forms.IntegerField(label="每名学生至少每几天巡访一次", min_value=1, max_value=365)


class IncidentForm(forms.Form):
    """What happened to an intern (事件)."""

    kind = forms.ChoiceField(label="类别", choices=IncidentKind.choices)
    severity = forms.ChoiceField(
        label="严重程度",
        choices=IncidentSeverity.choices,
        help_text="较重的 24 小时内、重大的 1 小时内报告主管部门。",
    )
    happened_at = forms.DateTimeField(label="发生时间", widget=widgets.DateTimeInput())
    place = forms.CharField(label="地点", max_length=200)
    description = forms.CharField(
        label="经过", max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    measures = forms.CharField(
        label="已采取措施",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    claim_number = forms.CharField(
        label="保险报案号", max_length=60, required=False, help_text="已报案的填写。"
    )
    photo = forms.FileField(label="照片或材料", required=False, widget=widgets.FileInput())


class IncidentCloseForm(forms.Form):
    conclusion = forms.CharField(
        label="办结说明",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="学生现状、责任认定、理赔和改进。",
    )
    claim_number = forms.CharField(label="保险报案号", max_length=60, required=False)
