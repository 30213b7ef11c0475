"""What is typed about results, rewards, the ledger and restrictions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.ui import widgets
from silian.governance.incentives.choices.rewards import (
    ENTERED_LEVELS,
    RestrictionMeasure,
)
from silian.governance.incentives.commands.reward_decisions import Given
from silian.registers.organisations.models import Organisation


def text_box(label: str, *, most: int, rows: int = 3, **given: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "data-sl-grow": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **given)


def day_box(label: str, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=widgets.DateInput(), **given)


def paper_box(label: str, **given: Any) -> forms.FileField:
    return forms.FileField(
        label=label, widget=widgets.FileInput(limit="PDF、图片或 Word"), required=False, **given
    )


def halves(form: forms.Form, *names: str) -> None:
    for name in names:
        form.fields[name].half = True  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """A result of a source that no module reads (录入评价结果)."""

    source = forms.ChoiceField(label="来源")
    organisation = forms.ModelChoiceField(
        label="评价对象",
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
    )
    level = forms.ChoiceField(
        label="等次", choices=[("", "请选择"), *((each, each.label) for each in ENTERED_LEVELS)]
    )
    score = forms.DecimalField(
        label="得分", max_digits=8, decimal_places=2, min_value=0, required=False
    )
    words = forms.CharField(label="结果摘要", max_length=300)
    decided_on = day_box("结果日")
    valid_until = day_box("有效期止（不含）", required=False)
    document = forms.CharField(
        label="结果文件", max_length=160, help_text="写明名称和文号，例如评价报告、通报。"
    )
    evidence = paper_box("文件扫描件")

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Organisation],
        sources: list[tuple[str, str]],
        **rest: Any,
    ):
        super().__init__(*args, **rest)
        self.fields["organisation"].queryset = units  # type: ignore[attr-defined]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        halves(self, "level", "score", "decided_on", "valid_until")


class DecisionForm(forms.Form):
    """Which rows, which results, how many places (拟定奖励事项)."""

    title = forms.CharField(label="事项名称", max_length=80)
    rules = forms.MultipleChoiceField(label="所依据的规定", widget=widgets.CheckboxList())
    starts_on = day_box("结果日起")
    ends_on = day_box("结果日止（不含）")
    lasts_until = day_box("激励期止（不含）", help_text="给予的支持到哪一天为止。")
    quota = forms.IntegerField(
        label="名额", min_value=1, max_value=9999, required=False, help_text="不填表示不限名额。"
    )
    note = text_box("说明", most=500, required=False)

    def __init__(self, *args: Any, rules: list[tuple[str, Any]], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["rules"].choices = rules  # type: ignore[attr-defined]
        halves(self, "starts_on", "ends_on", "lasts_until", "quota")


class GivenForm(forms.Form):
    """What is given (激励内容)."""

    words = forms.CharField(label="激励内容", max_length=200, required=False)
    amount = forms.DecimalField(
        label="金额", max_digits=14, decimal_places=2, min_value=0, required=False,
        widget=widgets.MoneyInput(),
    )  # fmt: skip
    quantity = forms.DecimalField(
        label="数量", max_digits=12, decimal_places=2, min_value=0, required=False
    )
    unit = forms.CharField(label="数量单位", max_length=20, required=False)
    number = forms.CharField(label="牌匾或文件编号", max_length=56, required=False)

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        halves(self, "amount", "quantity", "unit", "number")

    def given(self) -> Given:
        said = self.cleaned_data
        return Given(
            amount=said["amount"],
            quantity=said["quantity"],
            unit=said["unit"].strip(),
            number=said["number"].strip(),
            words=said["words"].strip(),
        )


class ChoiceForm(GivenForm):
    """Whether a unit is listed, and why otherwise than computed (选择激励对象)."""

    chosen = forms.BooleanField(label="列入名单", required=False)
    deviation = text_box("与计算次序不同的理由", most=300, required=False, rows=2)
    field_order = ("chosen", "deviation")


class FillForm(GivenForm):
    """The same for every chosen unit (统一填写激励内容)."""

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["number"].help_text = "填前缀，按次序编为 前缀001、前缀002。"


class CorrectionForm(GivenForm):
    """What should have been given, and why the former was wrong (更正)."""

    ends_on = day_box("激励期止（不含）")
    reason = text_box("更正理由", most=300)


class ReasonForm(forms.Form):
    """Why (理由)."""

    reason = text_box("理由", most=300)


class ApprovalForm(forms.Form):
    """Agree and put on notice (同意并公示)."""

    opinion = text_box("审定意见", most=500, required=False)
    notice_until = day_box("公示截止日", help_text="公示天数按本地文件填写，政策没有写明。")
    contact = forms.CharField(label="意见反映方式", max_length=120)
    objection_days = forms.IntegerField(
        label="异议答复工作日", min_value=1, max_value=60,
        help_text="收到异议后几个工作日内答复，按本地文件填写。",
    )  # fmt: skip


class RestrictionForm(forms.Form):
    """What a unit is told before a restriction (告知拟约束)."""

    measure = forms.ChoiceField(
        label="约束事项",
        choices=[
            (each, each.label)
            for each in RestrictionMeasure
            if each != RestrictionMeasure.CREDIT_RECORD
        ],
    )
    rule = forms.ChoiceField(label="所依据的规定", required=False)
    document = forms.CharField(
        label="依据文件", max_length=160, required=False, help_text="规则库没有的，写明名称和文号。"
    )
    clause = forms.CharField(label="条款", max_length=80, required=False)
    binding = forms.BooleanField(label="这项依据是强制性规定", required=False)
    facts = text_box("事实与理由", most=2000)
    reply_by = day_box("陈述期限", help_text="对方可在这一天以前（含当天）陈述。")

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["rule"].choices = [("", "规则库没有，另行写明"), *rules]  # type: ignore[attr-defined]
        halves(self, "document", "clause")


class WordsForm(forms.Form):
    """What the unit says (陈述、申诉)."""

    text = text_box("意见", most=2000, rows=5)
    evidence = paper_box("证明材料")


class AppealForm(forms.Form):
    """Why the unit appeals (申诉)."""

    text = text_box("申诉的理由", most=2000, rows=5)


class ImposeForm(forms.Form):
    """The decision with its term (决定约束)."""

    decision = text_box("决定的理由", most=2000, rows=4)
    starts_on = day_box("约束起")
    ends_on = day_box("约束止（不含）")
    appeal_by = day_box("申诉期限")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        halves(self, "starts_on", "ends_on")


class DropForm(forms.Form):
    """Why there is no restriction (不予约束)."""

    decision = text_box("决定的理由", most=2000, rows=4)


class SettleForm(forms.Form):
    """What became of an appeal (处理申诉)."""

    upheld = forms.TypedChoiceField(
        label="处理结果",
        choices=[("yes", "维持"), ("no", "撤销约束")],
        coerce=lambda said: said == "yes",
    )
    answer = text_box("处理意见", most=2000, rows=4)
