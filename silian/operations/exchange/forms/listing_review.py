"""The decision of a review."""

from __future__ import annotations

from typing import Any

from django import forms


class ReviewForm(forms.Form):
    """Approve, or return with a reason (审核意见). The button pressed is the decision."""

    reason = forms.CharField(
        label="意见",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3, "data-sl-grow": ""}),
        help_text="退回时必填，写明哪里不妥、怎样修改，至少 6 个字。发布单位会看到全文。",
    )

    @property
    def approves(self) -> bool:
        return bool(self.data.get("decision") == "approve")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get("decision") not in ("approve", "return"):
            self.add_error(None, "请选择通过或退回。")
        return cleaned
