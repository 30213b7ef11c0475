"""What offices, schools and the public type about claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.ui import widgets
from silian.governance.incentives.models import Claim, ClaimItem

FINDINGS = (("cleared", "无问题"), ("confirmed", "有问题"))
ANSWERS = (("dismissed", "异议不成立，维持"), ("upheld", "异议成立，重新审核"))


def long_text(label: str, *, most: int = 300, rows: int = 3, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **given)


class AgreeForm(forms.Form):
    """What was looked at (同意)."""

    opinion = long_text("审核意见", required=False, help_text="可以不填；写了申领单位会看到。")


class ReasonForm(forms.Form):
    """Why not (不同意、退回、不予支持)."""

    opinion = long_text("理由", help_text="写明哪一项、与什么不符、怎样补正。申领单位会看到全文。")


class StrikeForm(forms.Form):
    """Which items do not count, and why (剔除明细)."""

    items = forms.ModelMultipleChoiceField(
        label="明细", queryset=ClaimItem.objects.none(), widget=widgets.CheckboxList()
    )
    reason = long_text("剔除原因", most=200)

    def __init__(self, *args: Any, items: QuerySet[ClaimItem], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["items"].queryset = items  # type: ignore[attr-defined]


class RiskForm(forms.Form):
    """What was found out about a signal (核实风险提示)."""

    outcome = forms.ChoiceField(label="结论", choices=FINDINGS, widget=widgets.RadioList())
    finding = long_text("核实情况", help_text="核实了什么材料，怎样得出结论。")


class NoticeForm(forms.Form):
    """Which claims are made public (发布公示)."""

    title = forms.CharField(label="公示名称", max_length=80)
    claims = forms.ModelMultipleChoiceField(
        label="申领", queryset=Claim.objects.none(), widget=widgets.CheckboxList()
    )
    contact = forms.CharField(
        label="受理异议的联系方式", max_length=120, help_text="电话、地址或信箱，会公开。"
    )

    def __init__(self, *args: Any, claims: QuerySet[Claim], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]


class ObjectionForm(forms.Form):
    """What speaks against a claim (提出异议)."""

    text = long_text("异议内容", most=1000, rows=6, help_text="写明事实和依据，便于核实。")
    name = forms.CharField(label="姓名或单位", max_length=60)
    contact = forms.CharField(
        label="联系方式", max_length=60, help_text="只用于答复，不公开，也不告诉被异议的单位。"
    )


class ObjectionAnswerForm(forms.Form):
    """What was found and said (答复异议)."""

    outcome = forms.ChoiceField(label="结论", choices=ANSWERS, widget=widgets.RadioList())
    answer = long_text("核实情况和答复", most=500, rows=5)
