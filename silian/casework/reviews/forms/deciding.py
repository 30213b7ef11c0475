"""What organisers and members type for a deciding meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from silian.casework.reviews.choices.deciding import Ballot
from silian.casework.reviews.commands.deciding import Choice
from silian.casework.reviews.models import DecidingMeeting
from silian.casework.reviews.queries.deciding import Matter
from silian.foundation.ui import widgets

REASON = "reason-"
BALLOT = "ballot-"


class MeetingForm(forms.Form):
    """Call a meeting: day, place, members."""

    held_on = forms.DateField(label="召开日期", widget=widgets.DateInput())
    place = forms.CharField(
        label="地点",
        max_length=DecidingMeeting._meta.get_field("place").max_length,
        required=False,
    )
    members = forms.MultipleChoiceField(
        label="审定成员", widget=widgets.CheckboxList(), help_text="至少 3 名，须为本地区工作人员"
    )

    def __init__(self, *args: Any, candidates: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = list(candidates)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "held_on": given["held_on"],
            "place": given["place"],
            "user_ids": [int(each) for each in given["members"]],
        }


class AttendanceForm(forms.Form):
    """Who came."""

    present = forms.MultipleChoiceField(
        label="到会成员", widget=widgets.CheckboxList(), help_text="会议结束前可以补登"
    )

    def __init__(self, *args: Any, meeting: DecidingMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = meeting.members.select_related("user", "organisation").order_by("pk")
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (str(row.user_id), f"{row.user.name}（{row.organisation.name}）") for row in rows
        ]

    def user_ids(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["present"]]


class CloseForm(forms.Form):
    """The minutes, and words for each applicant who does not pass."""

    minutes = forms.CharField(
        label="会议记录",
        max_length=DecidingMeeting._meta.get_field("minutes").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="讨论要点和有分歧的事项；表决结果自动写入",
    )

    def __init__(self, *args: Any, refused: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for matter in refused:
            self.fields[f"{REASON}{matter.dossier.pk}"] = forms.CharField(
                label=f"给“{matter.dossier.subject_name}”的理由",
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="申报单位会看到；票数、名次自动附在后面",
            )

    def reasons(self) -> dict[int, str]:
        return {
            int(name.removeprefix(REASON)): text
            for name, text in self.cleaned_data.items()
            if name.startswith(REASON) and text.strip()
        }


def choices_of(posted: Mapping[str, str], *, matters: Sequence[Matter]) -> list[Choice]:
    """The votes that were posted: one for all, exceptions by dossier (批量表决)."""
    default = posted.get("default", "")
    found = []
    for matter in matters:
        key = matter.dossier.pk
        said = posted.get(f"{BALLOT}{key}", "") or default
        if said in Ballot.values:
            reason = posted.get(f"{REASON}{key}", "")
            found.append(Choice(dossier_id=key, ballot=Ballot(said), reason=reason))
    return found
