"""What is typed about committees, their members, plans, meetings and opinions."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.reference.forms import DivisionField, IndustryField, OccupationsField
from silian.foundation.ui import widgets
from silian.operations.alliances.choices.committees import (
    CommitteeKind,
    CommitteeRole,
    MandateKind,
    OpinionKind,
    Take,
)
from silian.operations.alliances.commands.committees import CommitteeFacts, CommitteeSeat
from silian.operations.alliances.commands.opinions import OpinionFacts
from silian.operations.alliances.forms.choosing import (
    day_field,
    long_text,
    offer,
    side_by_side,
    values_of,
)
from silian.operations.alliances.forms.groups import picked_unit
from silian.operations.alliances.models.committees import Committee, CommitteeMeeting
from silian.operations.alliances.models.opinions import CommitteeOpinion
from silian.registers.programmes.models import Programme, Standard


class CommitteeForm(forms.Form):
    """A committee with its mandate (委员会)."""

    kind = forms.ChoiceField(label="类别", choices=CommitteeKind.choices)
    name = forms.CharField(label="名称", max_length=120)
    division = DivisionField(label="地区")
    host = picked_unit("主持单位", help_text="行业主管部门或行业组织。")
    industry = IndustryField(label="面向行业", required=False)
    mandate_kind = forms.ChoiceField(label="职责来源", choices=MandateKind.choices)
    mandate_document = forms.CharField(
        label="授权文件", max_length=120, help_text="文件名称和文号。"
    )
    mandate = long_text("承担的职责", most=2000)
    upload = forms.FileField(label="文件扫描件", required=False, widget=widgets.FileInput())
    founded_on = day_field("成立日")
    term_ends_on = day_field("本届届满日")
    fieldsets = [
        ("委员会", ["kind", "division", "name", "host", "industry", "founded_on", "term_ends_on"]),
        ("职能转移或授权委托", ["mandate_kind", "mandate_document", "mandate", "upload"]),
    ]

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "kind", "division", "founded_on", "term_ends_on")
        side_by_side(self, "mandate_kind", "mandate_document", "host", "industry")

    @staticmethod
    def initial_from(committee: Committee) -> dict[str, Any]:
        names = ("kind", "name", "mandate_kind", "mandate", "mandate_document")
        days = ("founded_on", "term_ends_on")
        links = {
            "host": committee.host_id,
            "industry": committee.industry_id,
            "division": committee.division_id,
        }
        return {**values_of(committee, *names, *days), **links}

    def facts(self) -> CommitteeFacts:
        given = self.cleaned_data
        names = ("kind", "name", "mandate_kind", "mandate", "mandate_document")
        return CommitteeFacts(
            **{name: given[name] for name in (*names, "founded_on", "term_ends_on")},
            host_id=given["host"].pk,
            industry_id=given["industry"].pk if given["industry"] else None,
        )


class RenewalForm(forms.Form):
    """A new term (换届)."""

    on = day_field("换届日")
    term_ends_on = day_field("新一届届满日")


class CommitteeMemberForm(forms.Form):
    """Who sits in a committee (委员)."""

    role = forms.ChoiceField(
        label="职务", choices=CommitteeRole.choices, initial=CommitteeRole.MEMBER
    )
    name = forms.CharField(label="姓名", max_length=40)
    organisation = picked_unit("所在单位", required=False)
    unit_name = forms.CharField(
        label="单位名称", max_length=120, required=False, help_text="名录里没有的单位写在这里。"
    )
    position = forms.CharField(label="单位职务", max_length=80, required=False)
    starts_on = day_field("任期起")
    ends_on = day_field("任期止（不含）")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "role", "name", "organisation", "unit_name", "starts_on", "ends_on")

    def seat(self) -> CommitteeSeat:
        given = dict(self.cleaned_data)
        unit = given.pop("organisation")
        return CommitteeSeat(organisation_id=unit.pk if unit else None, **given)


class IndustryPlanForm(forms.Form):
    """The industry body's own plan (深化产教融合工作计划)."""

    title = forms.CharField(label="计划名称", max_length=120)
    document_number = forms.CharField(label="文号", max_length=80, required=False)
    starts_on = day_field("计划期起")
    ends_on = day_field("计划期止（不含）")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "starts_on", "ends_on")


class PlanItemForm(forms.Form):
    text = forms.CharField(label="事项", max_length=200)
    due_on = day_field("期限")


class PlanProgressForm(forms.Form):
    """How far an item is (进展)."""

    progress = long_text("进展", most=500)
    done = forms.BooleanField(label="已完成", required=False)


class CommitteeMeetingForm(forms.Form):
    """A meeting that was held (会议)."""

    title = forms.CharField(label="会议", max_length=120)
    held_on = day_field("召开日")
    place = forms.CharField(label="地点", max_length=120, required=False)
    came = forms.MultipleChoiceField(label="到会委员", widget=widgets.CheckboxList())
    summary = long_text("会议摘要", most=3000, rows=6)
    minutes = forms.FileField(label="会议纪要", required=False, widget=widgets.FileInput())

    def __init__(self, *args: Any, committee: Committee, **rest: Any):
        super().__init__(*args, **rest)
        sitting = committee.members.filter(left_on__isnull=True)
        choices = [(row.pk, f"{row.get_role_display()} {row.name}") for row in sitting]
        self.fields["came"].choices = choices  # type: ignore[attr-defined]
        side_by_side(self, "held_on", "place")


class OpinionForm(forms.Form):
    """An opinion and what it concerns (意见)."""

    kind = forms.ChoiceField(label="类别", choices=OpinionKind.choices)
    meeting = forms.ModelChoiceField(
        label="形成意见的会议",
        queryset=CommitteeMeeting.objects.none(),
        required=False,
        empty_label="不经会议",
    )
    title = forms.CharField(label="标题", max_length=120)
    text = long_text("意见", most=4000, rows=8)
    programmes = forms.ModelMultipleChoiceField(
        label="涉及专业点",
        queryset=Programme.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"data-sl-picker": ""}),
        help_text="发出后，这些专业点所在的学校须答复。",
    )
    standard = forms.ModelChoiceField(
        label="标准成果",
        queryset=Standard.objects.none(),
        required=False,
        empty_label="没有",
        widget=widgets.SearchSelect(),
        help_text="类别为标准成果的必选，来自标准库。",
    )
    occupations = OccupationsField(label="涉及职业", required=False)
    fieldsets = [
        ("意见", ["kind", "meeting", "title", "text"]),
        ("涉及什么", ["programmes", "standard", "occupations"]),
    ]

    def __init__(
        self, *args: Any, committee: Committee, programmes: Any, standards: Any, **rest: Any
    ):
        super().__init__(*args, **rest)
        offer(self, "meeting", committee.meetings.all())
        offer(self, "programmes", programmes)
        offer(self, "standard", standards)
        labels = self.fields["programmes"]
        labels.label_from_instance = lambda row: f"{row.name}（{row.school.display_name}）"  # type: ignore[attr-defined]
        side_by_side(self, "kind", "meeting")

    @staticmethod
    def initial_from(opinion: CommitteeOpinion) -> dict[str, Any]:
        return {
            **values_of(opinion, "kind", "title", "text"),
            "meeting": opinion.meeting_id,
            "standard": opinion.standard_id,
            "programmes": [row.pk for row in opinion.programmes.all()],
            "occupations": list(opinion.occupations.all()),
        }

    def facts(self) -> OpinionFacts:
        given = self.cleaned_data
        return OpinionFacts(
            kind=given["kind"],
            title=given["title"],
            text=given["text"],
            meeting_id=given["meeting"].pk if given["meeting"] else None,
            standard_id=given["standard"].pk if given["standard"] else None,
            programme_ids=[row.pk for row in given["programmes"]],
            occupation_ids=[row.pk for row in given["occupations"] or []],
        )


class OpinionAnswerForm(forms.Form):
    """What the school does with an opinion (答复)."""

    take = forms.ChoiceField(
        label="采纳情况",
        choices=[(value, label) for value, label in Take.choices if value != Take.WAITING],
        widget=widgets.RadioList(),
    )
    text = long_text("怎样落实或不采纳的理由", most=1000)
