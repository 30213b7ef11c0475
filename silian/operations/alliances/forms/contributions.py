"""What is typed about joint targets, contributions, weights and yearly results."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.alliances.choices.contributions import UNITS, Function, Grade
from silian.operations.alliances.commands.contributions import ContributionFacts, TargetFacts
from silian.operations.alliances.forms.choosing import day_field, long_text, offer, side_by_side
from silian.operations.alliances.forms.groups import units_of
from silian.operations.alliances.models.groups import AllianceGroup
from silian.registers.organisations.models import Organisation

FUNCTIONS = [(value, f"{label}（{UNITS[Function(value)]}）") for value, label in Function.choices]
NUMBER: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "min_value": Decimal(0)}


def member_field(label: str, **given: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        **given,
    )


class JointTargetForm(forms.Form):
    """A number to reach together (联合目标)."""

    title = forms.CharField(label="目标", max_length=120)
    value = forms.DecimalField(label="目标值", **NUMBER)
    unit = forms.CharField(label="单位", max_length=20, help_text="例如：人、门、万元。")
    owner = member_field("负责成员")
    due_on = day_field("期限")
    basis = forms.CharField(
        label="依据", max_length=160, required=False, help_text="例如：理事会第二次会议决议。"
    )

    def __init__(self, *args: Any, group: AllianceGroup, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "owner", units_of(group))
        side_by_side(self, "value", "unit", "owner", "due_on")

    def facts(self) -> TargetFacts:
        given = dict(self.cleaned_data)
        return TargetFacts(owner_id=given.pop("owner").pk, **given)


class TargetNoteForm(forms.Form):
    """How far a target is, with evidence (进展)."""

    on = day_field("截至日")
    value = forms.DecimalField(label="完成值（累计）", **NUMBER)
    text = long_text("进展说明", most=500, rows=3)
    evidence = forms.CharField(label="依据材料", max_length=200, help_text="材料名称和日期。")
    upload = forms.FileField(label="附件", required=False, widget=widgets.FileInput())

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "on", "value")


class ContributionForm(forms.Form):
    """Who contributed what (登记贡献)."""

    contributor = member_field("贡献单位")
    receiver = member_field(
        "受益单位",
        required=False,
        empty_label="全体成员",
        help_text="牵头单位自己的贡献须选受益单位，由对方确认。",
    )
    function = forms.ChoiceField(label="贡献类别", choices=FUNCTIONS)
    quantity = forms.DecimalField(label="数量", **NUMBER, help_text="单位随贡献类别。")
    title = forms.CharField(label="事项", max_length=120)
    on = day_field("发生日")
    evidence = forms.CharField(label="证明材料", max_length=200, help_text="材料名称和日期。")
    upload = forms.FileField(label="附件", required=False, widget=widgets.FileInput())

    def __init__(self, *args: Any, group: AllianceGroup, own_id: int | None, **rest: Any):
        super().__init__(*args, **rest)
        units = units_of(group)
        offer(self, "receiver", units)
        offer(self, "contributor", units if own_id == group.lead_id else units.filter(pk=own_id))
        side_by_side(self, "contributor", "receiver", "function", "quantity")

    def facts(self) -> ContributionFacts:
        given = self.cleaned_data
        names = ("function", "title", "quantity", "on", "evidence")
        return ContributionFacts(
            **{name: given[name] for name in names},
            contributor_id=given["contributor"].pk,
            receiver_id=given["receiver"].pk if given["receiver"] else None,
        )


class WeightForm(forms.Form):
    """What a unit of a function is worth (权重)."""

    function = forms.ChoiceField(label="贡献类别", choices=FUNCTIONS)
    points = forms.DecimalField(
        label="每单位分值", max_digits=8, decimal_places=3, min_value=Decimal(0)
    )
    ceiling = forms.DecimalField(
        label="年度上限（分）",
        max_digits=8,
        decimal_places=1,
        min_value=Decimal("0.1"),
        required=False,
        help_text="不设上限的不填。",
    )
    valid_from = day_field("生效日")
    basis = forms.CharField(label="依据", max_length=160, help_text="考核办法的名称和文号。")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "points", "ceiling")


class AssessmentForm(forms.Form):
    """The yearly result (年度考核)."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    grade = forms.ChoiceField(label="结果", choices=Grade.choices)
    reason = long_text("考核意见", most=500)

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "year", "grade")


class CorrectionForm(forms.Form):
    """A corrected yearly result (更正年度考核)."""

    grade = forms.ChoiceField(label="结果", choices=Grade.choices)
    reason = long_text("考核意见", most=500)
    correction = long_text("更正理由", most=300, rows=2, help_text="原结果保留，成员单位可以对照。")
    counts_again = forms.BooleanField(
        label="按今天的台账重新取数",
        required=False,
        help_text="不勾选的，沿用原考核留存的数据。",
    )
