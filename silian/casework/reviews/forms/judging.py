"""What experts, moderators and visitors fill in, built from the criteria of the scheme."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from silian.casework.reviews.commands.scoring import Given
from silian.casework.reviews.commands.visits import VisitPlan
from silian.casework.reviews.models import Score, SiteVisit
from silian.casework.reviews.queries.judging import Compared, ScoredItem
from silian.foundation.ui import widgets
from silian.registers.accounts.models import User

POINTS, COMMENT, MET, NOTE = "points_", "comment_", "met_", "note_"
YES, NO = "yes", "no"


def points_field(label: str, *, least: Decimal, most: Decimal) -> forms.DecimalField:
    box = forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"})
    return forms.DecimalField(
        label=label,
        min_value=least,
        max_value=most,
        max_digits=6,
        decimal_places=2,
        required=False,
        widget=box,
    )


class AcceptForm(forms.Form):
    """The declaration of no interest (申明)."""

    declares = forms.BooleanField(
        label="本人与申报单位没有任职、投资、亲属、合作等利害关系，承诺独立、公正评审并保密",
        required=False,
    )


class ScoreForm(forms.Form):
    """Points and reasons for each criterion, and a summary (评分)."""

    def __init__(
        self,
        data: Any = None,
        *,
        items: list[ScoredItem],
        kept: Mapping[str, Score],
        summary: str,
        **rest: Any,
    ):
        begins: dict[str, Any] = {"comment": summary}
        for code, row in kept.items():
            begins |= {f"{POINTS}{code}": row.points, f"{COMMENT}{code}": row.comment}
        super().__init__(data, initial=begins, **rest)
        self.items = items
        for item in items:
            label = f"得分（0 至 {item.most.normalize():f}）"
            self.fields[f"{POINTS}{item.code}"] = points_field(
                label, least=Decimal(0), most=item.most
            )
            self.fields[f"{COMMENT}{item.code}"] = forms.CharField(
                label="理由",
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["comment"] = forms.CharField(
            label="总体意见",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def boxes(self, item: ScoredItem) -> tuple[BoundField, BoundField]:
        return self[f"{POINTS}{item.code}"], self[f"{COMMENT}{item.code}"]

    def given(self) -> dict[str, Given]:
        said = self.cleaned_data
        return {
            item.code: Given(
                points=said.get(f"{POINTS}{item.code}"), comment=said[f"{COMMENT}{item.code}"]
            )
            for item in self.items
        }

    @property
    def refused_boxes(self) -> dict[str, str]:
        """Which box a refusal about a criterion belongs to."""
        return {item.code: f"{POINTS}{item.code}" for item in self.items}


class ModerationForm(forms.Form):
    """The points of a moderator where experts differ, and why (分差复核)."""

    def __init__(self, *args: Any, lines: list[Compared], **rest: Any):
        super().__init__(*args, **rest)
        self.lines = [line for line in lines if line.differs and line.band is not None]
        for line in self.lines:
            assert line.band is not None
            self.fields[f"{POINTS}{line.item.code}"] = points_field(
                f"{line.item.label}（{line.band.lowest:f} 至 {line.band.highest:f}）",
                least=line.band.lowest,
                most=line.band.highest,
            )
            self.fields[f"{POINTS}{line.item.code}"].help_text = "不填按平均分计。"
        self.fields["reason"] = forms.CharField(
            label="复核理由",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="写明分歧在哪里、按什么材料和标准确定。",
        )

    def points(self) -> dict[str, Decimal]:
        found = {
            line.item.code: self.cleaned_data.get(f"{POINTS}{line.item.code}")
            for line in self.lines
        }
        return {code: value for code, value in found.items() if value is not None}

    @property
    def refused_boxes(self) -> dict[str, str]:
        return {line.item.code: f"{POINTS}{line.item.code}" for line in self.lines}


class PeopleField(forms.ModelMultipleChoiceField):
    """People by their names (人员)."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class VisitPlanForm(forms.Form):
    """Day, place and people of a visit (安排实地核查)."""

    planned_on = forms.DateField(label="核查日期", widget=widgets.DateInput())
    place = forms.CharField(label="地点", max_length=200)
    visitors = PeopleField(
        label="核查人员",
        queryset=User.objects.none(),
        widget=widgets.CheckboxList(),
        help_text="至少 2 人。申报单位的人员、评过或办理过这份材料的人员不在名单中。",
    )

    def __init__(self, data: Any = None, *, visit: SiteVisit, people: QuerySet[User], **rest: Any):
        begins = {
            "planned_on": visit.planned_on,
            "place": visit.place,
            "visitors": list(visit.visitors.values_list("user_id", flat=True)),
        }
        super().__init__(data, initial=begins, **rest)
        self.fields["visitors"].queryset = people  # type: ignore[attr-defined]

    def plan(self) -> VisitPlan:
        said = self.cleaned_data
        chosen = [person.pk for person in said["visitors"]]
        return VisitPlan(planned_on=said["planned_on"], place=said["place"], visitors=chosen)


class ReportForm(forms.Form):
    """The checklist of a visit and its summary (核查情况)."""

    visited_on = forms.DateField(label="核查日期", widget=widgets.DateInput())

    def __init__(self, data: Any = None, *, items: list[ScoredItem], visit: SiteVisit, **rest: Any):
        begins: dict[str, Any] = {
            "visited_on": visit.visited_on or visit.planned_on,
            "summary": visit.summary,
        }
        for code, said in visit.findings.items():
            met = {True: YES, False: NO}.get(said.get("met"))
            begins |= {
                f"{MET}{code}": met,
                f"{POINTS}{code}": said.get("points"),
                f"{NOTE}{code}": said.get("note", ""),
            }
        super().__init__(data, initial=begins, **rest)
        self.items = items
        for item in items:
            self.add_item(item)
        self.fields["summary"] = forms.CharField(
            label="核查结论", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
        )

    def add_item(self, item: ScoredItem) -> None:
        """A scored item asks for points, any other for yes or no; both for what was seen."""
        if item.most > 0:
            label = f"{item.label}（0 至 {item.most.normalize():f} 分）"
            box: forms.Field = points_field(label, least=Decimal(0), most=item.most)
            box.required = True
            self.fields[f"{POINTS}{item.code}"] = box
        else:
            self.fields[f"{MET}{item.code}"] = forms.ChoiceField(
                label=item.label,
                choices=[(YES, "相符"), (NO, "不相符")],
                widget=widgets.RadioList(),
            )
        self.fields[f"{NOTE}{item.code}"] = forms.CharField(
            label="现场情况", max_length=500, required=False, help_text=item.criterion.help
        )

    def findings(self) -> dict[str, dict[str, Any]]:
        said = self.cleaned_data
        found: dict[str, dict[str, Any]] = {}
        for item in self.items:
            points, met = said.get(f"{POINTS}{item.code}"), said.get(f"{MET}{item.code}")
            row: dict[str, Any] = {"note": said.get(f"{NOTE}{item.code}", "")}
            if item.most > 0:
                row["points"] = None if points is None else str(points)
            else:
                row["met"] = {YES: True, NO: False}.get(str(met))
            found[item.code] = row
        return found


class PhotoForm(forms.Form):
    """A photo of what was seen (现场照片)."""

    photo = forms.FileField(label="现场照片", widget=widgets.FileInput(limit="jpg、png 或 webp"))


class RemarkForm(forms.Form):
    """What the applicant says to the findings (申报单位说明)."""

    text = forms.CharField(label="说明", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class ReasonForm(forms.Form):
    """Why (理由)."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
