"""What is typed about checks on service organisations."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.operations.alliances.choices.conduct import CheckKind, ConductMatter, Finding
from silian.operations.alliances.forms.choosing import day_field, long_text, offer, unit_field
from silian.operations.alliances.forms.ownership import paper_field

WORDS = "words_"


class PlanForm(forms.Form):
    """Whom to check, and until when (安排检查)."""

    organisation = unit_field("服务组织")
    kind = forms.ChoiceField(label="检查类别", choices=CheckKind.choices)
    due_on = day_field("计划检查日")

    def __init__(self, *args: Any, units: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "organisation", units)


class FindingsForm(forms.Form):
    """Every matter with its finding, in one sheet (检查结果)."""

    checked_on = day_field("检查日")
    correct_by = day_field("整改期限", required=False, help_text="有不符合的事项时填写。")
    opinion = long_text("总的意见", most=500, required=False)

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        for matter in ConductMatter:
            self.fields[matter.value] = forms.ChoiceField(
                label=matter.label, choices=[("", "请选择"), *Finding.choices]
            )
            self.fields[WORDS + matter.value] = forms.CharField(
                label="发现的问题", max_length=300, required=False
            )
            for name in (matter.value, WORDS + matter.value):
                self.fields[name].half = True  # type: ignore[attr-defined]
        names = [name for matter in ConductMatter for name in (matter.value, WORDS + matter.value)]
        self.fieldsets = [
            ("逐项结果", names),
            ("意见和期限", ["checked_on", "correct_by", "opinion"]),
        ]

    def findings(self) -> dict[str, str]:
        return {matter: self.cleaned_data[matter] for matter in ConductMatter.values}

    def words(self) -> dict[str, str]:
        return {matter: self.cleaned_data[WORDS + matter] for matter in ConductMatter.values}


class CorrectionForm(forms.Form):
    """How a matter was corrected (整改情况)."""

    correction = long_text("整改情况", most=500)
    proof = paper_field("佐证材料")


class RejectForm(forms.Form):
    """Why the correction is not enough, and until when (退回再整改)."""

    reason = long_text("还要改什么", most=500)
    correct_by = day_field("新的整改期限")
