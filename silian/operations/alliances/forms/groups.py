"""What is typed about groups, members, councils and designations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy

from silian.foundation.reference.forms import DivisionField, IndustryField
from silian.foundation.ui import widgets
from silian.operations.alliances.choices.groups import (
    CouncilRole,
    DesignationKind,
    GroupKind,
    GroupLevel,
    MemberKind,
    MemberState,
)
from silian.operations.alliances.commands.group_members import CouncilFacts
from silian.operations.alliances.commands.groups import DesignationFacts, GroupFacts
from silian.operations.alliances.forms.choosing import (
    day_field,
    long_text,
    offer,
    side_by_side,
    values_of,
)
from silian.operations.alliances.models.groups import AllianceGroup
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


def name_of_unit(value: str) -> str:
    found = Organisation.objects.filter(pk=value).first() if str(value).isdigit() else None
    return found.name if found else str(value)


def verified_units() -> Any:
    return Organisation.objects.filter(state=OrganisationState.VERIFIED)


def picked_unit(label: str, **given: Any) -> forms.ModelChoiceField:
    """One verified organisation of any kind, searched by name."""
    return forms.ModelChoiceField(
        label=label,
        queryset=verified_units(),
        widget=widgets.Picker(
            url=reverse_lazy("agreements:organisation_choices"),  # type: ignore[arg-type]
            label_of=name_of_unit,
        ),
        **{"help_text": "输入名称查找已核验单位。", **given},
    )


def units_of(group: AllianceGroup) -> Any:
    """The lead and the confirmed members, for the boxes of a group."""
    members = group.members.filter(state=MemberState.ACTIVE).values("organisation_id")
    rows = Organisation.objects.filter(pk__in=members)
    return (rows | Organisation.objects.filter(pk=group.lead_id)).order_by("name")


class GroupForm(forms.Form):
    """A group or alliance (集团联盟)."""

    kind = forms.ChoiceField(label="类别", choices=GroupKind.choices)
    level = forms.ChoiceField(label="层级", choices=GroupLevel.choices)
    name = forms.CharField(label="名称", max_length=120)
    division = DivisionField(label="地区")
    founded_on = day_field("发起日")
    lead = picked_unit("牵头单位")
    lead_kind = forms.ChoiceField(label="牵头单位类别", choices=MemberKind.choices)
    industry = IndustryField(label="面向行业", required=False)
    park = forms.CharField(
        label="依托园区", max_length=80, required=False, help_text="市域产教联合体须写明。"
    )
    basis = forms.CharField(
        label="组建依据", max_length=120, required=False, help_text="批复或发起文件的名称和文号。"
    )
    purpose = long_text("宗旨和任务", most=2000, required=False)
    fieldsets = [
        ("集团联盟", ["kind", "level", "name", "division", "founded_on"]),
        ("牵头和面向", ["lead", "lead_kind", "industry", "park", "basis", "purpose"]),
    ]

    def __init__(self, *args: Any, fixed_lead: bool = False, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "kind", "level", "division", "founded_on", "lead", "lead_kind")
        side_by_side(self, "industry", "park")
        self.fields["lead"].disabled = fixed_lead

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == GroupKind.CITY_CONSORTIUM and not given.get("park"):
            self.add_error("park", "市域产教联合体以产业园区为基础，请写明依托园区。")
        return given

    @staticmethod
    def initial_from(group: AllianceGroup) -> dict[str, Any]:
        names = ("kind", "level", "name", "founded_on", "lead_kind", "park", "basis", "purpose")
        links = {"lead": group.lead_id, "industry": group.industry_id}
        return {**values_of(group, *names), **links, "division": group.division_id}

    def facts(self) -> GroupFacts:
        given = self.cleaned_data
        names = ("kind", "level", "name", "lead_kind", "park", "purpose", "basis", "founded_on")
        return GroupFacts(
            **{name: given[name] for name in names},
            lead_id=given["lead"].pk,
            industry_id=given["industry"].pk if given["industry"] else None,
        )


class CharterForm(forms.Form):
    """A charter or founding paper (章程)."""

    upload = forms.FileField(label="章程或组建文件", widget=widgets.FileInput())


class EntityForm(forms.Form):
    """That the group works as an entity, with evidence (实体化运作)."""

    since = day_field("实体化运作起")
    evidence = forms.CharField(
        label="依据",
        max_length=300,
        help_text="例如：民办非企业单位登记证书，2025年3月；或独立账户、专职人员名单。",
    )
    entity = forms.ModelChoiceField(
        label="运作实体",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="未单独登记为单位",
        widget=widgets.SearchSelect(),
    )

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        kinds = (OrganisationKind.ALLIANCE, OrganisationKind.SERVICE)
        offer(self, "entity", verified_units().filter(kind__in=kinds).order_by("name"))


class ReasonForm(forms.Form):
    """Why a group pauses or ends, and from which day (暂停、解散)."""

    on = day_field("自何日起")
    reason = forms.CharField(
        label="理由和依据", max_length=300, help_text="成员单位会看到。", widget=forms.Textarea()
    )


class StartForm(forms.Form):
    on = day_field("运行起")


class DesignationForm(forms.Form):
    """A distinction and its document (认定)."""

    kind = forms.ChoiceField(label="认定名称", choices=DesignationKind.choices)
    level = forms.ChoiceField(label="级别", choices=GroupLevel.choices)
    authority = forms.CharField(label="认定机关", max_length=80)
    document_number = forms.CharField(label="认定文号", max_length=80)
    starts_on = day_field("认定日")
    ends_on = day_field("失效日（不含）", required=False, help_text="没有期限的不填。")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, *self.fields)

    def facts(self) -> DesignationFacts:
        return DesignationFacts(**self.cleaned_data)


class ApplicationForm(forms.Form):
    """What an organisation says when it asks to be taken in (申请加入)."""

    kind = forms.ChoiceField(label="以什么身份加入", choices=MemberKind.choices)
    duty = long_text("能承担的任务", most=300, rows=3, help_text="例如：每年提供 60 个实习岗位。")


class InvitationForm(ApplicationForm):
    """Whom the lead names as a member (邀请加入)."""

    organisation = picked_unit("单位", help_text="对方确认后才成为成员。")
    field_order = ("organisation", "kind", "duty")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["kind"].label = "成员类别"
        self.fields["duty"].label = "承担的任务"
        self.fields["duty"].required = False


class CouncilForm(forms.Form):
    """Who sits in the council (理事会任职)."""

    role = forms.ChoiceField(label="职务", choices=CouncilRole.choices)
    organisation = forms.ModelChoiceField(
        label="单位", queryset=Organisation.objects.none(), widget=widgets.SearchSelect()
    )
    holder = forms.CharField(label="姓名", max_length=40)
    position = forms.CharField(label="单位职务", max_length=80, required=False)
    starts_on = day_field("任期起")
    ends_on = day_field("任期止（不含）")

    def __init__(self, *args: Any, group: AllianceGroup, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "organisation", units_of(group))
        side_by_side(self, "role", "organisation", "holder", "position", "starts_on", "ends_on")

    def facts(self) -> CouncilFacts:
        given = dict(self.cleaned_data)
        return CouncilFacts(organisation_id=given.pop("organisation").pk, **given)
