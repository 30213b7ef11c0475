"""What is typed about a notice."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.ui import widgets
from silian.operations.learning.commands.calls import CallFacts
from silian.operations.learning.models.calls import FundCall
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
    Role,
)
from silian.registers.organisations.models import Organisation

PLAIN = ("year", "title", "due_on", "basis", "text")


class CallForm(forms.Form):
    """The notice of a year (经费报告通知)."""

    year = forms.IntegerField(label="报告年度", min_value=2000, max_value=2100)
    due_on = forms.DateField(
        label="报告截止日", widget=widgets.DateInput(), help_text="当天 24 时前提交都算按期。"
    )
    title = forms.CharField(label="标题", max_length=120)
    authority = forms.ModelChoiceField(
        label="核对部门",
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
        help_text="由它核对、确认、责令改正；一般是人力资源社会保障部门。",
    )
    consulted = forms.ModelMultipleChoiceField(
        label="征求意见部门",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
        help_text="总工会、税务等。只看报告、提意见，不作决定。",
    )
    basis = forms.CharField(
        label="依据", max_length=200, help_text="文件名称和条款，写进给企业的通知。"
    )
    text = forms.CharField(
        label="填报要求",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-sl-grow": ""}),
    )
    fieldsets = [
        ("通知", ["year", "due_on", "title", "basis", "text"]),
        ("谁来办", ["authority", "consulted"]),
    ]

    def __init__(self, *args: Any, actor: Actor, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offices = Organisation.objects.filter(
            kind=OrganisationKind.GOVERNMENT,
            state=OrganisationState.VERIFIED,
            division__code__startswith=subtree_prefix(actor.jurisdiction),
        ).order_by("division__code", "name")
        own = offices.filter(pk=actor.organisation_id or 0)
        leads = offices if actor.has_role(Role.COORDINATOR) else own
        self.fields["authority"].queryset = leads  # type: ignore[attr-defined]
        self.fields["consulted"].queryset = offices  # type: ignore[attr-defined]
        for name in ("year", "due_on"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    @staticmethod
    def initial_from(call: FundCall) -> dict[str, Any]:
        found = {name: getattr(call, name) for name in PLAIN}
        consulted = list(call.consulted.values_list("organisation_id", flat=True))
        return {**found, "authority": call.authority_id, "consulted": consulted}

    def facts(self) -> CallFacts:
        given = self.cleaned_data
        return CallFacts(
            authority_id=given["authority"].pk,
            consulted_ids=tuple(row.pk for row in given["consulted"]),
            **{name: given[name] for name in PLAIN},
        )


class UnitsBySizeForm(forms.Form):
    """A condition that takes enterprises in (按条件加入)."""

    above_scale = forms.BooleanField(label="全部规模以上企业", required=False)
    sizes = forms.MultipleChoiceField(
        label="按企业规模",
        choices=OrganisationSize.choices,
        required=False,
        widget=widgets.CheckboxList(),
    )


class SheetForm(forms.Form):
    """A sheet in the columns of its template (导入表格)."""

    file = forms.FileField(
        label="文件",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行是列名。有一格不对，整份都不导入。",
    )
