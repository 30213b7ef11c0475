"""What is typed about guides and applications."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.governance.accreditation.commands.guide import GuideStep, GuideText
from silian.governance.accreditation.models.guide import GuideMatter, MatterVersion

LONG = {"rows": 4, "data-sl-grow": ""}
STEP_LINE = re.compile(
    r"^(?P<title>.{1,60}?)[\s,，|]+(?P<days>\d{1,3})(?:个?工作日)?"
    r"(?:[\s,，|]+(?P<basis>.{1,160}))?$"
)
TEXTS = ("applicants", "conditions", "documents", "legal_basis", "fee", "fee_basis", "change")


class GuideForm(forms.Form):
    """The guide of a matter (办事指南)."""

    title = forms.CharField(label="事项名称", max_length=80)
    applicants = forms.CharField(label="谁可以申请", max_length=500)
    conditions = forms.CharField(
        label="申请条件", max_length=2000, widget=forms.Textarea(attrs=LONG), help_text="每行一条"
    )
    documents = forms.CharField(
        label="申请材料", max_length=2000, widget=forms.Textarea(attrs=LONG), help_text="每行一份"
    )
    steps = forms.CharField(
        label="办理环节",
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text="每行一个环节：名称、工作日数、时限依据，空格分开，例如：材料审查 5 本机关承诺",
    )
    fee = forms.DecimalField(
        label="收费", initial=0, min_value=0, max_digits=10, decimal_places=2,
        widget=widgets.MoneyInput(),
    )  # fmt: skip
    fee_basis = forms.CharField(
        label="收费依据", max_length=160, required=False, help_text="收费时必填；不收费写 0"
    )
    legal_basis = forms.CharField(
        label="法律依据", max_length=1000, widget=forms.Textarea(attrs=LONG)
    )
    change = forms.CharField(label="本版变化", max_length=300, required=False)

    def __init__(self, *args: Any, is_new: bool, **rest: Any):
        super().__init__(*args, **rest)
        if not is_new:
            del self.fields["title"]
        for name in ("fee", "fee_basis"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def clean_steps(self) -> list[GuideStep]:
        lines = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        found = []
        for place, line in enumerate(lines, start=1):
            match = STEP_LINE.match(line)
            if not match or not int(match["days"]):
                raise forms.ValidationError(
                    f"第 {place} 行“{line[:30]}”没有写工作日数，例如：材料审查 5。"
                )
            found.append(
                GuideStep(
                    title=match["title"].strip(),
                    working_days=int(match["days"]),
                    basis=match["basis"] or "",
                )
            )
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("fee") and not data.get("fee_basis", "").strip():
            self.add_error("fee_basis", "收费须写明法律、行政法规依据；没有依据请写 0。")
        return data

    def text(self) -> GuideText:
        return GuideText(**{name: self.cleaned_data[name] for name in TEXTS})

    @staticmethod
    def initial_from(version: MatterVersion) -> dict[str, Any]:
        lines = [
            f"{step.title} {step.working_days} {step.basis}".strip() for step in version.steps.all()
        ]
        values = {name: getattr(version, name) for name in TEXTS}
        return {**values, "steps": "\n".join(lines), "change": ""}


class FormUploadForm(forms.Form):
    """A form for download (办事表格)."""

    file = forms.FileField(label="表格", widget=widgets.FileInput())


class ApplyForm(forms.Form):
    """An application against the guide (申请)."""

    title = forms.CharField(label="申请事由", max_length=120)
    detail = forms.CharField(
        label="申请内容", max_length=2500, widget=forms.Textarea(attrs={"rows": 6, **LONG})
    )
    file = forms.FileField(label="申请材料", required=False, widget=widgets.FileInput())

    def __init__(self, *args: Any, matter: GuideMatter, version: MatterVersion, **rest: Any):
        super().__init__(*args, **rest)
        names = "；".join(line for line in version.documents.splitlines() if line.strip())
        self.fields["file"].help_text = f"应交材料：{names}"


class AskForm(forms.Form):
    """Everything that is missing (一次告知补正)."""

    items = forms.CharField(
        label="需要补正的全部内容",
        max_length=2000,
        widget=forms.Textarea(attrs=LONG),
        help_text="每行一项。补正只能告知一次，请写全。依据：《行政许可法》",
    )


class SupplementForm(forms.Form):
    """What the applicant supplies (补正)."""

    detail = forms.CharField(label="补正说明", max_length=500, widget=forms.Textarea(attrs=LONG))
    file = forms.FileField(label="补正材料", required=False, widget=widgets.FileInput())


class StepDoneForm(forms.Form):
    """What came of the present step (办结环节)."""

    note = forms.CharField(
        label="办理情况", max_length=300, required=False, widget=forms.Textarea(attrs=LONG)
    )


class GrantForm(forms.Form):
    """The number of the decision (准予许可)."""

    document = forms.CharField(label="决定文书编号", max_length=60)


class RefuseForm(forms.Form):
    """Why, and where the applicant may turn (不予许可)."""

    document = forms.CharField(label="决定文书编号", max_length=60)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs=LONG))
    remedy = forms.CharField(label="救济途径", max_length=300, widget=forms.Textarea(attrs=LONG))


class EmptyForm(forms.Form):
    """Nothing to type (确认)."""
