"""What schools type about income, plans and pay totals."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import widgets
from silian.governance.incentives.choices.income import ConversionWay, IncomeKind
from silian.governance.incentives.commands.income import ProjectSaid
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.queries import people_of_organisation

MOST = Decimal("99999999999999.99")


def money_field(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=MOST,
        max_digits=16,
        decimal_places=2,
        widget=widgets.MoneyInput(),
        help_text=help_text,
    )


def text_field(label: str, *, most: int, rows: int = 4, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **given)


class ProjectForm(forms.Form):
    """An income project (收入项目)."""

    title = forms.CharField(label="项目", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=IncomeKind.choices)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    gain = money_field("收入", "转化填净收入、股份价值或年营业利润；其他填学校到账的收入")
    way = forms.ChoiceField(
        label="转化方式",
        choices=[("", "不是成果转化"), *ConversionWay.choices],
        required=False,
        help_text="成果转化必填，奖励下限按它计算",
    )
    agreed = forms.BooleanField(
        label="奖励有学校规定或与本人的约定",
        required=False,
        help_text="没有规定也没有约定的，按法定下限核对",
    )
    agreement = forms.CharField(label="规定或约定", max_length=200, required=False)
    fieldsets = [
        ("项目", ["title", "kind", "year", "gain"]),
        ("成果转化", ["way", "agreed", "agreement"]),
    ]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("kind", "year"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def said(self) -> ProjectSaid:
        return ProjectSaid(**self.cleaned_data)


class ShareForm(forms.Form):
    """What one person gets (个人所得)."""

    person = forms.TypedChoiceField(label="教师", coerce=int, widget=widgets.SearchSelect())
    amount = money_field("金额")
    paid_on = forms.DateField(label="发放日", widget=widgets.DateInput())

    def __init__(self, *args: Any, actor: Actor, today: datetime.date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        people = people_of_organisation(actor=actor, on=today, kind=AffiliationKind.TEACHER)
        rows = people.order_by("person__name", "pk")
        named = {row.person_id: f"{row.person.name} {row.unit}".strip() for row in rows}
        self.fields["person"].choices = [("", "请选择"), *named.items()]  # type: ignore[attr-defined]
        for name in ("amount", "paid_on"):
            self.fields[name].half = True  # type: ignore[attr-defined]


class ShareCorrectionForm(forms.Form):
    """The right sum, and why (更正)."""

    amount = money_field("金额", "撤销填 0")
    reason = text_field("更正理由", most=200, rows=3)


class EvidenceForm(forms.Form):
    """A voucher (凭证)."""

    file = forms.FileField(
        label="凭证", widget=widgets.FileInput(), help_text="合同、获奖文件、到账和发放凭证"
    )


class PlanForm(forms.Form):
    """A distribution plan (分配方案)."""

    title = forms.CharField(label="标题", max_length=120)
    text = text_field(
        "方案", most=8000, rows=12, help_text="写明哪些收入、分给谁、什么比例、谁审批、怎样公开"
    )


class NoticeForm(forms.Form):
    """How long the plan is shown (公示)."""

    days = forms.IntegerField(label="公示天数", min_value=1, max_value=60)
    basis = forms.CharField(
        label="天数依据",
        max_length=120,
        required=False,
        help_text="本校制度名称；地区有规定的从其规定",
    )


class ObjectionForm(forms.Form):
    """What a member objects (意见)."""

    text = text_field("意见", most=2000)


class AnswerForm(forms.Form):
    """The school's answer (答复)."""

    answer = text_field("答复", most=2000)


class PayTotalForm(forms.Form):
    """What is proposed (拟报)."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    proposed = money_field("拟报绩效工资总量", "受总量限制的部分；单列的收入由平台按条款另列")
    reason = text_field(
        "更正理由", most=300, rows=3, required=False, help_text="已核定的年度再报时必填"
    )
