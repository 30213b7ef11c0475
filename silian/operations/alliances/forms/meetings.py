"""What is typed about meetings, agenda, replies and minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.operations.alliances.choices.coordination import MeetingKind, Reply
from silian.operations.alliances.commands.meetings import MeetingFacts
from silian.operations.alliances.forms.bodies import TEXT, departments
from silian.operations.alliances.models.meetings import Meeting

AGENDA_LINES = 8


class MeetingForm(forms.Form):
    """When and where a body meets (会议安排)."""

    kind = forms.ChoiceField(label="会议类别", choices=MeetingKind.choices)
    title = forms.CharField(label="会议名称", max_length=120)
    held_at = forms.DateTimeField(label="时间", widget=widgets.DateTimeInput())
    place = forms.CharField(label="地点", max_length=120)

    @staticmethod
    def initial_from(meeting: Meeting) -> dict[str, Any]:
        names = ("kind", "title", "place")
        held_at = timezone.localtime(meeting.held_at)
        return {**{name: getattr(meeting, name) for name in names}, "held_at": held_at}

    def facts(self) -> MeetingFacts:
        return MeetingFacts(**self.cleaned_data)


class AgendaForm(forms.Form):
    """The agenda, a line an item (议题)."""

    def __init__(self, *args: Any, division: str, **rest: Any):
        super().__init__(*args, **rest)
        units = departments(division)
        for place in range(1, AGENDA_LINES + 1):
            title = forms.CharField(label=f"议题 {place}", max_length=200, required=place == 1)
            unit = forms.ModelChoiceField(
                label="汇报单位", queryset=units, required=False, widget=widgets.SearchSelect()
            )
            title.half = unit.half = True  # type: ignore[attr-defined]
            self.fields[f"title_{place}"], self.fields[f"presenter_{place}"] = title, unit

    @staticmethod
    def initial_from(meeting: Meeting) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for item in meeting.agenda.all():
            values |= {
                f"title_{item.order}": item.title,
                f"presenter_{item.order}": item.presenter_id,
            }
        return values

    def items(self) -> list[tuple[str, int | None]]:
        """Titles and units in order; empty lines are left out."""
        given = self.cleaned_data
        lines = [
            (given[f"title_{place}"], given[f"presenter_{place}"])
            for place in range(1, AGENDA_LINES + 1)
        ]
        return [(title, unit.pk if unit else None) for title, unit in lines if title]


class ReplyForm(forms.Form):
    """Whether the unit's member comes (参会回执)."""

    reply = forms.ChoiceField(
        label="回执",
        choices=[(r.value, r.label) for r in Reply if r is not Reply.WAITING],
        widget=widgets.RadioList(),
    )
    delegate = forms.CharField(
        label="受托参加人", max_length=60, required=False, help_text="委托参加时填写姓名和职务。"
    )
    reason = forms.CharField(label="请假原因", max_length=200, required=False)


class HoldForm(forms.Form):
    """Who came, and the draft of the minutes (登记召开)."""

    came = forms.TypedMultipleChoiceField(
        label="到会人员", coerce=int, required=False, widget=widgets.CheckboxList()
    )
    minutes = forms.CharField(
        label="纪要",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12, **TEXT}),
        help_text="写明听取的汇报、讨论的意见和议定事项；需要落实的事项另在“拟定决定”里逐条登记。",
    )

    def __init__(self, *args: Any, places: list[tuple[int, str]], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["came"].choices = places  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """Who signs the minutes, and when (签发纪要)."""

    signed_by = forms.CharField(label="签发人", max_length=40)
    signed_on = forms.DateField(label="签发日", widget=widgets.DateInput())
