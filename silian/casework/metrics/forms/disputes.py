"""Objecting to a value and answering."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.casework.metrics.models.disputes import ValueDispute
from silian.foundation.ui import widgets


class DisputeForm(forms.Form):
    """Another number, why, and what proves it (数据异议)."""

    own_value = forms.DecimalField(label="异议数", max_digits=20, decimal_places=4)
    reason = forms.CharField(
        label="理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明差在哪里：多计、漏计、口径不同或期间不同。",
    )
    evidence = forms.FileField(label="证明材料", widget=widgets.FileInput())

    def __init__(self, *args: Any, unit: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["own_value"].label = f"异议数（{unit}）"


class AnswerForm(forms.Form):
    """The official answer (答复)."""

    answer = forms.CharField(
        label="答复",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明核实了什么、依据是什么。",
    )


class CorrectionForm(AnswerForm):
    """The answer with the corrected number; computed numbers are counted again instead."""

    value = forms.DecimalField(label="更正数", max_digits=20, decimal_places=4)
    evidence = forms.FileField(label="证明材料", widget=widgets.FileInput())


def correction_form(dispute: ValueDispute, data: Any = None, files: Any = None) -> AnswerForm:
    """The boxes that a correction of this value needs."""
    kind = CorrectionForm if dispute.value.is_manual else AnswerForm
    return kind(data, files, prefix="correct")
