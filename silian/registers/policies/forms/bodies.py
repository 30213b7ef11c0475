"""Shapes of input of the register of responsible bodies (责任单位表单)."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.registers.organisations.choices import ENDED_STATES, OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models.bodies import PolicyBody


class BodyForm(forms.Form):
    """Name, function and organisation of a body (责任单位资料)."""

    name = forms.CharField(label="规范名称", max_length=80)
    function = forms.CharField(
        label="职能", max_length=20, required=False, help_text="例如 教育、财政。"
    )
    organisation = forms.ModelChoiceField(
        label="对应单位",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="没有登记的单位",
        widget=widgets.SearchSelect(),
        help_text="对应后，任务发到这个单位的工作台。",
    )

    def __init__(self, *args: Any, body: PolicyBody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Organisation.objects.filter(
            kind=OrganisationKind.GOVERNMENT, division_id=body.division_id
        ).exclude(state__in=sorted(ENDED_STATES))
        linked = Organisation.objects.filter(pk=body.organisation_id or 0)
        self.fields["organisation"].queryset = (offered | linked).order_by("name")  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """A name the body bears or bore (别称)."""

    name = forms.CharField(label="名称", max_length=80)
    valid_from = forms.DateField(label="启用日", widget=widgets.DateInput(), required=False)
    valid_to = forms.DateField(label="停用日（不含）", widget=widgets.DateInput(), required=False)
    valid_from.half = valid_to.half = True  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To whom and when the duties pass (职责划转)."""

    successor = forms.ModelChoiceField(
        label="划入单位", queryset=PolicyBody.objects.none(), widget=widgets.SearchSelect()
    )
    on = forms.DateField(label="划转日", widget=widgets.DateInput())

    def __init__(self, *args: Any, body: PolicyBody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = PolicyBody.objects.filter(division_id=body.division_id, successor__isnull=True)
        self.fields["successor"].queryset = others.exclude(pk=body.pk).order_by("name")  # type: ignore[attr-defined]
