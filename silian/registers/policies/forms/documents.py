"""Shapes of input of a document: the upload, its elements, its end (文件表单)."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.registers.policies.choices import DocumentLevel, DocumentState
from silian.registers.policies.models.documents import PolicyDocument

BETWEEN_ISSUERS = re.compile(r"[,，、;；\s]+")


class UploadForm(forms.Form):
    """A document that comes in (上传政策文件)."""

    file = forms.FileField(
        label="原件",
        widget=widgets.FileInput(attrs={"accept": ".txt,.md,.docx,.pdf,.png,.jpg,.jpeg"}),
        help_text="txt、md、docx、pdf 或 png、jpg 图片，不超过 40 MB。扫描件逐页识别，每页几秒。",
    )
    division = DivisionField(label="适用地区")
    title = forms.CharField(
        label="标题", max_length=200, required=False, help_text="可以不填，解析后按原件填写。"
    )
    replaces = forms.ModelChoiceField(
        label="替代的文件",
        queryset=PolicyDocument.objects.none(),
        required=False,
        empty_label="不替代已有文件",
        help_text="发布后，所选文件自动转为“已被替代”。",
    )
    accepts_duplicate = forms.BooleanField(
        label="内容相同也仍然录入", required=False, help_text="默认不重复录入同一份文件。"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replaceable = PolicyDocument.objects.filter(
            owner_id=actor.organisation_id or 0,
            state=DocumentState.ISSUED,
            superseded_by__isnull=True,
        )
        self.fields["replaces"].queryset = replaceable.order_by("-issued_on")  # type: ignore[attr-defined]


class FactsForm(forms.Form):
    """The elements around the body (文件要素)."""

    title = forms.CharField(label="标题", max_length=200)
    plan_title = forms.CharField(label="正文标题", max_length=200, required=False)
    document_number = forms.CharField(label="文号", max_length=60, required=False)
    issuers = forms.CharField(
        label="发文机关", required=False, help_text="联合发文时用顿号分开。", max_length=400
    )
    issued_on = forms.DateField(label="成文日期", widget=widgets.DateInput(), required=False)
    effective_from = forms.DateField(
        label="施行日",
        widget=widgets.DateInput(),
        required=False,
        help_text="不填时按成文日期起算。",
    )
    level = forms.ChoiceField(label="层级", choices=DocumentLevel.choices)

    def clean_issuers(self) -> tuple[str, ...]:
        names = BETWEEN_ISSUERS.split(self.cleaned_data["issuers"].strip())
        return tuple(name[:80] for name in names if name)


class IssueForm(forms.Form):
    """When the document comes into force (发布)."""

    effective_from = forms.DateField(
        label="施行日", widget=widgets.DateInput(), help_text="文件没有写明时，取成文日期。"
    )


class RepealForm(forms.Form):
    """Why and from when a document has no force (废止)."""

    on = forms.DateField(label="失效日", widget=widgets.DateInput())
    reason = forms.CharField(label="依据", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """Why a document is taken off (撤下)."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class AmendForm(forms.Form):
    """On what ground a document is amended (修订)."""

    amending_number = forms.CharField(
        label="修订依据",
        max_length=80,
        help_text="修改通知的文号，或会议决定的日期和名称。",
    )
