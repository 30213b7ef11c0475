"""What is typed about the money of rewards, their recovery, and objections to lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.casework.ledgers.models.funds import BudgetLine
from silian.foundation.ui import widgets
from silian.governance.incentives.choices.rewards import ObjectionEffect
from silian.governance.incentives.commands.claim_notices import Objector
from silian.governance.incentives.forms.claim_review import ObjectionAnswerForm, ObjectionForm
from silian.governance.incentives.forms.rewards import day_box, halves, text_box
from silian.governance.incentives.models import RewardCandidate

OUTCOMES = (("dismissed", "异议不成立，维持名单"), ("upheld", "异议成立"))


class FundingForm(forms.Form):
    """From which line the money comes, and which document sets the amounts (资金来源)."""

    line = forms.ModelChoiceField(
        label="预算项目", queryset=BudgetLine.objects.none(), empty_label="请选择"
    )
    document = forms.CharField(
        label="金额依据文件",
        max_length=120,
        help_text="写明名称和文号。政策没有给数的，填本地文件。",
    )
    clause = forms.CharField(label="条款", max_length=60)

    def __init__(self, *args: Any, lines: QuerySet[BudgetLine], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]
        halves(self, "document", "clause")


class AccountForm(forms.Form):
    """Where the unit is paid (收款账户)."""

    bank_name = forms.CharField(label="开户行", max_length=120)
    account_number = forms.CharField(
        label="收款账号", max_length=60, help_text="账号加密保存，页面只显示末四位。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class RecoveryNoticeForm(forms.Form):
    """What a unit is told before paid money comes back (告知拟收回)."""

    cause = text_box("收回的事由", most=300)
    basis = forms.CharField(label="收回的依据", max_length=200, help_text="文件名称、文号和条款。")
    reply_until = day_box("陈述期限", help_text="到这一天为止可以陈述申辩。")
    reply_basis = forms.CharField(label="陈述期限的依据", max_length=200)


class ReplyForm(forms.Form):
    """What the unit says (陈述申辩)."""

    text = text_box("陈述申辩", most=2000, rows=6)


class RecoveryDecisionForm(forms.Form):
    """What is decided, and by when the money is back (决定收回)."""

    decision = text_box("决定的理由", most=500, help_text="回应对方的陈述，对方会看到。")
    pay_by = day_box("退回期限")


class DropForm(forms.Form):
    """Why the reward stands (不予收回)."""

    decision = text_box("不予收回的理由", most=500)


class RewardObjectionForm(ObjectionForm):
    """What speaks against a list, and against whom (对名单提出异议)."""

    candidate = forms.ModelChoiceField(
        label="异议对象", queryset=RewardCandidate.objects.none(), required=False,
        empty_label="名单整体",
    )  # fmt: skip
    field_order = ("candidate", "text", "name", "contact")

    def __init__(self, *args: Any, listed: QuerySet[RewardCandidate], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["candidate"].queryset = listed  # type: ignore[attr-defined]
        for name in ("name", "contact"):
            self.fields[name].required = False

    def objector(self) -> Objector:
        said = self.cleaned_data
        return Objector(name=said["name"], contact=said["contact"])


class ObjectionCodeForm(forms.Form):
    """The code of a receipt (查询码)."""

    code = forms.CharField(
        label="查询码", max_length=20, help_text="提交异议后给您的 12 位查询码。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class RewardAnswerForm(ObjectionAnswerForm):
    """What was found, and what follows for the list (答复异议)."""

    effect = forms.ChoiceField(
        label="异议成立的处理", choices=ObjectionEffect.choices, required=False,
        widget=widgets.RadioList(), help_text="结论为成立时选择。",
    )  # fmt: skip
    field_order = ("outcome", "effect", "answer")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["outcome"].choices = OUTCOMES  # type: ignore[attr-defined]
        self.fields["answer"].help_text = "异议人和被异议的单位都会看到，不要写是谁提出的。"
