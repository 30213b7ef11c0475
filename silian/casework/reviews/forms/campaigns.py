"""What is typed about batches: days, quota, regional values, offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from silian.casework.reviews.models import Campaign, SchemeVersion
from silian.casework.reviews.queries.offices import divisions_served
from silian.casework.reviews.rules.definition import Definition
from silian.casework.reviews.rules.definition_words import grouped
from silian.casework.reviews.rules.offices import Office
from silian.foundation.kernel.typed_values import UNSET
from silian.foundation.ui import widgets
from silian.foundation.ui.typed_fields import area
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

VALUE, REASON, BASIS = "value_", "reason_", "basis_"
OFFICE = "office"


@dataclass(frozen=True, kw_only=True)
class OverrideRow:
    """A number of the scheme and the boxes for the region's own value."""

    label: str
    scheme: str
    origin: str
    boxes: list[forms.BoundField]

    @property
    def has_errors(self) -> bool:
        return any(box.errors for box in self.boxes)


class CampaignForm(forms.Form):
    """A batch of a version, with the region's own values of its numbers (批次)."""

    template_name = "reviews/_campaign_boxes.html"

    title = forms.CharField(
        label="批次名称", max_length=120, required=False, help_text="留空时按年度和批次命名。"
    )
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    quota = forms.IntegerField(
        label="名额", min_value=1, required=False, help_text="不限名额的留空。"
    )
    opens_on = forms.DateField(label="申报开始", widget=widgets.DateInput())
    closes_on = forms.DateField(
        label="申报截止（不含当日）",
        widget=widgets.DateInput(),
        help_text="这一天零点起不再受理。发布后不能提前。",
    )
    contact = forms.CharField(label="咨询方式", max_length=200)
    notice_text = forms.CharField(
        label="申报通知",
        max_length=5000,
        widget=area(8),
        help_text="申报对象、条件和材料由方案自动列出，这里写其他需要说明的事项。",
    )

    def __init__(
        self,
        *args: Any,
        definition: Definition,
        regional: Mapping[str, Mapping[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.parameters = definition.parameters
        self.regional = regional
        self.fieldsets = [
            ("时间与名额", ["title", "year", "quota", "opens_on", "closes_on"]),
            ("申报通知", ["contact", "notice_text"]),
        ]
        for name in ("year", "quota", "opens_on", "closes_on"):
            self.fields[name].half = True  # type: ignore[attr-defined]
        for row in self.parameters:
            self.add_override(row.code)

    def add_override(self, code: str) -> None:
        """Three boxes for a number: the region's value, why, and on which basis."""
        boxes = ((VALUE, "地区值", 20), (REASON, "调整理由", 200), (BASIS, "依据", 200))
        for name, label, most in boxes:
            self.fields[f"{name}{code}"] = forms.CharField(
                label=label, max_length=most, required=False
            )

    @property
    def head_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The boxes of the batch itself, under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self.fieldsets]

    @property
    def override_rows(self) -> list[OverrideRow]:
        """One row of boxes for each number of the scheme (地区调整)."""
        return [
            OverrideRow(
                label=row.label,
                scheme=f"{grouped(row.value)} {row.unit}".strip() if row.value else UNSET,
                origin="规则册" if row.code in self.regional else "",
                boxes=[self[f"{name}{row.code}"] for name in (VALUE, REASON, BASIS)],
            )
            for row in self.parameters
        ]

    @property
    def adjusted(self) -> int:
        """How many rows hold a regional value now."""
        return sum(bool(row.boxes[0].value()) for row in self.override_rows)

    def overrides(self) -> dict[str, dict[str, str]]:
        """The regional values that were given; those of the rulebook still say so."""
        data = self.cleaned_data
        return {
            row.code: self.with_origin(
                row.code,
                {
                    "value": data[f"{VALUE}{row.code}"].strip(),
                    "reason": data[f"{REASON}{row.code}"].strip(),
                    "basis": data[f"{BASIS}{row.code}"].strip(),
                },
            )
            for row in self.parameters
            if data[f"{VALUE}{row.code}"].strip()
        }

    def with_origin(self, code: str, said: dict[str, str]) -> dict[str, str]:
        """The region whose rulebook says exactly this, as long as nobody changed it."""
        kept = dict(self.regional.get(code, {}))
        division = kept.pop("division", "")
        return {**said, "division": division} if kept == said else said

    def facts(self) -> dict[str, Any]:
        """Everything but the year, as the commands take it."""
        names = ("title", "opens_on", "closes_on", "quota", "notice_text", "contact")
        return {**{name: self.cleaned_data[name] for name in names}, "overrides": self.overrides()}


def campaign_initial(campaign: Campaign) -> dict[str, Any]:
    """What a batch holds, as its form shows it."""
    names = ("title", "year", "quota", "opens_on", "closes_on", "contact", "notice_text")
    shown = {name: getattr(campaign, name) for name in names}
    return shown | overrides_initial(campaign.overrides)


def overrides_initial(overrides: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Regional values in the boxes of the form."""
    return {
        f"{prefix}{code}": said[name]
        for code, said in overrides.items()
        for prefix, name in ((VALUE, "value"), (REASON, "reason"), (BASIS, "basis"))
    }


class VersionForm(forms.Form):
    """Of which scheme a batch is made (选择方案)."""

    version = forms.ModelChoiceField(
        label="认定项目", queryset=SchemeVersion.objects.none(), empty_label="请选择"
    )

    def __init__(self, *args: Any, versions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]


class OfficesForm(forms.Form):
    """One unit per level, department and division; the region's own serves all (审核单位)."""

    def __init__(
        self, *args: Any, campaign: Campaign, offices: Iterable[Office], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.places: dict[str, tuple[str, str, str]] = {}
        known = {(row.level, row.department, row.division): row.organisation_id for row in offices}
        region = campaign.division
        divisions = [region, *(row for row in divisions_served(campaign) if row.pk != region.pk)]
        units = officials_of(region.pk)
        groups: list[tuple[str, list[str]]] = []
        for level in campaign.content.procedure.levels:
            for department in level.departments:
                names = []
                for division in divisions:
                    place = (level.code, department, division.pk)
                    name = f"{OFFICE}-{len(self.places)}"
                    self.places[name] = place
                    is_region = division.pk == region.pk
                    self.fields[name] = office_field(
                        f"{division.name}（未单列的县都由它办理）" if is_region else division.name,
                        units,
                        initial=known.get(place),
                    )
                    names.append(name)
                groups.append((f"{level.label} · {department}", names))
        self.fieldsets = groups

    def offices(self) -> list[Office]:
        """The units that were chosen."""
        return [
            Office(
                level=level,
                department=department,
                division=division,
                organisation_id=int(self.cleaned_data[name]),
            )
            for name, (level, department, division) in self.places.items()
            if self.cleaned_data.get(name)
        ]


def officials_of(region: str) -> list[tuple[str, str]]:
    """The verified departments of a region, by name."""
    rows = Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT,
        state="verified",
        division__path__contains=[region],
    ).order_by("division__code", "name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def office_field(label: str, units: list[tuple[str, str]], *, initial: int | None) -> forms.Field:
    field = forms.ChoiceField(
        label=label,
        choices=[("", "不单设"), *units],
        required=False,
        initial=str(initial) if initial else "",
    )
    field.half = True  # type: ignore[attr-defined]
    return field


class ReasonForm(forms.Form):
    """A reason (原因)."""

    reason = forms.CharField(label="原因", max_length=300, widget=area(3))
