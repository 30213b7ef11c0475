"""What the formal check types: checks of other departments, things to put right, a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from silian.casework.reviews.rules.definition import Criterion, FormField
from silian.foundation.ui.typed_fields import area

GENERAL = "general"
FIX, CHECK = "fix_", "check_"
MET, UNMET = "met", "unmet"


class FixForm(forms.Form):
    """One box per question and one for the whole file; empty boxes ask nothing (补正事项)."""

    def __init__(self, *args: Any, asked: Sequence[FormField], **options: Any) -> None:
        super().__init__(*args, **options)
        self.codes = [row.code for row in asked]
        for row in asked:
            self.fields[f"{FIX}{row.code}"] = forms.CharField(
                label=row.label, max_length=500, required=False, widget=area(1)
            )
        self.fields[f"{FIX}{GENERAL}"] = forms.CharField(
            label="整份材料", max_length=500, required=False, widget=area(2)
        )

    def items(self) -> list[dict[str, str]]:
        """The boxes in which something stands."""
        said = [(code, self.cleaned_data[f"{FIX}{code}"]) for code in self.codes]
        said.append(("", self.cleaned_data[f"{FIX}{GENERAL}"]))
        return [{"field": code, "text": text} for code, text in said if text.strip()]


class AcceptForm(forms.Form):
    """What the department itself looked up, item by item (部门核查)."""

    def __init__(self, *args: Any, items: Sequence[Criterion], **options: Any) -> None:
        super().__init__(*args, **options)
        for item in items:
            self.fields[f"{CHECK}{item.code}"] = forms.ChoiceField(
                label=item.label,
                choices=[("", "未核查"), (MET, "满足"), (UNMET, "不满足")],
                required=False,
                help_text=item.basis,
            )

    def checks(self) -> dict[str, bool]:
        """What was looked up; the rest stays open."""
        return {
            name.removeprefix(CHECK): said == MET
            for name, said in self.cleaned_data.items()
            if said
        }


class RefusalForm(forms.Form):
    """Why material is refused, and on which basis (不予受理)."""

    reason = forms.CharField(label="理由", max_length=1000, widget=area(3))
    basis = forms.CharField(label="依据", max_length=300)
