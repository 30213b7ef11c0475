"""What an applicant types: the subject, the sections of the form, files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse

from silian.casework.reviews.choices.schemes import SubjectKind
from silian.casework.reviews.queries.prefill import Prefilled
from silian.casework.reviews.rules.definition import Definition, FormField
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import widgets
from silian.foundation.ui.typed_fields import area, field_of, initial_of
from silian.registers.people.models import Person
from silian.registers.people.permissions import people_visible_to

OPTIONAL = "（选填）"


class SubjectForm(forms.Form):
    """Whom or what the organisation applies for (认定对象)."""

    def __init__(self, *args: Any, definition: Definition, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        label = definition.subject_label or SubjectKind(definition.subject).label
        if definition.subject == SubjectKind.PERSON:
            self.fields["person"] = forms.ModelChoiceField(
                label=label,
                queryset=people_visible_to(actor),
                widget=widgets.Picker(
                    url=reverse("agreements:person_choices"), label_of=name_of_person
                ),
                help_text="从本单位名册中选择，输入姓名查找。",
            )
        elif definition.subject == SubjectKind.MATTER:
            self.fields["subject_name"] = forms.CharField(
                label=f"{label}名称", max_length=200, help_text="写全称，公示和证书按此名称。"
            )

    def facts(self) -> dict[str, Any]:
        person = self.cleaned_data.get("person")
        return {
            "person_id": person.pk if person else None,
            "subject_name": self.cleaned_data.get("subject_name", ""),
        }


def name_of_person(value: str) -> str:
    found = Person.objects.filter(pk=value).first() if str(value).isdigit() else None
    return found.name if found else str(value)


class SectionForm(forms.Form):
    """The questions of one section that the answers lead to; a draft may stay open (填报).

    ``routing`` names the questions on which others hang: they ask for the section anew.
    """

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        asked: Sequence[FormField],
        answers: Mapping[str, Any],
        known: Mapping[str, Prefilled],
        changeable: Collection[str],
        routing: Collection[str] = (),
        route_url: str = "",
        **options: Any,
    ) -> None:
        options["initial"] = initial_of(asked, answers)
        super().__init__(*args, **options)
        self.asked = asked
        for row in asked:
            field = field_of(row)
            if not row.required:
                field.label = f"{field.label}{OPTIONAL}"
            field.required = False
            field.disabled = row.code not in changeable
            said = known.get(row.code)
            if said is not None and said.value == answers.get(row.code):
                field.source = f"来源：{said.source}"  # type: ignore[attr-defined]
            if row.code in routing:
                field.widget.attrs |= route_attributes(route_url)
            self.fields[row.code] = field

    def answers(self) -> dict[str, Any]:
        """What was typed, by question; what may not be changed is left out."""
        return {
            row.code: self.cleaned_data.get(row.code)
            for row in self.asked
            if not self.fields[row.code].disabled
        }


def route_attributes(url: str) -> dict[str, str]:
    """Ask for the section anew when this answer changes."""
    return {
        "hx-post": url,
        "hx-trigger": "change",
        "hx-include": "closest form",
        "hx-target": "#sl-section",
        "hx-swap": "innerHTML",
    }


class EvidenceForm(forms.Form):
    """A file for one question (佐证材料)."""

    file = forms.FileField(label="文件", widget=widgets.FileInput())


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="撤回原因", max_length=1000, widget=area(3), required=False)
