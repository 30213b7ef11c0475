"""What somebody types to sign, refuse, ask, prove who they are, or check a copy."""

from __future__ import annotations

from django import forms

from silian.casework.agreements.commands.paper_signatures import OnPaper
from silian.casework.agreements.models import SigningQuestion
from silian.foundation.ui import widgets

LARGEST_COPY = 20 * 1024 * 1024  # bytes; ours are below one megabyte


class SignForm(forms.Form):
    """The consent: never ticked beforehand, bound to the digest that was shown (确认签署)."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    understood = forms.BooleanField(
        label="我都看懂了", error_messages={"required": "请先读完，勾选后再签。"}
    )
    on_behalf = forms.CharField(label="代签理由", required=False, max_length=200)


class RefuseForm(forms.Form):
    """A refusal with its reason, which the other parties read."""

    reason = forms.CharField(
        label="不同意的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="其他各方会看到",
    )


class AskForm(forms.Form):
    """A question to the organiser."""

    text = forms.CharField(
        label="您的疑问",
        max_length=SigningQuestion._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="发起单位 2 个工作日内答复",
    )


class AnswerForm(forms.Form):
    """The answer to a question."""

    text = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class IdentityForm(forms.Form):
    """Name and last four characters, against the register (核对身份)."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput())
    last_four = forms.CharField(
        label="手机号或身份证号的后四位",
        min_length=4,
        max_length=4,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text="与登记的一致才能打开；单位联系人填联系电话的后四位",
    )


class PaperForm(forms.Form):
    """What the recorder reads on the paper (登记线下签署)."""

    name = forms.CharField(label="签字人姓名", max_length=60)
    signed_on = forms.DateField(label="纸上的签署日期", widget=widgets.DateInput())
    scan = forms.FileField(
        label="签字页扫描件",
        widget=widgets.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}, limit="PDF 或图片"),
    )
    same_text = forms.BooleanField(
        label="我核对过：纸上签的就是平台送签的这一版文本",
        error_messages={"required": "请核对纸质文本后勾选。"},
    )

    def paper(self) -> OnPaper:
        said = self.cleaned_data
        return OnPaper(name=said["name"], signed_on=said["signed_on"], scan=said["scan"])


class CheckForm(forms.Form):
    """A code, or a copy to compare (查验)."""

    code = forms.CharField(
        label="查验码", required=False, max_length=20, help_text="在协议每一页的页脚，12 位"
    )
    copy = forms.FileField(
        label="或上传协议 PDF",
        required=False,
        widget=widgets.FileInput(attrs={"accept": ".pdf"}, limit="PDF，20 MB 以内"),
        help_text="只用来比对，不保存",
    )

    def clean(self) -> dict[str, object] | None:
        given = super().clean() or {}
        copy = given.get("copy")
        if not given.get("code") and copy is None:
            raise forms.ValidationError("请填写查验码，或选择协议 PDF。")
        if copy is not None and copy.size > LARGEST_COPY:
            self.add_error("copy", "文件超过 20 MB，不是本平台生成的协议。")
        return given
