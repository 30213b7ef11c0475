"""What editors type about an edition, and what readers ask to be verified."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.casework.publications.commands.drafting import Content, NewFile
from silian.casework.publications.gateways import read_entries
from silian.casework.publications.models import Edition
from silian.casework.publications.registry import kinds
from silian.casework.publications.rules import hash_in, rows_as_section
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets

TAKEN = ".pdf,.docx,.xlsx,.csv"


class EditionForm(forms.Form):
    """An edition as its author writes it (编制)."""

    kind = forms.ChoiceField(label="种类", help_text="简报等由平台数据自动生成的种类，在总览中编制")
    division = DivisionField(label="地区")
    title = forms.CharField(label="标题", max_length=120, help_text="写全称，不必写期次")
    summary = forms.CharField(
        label="摘要",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-sl-grow": ""}),
        help_text="两三句话说清内容和依据，列表和订阅中显示",
    )
    period_starts_on = forms.DateField(label="反映期起", required=False, widget=widgets.DateInput())
    last_day = forms.DateField(label="反映期止", required=False, widget=widgets.DateInput())
    file = forms.FileField(
        label="正式文件",
        required=False,
        widget=widgets.FileInput(attrs={"accept": TAKEN}, limit="PDF、Word、Excel 或 CSV"),
        help_text="可先存草稿，再逐个补充",
    )
    table = forms.FileField(
        label="条目表",
        required=False,
        widget=widgets.FileInput(attrs={"accept": ".xlsx,.csv"}, limit="Excel 或 CSV"),
        help_text="第一行为列名；第一列编号、第二列名称。有条目表才能逐条与上期比较",
    )

    fieldsets = [
        ("这一期", ["kind", "division", "title", "summary"]),
        ("反映的时期", ["period_starts_on", "last_day"]),
        ("内容", ["file", "table"]),
    ]

    def __init__(self, *args: Any, edition: Edition | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition = edition
        for name in ("kind", "division", "period_starts_on", "last_day"):
            self.fields[name].half = True  # type: ignore[attr-defined]
        if edition is not None:
            del self.fields["kind"], self.fields["division"]
        else:
            choices = [(kind.code, kind.title) for kind in kinds() if kind.by_hand]
            self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_from(edition: Edition) -> dict[str, Any]:
        ends = edition.period_ends_on
        return {
            "title": edition.title,
            "summary": edition.summary,
            "period_starts_on": edition.period_starts_on,
            "last_day": ends - datetime.timedelta(days=1) if ends else None,
        }

    @property
    def period(self) -> tuple[datetime.date, datetime.date] | None:
        """The half-open period, when both days are given."""
        starts, last = self.cleaned_data["period_starts_on"], self.cleaned_data["last_day"]
        return (starts, last + datetime.timedelta(days=1)) if starts and last else None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("period_starts_on")) != bool(values.get("last_day")):
            self.add_error("last_day", "反映期请同时填写起止两天，或都不填。")
        if upload := values.get("table"):
            try:
                head, rows = read_entries(name=upload.name, content=upload.read())
            except DomainError as refusal:
                self.add_error(refusal.field, refusal.sentence)
            else:
                title = values.get("title") or "条目"
                values["section"] = rows_as_section(
                    key="entries", title=title, head=head, rows=rows
                )
        return values

    @property
    def snapshot(self) -> dict[str, Any]:
        """The entries just uploaded, or those the draft has."""
        if section := self.cleaned_data.get("section"):
            return {"sections": [section]}
        return dict(self.edition.snapshot) if self.edition else {}

    @property
    def new_files(self) -> list[NewFile]:
        upload = self.cleaned_data.get("file")
        return [NewFile(name=upload.name, content=upload.read())] if upload else []

    @property
    def content(self) -> Content:
        starts, ends = self.period or (None, None)
        return Content(
            title=self.cleaned_data["title"],
            summary=self.cleaned_data["summary"],
            period_starts_on=starts,
            period_ends_on=ends,
            snapshot=self.snapshot,
        )


class CorrectionForm(EditionForm):
    """A new edition that corrects a published one (更正); kind and region are given."""

    def __init__(self, *args: Any, corrects: Edition, **options: Any) -> None:
        super().__init__(*args, edition=corrects, **options)
        self.fields["summary"].required = True
        self.fields["summary"].label = "更正说明"
        self.fields["summary"].help_text = f"写明更正了 {corrects.label} 的哪些内容、为什么"

    @property
    def snapshot(self) -> dict[str, Any]:
        section = self.cleaned_data.get("section")
        return {"sections": [section]} if section else {}


class VerifyForm(forms.Form):
    """A file or a checksum to be looked up (核验)."""

    hash = forms.CharField(
        label="校验值",
        required=False,
        max_length=200,
        help_text="SHA-256，64 位，印在文件末页或发布页上",
    )
    file = forms.FileField(
        label="文件",
        required=False,
        widget=widgets.FileInput(limit="只在内存中计算校验值，不保存"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        text = values.get("hash", "")
        if not text and not values.get("file"):
            raise forms.ValidationError("请选择文件，或粘贴校验值。")
        if text and hash_in(text) is None:
            self.add_error("hash", "校验值应为 64 位的数字和字母 a 到 f，请完整复制。")
        return values
