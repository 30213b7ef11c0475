"""Shapes of input about people."""

from __future__ import annotations

from django import forms

from silian.foundation.ui import widgets
from silian.registers.people.choices import AffiliationKind, RequestKind
from silian.registers.people.rules import id_number_problem


class PersonForm(forms.Form):
    """Somebody of one's own organisation (登记人员)."""

    name = forms.CharField(label="姓名", max_length=60)
    kind = forms.ChoiceField(label="身份", choices=AffiliationKind.choices)
    number = forms.CharField(label="学号或工号", max_length=30, required=False)
    unit = forms.CharField(label="班级或部门", max_length=60, required=False)
    id_number = forms.CharField(
        label="居民身份证号",
        max_length=20,
        required=False,
        help_text="加密保存，列表只显示首尾几位。办理实习、学徒、补贴时才需要。",
    )
    phone = forms.CharField(label="手机号", max_length=20, required=False)
    email = forms.EmailField(label="邮箱", required=False)
    starts_on = forms.DateField(label="开始日", widget=widgets.DateInput())

    def clean_id_number(self) -> str:
        number = str(self.cleaned_data["id_number"])
        problem = id_number_problem(number) if number else None
        if problem:
            raise forms.ValidationError(problem)
        return number


class RevealForm(forms.Form):
    """Why the full identity number is needed (查看事由)."""

    reason = forms.CharField(
        label="事由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：核对春季岗位实习协议的身份信息。事由记入审计，本人可见。",
    )


class DataRequestForm(forms.Form):
    """A request about one's own data (个人信息请求)."""

    kind = forms.ChoiceField(label="事项", choices=RequestKind.choices)
    text = forms.CharField(
        label="请求内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="更正请写明哪一项、现在是什么、应该是什么。",
    )


class AnswerForm(forms.Form):
    """The answer to a request (答复)."""

    granted = forms.ChoiceField(
        label="办理结果",
        choices=[("yes", "同意办理"), ("no", "不予办理")],
        widget=widgets.RadioList(),
    )
    answer = forms.CharField(
        label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class EndForm(forms.Form):
    """When somebody left (结束人员身份)."""

    ends_on = forms.DateField(label="结束日（当天起不再属于本单位）", widget=widgets.DateInput())
