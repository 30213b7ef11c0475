"""What departments and units type about payments and recoveries of claims."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.governance.incentives.choices.recovery import RecoveryWay

MOST_PARTS = 36


def words_field(label: str, *, most: int = 300, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 4, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **given)


def money_field(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=16, decimal_places=2, min_value=Decimal("0.01"),
        widget=widgets.MoneyInput(),
    )  # fmt: skip


def later_field(label: str, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=widgets.DateInput(), **given)


class OverrideForm(forms.Form):
    """Why a gate is passed over, and until when (放行)."""

    reason = words_field("放行理由", help_text="写明核实了什么、为什么可以放行")
    until = later_field("放行截止日", help_text="到期自动失效，付款再次停止")


class ReasonForm(forms.Form):
    """Why something is done, in words that are kept."""

    reason = words_field("理由")


class NoticeForm(forms.Form):
    """What the unit is told before money comes back (拟追回告知)."""

    amount = money_field("拟追回金额")
    cause = words_field("事由", help_text="写明事实：谁、什么时候、差多少")
    basis = forms.CharField(label="依据", max_length=200, help_text="文件名称和条款")
    reply_days = forms.IntegerField(label="陈述申辩期限（工作日）", min_value=1, max_value=60)
    reply_basis = forms.CharField(label="期限的依据", max_length=200)


class ReplyForm(forms.Form):
    """What the unit says (陈述申辩)."""

    text = words_field("陈述申辩", most=2000, help_text="写明事实和理由；期限内可以再次提交")


class DecisionForm(forms.Form):
    """What comes back, after the hearing (追回决定)."""

    amount = money_field("决定追回金额")
    decision = words_field("决定理由", most=500, help_text="逐条回应单位的陈述")
    pay_by = later_field("退回期限")


class WayForm(forms.Form):
    """How it comes back (收回方式)."""

    way = forms.ChoiceField(
        label="收回方式", choices=RecoveryWay.choices, widget=widgets.RadioList()
    )
    count = forms.IntegerField(
        label="分期期数", min_value=1, max_value=MOST_PARTS, required=False,
        help_text="只在分期退回时填写，按月平均，分到分为止",
    )  # fmt: skip
    first_on = later_field("第一期应还日", required=False)
    reason = words_field("说明", help_text="例如单位申请分期的理由")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("way") == RecoveryWay.INSTALMENTS:
            for name in ("count", "first_on"):
                if not values.get(name):
                    self.add_error(name, "分期退回请填写期数和第一期的日期。")
        return values

    def sent(self) -> dict[str, Any]:
        """What the command takes."""
        values = self.cleaned_data
        return {
            "way": RecoveryWay(values["way"]),
            "count": values["count"] or 0,
            "first_on": values["first_on"],
            "reason": values["reason"],
        }


class AppealForm(forms.Form):
    """Why the decision should be looked at again (申请复核)."""

    text = words_field("复核理由", most=2000)


class AnswerForm(forms.Form):
    """What became of an appeal (复核结论)."""

    changed = forms.ChoiceField(
        label="结论", choices=[("no", "维持原决定"), ("yes", "变更决定")],
        widget=widgets.RadioList(),
    )  # fmt: skip
    amount = forms.DecimalField(
        label="变更后追回金额", max_digits=16, decimal_places=2, min_value=Decimal(0),
        required=False, widget=widgets.MoneyInput(), help_text="变更时填写，全部撤销填 0",
    )  # fmt: skip
    answer = words_field("结论和理由", most=500)

    def __init__(self, *args: Any, is_recovery: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_recovery:
            del self.fields["amount"]

    def sent(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "changed": values["changed"] == "yes",
            "amount": values.get("amount"),
            "answer": values["answer"],
        }


def in_days(days: int) -> datetime.date:
    """A suggested day."""
    return timezone.localdate() + datetime.timedelta(days=days)
