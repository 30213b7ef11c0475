"""What is typed about pathways and seats."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.registers.organisations.choices import OrganisationKind
from silian.registers.programmes.choices import WITH_PARTNER_SCHOOL, PathwayKind
from silian.registers.programmes.commands.pathways import EnrolmentFacts, PathwayFacts
from silian.registers.programmes.forms.fields import OrganisationField
from silian.registers.programmes.models.pathways import EnrolmentPlan

PARTNERED = [(value, label) for value, label in PathwayKind.choices if value in WITH_PARTNER_SCHOOL]
MOST_SEATS = 30_000


class PathwayForm(forms.Form):
    """A pathway to another school (贯通培养项目)."""

    kind = forms.ChoiceField(label="方式", choices=PARTNERED)
    partner = OrganisationField(label="对接学校", kind=OrganisationKind.SCHOOL)
    first_year = forms.IntegerField(label="首届年份", min_value=2000, max_value=2100)
    seats = forms.IntegerField(label="每届计划", min_value=1, max_value=MOST_SEATS)
    agreement_number = forms.CharField(label="协议或批文编号", max_length=60, required=False)
    condition = forms.CharField(
        label="转段条件", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def facts(self) -> PathwayFacts:
        data = dict(self.cleaned_data)
        partner = data.pop("partner")
        return PathwayFacts(partner_id=partner.pk, **data)


class EnrolmentForm(forms.Form):
    """Seats of a year and who came (招生计划与录取)."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label="招生方式", choices=PathwayKind.choices)
    planned = forms.IntegerField(label="计划数", min_value=0, max_value=MOST_SEATS)
    adjustment = forms.IntegerField(
        label="倾斜调整", min_value=-MOST_SEATS, max_value=MOST_SEATS, initial=0, required=False,
        help_text="增加写正数，减少写负数。",
    )  # fmt: skip
    adjustment_reason = forms.CharField(label="调整理由", max_length=300, required=False)
    enterprise = OrganisationField(
        label="参与研究计划的企业", kind=OrganisationKind.ENTERPRISE, required=False
    )
    culture_weight = forms.IntegerField(
        label="文化素质权重（%）", min_value=0, max_value=100, required=False
    )
    skill_weight = forms.IntegerField(
        label="职业技能权重（%）", min_value=0, max_value=100, required=False
    )
    admitted = forms.IntegerField(
        label="实际录取", min_value=0, max_value=MOST_SEATS, required=False
    )
    experienced = forms.IntegerField(
        label="其中有工作实践经历", min_value=0, max_value=MOST_SEATS, required=False
    )
    registered = forms.IntegerField(label="报到", min_value=0, max_value=MOST_SEATS, required=False)

    fieldsets = [
        ("计划", ["year", "kind", "planned", "adjustment", "adjustment_reason", "enterprise"]),
        ("评价方式", ["culture_weight", "skill_weight"]),
        ("结果", ["admitted", "experienced", "registered"]),
    ]

    def facts(self) -> EnrolmentFacts:
        data = dict(self.cleaned_data)
        enterprise = data.pop("enterprise")
        data["adjustment"] = data["adjustment"] or 0
        return EnrolmentFacts(enterprise_id=enterprise.pk if enterprise else None, **data)

    @staticmethod
    def initial_of(row: EnrolmentPlan) -> dict[str, Any]:
        names = set(EnrolmentFacts.__dataclass_fields__) - {"enterprise_id"}
        return {**{name: getattr(row, name) for name in names}, "enterprise": row.enterprise}
