"""What is typed about bodies, posts, meetings, decisions and problems."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.operations.alliances.choices import BodyKind, MeetingKind, PostRole, Reply, Rhythm
from silian.operations.alliances.commands.bodies import BodyFacts
from silian.operations.alliances.commands.decisions import DecisionFacts
from silian.operations.alliances.commands.meetings import MeetingFacts
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.meetings import AgendaItem, Meeting
from silian.operations.alliances.queries.coordination import (
    documents_with_roster,
    responsible_bodies,
)
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import PolicyBody, PolicyDocument

AGENDA_LINES = 8
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


class MeetingForm(forms.Form):
    """When and where a body meets (会议安排)."""

    kind = forms.ChoiceField(label="会议类别", choices=MeetingKind.choices)
    title = forms.CharField(label="会议名称", max_length=120)
    held_at = forms.DateTimeField(label="时间", widget=widgets.DateTimeInput())
    place = forms.CharField(label="地点", max_length=120)

    @staticmethod
    def initial_from(meeting: Meeting) -> dict[str, Any]:
        names = ("kind", "title", "place")
        held_at = timezone.localtime(meeting.held_at)
        return {**{name: getattr(meeting, name) for name in names}, "held_at": held_at}

    def facts(self) -> MeetingFacts:
        return MeetingFacts(**self.cleaned_data)


class AgendaForm(forms.Form):
    """The agenda, a line an item (议题)."""

    def __init__(self, *args: Any, division: str, **rest: Any):
        super().__init__(*args, **rest)
        units = departments(division)
        for place in range(1, AGENDA_LINES + 1):
            title = forms.CharField(label=f"议题 {place}", max_length=200, required=place == 1)
            unit = forms.ModelChoiceField(
                label="汇报单位", queryset=units, required=False, widget=widgets.SearchSelect()
            )
            title.half = unit.half = True  # type: ignore[attr-defined]
            self.fields[f"title_{place}"], self.fields[f"presenter_{place}"] = title, unit

    @staticmethod
    def initial_from(meeting: Meeting) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for item in meeting.agenda.all():
            values |= {
                f"title_{item.order}": item.title,
                f"presenter_{item.order}": item.presenter_id,
            }
        return values

    def items(self) -> list[tuple[str, int | None]]:
        """Titles and units in order; empty lines are left out."""
        given = self.cleaned_data
        lines = [
            (given[f"title_{place}"], given[f"presenter_{place}"])
            for place in range(1, AGENDA_LINES + 1)
        ]
        return [(title, unit.pk if unit else None) for title, unit in lines if title]


class ReplyForm(forms.Form):
    """Whether the unit's member comes (参会回执)."""

    reply = forms.ChoiceField(
        label="回执",
        choices=[(r.value, r.label) for r in Reply if r is not Reply.WAITING],
        widget=widgets.RadioList(),
    )
    delegate = forms.CharField(
        label="受托参加人", max_length=60, required=False, help_text="委托参加时填写姓名和职务。"
    )
    reason = forms.CharField(label="请假原因", max_length=200, required=False)


class HoldForm(forms.Form):
    """Who came, and the draft of the minutes (登记召开)."""

    came = forms.TypedMultipleChoiceField(
        label="到会人员", coerce=int, required=False, widget=widgets.CheckboxList()
    )
    minutes = forms.CharField(
        label="纪要",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12, **TEXT}),
        help_text="写明听取的汇报、讨论的意见和议定事项；需要落实的事项另在“拟定决定”里逐条登记。",
    )

    def __init__(self, *args: Any, places: list[tuple[int, str]], **rest: Any):
        super().__init__(*args, **rest)
        self.fields["came"].choices = places  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """Who signs the minutes, and when (签发纪要)."""

    signed_by = forms.CharField(label="签发人", max_length=40)
    signed_on = forms.DateField(label="签发日", widget=widgets.DateInput())


class DecisionForm(forms.Form):
    """What is decided, who leads, by when (决定事项)."""

    text = forms.CharField(
        label="决定事项",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, **TEXT}),
        help_text="一条写一件事：做什么、做到什么程度。签发纪要后生成任务。",
    )
    item = forms.ModelChoiceField(
        label="所属议题",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="不归入议题",
    )
    lead = forms.ModelChoiceField(
        label="牵头单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
    )
    cooperating = forms.ModelMultipleChoiceField(
        label="配合单位",
        queryset=PolicyBody.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
    )
    due_on = forms.DateField(label="完成期限", required=False, widget=widgets.DateInput())

    def __init__(self, *args: Any, meeting: Meeting, **rest: Any):
        super().__init__(*args, **rest)
        units = responsible_bodies(meeting.body.division_id)
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]
        self.fields["lead"].queryset = units  # type: ignore[attr-defined]
        self.fields["cooperating"].queryset = units  # type: ignore[attr-defined]

    def facts(self) -> DecisionFacts:
        given = self.cleaned_data
        due: datetime.date | None = given["due_on"]
        return DecisionFacts(
            text=given["text"],
            item_id=given["item"] and given["item"].pk,
            lead_id=given["lead"] and given["lead"].pk,
            cooperating=[body.pk for body in given["cooperating"]],
            due_on=due,
        )


class EscalationForm(forms.Form):
    """A problem that the unit cannot solve alone (提请协调)."""

    body = forms.ModelChoiceField(
        label="提请机构", queryset=CoordinatingBody.objects.none(), empty_label=None
    )
    title = forms.CharField(label="事项", max_length=120)
    detail = forms.CharField(
        label="情况和建议",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6, **TEXT}),
        help_text="写明卡在哪里、已经做过什么、建议由谁怎么办。",
    )

    def __init__(self, *args: Any, bodies: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["body"].queryset = bodies.filter(ended_on__isnull=True)  # type: ignore[attr-defined]


class ScheduleForm(forms.Form):
    """On the agenda of which meeting the problem goes (列入议题)."""

    meeting = forms.ModelChoiceField(
        label="会议", queryset=Meeting.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, meetings: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What came of the problem (答复)."""

    answer = forms.CharField(
        label="答复", max_length=500, widget=forms.Textarea(attrs={"rows": 4, **TEXT})
    )
    decision = forms.ModelChoiceField(
        label="依据的会议决定", queryset=Decision.objects.none(), required=False, empty_label="没有"
    )

    def __init__(self, *args: Any, decisions: Any, **rest: Any):
        super().__init__(*args, **rest)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
