"""What is typed for a public notice, an objection, a hearing and an appeal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing

from silian.casework.reviews.choices.deciding import AppealResult
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.appeals import Settlement
from silian.casework.reviews.commands.objections import Findings, Objector
from silian.casework.reviews.forms.recognitions import FilesField
from silian.casework.reviews.models import Appeal, Campaign, Objection, PublicNotice
from silian.casework.reviews.rules.masking import masked_codes
from silian.foundation.ui import widgets

SALT = "reviews.objection"
LEAST_SECONDS = 2  # a person needs longer to write an objection; a machine does not
LONGEST_SECONDS = 24 * 3600  # a page left open overnight may still be sent


class NoticeForm(forms.Form):
    """Publish a notice: where objections go, what is masked."""

    contact = forms.CharField(
        label="受理单位和电话", max_length=PublicNotice._meta.get_field("contact").max_length
    )
    masked = forms.MultipleChoiceField(
        label="遮盖显示",
        required=False,
        widget=widgets.CheckboxList(),
        help_text="姓名留首尾，金额写“不公开”；没有勾选的按原样公开",
    )
    days = forms.IntegerField(label="公示天数", required=False, min_value=1, max_value=60)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        definition = campaign.content
        shown = [(row.code, row.label) for row in definition.form if row.public]
        self.fields["masked"].choices = shown  # type: ignore[attr-defined]
        self.initial.setdefault("masked", masked_codes(definition))
        self.initial.setdefault("contact", campaign.contact)
        if not shown:
            del self.fields["masked"]
        if campaign.values.days(definition.procedure.notice_days) is not None:
            del self.fields["days"]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "contact": given["contact"],
            "masked": given.get("masked", []),
            "days": given.get("days"),
        }


class ObjectionForm(forms.Form):
    """An objection by anybody; name and contact may stay empty."""

    text = forms.CharField(
        label="异议内容",
        max_length=Objection._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写明哪一点不属实、怎样可以核实",
    )
    name = forms.CharField(
        label="姓名或单位", max_length=100, required=False, help_text="可以不填；填写的加密保存"
    )
    contact = forms.CharField(
        label="联系方式", max_length=100, required=False, help_text="只有核查人可以查看，查看留痕"
    )
    papers = FilesField(
        label="证明材料",
        required=False,
        help_text="可以不传；最多 5 份，PDF、图片、Word 或表格。只有核查人员可以查看，"
        "照片中的拍摄信息会清除，文件内容请自行遮盖不愿透露的姓名",
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput(), label="请留空")
    shown_at = forms.CharField(widget=forms.HiddenInput(), label="打开时间")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["shown_at"] = signing.TimestampSigner(salt=SALT).sign("objection")

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("没有提交。请直接在网页上填写后再提交。")
        return ""

    def clean_shown_at(self) -> str:
        signer = signing.TimestampSigner(salt=SALT)
        said = self.cleaned_data["shown_at"]
        try:
            signer.unsign(said, max_age=LONGEST_SECONDS)
        except signing.BadSignature as error:
            raise forms.ValidationError("页面打开太久，请刷新后重新提交。") from error
        try:
            signer.unsign(said, max_age=LEAST_SECONDS)
        except signing.SignatureExpired:
            return str(said)
        raise forms.ValidationError("提交得太快，请核对后再提交一次。")

    def objector(self) -> Objector:
        return Objector(name=self.cleaned_data["name"], contact=self.cleaned_data["contact"])


class CodeForm(forms.Form):
    """The code of a receipt."""

    code = forms.CharField(
        label="查询码",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="提交异议后给您的 12 位查询码",
    )


class QuestionForm(forms.Form):
    """A question to the applicant, in the investigator's words."""

    question = forms.CharField(
        label="请申报单位说明什么",
        max_length=Objection._meta.get_field("question").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="申报单位只看到这段话。不要照抄异议，不要提到是谁提出的",
    )


class StatementForm(forms.Form):
    """What the applicant explains."""

    statement = forms.CharField(
        label="贵单位的说明",
        max_length=Objection._meta.get_field("statement").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class FindingFileForm(forms.Form):
    """A paper of the investigation."""

    file = forms.FileField(label="核查材料", widget=widgets.FileInput())


class FindingsForm(forms.Form):
    """What was found, and the answers."""

    is_upheld = forms.TypedChoiceField(
        label="异议是否成立",
        choices=(("no", "不成立，继续公示"), ("yes", "成立，取消拟认定")),
        coerce=lambda value: value == "yes",
        widget=widgets.RadioList(),
    )
    findings = forms.CharField(
        label="核查记录", max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    answer = forms.CharField(
        label="给异议人的答复",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="异议人凭查询码看到",
    )
    reason = forms.CharField(
        label="给申报单位的理由",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="成立时必填；不要提到是谁提出的",
    )
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def found(self) -> Findings:
        return Findings(**self.cleaned_data)


class AppealForm(forms.Form):
    """Why the decision should be looked at again."""

    text = forms.CharField(
        label="申诉理由",
        max_length=Appeal._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写明哪一点与事实或规定不符",
    )
    papers = FilesField(
        label="证明材料",
        required=False,
        help_text="可以不传；最多 5 份，PDF、图片、Word 或表格。只有本单位和复核人员可以查看",
    )


class AppealAnswerForm(forms.Form):
    """How an appeal ends."""

    result = forms.ChoiceField(
        label="复核结论",
        choices=(
            ("", "不成立，维持原决定"),
            *((one.value, f"成立：{one.label}") for one in AppealResult),
        ),
        required=False,
        widget=widgets.RadioList(),
    )
    stage = forms.ChoiceField(label="从哪一环节重新办理", required=False)
    answer = forms.CharField(
        label="结论和理由",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="申报单位会看到；不成立的自动附上救济途径",
    )
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def __init__(self, *args: Any, stages: list[DossierState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            ("", "不适用"),
            *((one.value, one.label) for one in stages),
        ]

    def settlement(self) -> Settlement:
        given = self.cleaned_data
        result, stage = given["result"], given["stage"]
        return Settlement(
            answer=given["answer"],
            basis=given["basis"],
            result=AppealResult(result) if result else None,
            stage=DossierState(stage) if stage else None,
        )
