"""What a unit types about its claim."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui.widgets import DateInput, FileInput, MoneyInput
from silian.governance.incentives.models import Claim
from silian.operations.placements.models import Apprenticeship

MOST_YUAN = 13  # digits before the point that the column keeps


class ClaimForm(forms.Form):
    """Advance, account and statement (填写申领)."""

    advance_asked = forms.DecimalField(
        label="申请预支", min_value=0, max_digits=MOST_YUAN + 2, decimal_places=2,
        required=False, widget=MoneyInput(),
    )  # fmt: skip
    bank_name = forms.CharField(label="开户行", max_length=120, required=False)
    account_number = forms.CharField(
        label="收款账号", max_length=60, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    statement = forms.CharField(
        label="申领说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, claim: Claim, limit: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.initial = {
            "advance_asked": claim.advance_asked,
            "bank_name": claim.bank_name,
            "statement": claim.statement,
        }
        if claim.call.pays_advance:
            self.fields["advance_asked"].help_text = f"上限 {limit} 元；不预支就填 0。"
        else:
            del self.fields["advance_asked"]
        if claim.account_tail:
            text = f"已保存 {claim.account_masked}，不换就不填。"
            self.fields["account_number"].help_text = text

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {**given, "advance_asked": given.get("advance_asked") or 0}


class PaperForm(forms.Form):
    """One file (上传材料)."""

    upload = forms.FileField(label="文件", widget=FileInput())


class ResultForm(forms.Form):
    """One result of cooperation with its evidence (登记成果)."""

    title = forms.CharField(label="成果名称", max_length=120)
    kind = forms.ChoiceField(label="类别")
    day = forms.DateField(label="完成日期", widget=DateInput())
    pieces = forms.IntegerField(label="项数", min_value=1, max_value=999, initial=1)
    upload = forms.FileField(label="证明材料", widget=FileInput())

    def __init__(self, *args: Any, kinds: tuple[str, ...], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["kind"].choices = [(each, each) for each in kinds]  # type: ignore[attr-defined]


class StartForm(forms.Form):
    """Nothing to type: the claim is for the unit as a whole (开始申领)."""

    @property
    def subject_id(self) -> int:
        return 0


class SubjectForm(StartForm):
    """Which apprenticeship the claim is for (申领事项)."""

    subject = forms.ChoiceField(label="学徒培养项目")

    def __init__(self, *args: Any, programmes: list[Apprenticeship], **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = [(row.pk, f"{row.title}（{row.level}，{row.starts_on} 起）") for row in programmes]
        self.fields["subject"].choices = rows  # type: ignore[attr-defined]

    @property
    def subject_id(self) -> int:
        return int(self.cleaned_data["subject"])


class WithdrawForm(forms.Form):
    """Why a claim is taken back (撤回)."""

    reason = forms.CharField(
        label="撤回原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
