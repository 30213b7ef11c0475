"""What is typed about problems brought before a body."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.operations.alliances.forms.bodies import TEXT
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.meetings import Meeting


class EscalationForm(forms.Form):
    """A problem that the unit cannot solve alone (提请协调)."""

    body = forms.ModelChoiceField(
        label="提请机构", queryset=CoordinatingBody.objects.none(), empty_label=None
    )
    title = forms.CharField(label="事项", max_length=120)
    detail = forms.CharField(
        label="情况和建议",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6, **TEXT}),
        help_text="写明卡在哪里、已经做过什么、建议由谁怎么办。",
    )

    def __init__(self, *args: Any, bodies: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["body"].queryset = bodies.filter(ended_on__isnull=True)  # type: ignore[attr-defined]


class ScheduleForm(forms.Form):
    """On the agenda of which meeting the problem goes (列入议题)."""

    meeting = forms.ModelChoiceField(
        label="会议", queryset=Meeting.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, meetings: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What came of the problem (答复)."""

    answer = forms.CharField(
        label="答复", max_length=500, widget=forms.Textarea(attrs={"rows": 4, **TEXT})
    )
    decision = forms.ModelChoiceField(
        label="依据的会议决定", queryset=Decision.objects.none(), required=False, empty_label="没有"
    )

    def __init__(self, *args: Any, decisions: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
