"""What is typed about order classes."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.reference.forms import OccupationField
from silian.foundation.ui.widgets import CheckboxList, DateInput, MoneyInput, SearchSelect
from silian.operations.placements.models import ClassOrder, OrderMember
from silian.registers.programmes.models import Programme, SchoolClass

MOST_NUMBERS = 500
OCCUPATION_LEVEL = 4  # 细类
INCLUSIVE = datetime.timedelta(days=1)


class OrderForm(forms.ModelForm):  # type: ignore[type-arg]
    """An order of trained people (订单)."""

    occupation = OccupationField(label="职业（工种）", required=False, level=OCCUPATION_LEVEL)
    last_day = forms.DateField(label="培养终止日", widget=DateInput())
    fieldsets = (
        ("订什么人", ["title", "programme", "occupation", "shortage_reference", "head_count"]),
        ("承诺", ["wage", "commitments"]),
        ("期限", ["starts_on", "last_day"]),
    )

    class Meta:
        model = ClassOrder
        fields = (
            "title",
            "programme",
            "occupation",
            "shortage_reference",
            "head_count",
            "wage",
            "commitments",
            "starts_on",
        )
        widgets = {
            "programme": SearchSelect(),
            "wage": MoneyInput(),
            "starts_on": DateInput(),
            "commitments": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "programme": "选定专业即选定承办学校。",
            "shortage_reference": "列入紧缺职业（工种）目录的，写目录名称和序号。",
            "commitments": "写明资助、师傅、设备、实习岗位和录用条件，学校和学生都会看到。",
            "starts_on": "协议在这一天前签齐，不能倒签。",
        }

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["last_day"] = self.instance.ends_on - INCLUSIVE

    @property
    def card(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {**given, "ends_on": given.pop("last_day") + INCLUSIVE}


class EnrolForm(forms.Form):
    """Which students join the order class (编入学生)."""

    classes = forms.ModelMultipleChoiceField(
        label="班级", queryset=SchoolClass.objects.none(), widget=CheckboxList()
    )
    numbers = forms.CharField(
        label="只编入这些学号",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个学号；不填则编入所选班级全部学生。",
    )

    def __init__(self, *args: Any, classes: QuerySet[SchoolClass], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["classes"].queryset = classes  # type: ignore[attr-defined]

    def clean_numbers(self) -> list[str]:
        found = self.cleaned_data["numbers"].split()
        if len(found) > MOST_NUMBERS:
            raise forms.ValidationError(f"一次最多 {MOST_NUMBERS} 个学号。")
        return found


class MembersForm(forms.Form):
    """The students a step is about."""

    members = forms.ModelMultipleChoiceField(
        label="学生", queryset=OrderMember.objects.none(), widget=CheckboxList()
    )

    def __init__(self, *args: Any, members: QuerySet[OrderMember], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["members"].queryset = members  # type: ignore[attr-defined]

    @property
    def member_ids(self) -> list[int]:
        return [member.pk for member in self.cleaned_data["members"]]


class TrainedForm(MembersForm):
    """How the training of these students ended (培养结果)."""

    on = forms.DateField(label="培养结业日", widget=DateInput())
    passed = forms.TypedChoiceField(
        label="结果",
        choices=(("yes", "合格"), ("no", "不合格")),
        coerce=lambda text: text == "yes",
    )


class HiredForm(MembersForm):
    """Whom the ordering enterprise hired (登记录用)."""

    hired_on = forms.DateField(label="录用日", widget=DateInput())
    wage = forms.DecimalField(
        label="实际工资（元/月）", max_digits=9, decimal_places=2, min_value=1, widget=MoneyInput()
    )


class NotHiredForm(MembersForm):
    """Whom the ordering enterprise does not hire, and why (登记未录用)."""

    reason = forms.CharField(label="原因", max_length=200)


class ReasonForm(forms.Form):
    """A step that needs words."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
