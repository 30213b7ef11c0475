"""What a department types about a plan, its checklist and its projects."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.registers.policies.choices import (
    NeedAnswer,
    PlanAnswerValue,
    PlanKind,
    PlanState,
)
from silian.registers.policies.commands.plan_records import AnswerFacts, ProjectFacts
from silian.registers.policies.queries.clause_choices import Choices
from silian.registers.policies.rules.plan_records import FIRST_YEAR, LAST_YEAR, PlanFacts


class PlanRecordForm(forms.Form):
    """A plan as its department writes it (规划登记)."""

    title = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=PlanKind.choices)
    lead = forms.CharField(label="编制单位", max_length=80)
    starts_year = forms.IntegerField(
        label="规划期起（年）", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    ends_year = forms.IntegerField(
        label="规划期止（年）", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    progress = forms.ChoiceField(label="规划进度", choices=PlanState.choices)
    check_by = forms.DateField(
        label="核对期限", widget=widgets.DateInput(), help_text="到这一天三项都要有结论"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("kind", "lead", "starts_year", "ends_year", "progress", "check_by"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def facts(self) -> PlanFacts:
        return PlanFacts(**self.cleaned_data)


class PlanAnswerForm(forms.Form):
    """What is said to an item, with its proof (核对项)."""

    value = forms.ChoiceField(
        label="结论",
        choices=[pair for pair in PlanAnswerValue.choices if pair[0] != PlanAnswerValue.UNSET],
        widget=widgets.RadioList(),
    )
    place = forms.CharField(
        label="出处",
        required=False,
        max_length=120,
        help_text="章节和页码，例如：第五章第二节，第 31 页",
    )
    clause = forms.TypedChoiceField(
        label="条款",
        required=False,
        coerce=int,
        empty_value=None,
        widget=widgets.SearchSelect(),
        help_text="规划在政策文件库里时直接选条款",
    )
    file = forms.FileField(
        label="证明文件",
        required=False,
        widget=widgets.FileInput(limit="规划文本或节选，PDF、Word 或图片"),
    )
    note = forms.CharField(
        label="说明", required=False, max_length=300, help_text="选“没有”的，写明打算什么时候补上"
    )

    def __init__(self, *args: Any, clauses: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clause"].choices = [("", "请选择"), *clauses]  # type: ignore[attr-defined]

    def answer(self) -> AnswerFacts:
        given = self.cleaned_data
        return AnswerFacts(
            value=given["value"],
            place=given["place"],
            note=given["note"],
            clause_id=given["clause"],
        )


class PlanProjectForm(forms.Form):
    """A major project as typed (重大项目)."""

    name = forms.CharField(label="项目", max_length=120)
    investment = forms.DecimalField(
        label="投资额",
        min_value=0,
        max_digits=16,
        decimal_places=2,
        widget=widgets.MoneyInput(unit="万元"),
    )
    land = forms.ChoiceField(label="用地需求", choices=NeedAnswer.choices)
    skills = forms.ChoiceField(label="技能人才需求", choices=NeedAnswer.choices)
    skilled_people = forms.IntegerField(label="需要技能人才（人）", required=False, min_value=0)
    note = forms.CharField(label="说明", required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("land", "skills", "investment", "skilled_people"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def project(self) -> ProjectFacts:
        return ProjectFacts(**self.cleaned_data)
