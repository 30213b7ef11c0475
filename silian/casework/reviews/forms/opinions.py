"""What a department types."""

from __future__ import annotations

from django import forms

from silian.foundation.ui import widgets
from silian.foundation.ui.typed_fields import area

AGREE, DISAGREE = "agree", "disagree"


class OpinionForm(forms.Form):
    """Agree, or disagree with the reason (部门意见)."""

    said = forms.ChoiceField(
        label="意见",
        choices=[(AGREE, "同意"), (DISAGREE, "不同意")],
        widget=widgets.RadioList(),
    )
    text = forms.CharField(
        label="说明",
        max_length=2000,
        required=False,
        widget=area(5),
        help_text="不同意的须写明理由，审定成员会看到。",
    )

    def agrees(self) -> bool:
        return self.cleaned_data["said"] == AGREE
