"""What is typed about standards and joint works."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from silian.foundation.reference.forms import MajorField, OccupationField
from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.programmes.choices import StandardKind, WorkKind
from silian.registers.programmes.commands.standards import StandardFacts, WorkFacts
from silian.registers.programmes.forms.fields import OrganisationField, OrganisationsField
from silian.registers.programmes.models.standards import StandardVersion
from silian.registers.programmes.queries.standards import versions_in_force


class StandardForm(forms.Form):
    """A standard (标准登记)."""

    kind = forms.ChoiceField(label="类别", choices=StandardKind.choices)
    title = forms.CharField(label="名称", max_length=120)
    number = forms.CharField(label="标准编号", max_length=60, required=False)
    major = MajorField(label="对应专业", required=False)
    occupation = OccupationField(label="对接职业", required=False)

    def facts(self) -> StandardFacts:
        data = self.cleaned_data
        return StandardFacts(
            kind=data["kind"],
            title=data["title"],
            number=data["number"],
            major_id=data["major"].pk if data["major"] else None,
            occupation_id=data["occupation"].pk if data["occupation"] else None,
        )


class VersionForm(forms.Form):
    """A version of a standard (标准版本)."""

    edition = forms.CharField(label="版本", max_length=30, help_text="例如：2026 版。")
    summary = forms.CharField(
        label="主要内容", max_length=3000, widget=forms.Textarea(attrs={"rows": 6})
    )
    changes = forms.CharField(label="与上一版的不同", max_length=500, required=False)
    schools = OrganisationsField(
        label="参加编制的学校", kind=OrganisationKind.SCHOOL, required=False
    )
    enterprises = OrganisationsField(
        label="参加编制的企业", kind=OrganisationKind.ENTERPRISE, required=False
    )

    def author_ids(self) -> list[int]:
        data = self.cleaned_data
        return [row.pk for row in (*data["schools"], *data["enterprises"])]


class ReviewForm(forms.Form):
    """The word of the reviewing authority (评审)."""

    passes = forms.TypedChoiceField(
        label="评审结论",
        choices=[("yes", "通过，发布实施"), ("no", "退回修改")],
        coerce=lambda text: text == "yes",
        widget=widgets.RadioList(),
    )
    on = forms.DateField(label="实施日", widget=widgets.DateInput(), required=False)
    opinion = forms.CharField(
        label="评审意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("passes") and not data.get("on"):
            self.add_error("on", "通过的，请写明实施日。")
        return data


class JointWorkForm(forms.Form):
    """A textbook, course or syllabus made together (共建成果)."""

    kind = forms.ChoiceField(label="类别", choices=WorkKind.choices)
    title = forms.CharField(label="名称", max_length=120)
    enterprise = OrganisationField(label="合作企业", kind=OrganisationKind.ENTERPRISE)
    published_on = forms.DateField(label="出版或开设日", widget=widgets.DateInput())
    isbn = forms.CharField(label="书号", max_length=20, required=False)
    hours = forms.IntegerField(label="学时", min_value=1, max_value=2000, required=False)
    standard = forms.ModelChoiceField(
        label="对接标准", queryset=StandardVersion.objects.none(), required=False
    )
    summary = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, on: datetime.date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["standard"].queryset = versions_in_force(on=on)  # type: ignore[attr-defined]

    def facts(self) -> WorkFacts:
        data = dict(self.cleaned_data)
        enterprise, standard = data.pop("enterprise"), data.pop("standard")
        return WorkFacts(
            enterprise_id=enterprise.pk, standard_id=standard.pk if standard else None, **data
        )
