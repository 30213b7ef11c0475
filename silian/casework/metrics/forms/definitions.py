"""Setting up metrics that people report, and reporting their values."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.casework.metrics.choices import Direction, Periodicity, PeriodKind, Timing
from silian.casework.metrics.commands.definitions import DefinitionFacts
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.queries.divisions import measured_divisions
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.reference.models import Division
from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

PERIODS = [
    (PeriodKind.MONTH, "按月"),
    (PeriodKind.QUARTER, "按季度"),
    (PeriodKind.YEAR, "按年"),
    (PeriodKind.ACADEMIC_YEAR, "按学年"),
]


class OrganisationChoice(forms.ModelChoiceField):
    """A department by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class DivisionChoice(forms.ModelChoiceField):
    """A division by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


def departments_of(jurisdiction: str) -> Any:
    """The verified departments of a region."""
    return Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(jurisdiction) if jurisdiction else "x",
    ).order_by("name")


def divisions_of(jurisdiction: str) -> Any:
    """The measured divisions of a region."""
    if not jurisdiction:
        return Division.objects.none()
    return measured_divisions().filter(code__startswith=subtree_prefix(jurisdiction))


class DefinitionForm(forms.Form):
    """What a reported metric is (填报指标)."""

    title = forms.CharField(
        label="指标名称", max_length=60, help_text="例如：地方教育附加用于职业教育的比例"
    )
    unit = forms.CharField(label="单位", max_length=20, help_text="例如：%、人、万元")
    formula = forms.CharField(
        label="计算方法",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写清分子、分母和口径，别人照着能算出同样的数。",
    )
    source = forms.CharField(
        label="数据来源", max_length=200, help_text="哪份报表、哪个系统、哪个部门。"
    )
    division = DivisionChoice(label="适用地区", queryset=Division.objects.none())
    owner = OrganisationChoice(
        label="责任部门", queryset=Organisation.objects.none(), empty_label="请选择"
    )
    period_kind = forms.ChoiceField(
        label="统计期", choices=PERIODS, initial=PeriodKind.YEAR, widget=widgets.RadioList()
    )
    timing = forms.ChoiceField(
        label="数据性质", choices=Timing.choices, initial=Timing.FLOW, widget=widgets.RadioList()
    )
    direction = forms.ChoiceField(label="方向", choices=Direction.choices)
    periodicity = forms.ChoiceField(
        label="更新频率", choices=Periodicity.choices, initial=Periodicity.YEARLY
    )
    decimals = forms.IntegerField(label="小数位数", min_value=0, max_value=4, initial=1)
    public = forms.BooleanField(label="在指标库向社会公开", required=False)
    fieldsets = (
        ("指标", ["title", "unit", "formula", "source"]),
        ("归属", ["division", "owner", "public"]),
        ("口径", ["period_kind", "timing", "direction", "periodicity", "decimals"]),
    )

    def __init__(self, *args: Any, actor: Actor, fixed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        divisions, owners = self.fields["division"], self.fields["owner"]
        divisions.queryset = divisions_of(actor.jurisdiction)  # type: ignore[attr-defined]
        owners.queryset = departments_of(actor.jurisdiction)  # type: ignore[attr-defined]
        if fixed:
            for name in ("title", "unit", "division", "period_kind", "timing", "decimals"):
                self.fields[name].disabled = True

    def facts(self) -> DefinitionFacts:
        """What was typed, in the words of the command."""
        data = self.cleaned_data
        plain = {
            name: data[name]
            for name in DefinitionFacts.__dataclass_fields__
            if name not in ("division_id", "owner_id")
        }
        return DefinitionFacts(**plain, division_id=data["division"].pk, owner_id=data["owner"].pk)

    @staticmethod
    def initial_of(definition: MetricDefinition) -> dict[str, Any]:
        names = [*DefinitionFacts.__dataclass_fields__]
        found = {name: getattr(definition, name) for name in names}
        return {name.removesuffix("_id"): value for name, value in found.items()}


class ValueForm(forms.Form):
    """One reported value with its evidence (填报数值)."""

    division = DivisionChoice(label="地区", queryset=Division.objects.none())
    day = forms.DateField(
        label="统计期内任意一天",
        widget=widgets.DateInput(),
        help_text="按指标的统计期归属，例如按年填报时选该年任意一天。",
    )
    value = forms.DecimalField(label="数值", max_digits=20, decimal_places=4)
    evidence = forms.FileField(
        label="证明材料", widget=widgets.FileInput(), help_text="盖章报表、决算批复、系统截图等。"
    )
    reason = forms.CharField(
        label="更正理由",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="首次填报不用写；更正已有数值必须写。",
    )

    def __init__(self, *args: Any, definition: MetricDefinition, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = divisions_of(definition.division_id)
        self.fields["division"].queryset = rows  # type: ignore[attr-defined]
        self.fields["value"].label = f"数值（{definition.unit}）"
