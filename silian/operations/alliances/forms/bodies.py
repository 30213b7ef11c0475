"""What is typed about bodies and posts."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.operations.alliances.choices.coordination import BodyKind, PostRole, Rhythm
from silian.operations.alliances.commands.bodies import BodyFacts
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.queries.bodies import documents_with_roster
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import PolicyDocument

TEXT = {"data-sl-grow": ""}


def departments(division: str) -> Any:
    """Verified government departments of a region and below."""
    return Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(division),
    ).order_by("division__code", "name")


class BodyForm(forms.Form):
    """A leading group, joint conference or office (协调机构)."""

    division = DivisionField(label="地区")
    kind = forms.ChoiceField(label="类别", choices=BodyKind.choices)
    name = forms.CharField(label="名称", max_length=120)
    founded_on = forms.DateField(label="成立日", widget=widgets.DateInput())
    seat = forms.ModelChoiceField(
        label="办公室所在单位",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
    )
    parent = forms.ModelChoiceField(
        label="上级机构",
        queryset=CoordinatingBody.objects.none(),
        required=False,
        empty_label="没有",
        help_text="办公室或专班请选它所属的领导小组或联席会议。",
    )
    basis = forms.ModelChoiceField(
        label="设立依据",
        queryset=PolicyDocument.objects.none(),
        required=False,
        empty_label="不在政策库",
    )
    rhythm = forms.ChoiceField(
        label="研究工作周期",
        choices=[("", "未设定"), *Rhythm.choices],
        required=False,
        help_text="政策要求定期研究而未写明周期，由本地区设定；未设定时不判断是否按期。",
    )
    duties = forms.CharField(
        label="职责",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **TEXT}),
    )
    fieldsets = [
        ("机构", ["kind", "name", "division", "founded_on"]),
        ("运行", ["seat", "parent", "rhythm", "basis", "duties"]),
    ]

    def __init__(self, *args: Any, division: str, bodies: Any, body_id: int = 0, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["seat"].queryset = departments(division)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = bodies.exclude(pk=body_id)  # type: ignore[attr-defined]
        self.fields["basis"].queryset = PolicyDocument.objects.public()  # type: ignore[attr-defined]
        for name in ("kind", "division", "founded_on", "seat", "parent", "rhythm"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    @staticmethod
    def initial_from(body: CoordinatingBody) -> dict[str, Any]:
        names = ("kind", "name", "founded_on", "rhythm", "duties")
        values = {name: getattr(body, name) for name in names}
        links = {"seat": body.seat_id, "parent": body.parent_id, "basis": body.basis_id}
        return {**values, **links, "division": body.division_id}

    def facts(self) -> BodyFacts:
        """What was typed, without the region."""
        given = self.cleaned_data
        links = {f"{name}_id": given[name] and given[name].pk for name in LINKS}
        rest = {name: given[name] for name in given if name not in (*LINKS, "division")}
        return BodyFacts(**rest, **links)


LINKS = ("seat", "parent", "basis")


class PostForm(forms.Form):
    """A post by position, with who holds it (成员席位)."""

    role = forms.ChoiceField(label="职务", choices=PostRole.choices, initial=PostRole.MEMBER)
    position = forms.CharField(
        label="所任职位", max_length=120, help_text="席位随职位走，例如：市教育局局长。"
    )
    holder = forms.CharField(label="现任姓名", max_length=40, required=False)
    organisation = forms.ModelChoiceField(
        label="所在单位",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
        help_text="选定后，会议通知发给这个单位的经办人员。",
    )
    starts_on = forms.DateField(label="设立日", widget=widgets.DateInput())

    def __init__(self, *args: Any, division: str, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["organisation"].queryset = departments(division)  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Who takes over a position (更换任职人员)."""

    holder = forms.CharField(label="新任姓名", max_length=40)
    starts_on = forms.DateField(label="任职起", widget=widgets.DateInput())


class RosterForm(forms.Form):
    """Which document's annex the posts come from (导入成员名单)."""

    document = forms.ModelChoiceField(
        label="名单所在文件", queryset=PolicyDocument.objects.none(), empty_label=None
    )
    starts_on = forms.DateField(label="席位设立日", widget=widgets.DateInput())

    def __init__(self, *args: Any, division: str, **rest: Any):
        super().__init__(*args, **rest)
        rows = documents_with_roster(division)
        self.fields["document"].queryset = rows  # type: ignore[attr-defined]
