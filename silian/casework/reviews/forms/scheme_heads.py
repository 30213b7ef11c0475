"""The parts of a scheme that are one form each: start, basic data, procedure, consequence."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.casework.reviews.choices.recognitions import RecognitionState
from silian.casework.reviews.choices.schemes import SubjectKind
from silian.casework.reviews.forms.scheme_fields import (
    NUMBER_HELP,
    LinesField,
    NumberText,
    several,
    with_empty,
)
from silian.casework.reviews.forms.scheme_procedure import HeadForm, ProcedureForm
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


class BasicsForm(HeadForm):
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


class ConsequenceForm(HeadForm):
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


HEADS: dict[str, type[HeadForm]] = {
    "basics": BasicsForm,
    "procedure": ProcedureForm,
    "consequence": ConsequenceForm,
}
