"""What officials and enterprises type about yearly assessments."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets

OUTCOMES = (("pass", "通过"), ("fail", "不通过"))


def long_text(label: str, *, most: int = 300, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 4, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **given)


class ProposalForm(forms.Form):
    """Whether the enterprise is to pass, and on what basis (拟定考核结论)."""

    outcome = forms.ChoiceField(label="结论", choices=OUTCOMES, widget=widgets.RadioList())
    basis = forms.CharField(
        label="考核依据", max_length=200, help_text="文号和条款，或本地公布的考核细则。"
    )
    reason = long_text(
        "说明", required=False, help_text="不通过的必填：不符合哪一项规范、依据什么事实。"
    )


class DecisionForm(forms.Form):
    """What was decided (认定)."""

    outcome = forms.ChoiceField(label="结论", choices=OUTCOMES, widget=widgets.RadioList())
    reason = long_text("认定理由", required=False, help_text="与拟定结论不同的，请写明理由。")


class ReplyForm(forms.Form):
    """What the enterprise says (陈述)."""

    text = long_text("陈述内容", most=500)


class ReopenForm(forms.Form):
    """Why it is assessed anew (重新考核)."""

    reason = long_text("重新考核的原因")


class BasisForm(forms.Form):
    """On what basis many are proposed at once (批量拟定)."""

    basis = forms.CharField(label="考核依据", max_length=200)
