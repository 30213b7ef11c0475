"""What is typed about decisions."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.alliances.commands.decisions import DecisionFacts
from silian.operations.alliances.forms.bodies import TEXT
from silian.operations.alliances.models.meetings import AgendaItem, Meeting
from silian.operations.alliances.queries.bodies import responsible_bodies
from silian.registers.policies.models import PolicyBody


class DecisionForm(forms.Form):
    """What is decided, who leads, by when (决定事项)."""

    text = forms.CharField(
        label="决定事项",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, **TEXT}),
        help_text="一条写一件事：做什么、做到什么程度。签发纪要后生成任务。",
    )
    item = forms.ModelChoiceField(
        label="所属议题",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="不归入议题",
    )
    lead = forms.ModelChoiceField(
        label="牵头单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
    )
    cooperating = forms.ModelMultipleChoiceField(
        label="配合单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )
    due_on = forms.DateField(label="完成期限", required=False, widget=widgets.DateInput())

    def __init__(self, *args: Any, meeting: Meeting, **rest: Any):
        super().__init__(*args, **rest)
        units = responsible_bodies(meeting.body.division_id)
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]
        self.fields["lead"].queryset = units  # type: ignore[attr-defined]
        self.fields["cooperating"].queryset = units  # type: ignore[attr-defined]

    def facts(self) -> DecisionFacts:
        given = self.cleaned_data
        due: datetime.date | None = given["due_on"]
        return DecisionFacts(
            text=given["text"],
            item_id=given["item"] and given["item"].pk,
            lead_id=given["lead"] and given["lead"].pk,
            cooperating=[body.pk for body in given["cooperating"]],
            due_on=due,
        )
