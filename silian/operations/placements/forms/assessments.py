"""What is typed about an assessment: the sheet, the scores, the student's reply."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.placements.choices.learning import (
    AssessmentComponent,
    AssessmentSide,
)
from silian.operations.placements.rules.assessment import Item

LINES = 10  # more items make a sheet that nobody fills in with care


class SheetForm(forms.Form):
    """A sheet as lines of side, name, component and weight (考核表)."""

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fieldsets = []
        for place in range(LINES):
            item = items[place] if place < len(items) else None
            self.add_line(place, item)
            names = [f"{box}-{place}" for box in ("side", "name", "component", "weight")]
            self.fieldsets.append((f"第 {place + 1} 项", names))

    def add_line(self, place: int, item: Item | None) -> None:
        boxes: dict[str, forms.Field] = {
            "side": forms.ChoiceField(
                label="评分方",
                choices=AssessmentSide.choices,
                initial=item.side if item else AssessmentSide.HOST,
            ),
            "name": forms.CharField(
                label="项目", max_length=60, required=False, initial=item.name if item else ""
            ),
            "component": forms.ChoiceField(
                label="考核内容",
                choices=AssessmentComponent.choices,
                initial=item.component if item else AssessmentComponent.LEARNING,
            ),
            "weight": forms.IntegerField(
                label="权重（%）",
                min_value=1,
                max_value=100,
                required=False,
                initial=item.weight if item else None,
            ),
        }
        for box, field in boxes.items():
            field.half = True  # type: ignore[attr-defined]
            self.fields[f"{box}-{place}"] = field

    def items(self) -> list[Item]:
        """The lines that have a name and a weight."""
        data = self.cleaned_data
        return [
            Item(
                side=data[f"side-{place}"],
                name=data[f"name-{place}"],
                component=data[f"component-{place}"],
                weight=data[f"weight-{place}"],
            )
            for place in range(LINES)
            if data[f"name-{place}"] and data[f"weight-{place}"]
        ]


class ScoreForm(forms.Form):
    """The items of one side, 0 to 100 each (评分表)."""

    def __init__(self, *args: Any, items: Mapping[int, Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, item in items.items():
            label = AssessmentComponent(item.component).label
            self.fields[f"score-{place}"] = forms.IntegerField(
                label=f"{item.name}（{item.weight}%）",
                min_value=0,
                max_value=100,
                help_text=label,
            )
        self.fields["comment"] = forms.CharField(
            label="评语",
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="写具体表现，学生会看到。",
        )

    def scores(self) -> dict[int, int]:
        names = [name for name in self.cleaned_data if name.startswith("score-")]
        return {int(name[6:]): self.cleaned_data[name] for name in names}


class DisagreementForm(forms.Form):
    reason = forms.CharField(
        label="哪一项、为什么不同意",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="不同意不影响实习报酬；学校须在 5 个工作日内答复。",
    )


class DisagreementAnswerForm(forms.Form):
    school_score = forms.DecimalField(
        label="调整后的学校评分",
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=Decimal(100),
        required=False,
        help_text="维持原评分的留空。",
    )
    answer = forms.CharField(
        label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ReportForm(forms.Form):
    """The student's report and summary (实习报告与总结)."""

    title = forms.CharField(label="报告题目", max_length=120)
    summary = forms.CharField(
        label="实习总结",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="写做了什么、学会什么、还差什么；可以附报告文件。",
    )
    upload = forms.FileField(
        label="报告文件", required=False, widget=widgets.FileInput(limit="PDF、Word 或图片")
    )


class CreditForm(forms.Form):
    exception_reason = forms.CharField(
        label="档案未达要求仍认定的理由",
        max_length=300,
        required=False,
        help_text="档案达到要求的不用填。",
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300)
