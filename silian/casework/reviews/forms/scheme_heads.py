"""The parts of a scheme that are one form each: start, basic data, procedure, consequence."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.casework.reviews.choices.recognitions import RecognitionState
from silian.casework.reviews.choices.schemes import SubjectKind, VisitRule
from silian.casework.reviews.forms.scheme_fields import (
    NUMBER_HELP,
    LinesField,
    NumberText,
    several,
    with_empty,
)
from silian.casework.reviews.gateways.rulebooks import built_in_schemes
from silian.casework.reviews.rules.definition import Consequence, Procedure
from silian.foundation.ui.typed_fields import area
from silian.registers.organisations.choices import OrganisationKind


class NewSchemeForm(forms.Form):
    """A new scheme, blank or from a built-in one (新建认定项目)."""

    title = forms.CharField(label="名称", max_length=80)
    built_in = forms.ChoiceField(label="参照的内置方案", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        built_in = [(one.code, one.title) for one in built_in_schemes().values()]
        self.fields["built_in"].choices = with_empty(built_in, words="空白方案")  # type: ignore[attr-defined]


class BasicsForm(forms.Form):
    """What a scheme is for (基本信息)."""

    title = forms.CharField(label="名称", max_length=80)
    purpose = forms.CharField(label="认定目的", max_length=500, widget=area(2))
    basis = LinesField("依据", help_text="一行一份文件：文号或名称。")
    subject = forms.ChoiceField(label="认定对象类型", choices=SubjectKind.choices)
    subject_label = forms.CharField(
        label="认定对象", max_length=40, help_text="例如 企业、基地、教师。"
    )
    applicant_kinds = several("可以申报的单位", OrganisationKind.choices)

    def changes(self) -> dict[str, Any]:
        return {name: said for name, said in self.cleaned_data.items() if name != "title"}


class ProcedureForm(forms.Form):
    """How a dossier is judged (评审程序)."""

    intake_days = NumberText("形式审查期限（工作日）", help_text=NUMBER_HELP)
    fix_days = NumberText("补正期限（工作日）")
    experts = NumberText("每份材料的专家人数", help_text="0 为不请专家。")
    expert_days = NumberText("专家评审期限（工作日）")
    expert_load = NumberText("每位专家最多评几份")
    expert_fields = LinesField("专家专业领域", rows=2)
    conflict_years = NumberText("有合作关系须回避的年数")
    comment_below = NumberText("低于满分几成须写理由")
    comment_above = NumberText("高于满分几成须写理由")
    divergence = NumberText("分差超过多少分须复核")
    moderation_days = NumberText("分差复核期限（工作日）")
    pass_points = NumberText("合格分", help_text="0 为不设合格分。")
    ties = LinesField("同分时依次比较的指标", rows=2, help_text="一行一个指标代码；不填则并列。")
    visit = forms.ChoiceField(label="实地核查", choices=VisitRule.choices)
    visit_days = NumberText("实地核查期限（工作日）")
    visit_share = NumberText("抽查比例")
    visit_near = NumberText("合格线上下多少分必查")
    quorum = NumberText("审定会议到会比例")
    majority = NumberText("通过比例（占到会人数）")
    notice_days = NumberText("公示期（天）")
    notice_in_working_days = forms.BooleanField(label="公示期按工作日计算", required=False)
    objection_days = NumberText("异议核查期限（工作日）")
    appeal_days = NumberText("申诉期限（天）")
    appeal_answer_days = NumberText("申诉答复期限（工作日）")
    fieldsets = [
        ("形式审查", ["intake_days", "fix_days"]),
        (
            "专家评审",
            [
                "experts",
                "expert_days",
                "expert_load",
                "conflict_years",
                "comment_below",
                "comment_above",
                "divergence",
                "moderation_days",
                "pass_points",
                "expert_fields",
                "ties",
            ],
        ),
        ("实地核查", ["visit", "visit_days", "visit_share", "visit_near"]),
        ("审定和公示", ["quorum", "majority", "notice_days", "notice_in_working_days"]),
        ("异议和申诉", ["objection_days", "appeal_days", "appeal_answer_days"]),
    ]


class ConsequenceForm(forms.Form):
    """What a positive decision brings (认定结果)."""

    first_state = forms.ChoiceField(
        label="认定后先进入",
        choices=[
            (state.value, state.label)
            for state in (RecognitionState.INCUBATING, RecognitionState.CERTIFIED)
        ],
    )
    least_incubation_days = NumberText("建设培育最短天数", help_text=NUMBER_HELP)
    certificate_prefix = forms.CharField(label="证书编号前缀", max_length=10)
    validity_months = NumberText("有效期（月）")
    grace_days = NumberText("逾期多少天算未完成义务")
    misses_to_removal = NumberText("连续几次未完成义务即取消")
    reply_days = NumberText("取消前陈述申辩期限（工作日）")
    ban_years = NumberText("取消后不得申报的年数")
    removed_shown_months = NumberText("公开目录显示已取消的月数")


def defaults_of(part: type[Procedure] | type[Consequence]) -> dict[str, Any]:
    """What a part says when a definition is silent."""
    dumped = part().model_dump(mode="json")
    return {name: said for name, said in dumped.items() if not isinstance(said, dict)}


HEADS: dict[str, type[forms.Form]] = {
    "basics": BasicsForm,
    "procedure": ProcedureForm,
    "consequence": ConsequenceForm,
}
