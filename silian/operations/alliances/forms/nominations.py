"""What is typed about experts whom a committee proposes."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.casework.reviews.choices.judging import ExpertField
from silian.casework.reviews.commands.experts import MOST_FIELDS
from silian.foundation.ui import widgets
from silian.operations.alliances.commands.nominations import NominationFacts
from silian.operations.alliances.forms.choosing import day_field, long_text, side_by_side
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.nominations import ExpertNomination

AGREE, DECLINE = "agree", "decline"


class ExpertiseForm(forms.Form):
    """Title and fields of a person (专业领域)."""

    title = forms.CharField(label="职称或职务", max_length=60)
    fields_known = forms.MultipleChoiceField(
        label="专业领域",
        choices=ExpertField.choices,
        widget=widgets.CheckboxList(),
        help_text=f"最多选 {MOST_FIELDS} 个最熟悉的，抽取时按领域筛选。",
    )


class NominationForm(ExpertiseForm):
    """Whom the committee proposes (推荐评审专家)."""

    member = forms.ChoiceField(label="委员")
    login = forms.CharField(
        label="登录名",
        max_length=150,
        help_text="请向本人索取；登录名、姓名和所在单位都相符才能推荐。",
    )
    grounds = long_text("推荐理由", most=300, rows=3)
    starts_on = day_field("聘期起")
    ends_on = day_field("聘期止（不含）")
    field_order = ("member", "login", "title", "fields_known", "grounds", "starts_on", "ends_on")

    def __init__(self, *args: Any, committee: Committee, **rest: Any):
        super().__init__(*args, **rest)
        sitting = committee.members.filter(left_on__isnull=True).select_related("organisation")
        choices = [(row.pk, f"{row.name}（{row.unit}）") for row in sitting]
        self.fields["member"].choices = choices  # type: ignore[attr-defined]
        side_by_side(self, "member", "login", "starts_on", "ends_on")

    def facts(self) -> NominationFacts:
        given = self.cleaned_data
        return NominationFacts(
            member_id=int(given["member"]),
            login=given["login"],
            title=given["title"],
            fields=given["fields_known"],
            grounds=given["grounds"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )


class ConsentForm(ExpertiseForm):
    """The person's own answer (本人答复)."""

    consent = forms.ChoiceField(
        label="是否同意",
        choices=[(AGREE, "同意推荐入库"), (DECLINE, "不同意")],
        widget=widgets.RadioList(),
    )
    reason = long_text("不同意的理由", most=300, rows=2, required=False, help_text="可不填。")
    field_order = ("title", "fields_known", "consent", "reason")

    @staticmethod
    def initial_from(nomination: ExpertNomination) -> dict[str, Any]:
        return {"title": nomination.title, "fields_known": nomination.fields}

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["consent"] == AGREE)
