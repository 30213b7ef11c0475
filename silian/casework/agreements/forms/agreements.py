"""What is typed about agreements: drafts, changes, and the turns of their life."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse

from silian.casework.agreements.commands.drafting import PartyDraft
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.registry import ENDS_ON, STARTS_ON, AgreementKind, PartyRole
from silian.casework.agreements.rules.life import LONGEST_REASON
from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import widgets
from silian.foundation.ui.typed_fields import area, field_of, fields_by_group, initial_of
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_visible_to
from silian.registers.people.models import Person
from silian.registers.people.permissions import people_visible_to

PARTY = "party_"


def name_of_organisation(value: str) -> str:
    found = Organisation.objects.filter(pk=value).first() if str(value).isdigit() else None
    return found.name if found else str(value)


def name_of_person(value: str) -> str:
    found = Person.objects.filter(pk=value).first() if str(value).isdigit() else None
    return found.name if found else str(value)


def party_field(role: PartyRole, actor: Actor) -> forms.Field:
    """The field that chooses the party of a role."""
    if role.is_person:
        url, label_of = reverse("agreements:person_choices"), name_of_person
        people = people_visible_to(actor)
        return forms.ModelChoiceField(
            label=role.label,
            required=role.required,
            queryset=people,
            widget=widgets.Picker(url=url, label_of=label_of),
        )
    kinds = "&".join(f"kind={kind}" for kind in role.organisation_kinds)
    url = f"{reverse('agreements:organisation_choices')}?{kinds}"
    return forms.ModelChoiceField(
        label=role.label,
        required=role.required,
        queryset=organisations_visible_to(actor),
        widget=widgets.Picker(url=url, label_of=name_of_organisation),
        help_text="输入名称查找已核验单位。",
    )


class DraftForm(forms.Form):
    """A draft of a kind: title, parties, period and terms (协议草稿)."""

    title = forms.CharField(label="协议名称", max_length=200)

    def __init__(self, *args: Any, kind: AgreementKind, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        for role in kind.roles:
            self.fields[f"{PARTY}{role.code}"] = party_field(role, actor)
        for term in kind.all_terms:
            self.fields[term.code] = field_of(term)
        self.fieldsets = [
            ("名称与各方", ["title", *(f"{PARTY}{role.code}" for role in kind.roles)]),
            *fields_by_group(kind.all_terms),
        ]

    def parties(self) -> list[PartyDraft]:
        """The chosen parties in the order of the kind."""
        chosen = []
        for role in self.kind.roles:
            subject = self.cleaned_data.get(f"{PARTY}{role.code}")
            if subject is None:
                continue
            key = "person_id" if role.is_person else "organisation_id"
            chosen.append(PartyDraft(role=role.code, **{key: subject.pk}))
        return chosen

    def content(self) -> dict[str, Any]:
        """Title, parties, period and terms as the commands take them."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "parties": self.parties(),
            "terms": {term.code: data.get(term.code) for term in self.kind.terms},
            "starts_on": data[STARTS_ON],
            "ends_on": data[ENDS_ON],
        }


def initial_draft(agreement: Agreement, kind: AgreementKind) -> dict[str, Any]:
    """What a draft holds, as its form shows it."""
    version = agreement.versions.order_by("-number").first()
    shown = {
        "title": agreement.title,
        **initial_of(kind.all_terms, version.changes if version else {}),
    }
    for party in agreement.parties.all():
        shown[f"{PARTY}{party.role}"] = party.person_id or party.organisation_id
    return shown


class ChangeForm(forms.Form):
    """What an amendment or renewal changes; untouched boxes change nothing (协议修订)."""

    def __init__(
        self,
        *args: Any,
        kind: AgreementKind,
        terms: Mapping[str, Any],
        renews: bool = False,
        **options: Any,
    ) -> None:
        changing = [term for term in kind.all_terms if term.code != STARTS_ON]
        options["initial"] = {**initial_of(changing, terms), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.terms = changing
        first = [] if renews else ["effective_from"]
        if not renews:
            self.fields["effective_from"] = forms.DateField(
                label="变更生效日", widget=widgets.DateInput()
            )
        self.fields["reason"] = forms.CharField(
            label="变更原因", max_length=LONGEST_REASON, widget=area(2)
        )
        for term in changing:
            self.fields[term.code] = field_of(term)
        self.fieldsets = [("变更", [*first, "reason"]), *fields_by_group(changing)]

    def changes(self) -> dict[str, Any]:
        """Every term as typed; the command keeps what really differs."""
        return {term.code: self.cleaned_data.get(term.code) for term in self.terms}


class ReasonForm(forms.Form):
    """A reason (原因)."""

    reason = forms.CharField(label="原因", max_length=LONGEST_REASON, widget=area(3))


class TurnForm(ReasonForm):
    """The day and reason of a suspension or its end (中止、恢复)."""

    on = forms.DateField(label="起算日", widget=widgets.DateInput())
    field_order = ["on", "at_once", "reason"]


class TerminationForm(TurnForm):
    """How an agreement is ended before its day (解除)."""

    at_once = forms.BooleanField(
        label="立即解除（各方协商一致、严重违约或危及人身安全）",
        required=False,
        help_text="不勾选的，按协议类别规定的天数提前通知。",
    )

    def __init__(self, *args: Any, first_day: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label = "解除日"
        self.fields["on"].initial = first_day
