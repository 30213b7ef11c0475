"""What is typed about insurance: products, policies, who is added, claims."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
    PremiumPayer,
    ProductState,
)
from silian.operations.placements.commands.insurance_policies import PolicyText
from silian.operations.placements.commands.insurance_products import ProductText
from silian.operations.placements.models import Incident, InsuranceProduct
from silian.operations.placements.queries.insurance_lists import policies_open_for
from silian.registers.programmes.models import SchoolClass

DAY = datetime.timedelta(days=1)


class ProductForm(forms.Form):
    """A product as its insurer offers it (保险产品)."""

    name = forms.CharField(label="产品名称", max_length=120)
    kind = forms.ChoiceField(label="险种", choices=InsuranceKind.choices)
    is_dedicated = forms.BooleanField(
        label="专门为这一群体确定费率",
        required=False,
        help_text="现代学徒制、企业新型学徒制保险按政策应专门确定费率。",
    )
    premium = forms.DecimalField(
        label="保费（每人每年）",
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=widgets.MoneyInput(),
        help_text="费率还没有确定的留空，目录显示“未设定”。",
    )
    sum_insured = forms.DecimalField(
        label="每人保额",
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=widgets.MoneyInput(),
    )
    filing_number = forms.CharField(label="条款备案号", max_length=60, required=False)
    covers = forms.CharField(label="保障范围", widget=forms.Textarea(attrs={"rows": 4}))
    excludes = forms.CharField(
        label="不保障", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(label="咨询电话", max_length=60, required=False)

    def text(self) -> ProductText:
        return ProductText(**self.cleaned_data)


class PolicyForm(forms.Form):
    """A policy as it was issued (保单)."""

    kind = forms.ChoiceField(label="险种", choices=InsuranceKind.choices)
    number = forms.CharField(label="保单号", max_length=60)
    product = forms.ModelChoiceField(
        label="平台上的保险产品",
        queryset=InsuranceProduct.objects.none(),
        required=False,
        empty_label="不是平台上的产品",
    )
    insurer_name = forms.CharField(
        label="保险机构", max_length=120, required=False, help_text="选了产品的不用填。"
    )
    starts_on = forms.DateField(label="起保日", widget=widgets.DateInput())
    last_day = forms.DateField(label="终保日（含）", widget=widgets.DateInput())
    premium = forms.DecimalField(
        label="保费合计",
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=widgets.MoneyInput(),
    )
    payer = forms.ChoiceField(
        label="保费由谁承担",
        choices=PremiumPayer.choices,
        widget=widgets.RadioList(),
        help_text="不得向学生收取，也不得从实习报酬中扣除。",
    )
    policy_file = forms.FileField(
        label="保单扫描件", required=False, widget=widgets.FileInput(limit="PDF 或图片")
    )
    fieldsets = [
        ("保单", ["kind", "number", "product", "insurer_name"]),
        ("期间和保费", ["starts_on", "last_day", "premium", "payer"]),
        ("附件", ["policy_file"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = InsuranceProduct.objects.filter(state=ProductState.PUBLISHED)
        field: Any = self.fields["product"]
        field.queryset = products.select_related("insurer").order_by("kind", "name")

    def text(self) -> PolicyText:
        data = self.cleaned_data
        return PolicyText(
            kind=data["kind"],
            number=data["number"],
            insurer_name=data["insurer_name"],
            starts_on=data["starts_on"],
            ends_on=data["last_day"] + DAY,
            payer=data["payer"],
            premium=data["premium"],
            product=data["product"],
        )


class AddClassForm(forms.Form):
    """Whom to add to a policy: whole classes, or the student numbers of a sheet (加保)."""

    classes = forms.ModelMultipleChoiceField(
        label="班级",
        queryset=SchoolClass.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
        help_text="加入班级里所有未结束的实习。",
    )
    sheet = forms.FileField(
        label="或上传学号表",
        required=False,
        widget=widgets.FileInput(limit="xlsx 或 csv，要有“学号”一列"),
    )

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["classes"]
        field.queryset = classes

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("classes") and not data.get("sheet"):
            raise forms.ValidationError("请选班级，或上传学号表。")
        return data


class RosterForm(forms.Form):
    """Which policy of each kind takes those who lack it (加保名单)."""

    def __init__(self, *args: Any, school_id: int, lacking: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, count in lacking.items():
            label = f"{InsuranceKind(kind).label}：{count} 人加到"
            rows = policies_open_for(school_id=school_id, kind=kind)
            self.fields[kind] = forms.ModelChoiceField(
                label=label,
                queryset=rows,
                required=False,
                empty_label="这次不加" if rows else "没有有效保单，请先登记",
                initial=rows.first(),
            )


class CancelForm(forms.Form):
    reason = forms.CharField(label="退保原因", max_length=300)
    on = forms.DateField(label="退保日", widget=widgets.DateInput(), initial=timezone.localdate)


class EventField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the incidents on record of an internship."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Incident.objects.none(),
            label="对应的实习事件",
            required=False,
            empty_label="没有登记事件",
            **options,
        )

    def label_from_instance(self, obj: Any) -> str:
        happened = timezone.localtime(obj.happened_at)
        return f"{happened:%Y-%m-%d %H:%M} {obj.get_kind_display()}，{obj.place}"


class ClaimForm(forms.Form):
    """An accident as it is reported to the insurer (报案)."""

    insured = forms.ChoiceField(label="按哪份保单报案", widget=widgets.RadioList())
    happened_on = forms.DateField(label="出险日", widget=widgets.DateInput())
    loss = forms.DecimalField(
        label="损失金额",
        max_digits=12,
        decimal_places=2,
        min_value=0,
        widget=widgets.MoneyInput(),
        help_text="医疗费等已经发生的，后续可在了结时核对。",
    )
    incident = forms.CharField(
        label="事故经过", max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    event = EventField()

    def __init__(self, *args: Any, insured: Any, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cover: Any = self.fields["insured"]
        cover.choices = [(str(row.pk), words_of_cover(row)) for row in insured]
        event: Any = self.fields["event"]
        event.queryset = events


class EventForm(forms.Form):
    """Which incident a claim comes of (关联实习事件)."""

    event = EventField()

    def __init__(self, *args: Any, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event: Any = self.fields["event"]
        event.queryset = events


def words_of_cover(row: Any) -> str:
    last = row.ends_on - DAY
    return f"{row.policy.get_kind_display()} {row.policy.number}，{row.starts_on} 至 {last}"


class AnswerForm(forms.Form):
    accepts = forms.TypedChoiceField(
        label="答复",
        choices=[("1", "同意赔付"), ("0", "拒绝赔付")],
        coerce=lambda value: value == "1",
        widget=widgets.RadioList(),
    )
    answer = forms.CharField(
        label="答复内容", max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class PaymentForm(forms.Form):
    paid = forms.DecimalField(
        label="赔付金额", max_digits=12, decimal_places=2, widget=widgets.MoneyInput()
    )
    paid_on = forms.DateField(
        label="赔付日", widget=widgets.DateInput(), initial=timezone.localdate
    )


class SettlementForm(forms.Form):
    """Who bears what insurance did not pay (其余部分)."""

    school_share = forms.DecimalField(
        label="学校承担", max_digits=12, decimal_places=2, initial=0, widget=widgets.MoneyInput()
    )
    host_share = forms.DecimalField(
        label="实习单位承担",
        max_digits=12,
        decimal_places=2,
        initial=0,
        widget=widgets.MoneyInput(),
    )
    basis = forms.CharField(
        label="协议对其余部分的约定",
        max_length=300,
        required=False,
        help_text="先由保险赔付，其余按协议承担，不得由学生承担。",
    )
