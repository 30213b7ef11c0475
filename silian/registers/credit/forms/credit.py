"""What is typed about corrections, records, objections and repairs."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from silian.foundation.ui import widgets
from silian.foundation.ui.typed_fields import area
from silian.registers.credit.choices import ItemNature, LegalGround, Sharing
from silian.registers.credit.models import CreditItem
from silian.registers.organisations.models import Organisation

LONG = 3000


class ItemForm(forms.Form):
    """An item of the published catalogue (目录项)."""

    code = forms.CharField(label="目录编码", max_length=30)
    name = forms.CharField(label="信息名称", max_length=120)
    provider = forms.CharField(label="提供单位", max_length=120)
    nature = forms.ChoiceField(label="信息性质", choices=ItemNature.choices)
    sharing = forms.ChoiceField(label="共享属性", choices=Sharing.choices)
    coverage = forms.CharField(label="覆盖范围", max_length=120, required=False)
    update_cycle = forms.CharField(label="更新周期", max_length=60, required=False)
    basis = forms.CharField(
        label="目录依据", max_length=200, help_text="公布这份目录的文件名称和文号。"
    )


class CaseForm(forms.Form):
    """What was found about an organisation (登记发现的问题)."""

    organisation = forms.ModelChoiceField(
        label="当事单位", queryset=Organisation.objects.none(), empty_label="请选择单位"
    )
    item = forms.ModelChoiceField(
        label="目录项", queryset=CreditItem.objects.none(), empty_label="请选择目录项"
    )
    title = forms.CharField(label="事项", max_length=120)
    finding = forms.CharField(label="发现的问题", max_length=LONG, widget=area(4))
    basis = forms.CharField(
        label="依据", max_length=300, help_text="写明文件、条款，例如《……办法》第几条。"
    )

    def __init__(self, *args: Any, organisations: Any, items: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """What must be corrected, and by when (责令限期改正)."""

    text = forms.CharField(label="改正要求", max_length=LONG, widget=area(4))
    due_on = forms.DateField(label="改正期限", widget=widgets.DateInput())


class TextForm(forms.Form):
    """A statement of the organisation (说明)."""

    text = forms.CharField(label="情况说明", max_length=LONG, widget=area(5))


class ReasonForm(forms.Form):
    """A conclusion with its reason (结论)."""

    reason = forms.CharField(label="理由", max_length=500, widget=area(3))


class RefusalForm(ReasonForm):
    """Why this counts as refusal (认定拒不改正)."""

    said_no = forms.BooleanField(
        label="单位已书面表示不改正", required=False, help_text="期限未过时，必须有书面表示。"
    )


class NoticeForm(forms.Form):
    """What is going to be recorded, and until when it may be answered (事先告知)."""

    text = forms.CharField(
        label="告知内容",
        max_length=LONG,
        widget=area(4),
        help_text="写明拟记入的内容、依据、披露期限和陈述申辩的权利。",
    )
    reply_due_on = forms.DateField(label="陈述申辩期限", widget=widgets.DateInput())


class RecordForm(forms.Form):
    """What a record says and rests on (信用记录)."""

    title = forms.CharField(label="内容", max_length=300)
    ground = forms.ChoiceField(label="依据类别", choices=LegalGround.choices)
    basis_document = forms.CharField(label="依据文件", max_length=200)
    decision_number = forms.CharField(label="决定文号", max_length=80)
    decided_on = forms.DateField(label="决定日期", widget=widgets.DateInput())
    starts_on = forms.DateField(label="披露起", widget=widgets.DateInput())
    ends_on = forms.DateField(
        label="披露止（不含）", widget=widgets.DateInput(), required=False,
        help_text="失信信息必填，不得超过法定披露期限。",
    )  # fmt: skip


class FreeRecordForm(RecordForm):
    """A record that does not come from a correction case."""

    organisation = forms.ModelChoiceField(
        label="信用主体", queryset=Organisation.objects.none(), empty_label="请选择单位"
    )
    item = forms.ModelChoiceField(
        label="目录项", queryset=CreditItem.objects.none(), empty_label="请选择目录项"
    )
    field_order = ["organisation", "item"]

    def __init__(self, *args: Any, organisations: Any, items: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["ground"].required = False


class RemedyAnswerForm(forms.Form):
    """The answer to an objection or a repair (答复)."""

    granted = forms.TypedChoiceField(
        label="结论",
        choices=[("yes", "采纳"), ("no", "不采纳")],
        coerce=lambda value: value == "yes",
        widget=widgets.RadioList(),
    )
    answer = forms.CharField(label="核查结果", max_length=LONG, widget=area(4))


def default_term(on: datetime.date) -> dict[str, datetime.date]:
    """The days a new record form starts with."""
    return {"decided_on": on, "starts_on": on}


LARGEST_COPY = 20 * 1024 * 1024  # a report has two pages; more is another file


class ReportCheckForm(forms.Form):
    """A code, or a report to compare (查验信用报告)."""

    code = forms.CharField(
        label="查验码", required=False, max_length=20, help_text="在报告每页左下角，12 位。"
    )
    copy = forms.FileField(
        label="或上传报告 PDF",
        required=False,
        widget=widgets.FileInput(attrs={"accept": ".pdf"}, limit="PDF，20 MB 以内"),
        help_text="只用来比对，不保存。",
    )

    def clean(self) -> dict[str, object] | None:
        given = super().clean() or {}
        copy: UploadedFile[bytes] | None = given.get("copy")
        if not given.get("code") and copy is None:
            raise forms.ValidationError("请填写查验码，或选择报告 PDF。")
        if copy is not None and (copy.size or 0) > LARGEST_COPY:
            self.add_error("copy", "文件超过 20 MB，不是本平台出具的报告。")
        return given


class ReceiptForm(forms.Form):
    """The receipt of the public credit platform (平台回执)."""

    receipt = forms.CharField(label="回执编号", max_length=80)
    on = forms.DateField(label="接收日", widget=widgets.DateInput())
