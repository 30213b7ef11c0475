"""What is typed about projects with other regions and countries, talent and forums."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.operations.alliances.choices.cooperation import (
    CooperationKind,
    CooperationScope,
    TalentMode,
)
from silian.operations.alliances.commands.cooperation import ProjectFacts, YearFacts
from silian.operations.alliances.commands.exchanges import SessionFacts, TalentFacts
from silian.operations.alliances.forms.choosing import (
    day_field,
    key_of,
    long_text,
    offer,
    side_by_side,
    unit_field,
    values_of,
)
from silian.operations.alliances.forms.groups import picked_unit
from silian.operations.alliances.models.cooperation import (
    CooperationProject,
    CooperationYear,
    ForumSession,
)

FACTS = (
    "title", "scope", "kind", "partner", "partner_place", "built", "summary",
    "agreement_reference",
)  # fmt: skip
YEAR_FACTS = ("students_out", "teachers_out", "students_in", "experts_in", "result")
TALENT_FACTS = ("mode", "expertise", "origin", "people", "arrived_on", "outcome")
SESSION_FACTS = ("held_on", "topic", "people", "result", "reason")


class ProjectForm(forms.Form):
    """A project with a partner elsewhere (对外合作项目)."""

    organisation = unit_field("本地承担单位")
    title = forms.CharField(label="项目名称", max_length=120)
    scope = forms.ChoiceField(label="合作范围", choices=CooperationScope.choices)
    kind = forms.ChoiceField(label="合作内容", choices=CooperationKind.choices)
    partner_unit = picked_unit("名录中的合作方", required=False)
    partner = forms.CharField(
        label="合作方名称",
        max_length=120,
        required=False,
        help_text="名录里没有的写机构全称。",
    )
    partner_place = forms.CharField(label="国家或地区", max_length=60)
    built = forms.CharField(label="共建的专业或基地", max_length=120, required=False)
    agreement_reference = forms.CharField(
        label="协议编号", max_length=80, required=False, help_text="登记签约前要填。"
    )
    summary = long_text("合作内容说明", most=2000, rows=6)
    fieldsets = [
        ("项目", ["organisation", "title", "scope", "kind"]),
        ("合作方", ["partner_unit", "partner", "partner_place"]),
        ("内容", ["built", "agreement_reference", "summary"]),
    ]

    def __init__(self, *args: Any, units: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "organisation", units)
        side_by_side(self, "scope", "kind", "partner_unit", "partner", "built")
        side_by_side(self, "agreement_reference", "organisation", "title")

    @staticmethod
    def initial_from(project: CooperationProject) -> dict[str, Any]:
        linked = project.partner_unit_id is not None
        return {
            **values_of(project, *FACTS),
            "organisation": project.organisation_id,
            "partner_unit": project.partner_unit_id,
            "partner": "" if linked else project.partner,
        }

    def facts(self) -> ProjectFacts:
        unit = self.cleaned_data["partner_unit"]
        return ProjectFacts(
            **{name: self.cleaned_data[name] for name in FACTS}, partner_unit_id=key_of(unit)
        )


class StepForm(forms.Form):
    """When a project moved on, and why where it ends (变更阶段)."""

    on = day_field("日期")
    reason = long_text("理由和后续安排", most=300, required=False)

    def __init__(self, *args: Any, asks_reason: bool, **rest: Any):
        super().__init__(*args, **rest)
        if not asks_reason:
            del self.fields["reason"]


def people_field(label: str) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=0, max_value=100_000, initial=0)
    field.half = True  # type: ignore[attr-defined]
    return field


class YearForm(forms.Form):
    """A year of a project (年度成效)."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    students_out = people_field("派出学生（人次）")
    teachers_out = people_field("派出教师（人次）")
    students_in = people_field("来访学生（人次）")
    experts_in = people_field("来访专家教师（人次）")
    result = long_text("成效", most=2000, rows=6, help_text="写做成了什么、谁用上了。")

    @staticmethod
    def initial_from(row: CooperationYear) -> dict[str, Any]:
        return values_of(row, "year", *YEAR_FACTS)

    def facts(self) -> YearFacts:
        return YearFacts(**{name: self.cleaned_data[name] for name in YEAR_FACTS})


class TalentForm(forms.Form):
    """People of high standing brought in (人才引进)."""

    organisation = unit_field("引进单位")
    project = forms.ModelChoiceField(
        label="所属合作项目",
        queryset=CooperationProject.objects.none(),
        required=False,
        empty_label="没有",
    )
    mode = forms.ChoiceField(label="引进方式", choices=TalentMode.choices)
    people = forms.IntegerField(label="人数", min_value=1, max_value=500, initial=1)
    expertise = forms.CharField(
        label="专业领域和层次", max_length=120, help_text="不写姓名，例如：焊接技术，正高级。"
    )
    origin = forms.CharField(label="来自", max_length=60, help_text="国家、省市或机构。")
    arrived_on = day_field("到岗日")
    outcome = long_text("作用和成效", most=500, required=False)

    def __init__(self, *args: Any, units: Any, projects: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "organisation", units)
        offer(self, "project", projects)
        side_by_side(self, "organisation", "project", "mode", "people", "expertise", "origin")

    def facts(self) -> TalentFacts:
        return TalentFacts(**{name: self.cleaned_data[name] for name in TALENT_FACTS})


class LeavingForm(forms.Form):
    """That people left (离岗)."""

    left_on = day_field("离岗日")
    outcome = long_text("作用和成效", most=500, required=False)


class ForumForm(forms.Form):
    """A forum held every year (合作论坛)."""

    organisation = unit_field("主办单位")
    title = forms.CharField(label="名称", max_length=120)
    scope = forms.ChoiceField(label="范围", choices=CooperationScope.choices)
    first_year = forms.IntegerField(label="首届年份", min_value=1980, max_value=2100)

    def __init__(self, *args: Any, units: Any, **rest: Any):
        super().__init__(*args, **rest)
        offer(self, "organisation", units)
        side_by_side(self, "scope", "first_year")


class SessionForm(forms.Form):
    """One year of a forum (届次)."""

    year = forms.IntegerField(label="年度", min_value=1980, max_value=2100)
    held_on = day_field("举办日", required=False, help_text="没有举办的留空，并写明原因。")
    topic = forms.CharField(label="主题", max_length=120, required=False)
    people = forms.IntegerField(label="参会人数", required=False, min_value=0, max_value=100_000)
    result = long_text("成果", most=500, required=False)
    reason = forms.CharField(label="未举办的原因", max_length=200, required=False)

    def __init__(self, *args: Any, **rest: Any):
        super().__init__(*args, **rest)
        side_by_side(self, "year", "held_on", "topic", "people")

    @staticmethod
    def initial_from(row: ForumSession) -> dict[str, Any]:
        return values_of(row, "year", *SESSION_FACTS)

    def facts(self) -> SessionFacts:
        return SessionFacts(**{name: self.cleaned_data[name] for name in SESSION_FACTS})
