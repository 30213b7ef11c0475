"""What a school tells of its governance."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.operations.alliances.choices.governance import (
    GovernanceMatter,
    Organ,
    Progress,
    Side,
)
from silian.operations.alliances.commands.governance import (
    CharterFacts,
    MeetingNotes,
    OfficeFacts,
    SeatFacts,
)
from silian.operations.alliances.forms.choosing import (
    day_field,
    long_text,
    side_by_side,
    values_of,
)
from silian.operations.alliances.forms.ownership import paper_field
from silian.operations.alliances.models.governance import GovernanceItem, GovernanceRecord

OFFICE_FACTS = ("office_name", "office_since", "cross_units", "cross_note")
CHARTER_FACTS = ("version", "approved_by", "approved_on", "in_force_on", "note")
SEAT_FACTS = ("organ", "side", "unit", "position", "is_chair", "starts_on", "ends_on")
MEETING_FACTS = ("organ", "held_on", "topic", "decisions", "people")
YES, NO = "yes", "no"


class OfficeForm(forms.Form):
    """The dedicated office, and units across disciplines (专门机构)."""

    office = forms.ChoiceField(
        label="设有产教融合管理、协调和服务专门机构", choices=[(YES, "设有"), (NO, "没有设立")]
    )
    office_name = forms.CharField(label="机构名称", max_length=80, required=False)
    office_since = day_field("设立日", required=False)
    cross_units = forms.IntegerField(
        label="跨学科、跨专业教学科研组织（个）", required=False, min_value=0, max_value=500
    )
    cross_note = forms.CharField(label="跨学科组织说明", max_length=300, required=False)

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "office_name", "office_since")

    @staticmethod
    def initial_from(record: GovernanceRecord | None) -> dict[str, Any]:
        if record is None:
            return {}
        said = {} if record.office is None else {"office": YES if record.office else NO}
        return {**values_of(record, *OFFICE_FACTS), **said}

    def facts(self) -> OfficeFacts:
        plain = {name: self.cleaned_data[name] for name in OFFICE_FACTS}
        return OfficeFacts(office=self.cleaned_data["office"] == YES, **plain)


class CharterForm(forms.Form):
    """A version of the charter (章程版本)."""

    version = forms.CharField(label="版本", max_length=40, help_text="例如：2025 年修订。")
    approved_by = forms.CharField(label="核准机关", max_length=120)
    approved_on = day_field("核准日")
    in_force_on = day_field("生效日")
    note = forms.CharField(label="主要修改", max_length=300, required=False)
    text = paper_field("章程文件")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "version", "approved_by", "approved_on", "in_force_on")

    def facts(self) -> CharterFacts:
        return CharterFacts(**{name: self.cleaned_data[name] for name in CHARTER_FACTS})


class SeatingForm(forms.Form):
    """A seat in the council or a committee (席位)."""

    organ = forms.ChoiceField(label="机构", choices=Organ.choices)
    side = forms.ChoiceField(label="来源", choices=Side.choices)
    unit = forms.CharField(label="单位", max_length=120)
    position = forms.CharField(label="职务", max_length=80, help_text="席位随职务登记，不写姓名。")
    is_chair = forms.BooleanField(label="主持这个机构", required=False)
    starts_on = day_field("任期起")
    ends_on = day_field("任期止", help_text="这一天起不再任职。")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "organ", "side", "unit", "position", "starts_on", "ends_on")

    def facts(self) -> SeatFacts:
        return SeatFacts(**{name: self.cleaned_data[name] for name in SEAT_FACTS})


class SchoolMeetingForm(forms.Form):
    """A meeting of the council or a committee (会议)."""

    organ = forms.ChoiceField(label="机构", choices=Organ.choices)
    held_on = day_field("召开日")
    topic = forms.CharField(label="议题", max_length=200)
    people = forms.IntegerField(label="到会人数", min_value=1, max_value=1000)
    decisions = long_text("议定事项", most=2000, rows=6)
    minutes = paper_field("会议纪要")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "organ", "held_on")

    def facts(self) -> MeetingNotes:
        return MeetingNotes(**{name: self.cleaned_data[name] for name in MEETING_FACTS})


class ItemForm(forms.Form):
    """How far a matter has come (治理事项)."""

    matter = forms.ChoiceField(label="事项", choices=GovernanceMatter.choices)
    progress = forms.ChoiceField(label="落实情况", choices=Progress.choices)
    evidence = long_text("做法和依据", most=500, help_text="写清学校自己能决定什么，依据哪份文件。")
    paper = paper_field("佐证材料")

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "matter", "progress")

    @staticmethod
    def initial_from(item: GovernanceItem) -> dict[str, Any]:
        return values_of(item, "matter", "progress", "evidence")
