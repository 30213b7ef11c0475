"""What organisers and participants type about an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.operations.exchange.choices import EventRhythm, EventTheme, MeetingResult
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.match_event import EventMeeting, MatchEvent
from silian.operations.exchange.rules.match_event_planning import MOST_LISTINGS, EventPlan


class MatchEventForm(forms.Form):
    """An event as its organiser plans it (活动安排)."""

    title = forms.CharField(
        label="名称",
        max_length=80,
        help_text="写时间或期次、对象和主题，例如：第 3 季度智能制造校企对接会",
    )
    theme = forms.ChoiceField(label="主题", choices=EventTheme.choices)
    rhythm = forms.ChoiceField(
        label="举办周期",
        choices=EventRhythm.choices,
        initial=EventRhythm.ONCE,
        help_text="承诺的周期会检查每期是否举办。",
    )
    division = DivisionField(label="所在区划")
    venue = forms.CharField(label="地点", max_length=120, help_text="写到门牌和会议室。")
    introduction = forms.CharField(
        label="活动说明",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "data-sl-grow": ""}),
        help_text="面向哪些单位、怎么安排、需要带什么。对外公开，请勿写私人电话。",
    )
    starts_at = forms.DateTimeField(label="开始", widget=widgets.DateTimeInput())
    ends_at = forms.DateTimeField(label="结束", widget=widgets.DateTimeInput())
    signup_closes_at = forms.DateTimeField(label="报名截止", widget=widgets.DateTimeInput())
    capacity = forms.IntegerField(label="可报名单位数", min_value=2, max_value=1000)
    tables = forms.IntegerField(label="洽谈桌数", min_value=1, max_value=60, initial=10)
    slot_minutes = forms.IntegerField(
        label="每轮分钟数", min_value=10, max_value=120, initial=20, help_text="含换桌时间"
    )

    fieldsets = [
        ("活动", ["title", "theme", "rhythm", "introduction"]),
        ("时间和地点", ["starts_at", "ends_at", "division", "venue", "signup_closes_at"]),
        ("规模", ["capacity", "tables", "slot_minutes"]),
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in HALVES:
            self.fields[name].half = True  # type: ignore[attr-defined]

    @staticmethod
    def initial_from(event: MatchEvent) -> dict[str, Any]:
        """The plan of an event as it stands, in the site's time."""
        names = set(MatchEventForm.base_fields) - {"division", *MOMENTS}
        values = {name: getattr(event, name) for name in names}
        moments = {name: timezone.localtime(getattr(event, name)) for name in MOMENTS}
        return {**values, **moments, "division": event.division_id}

    def plan(self) -> EventPlan:
        """The plan as typed."""
        return EventPlan(**{**self.cleaned_data, "division": self.cleaned_data["division"].pk})


HALVES = ("theme", "rhythm", "starts_at", "ends_at", "division", "venue", "capacity", "tables")
MOMENTS = ("starts_at", "ends_at", "signup_closes_at")


class SignupForm(forms.Form):
    """Who comes and which listings they bring (报名)."""

    attendees = forms.CharField(
        label="参加人员",
        max_length=200,
        help_text="写姓名和职务，例如：张工（生产副总）、李老师（就业办）。只有主办单位能看到。",
    )
    attendee_count = forms.IntegerField(label="参加人数", min_value=1, max_value=20, initial=2)
    listings = forms.TypedMultipleChoiceField(
        label="带哪些供需来",
        coerce=int,
        required=False,
        widget=widgets.CheckboxList(),
        help_text=f"最多 {MOST_LISTINGS} 条，按双方供需自动排桌；不带供需也可以参加。",
    )

    def __init__(self, *args: Any, own: list[Listing], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["listings"].choices = [  # type: ignore[attr-defined]
            (
                listing.pk,
                f"{listing.get_side_display()} · {listing.declaration.label} · {listing.title}",
            )
            for listing in own
        ]


class MeetingNoteForm(forms.Form):
    """What came of a meeting (洽谈结果)."""

    result = forms.ChoiceField(
        label="洽谈结果",
        choices=[pair for pair in MeetingResult.choices if pair[0] != MeetingResult.PLANNED],
        widget=widgets.RadioList(),
    )
    notes = forms.CharField(
        label="纪要",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-sl-grow": ""}),
        help_text="有意向的写明：合作什么、数量、谁先做什么。双方都能看到。",
    )


class MeetingPlaceForm(forms.Form):
    """A slot and a table (轮次和桌号)."""

    slot = forms.IntegerField(label="轮次", min_value=1)
    table = forms.IntegerField(label="桌号", min_value=1)

    @classmethod
    def of(cls, meeting: EventMeeting) -> MeetingPlaceForm:
        return cls(initial={"slot": meeting.slot, "table": meeting.table})


class NewMeetingForm(MeetingPlaceForm):
    """A need and an offer put together by hand (手动安排)."""

    need = forms.TypedChoiceField(label="需求", coerce=int, widget=widgets.SearchSelect())
    offer = forms.TypedChoiceField(label="供给", coerce=int, widget=widgets.SearchSelect())
    field_order = ("need", "offer", "slot", "table")

    def __init__(
        self,
        *args: Any,
        needs: list[tuple[int, str]],
        offers: list[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["need"].choices = [("", "请选择"), *needs]  # type: ignore[attr-defined]
        self.fields["offer"].choices = [("", "请选择"), *offers]  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    """The minutes of a held event (活动纪要)."""

    minutes = forms.CharField(
        label="活动纪要",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "data-sl-grow": ""}),
        help_text="到场情况、主要成果、下一步。登记后在活动页公开。",
    )


class FollowUpForm(forms.Form):
    """The summary of the follow-up (跟进小结)."""

    summary = forms.CharField(
        label="跟进小结",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "data-sl-grow": ""}),
        help_text="意向落实到哪一步，没有落实的写原因。",
    )
