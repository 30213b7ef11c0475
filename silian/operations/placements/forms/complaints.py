"""What is typed about complaints and cases."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.placements.choices.complaints import (
    ComplaintCategory,
    ComplaintChannel,
    ComplaintResult,
)
from silian.operations.placements.models import Host
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

ABOUT = (("host", "实习单位或其人员"), ("school", "学校或学校老师"))


class ComplaintForm(forms.Form):
    """A complaint from the student's own page (投诉)."""

    categories = forms.MultipleChoiceField(
        label="投诉什么",
        choices=ComplaintCategory.choices,
        widget=widgets.CheckboxList(),
        help_text="可多选。",
    )
    about = forms.MultipleChoiceField(label="投诉谁", choices=ABOUT, widget=widgets.CheckboxList())
    happened_on = forms.DateField(label="发生日期", required=False, widget=widgets.DateInput())
    text = forms.CharField(
        label="经过",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "data-sl-grow": ""}),
        help_text="写清时间、地点、谁做了什么。",
    )
    wish = forms.CharField(label="您希望怎么办", max_length=300, required=False)
    proof = forms.FileField(
        label="照片、截图或文件",
        required=False,
        widget=widgets.FileInput(),
        help_text="只有受理单位的经办人能看。",
    )
    channel = forms.ChoiceField(
        label="交给谁办",
        choices=ComplaintChannel.choices,
        widget=widgets.RadioList(),
        help_text="可以不经过学校。投诉学校的，系统不会交给学校办。",
    )
    is_anonymous = forms.BooleanField(
        label="匿名",
        required=False,
        help_text="不保存您是谁，只能凭查询码看进展；查询码丢了找不回来。",
    )
    is_name_shown = forms.BooleanField(
        label="让受理单位的经办人知道我的姓名",
        required=False,
        help_text="不勾选时经办人也只看到内容。被投诉单位在任何情况下都看不到。",
    )

    fieldsets = [
        ("发生了什么", ["categories", "about", "happened_on", "text", "wish", "proof"]),
        ("交给谁、保护自己", ["channel", "is_anonymous", "is_name_shown"]),
    ]


class AnonymousComplaintForm(forms.Form):
    """A complaint without an account (匿名投诉)."""

    categories = forms.MultipleChoiceField(
        label="投诉什么", choices=ComplaintCategory.choices, widget=widgets.CheckboxList()
    )
    host = forms.ModelChoiceField(
        label="实习单位",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
        empty_label="不清楚或不涉及",
    )
    school = forms.ModelChoiceField(
        label="学校",
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
    )
    about = forms.MultipleChoiceField(label="投诉谁", choices=ABOUT, widget=widgets.CheckboxList())
    happened_on = forms.DateField(label="发生日期", required=False, widget=widgets.DateInput())
    text = forms.CharField(
        label="经过",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "data-sl-grow": ""}),
        help_text="不想被认出来的，请不要写自己的姓名、学号和电话。",
    )
    proof = forms.FileField(label="照片或文件", required=False, widget=widgets.FileInput())
    channel = forms.ChoiceField(
        label="交给谁办",
        choices=ComplaintChannel.choices,
        initial=ComplaintChannel.EDUCATION,
        widget=widgets.RadioList(),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        verified = Organisation.objects.filter(state=OrganisationState.VERIFIED)
        self.fields["school"].queryset = verified.filter(  # type: ignore[attr-defined]
            kind=OrganisationKind.SCHOOL
        ).order_by("name")
        hosts = Host.objects.values("organisation_id")
        self.fields["host"].queryset = verified.filter(pk__in=hosts).order_by(  # type: ignore[attr-defined]
            "name"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "host" in data.get("about", []) and not data.get("host"):
            self.add_error("host", "投诉实习单位的，请选择是哪一家。")
        return data


class CodeForm(forms.Form):
    code = forms.CharField(
        label="查询码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text="提交投诉时显示的 12 位字母和数字。",
    )


class WordsForm(forms.Form):
    """Words that the other side reads."""

    text = forms.CharField(label="内容", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))


class AddForm(WordsForm):
    proof = forms.FileField(label="照片或文件", required=False, widget=widgets.FileInput())


class NoteForm(AddForm):
    is_shown = forms.BooleanField(label="投诉人可以看到这条记录", required=False)


class AcceptForm(forms.Form):
    text = forms.CharField(
        label="给投诉人的话",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ResolveForm(forms.Form):
    result = forms.ChoiceField(
        label="结论", choices=ComplaintResult.choices, widget=widgets.RadioList()
    )
    text = forms.CharField(
        label="答复",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="投诉人会看到，请写清事实、依据和已采取的措施。",
    )


class CaseForm(forms.Form):
    """A case of unlawful internship (立案)."""

    organisation = forms.ModelChoiceField(
        label="查处对象", queryset=Organisation.objects.none(), widget=widgets.SearchSelect()
    )
    facts = forms.CharField(
        label="违法事实", max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    income = forms.DecimalField(
        label="违法所得",
        max_digits=12,
        decimal_places=2,
        min_value=0,
        widget=widgets.MoneyInput(),
        help_text="没有违法所得填 0，按规定的基数计算。",
    )

    def __init__(self, *args: Any, organisations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    fine = forms.DecimalField(
        label="罚款",
        max_digits=14,
        decimal_places=2,
        required=False,
        widget=widgets.MoneyInput(),
        help_text="不予处罚的留空。",
    )
    decision = forms.CharField(
        label="决定文号与说明", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
