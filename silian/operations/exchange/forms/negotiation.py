"""What members type in a negotiation: letters, terms, agreements, outcomes, ratings."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.exchange.kinds.declaration import ListingKind
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Intent
from silian.operations.exchange.rules.negotiation_terms import Terms

DAY = datetime.timedelta(days=1)
FILE_HINT = "最多 5 个，PDF、图片或 Office 文件；只有洽谈双方成员能看。"


class SeveralFilesInput(forms.ClearableFileInput):
    """A box that takes several files at once (多个附件)."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several uploaded files as a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=SeveralFilesInput(attrs={"class": "form-control"}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given if one]


class MessageForm(forms.Form):
    """A message with files (消息)."""

    text = forms.CharField(
        label="消息",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data-sl-grow": ""}),
        error_messages={"required": "请写一句话，说明来意或附件内容。"},
    )
    attachments = SeveralFilesField(label="附件", required=False, help_text=FILE_HINT)


class AnswerForm(MessageForm):
    """The first letter to the owner of a listing (应答)."""

    def __init__(self, *args: Any, listing: Listing, kind: ListingKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = "给对方的话"
        self.fields["text"].widget.attrs["rows"] = 6
        self.fields["text"].help_text = (
            f"写清贵单位能{kind.answer_label}多少、何时可以开始、由谁负责。请勿写电话，"
            "对方回应后双方联系方式自动可见。"
        )


class ReasonForm(forms.Form):
    """A reason that the other side reads (理由)."""

    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="对方会看到。写明原因，对方可以改进后再谈。",
        error_messages={"required": "请写明理由，对方会看到。"},
    )


class OptionalReasonForm(ReasonForm):
    """A reason that may stay away (撤回)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = False


class IntentForm(forms.Form):
    """The terms of a proposal (合作意向)."""

    form = forms.ChoiceField(label="合作形式", widget=widgets.RadioList())
    quantity = forms.IntegerField(label="数量", min_value=1)
    starts_on = forms.DateField(label="第一天", required=False, widget=widgets.DateInput())
    last_day = forms.DateField(label="最后一天", required=False, widget=widgets.DateInput())
    terms = forms.CharField(
        label="主要条款",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "data-sl-grow": ""}),
        help_text="报酬或价款、各自分工、验收和结算办法。正式协议以签署文本为准。",
    )

    def __init__(self, *args: Any, listing: Listing, kind: ListingKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["form"].choices = [(name, name) for name in kind.forms]  # type: ignore[attr-defined]
        quantity = self.fields["quantity"]
        unit = kind.quantity.unit if kind.quantity else "项"
        quantity.label = f"数量（{unit}）"
        if listing.capacity_left is not None:
            quantity.help_text = f"这条供需还剩 {listing.capacity_left} {unit}。"

    @staticmethod
    def initial_from(
        intent: Intent | None, *, kind: ListingKind, listing: Listing
    ) -> dict[str, Any]:
        """The last proposal to change, or what the listing says."""
        if intent is None:
            return {
                "form": kind.forms[0] if kind.forms else "",
                "quantity": listing.capacity_left or 1,
                "starts_on": listing.starts_on,
                "last_day": listing.ends_on - DAY if listing.ends_on else None,
            }
        return {
            "form": intent.form,
            "quantity": intent.quantity,
            "starts_on": intent.starts_on,
            "last_day": intent.ends_on - DAY if intent.ends_on else None,
            "terms": intent.terms,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "最后一天不能早于第一天。")
        if bool(first) != bool(last):
            self.add_error("last_day" if first else "starts_on", "起止两天须同时填写，或都不填。")
        return data

    def typed_terms(self) -> Terms:
        """The terms as typed, with the period half-open."""
        data = self.cleaned_data
        last = data["last_day"]
        return Terms(
            form=data["form"],
            quantity=data["quantity"],
            starts_on=data["starts_on"],
            ends_on=last + DAY if last else None,
            terms=data["terms"],
        )


class AgreementForm(forms.Form):
    """The agreement that an intent became (登记协议)."""

    agreement_reference = forms.CharField(
        label="协议编号", max_length=80, help_text="没有编号的写协议名称，例如：2026 级订单班协议。"
    )
    agreed_on = forms.DateField(label="签约日", widget=widgets.DateInput())
    from_production = forms.BooleanField(
        label="选题来自企业生产一线的需求", required=False, help_text="计入选题来源统计。"
    )
    joint_project = forms.CharField(
        label="联合申报的项目",
        max_length=120,
        required=False,
        help_text="有共同申报的科研项目时填写名称或编号。",
    )

    def __init__(self, *args: Any, for_research: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not for_research:
            del self.fields["from_production"], self.fields["joint_project"]


class OutcomeForm(forms.Form):
    """What came of a deal (登记结果)."""

    achieved = forms.IntegerField(label="实际完成数量", min_value=0)
    closed_on = forms.DateField(label="结束日", widget=widgets.DateInput())
    outcome = forms.CharField(
        label="成效", max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "data-sl-grow": ""})
    )

    def __init__(self, *args: Any, broken_off: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        outcome = self.fields["outcome"]
        if broken_off:
            outcome.label = "中止原因和已完成的部分"
            self.fields["achieved"].label = "已完成数量"
        else:
            outcome.help_text = "用数字说明，例如：留用 6 人，良品率由 91% 提高到 95%。"


SCORES = [
    ("5", "5 分，很满意"),
    ("4", "4 分，满意"),
    ("3", "3 分，一般"),
    ("2", "2 分，不满意"),
    ("1", "1 分，很不满意"),
]


class RatingForm(forms.Form):
    """One side's rating of the other (评价)."""

    score = forms.TypedChoiceField(
        label="评分", choices=SCORES, coerce=int, widget=widgets.RadioList()
    )
    comment = forms.CharField(
        label="评语",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写事实：是否按约定履行、沟通是否及时。公开后其他单位可以看到。",
    )
