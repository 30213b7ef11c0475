"""What an owner types about a need and who may see it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.ui import widgets
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import FinanceKind
from silian.governance.incentives.commands.needs import NeedText
from silian.governance.incentives.queries.needs import providers
from silian.registers.organisations.models import Organisation


class NeedForm(forms.Form):
    """A need as its owner puts it (融资需求)."""

    project = forms.ModelChoiceField(
        label="关联工程项目",
        queryset=IntegrationProject.objects.none(),
        required=False,
        empty_label="没有关联项目",
        help_text="关联后总投资和资金缺口从项目的资金筹措计划带出",
    )
    title = forms.CharField(label="需求名称", max_length=120)
    amount = forms.DecimalField(
        label="融资金额",
        max_digits=15,
        decimal_places=2,
        widget=widgets.MoneyInput(),
    )
    months = forms.IntegerField(label="融资期限（月）", min_value=1, max_value=480, required=False)
    use = forms.CharField(
        label="资金用途", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    kinds = forms.MultipleChoiceField(
        label="可接受的品种",
        required=False,
        choices=FinanceKind.choices,
        widget=widgets.CheckboxList(),
        help_text="不选表示都可以",
    )

    def __init__(
        self, *args: Any, projects: QuerySet[IntegrationProject], source: str = "", **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        for name in ("amount", "months"):
            self.fields[name].half = True  # type: ignore[attr-defined]
        if source:
            self.fields["amount"].source = source  # type: ignore[attr-defined]

    def text(self) -> NeedText:
        data = dict(self.cleaned_data)
        project = data.pop("project")
        return NeedText(**data, project_id=project.pk if project else None)


class ConsentForm(forms.Form):
    """Who may see a need and until when (展示授权)."""

    scope = forms.ChoiceField(
        label="可以查看的机构",
        choices=[("all", "所有已核验的金融机构"), ("some", "只给选定的机构")],
        initial="all",
        widget=widgets.RadioList(),
    )
    providers = forms.ModelMultipleChoiceField(
        label="选定的机构",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )
    until = forms.DateField(
        label="授权最后一天",
        widget=widgets.DateInput(),
        help_text="最长一年；随时可以撤回，撤回后金融机构立即看不到",
    )

    def __init__(self, *args: Any, today: datetime.date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["providers"].queryset = providers()  # type: ignore[attr-defined]
        self.fields["until"].initial = today + datetime.timedelta(days=180)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scope") == "some" and not data.get("providers"):
            self.add_error("providers", "请至少选一家机构，或选“所有已核验的金融机构”。")
        return data

    def provider_ids(self) -> list[int]:
        if self.cleaned_data["scope"] == "all":
            return []
        return [row.pk for row in self.cleaned_data["providers"]]


class ReasonForm(forms.Form):
    """One reason (理由)."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str = "理由", required: bool = True, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["reason"].label = label
        self.fields["reason"].required = required
