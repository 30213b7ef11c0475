"""What is typed about zones, pairings and their actions."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.reference.forms import DivisionField, IndustriesField
from silian.foundation.reference.models import Industry
from silian.foundation.ui import widgets
from silian.operations.alliances.choices.pairings import PairingKind, ZoneLevel
from silian.operations.alliances.commands.pairings import PairingFacts
from silian.operations.alliances.commands.zones import ZoneFacts
from silian.operations.alliances.forms.choosing import (
    day_field,
    key_of,
    long_text,
    offer,
    side_by_side,
    unit_field,
    units,
    values_of,
)
from silian.operations.alliances.models.pairings import Pairing
from silian.operations.alliances.models.zones import IndustrialZone
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.programmes.models import Programme


class ZoneForm(forms.Form):
    """An industrial zone (产业集聚区)."""

    name = forms.CharField(label="名称", max_length=80)
    division = DivisionField(label="所在地区")
    level = forms.ChoiceField(
        label="级别", choices=[("", "未写明"), *ZoneLevel.choices], required=False
    )
    founded_on = day_field("设立日")
    committee = unit_field(
        "管理机构",
        required=False,
        help_text="选定后，院校提出的对口合作由它确认；没有登记的由主管部门确认。",
    )
    industries = IndustriesField(label="主导产业", required=False, most=6)
    longitude = forms.DecimalField(label="经度", required=False, max_digits=9, decimal_places=6)
    latitude = forms.DecimalField(label="纬度", required=False, max_digits=9, decimal_places=6)
    fieldsets = [
        ("集聚区", ["name", "division", "level", "founded_on"]),
        ("管理和产业", ["committee", "industries"]),
        ("位置（可不填）", ["longitude", "latitude"]),
    ]

    def __init__(self, *args: Any, division: str, **rest: Any):
        super().__init__(*args, **rest)
        kinds = (OrganisationKind.GOVERNMENT, OrganisationKind.ASSOCIATION)
        offer(self, "committee", units(*kinds, division=division))
        side_by_side(self, "name", "division", "level", "founded_on", "longitude", "latitude")

    @staticmethod
    def initial_from(zone: IndustrialZone) -> dict[str, Any]:
        plain = values_of(zone, "name", "level", "founded_on", "longitude", "latitude")
        links = {"division": zone.division_id, "committee": zone.committee_id}
        return {**plain, **links, "industries": list(zone.industries.all())}

    def facts(self) -> ZoneFacts:
        given = self.cleaned_data
        names = ("name", "level", "longitude", "latitude", "founded_on")
        plain = {name: given[name] for name in names}
        return ZoneFacts(**plain, committee_id=key_of(given["committee"]))

    @property
    def industries_chosen(self) -> list[Industry]:
        return list(self.cleaned_data["industries"])


class PairingForm(forms.Form):
    """A zone with a school (对口合作)."""

    zone = forms.ModelChoiceField(
        label="产业集聚区",
        queryset=IndustrialZone.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
    )
    school = unit_field("院校")
    starts_on = day_field("起始日")
    ends_on = day_field("终止日", help_text="这一天起不再合作。")
    agreement_reference = forms.CharField(
        label="协议编号", max_length=80, required=False, help_text="签了协议的写编号或名称。"
    )
    programmes = forms.ModelMultipleChoiceField(
        label="共建专业",
        queryset=Programme.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )
    plan = long_text("合作计划", most=2000, rows=6, help_text="写明共建什么、谁做、怎样算做成。")
    kind = PairingKind.ZONE_SCHOOL

    def __init__(self, *args: Any, zones: Any, schools: Any, programmes: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "zone", zones)
        offer(self, "school", schools)
        offer(self, "programmes", programmes)
        if not programmes.exists():
            del self.fields["programmes"]
        side_by_side(self, "zone", "school", "starts_on", "ends_on")

    @staticmethod
    def initial_from(pairing: Pairing) -> dict[str, Any]:
        plain = values_of(pairing, "agreement_reference", "starts_on", "ends_on", "plan")
        links = {"zone": pairing.zone_id, "school": pairing.school_id}
        return {**plain, **links, "programmes": list(pairing.programmes.all())}

    def facts(self) -> PairingFacts:
        given = self.cleaned_data
        return PairingFacts(
            kind=self.kind,
            zone_id=given["zone"].pk,
            school_id=given["school"].pk,
            helper_id=None,
            **plain_facts(given),
        )

    @property
    def programme_keys(self) -> list[int]:
        return [programme.pk for programme in self.cleaned_data.get("programmes", ())]


def plain_facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("agreement_reference", "starts_on", "ends_on", "plan")}


class AidForm(forms.Form):
    """A place with a place that it helps (结对帮扶、对口支援)."""

    kind = forms.ChoiceField(
        label="类别",
        choices=[
            (kind.value, kind.label) for kind in PairingKind if kind != PairingKind.ZONE_SCHOOL
        ],
    )
    helper = DivisionField(label="帮扶方")
    helped = DivisionField(label="受援方")
    school = unit_field("承担院校", required=False)
    starts_on = day_field("起始日")
    ends_on = day_field("终止日", help_text="这一天起不再帮扶。")
    agreement_reference = forms.CharField(label="协议编号", max_length=80, required=False)
    plan = long_text("帮扶计划", most=2000, rows=6)

    def __init__(self, *args: Any, schools: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "school", schools)
        side_by_side(self, "kind", "school", "helper", "helped", "starts_on", "ends_on")

    @staticmethod
    def initial_from(pairing: Pairing) -> dict[str, Any]:
        plain = values_of(pairing, "kind", "agreement_reference", "starts_on", "ends_on", "plan")
        links = {"helper": pairing.helper_id, "helped": pairing.division_id}
        return {**plain, **links, "school": pairing.school_id}

    def facts(self) -> PairingFacts:
        given = self.cleaned_data
        return PairingFacts(
            kind=given["kind"],
            zone_id=None,
            school_id=key_of(given["school"]),
            helper_id=given["helper"].pk,
            **plain_facts(given),
        )

    programme_keys: list[int] = []


class ActionForm(forms.Form):
    """Something to do by a day (行动)."""

    title = forms.CharField(label="行动", max_length=120)
    due_on = day_field("完成期限")


class ResultForm(forms.Form):
    """What came of an action (成效)."""

    done_on = day_field("完成日")
    result = long_text("成效", most=500)
    people = forms.IntegerField(label="受益人数", required=False, min_value=0, max_value=1_000_000)


class ReasonForm(forms.Form):
    """Why a step is taken (理由)."""

    reason = long_text("理由", most=300)
