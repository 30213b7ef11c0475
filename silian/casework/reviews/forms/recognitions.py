"""What officials and holders type about statuses, removals, duties and re-checks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from silian.casework.reviews.commands.duties import Work
from silian.casework.reviews.commands.recognitions import Grounds
from silian.casework.reviews.commands.removals import MISSED_DUTIES, OTHER_EXIT, Charge
from silian.casework.reviews.rules.definition import Consequence
from silian.foundation.ui import widgets

LARGEST_COPY = 20 * 1024 * 1024  # bytes; ours are below one megabyte


class FilesInput(widgets.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files; none is an empty list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


def long_text(label: str, *, required: bool = True, help_text: str = "", rows: int = 4) -> Any:
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ActForm(forms.Form):
    """Reason and basis of an act; a warning also says what to cure (办理理由)."""

    reason = long_text("理由", help_text="认定单位会看到")
    basis = forms.CharField(
        label="依据",
        required=False,
        max_length=300,
        help_text="文件名称和条款，例如《…办法》第十二条",
    )
    cure = long_text("整改要求", help_text="逐条写明改什么、改到什么程度")
    cure_by = forms.DateField(label="整改期限", widget=widgets.DateInput())

    def __init__(self, *args: Any, with_cure: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_cure:
            del self.fields["cure"], self.fields["cure_by"]

    def grounds(self) -> Grounds:
        return Grounds(on=timezone.localdate(), **self.cleaned_data)


class RemovalForm(forms.Form):
    """What is held against the holder, with evidence (拟取消认定)."""

    exit_code = forms.ChoiceField(label="取消情形", widget=widgets.RadioList())
    facts = long_text("事实与理由", help_text="写明何时、何事、有何证据；对方会看到", rows=6)
    basis = forms.CharField(label="依据", max_length=300)
    uploads = FilesField(
        label="证据材料",
        required=False,
        widget=FilesInput(limit="PDF、图片或 Word，可选多份"),
    )

    def __init__(self, *args: Any, consequence: Consequence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["exit_code"]
        field.choices = exit_choices(consequence)

    def charge(self) -> Charge:
        said = self.cleaned_data
        return Charge(
            exit_code=said["exit_code"],
            facts=said["facts"],
            basis=said["basis"],
            uploads=said["uploads"],
        )


def exit_choices(consequence: Consequence) -> list[tuple[str, str]]:
    """The scheme's cases, then missed duties and the rest (取消情形)."""
    return [
        *((row.code, row.label) for row in consequence.exits),
        (MISSED_DUTIES, "连续年度未完成义务事项"),
        (OTHER_EXIT, "其他不再符合认定条件的情形（不产生不得申报期）"),
    ]


class ReplyForm(forms.Form):
    """The holder's word before the decision (陈述申辩)."""

    text = long_text("贵单位的意见", help_text="对事实、理由和依据有不同意见的，请逐条写明", rows=8)
    uploads = FilesField(
        label="证明材料",
        required=False,
        widget=FilesInput(limit="PDF、图片或 Word，可选多份"),
    )


class DecideForm(forms.Form):
    """Whether the status is taken away, with the reason (决定)."""

    outcome = forms.ChoiceField(
        label="决定",
        choices=[("uphold", "取消认定"), ("drop", "不予取消")],
        widget=widgets.RadioList(),
    )
    decision = long_text("决定理由", help_text="回应对方的陈述；对方会看到", rows=6)


class DutyForm(forms.Form):
    """A plan or report with its files and public address (义务事项)."""

    text = long_text("内容摘要", required=False, rows=6)
    link = forms.URLField(
        label="公开网址",
        required=False,
        assume_scheme="https",
        help_text="本单位或合作院校网站上已公开的页面",
    )
    uploads = FilesField(
        label="附件",
        required=False,
        widget=FilesInput(limit="PDF 或 Word，可选多份"),
    )

    def __init__(self, *args: Any, is_public: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_public:
            del self.fields["link"]

    def work(self) -> Work:
        said = self.cleaned_data
        return Work(text=said["text"], link=said.get("link", ""), uploads=said["uploads"])


class DutyCheckForm(forms.Form):
    """Pass a duty or give it back (审查)."""

    outcome = forms.ChoiceField(
        label="审查结果",
        choices=[("pass", "通过"), ("return", "退回补充")],
        widget=widgets.RadioList(),
    )
    reason = forms.CharField(
        label="退回原因",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回时必填，一次写全",
    )


class RecheckForm(forms.Form):
    """The result of a yearly re-check (年度复核)."""

    outcome = forms.ChoiceField(
        label="复核结果",
        choices=[("pass", "合格"), ("fail", "不合格")],
        widget=widgets.RadioList(),
    )
    note = long_text("复核意见", help_text="说明变化是否影响认定条件")

    @property
    def passes(self) -> bool:
        return bool(self.cleaned_data["outcome"] == "pass")


class CertificateCheckForm(forms.Form):
    """A code, or a certificate to compare (查验)."""

    code = forms.CharField(
        label="查验码", required=False, max_length=20, help_text="在证书左下角，12 位"
    )
    copy = forms.FileField(
        label="或上传证书 PDF",
        required=False,
        widget=widgets.FileInput(attrs={"accept": ".pdf"}, limit="PDF，20 MB 以内"),
        help_text="只用来比对，不保存",
    )

    def clean(self) -> dict[str, object] | None:
        given = super().clean() or {}
        copy: UploadedFile[bytes] | None = given.get("copy")
        if not given.get("code") and copy is None:
            raise forms.ValidationError("请填写查验码，或选择证书 PDF。")
        if copy is not None and (copy.size or 0) > LARGEST_COPY:
            self.add_error("copy", "文件超过 20 MB，不是本平台生成的证书。")
        return given
