"""What is typed about list items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.ui import widgets
from silian.governance.policy_tasks.choices import ListKind, ListSource
from silian.governance.policy_tasks.commands.lists import ItemText
from silian.governance.policy_tasks.forms.evidence import evidence_field, growing, halves
from silian.registers.policies.models import PolicyBody


class ListItemForm(forms.Form):
    """An item of a list (清单事项)."""

    kind = forms.ChoiceField(label="列入", choices=ListKind.choices, widget=widgets.RadioList())
    title = forms.CharField(label="事项", max_length=120)
    detail = forms.CharField(
        label="内容",
        max_length=3000,
        widget=growing(4),
        help_text="问题是什么或政策要做什么，办到什么程度算完成。",
    )
    source_kind = forms.ChoiceField(label="来源", choices=ListSource.choices)
    source_note = forms.CharField(label="来源说明", max_length=160, required=False)
    lead = forms.ModelChoiceField(
        label="牵头单位", queryset=PolicyBody.objects.none(), widget=widgets.SearchSelect()
    )
    due_on = forms.DateField(label="办理期限", required=False, widget=widgets.DateInput())
    cooperating = forms.ModelMultipleChoiceField(
        label="配合单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )

    def __init__(self, *args: Any, bodies: QuerySet[PolicyBody], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["cooperating"].queryset = bodies  # type: ignore[attr-defined]
        halves(self, "source_kind", "source_note", "lead", "due_on")

    def text(self, **origin: Any) -> ItemText:
        """The item as typed, with the rows that it came from."""
        facts = self.cleaned_data
        return ItemText(
            kind=facts["kind"],
            title=facts["title"],
            detail=facts["detail"],
            source=facts["source_kind"],
            source_note=facts["source_note"],
            lead_id=facts["lead"].pk,
            cooperating_ids=[body.pk for body in facts["cooperating"]],
            due_on=facts["due_on"],
            **origin,
        )


class NoteForm(forms.Form):
    """What was done about an item (登记进展)."""

    text = forms.CharField(label="进展", max_length=3000, widget=growing(4))
    proofs = evidence_field()


class ClaimForm(forms.Form):
    """Why an item is done, with proof (申请销号)."""

    text = forms.CharField(
        label="办结情况", max_length=3000, widget=growing(4), help_text="对照事项逐条写明结果。"
    )
    proofs = evidence_field(required=True)


class OpinionForm(forms.Form):
    """Words with a step (意见)."""

    text = forms.CharField(label="意见", max_length=1000, widget=growing(3))
