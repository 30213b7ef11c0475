"""One row of a scheme's lists: parameter, question, level, duty, exit, benefit (方案的一行)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from silian.casework.reviews.choices.recognitions import DutyKind, RecognitionState
from silian.casework.reviews.choices.schemes import Silence
from silian.casework.reviews.forms.scheme_fields import (
    NUMBER_HELP,
    CodeField,
    LinesField,
    NumberText,
    PairsField,
    several,
    with_empty,
)
from silian.casework.reviews.queries.platform_data import fact_choices
from silian.casework.reviews.rules.definition_edits import rows_of
from silian.casework.reviews.rules.definition_words import FORCES
from silian.casework.reviews.rules.numbers import is_number
from silian.foundation.kernel.typed_values import ValueType
from silian.foundation.ui.typed_fields import area

CERTAINTIES = [
    ("", "已核对文本"),
    ("K-H", "K-H 可信，待引文"),
    ("K-M", "K-M 待核对，只提示"),
    ("K-L", "K-L 无依据，只提示"),
]


class SchemeRowForm(forms.Form):
    """A row that knows its code and the definition it belongs to."""

    part = ""
    code = CodeField()
    label = forms.CharField(label="名称", max_length=80)

    def __init__(
        self, data: Any = None, *, definition: Mapping[str, Any], row: Mapping[str, Any] | None
    ) -> None:
        self.definition, self.held = definition, row
        super().__init__(data, initial=self.initial_of(row) if row else None)
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the definition."""

    def initial_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return dict(row)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        own = self.held.get("code") if self.held else None
        if code != own and code in {row.get("code") for row in rows_of(self.definition, self.part)}:
            raise forms.ValidationError("这个代码已经用过，请换一个。")
        return code

    def row(self) -> dict[str, Any]:
        """What was typed as a row of the definition."""
        return dict(self.cleaned_data)


class ParameterForm(SchemeRowForm):
    """A number with its source (参数)."""

    part = "parameters"
    value = forms.CharField(label="数值", max_length=40, required=False, help_text="留空为未设定。")
    unit = forms.CharField(label="单位", max_length=20, required=False)
    basis = forms.CharField(
        label="依据",
        max_length=200,
        required=False,
        help_text="文件和条款，例如 发改社会〔2019〕590号 第五条。",
    )
    force = forms.ChoiceField(label="力度", choices=list(FORCES.items()), initial="mandatory")
    certainty = forms.CharField(
        label="依据等级",
        max_length=10,
        required=False,
        help_text="K-M、K-L 表示待核对，只作提示；其余写来源编号。",
    )

    def clean_value(self) -> str | None:
        value = self.cleaned_data["value"].strip()
        if value and not is_number(value):
            raise forms.ValidationError("请写数字，或留空表示未设定。")
        return value or None

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if said and said.get("value") and not said.get("basis"):
            self.add_error("basis", "填了数值就要写明依据。")
        return said


class QuestionForm(SchemeRowForm):
    """One question of the application form (申报项)."""

    part = "form"
    type = forms.ChoiceField(label="类型", choices=ValueType.choices)
    group = forms.CharField(label="所属分组", max_length=30, required=False)
    unit = forms.CharField(label="单位", max_length=20, required=False)
    choices = PairsField("选项", help_text="单选时填写，一行一项：代码=名称。")
    help = forms.CharField(label="填写说明", max_length=300, required=False, widget=area(2))
    required = forms.BooleanField(label="必填", required=False, initial=True)
    evidence = forms.BooleanField(label="须附佐证文件", required=False)
    public = forms.BooleanField(label="公示时公开", required=False)
    prefill = forms.ChoiceField(label="预填", required=False)
    show_code = forms.ChoiceField(label="只在这一项", required=False)
    show_values = LinesField(
        "为以下答案时填写",
        rows=2,
        help_text="一行一个：单选写选项代码；是或否写 true 或 false。",
    )
    fieldsets = [
        ("申报项", ["code", "label", "type", "group", "unit", "choices", "help"]),
        ("填写要求", ["required", "evidence", "public", "prefill"]),
        ("跳转", ["show_code", "show_values"]),
    ]

    def prepare(self) -> None:
        own = self.held.get("code") if self.held else None
        others = [
            (row["code"], row["label"])
            for row in rows_of(self.definition, self.part)
            if row["code"] != own
        ]
        self.fields["show_code"].choices = with_empty(others, words="总是填写")  # type: ignore[attr-defined]
        self.fields["prefill"].choices = with_empty(fact_choices(), words="不预填")  # type: ignore[attr-defined]

    def initial_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        condition = row.get("show_if") or {}
        return {
            **row,
            "required": row.get("required", True),
            "show_code": condition.get("code", ""),
            "show_values": list(condition.get("values", [])),
        }

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        if said.get("show_code") and not said.get("show_values"):
            self.add_error("show_values", "请写明哪些答案时填写。")
        if said.get("type") == ValueType.CHOICE and len(said.get("choices") or []) < 2:
            self.add_error("choices", "单选至少要有两个选项。")
        return said

    def row(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        code, values = said.pop("show_code"), said.pop("show_values")
        return {**said, "show_if": {"code": code, "values": values} if code else None}


class LevelForm(SchemeRowForm):
    """One level of opinions (审核层级)."""

    part = "levels"
    departments = LinesField(
        "征求意见的部门",
        required=True,
        help_text="一行一个职能，例如 发展改革、教育、人力资源社会保障。",
    )
    working_days = NumberText("答复期限（工作日）", help_text=NUMBER_HELP)
    silence = forms.ChoiceField(label="逾期未答复的效力", choices=Silence.choices)
    basis = forms.CharField(label="依据", max_length=200, required=False)


STATES = [(state.value, state.label) for state in RecognitionState]


class DutyForm(SchemeRowForm):
    """A duty of the recognised (义务)."""

    part = "duties"
    kind = forms.ChoiceField(label="类别", choices=DutyKind.choices)
    in_states = several("适用的认定状态", STATES, required=True)
    days_after = NumberText("进入状态后多少天内", help_text="与下面的日期只填一种。")
    month = forms.IntegerField(
        label="每年：月", min_value=0, max_value=12, initial=0, required=False
    )
    day = forms.IntegerField(label="日", min_value=0, max_value=31, initial=0, required=False)
    year_offset = forms.ChoiceField(
        label="报送年份", choices=[("0", "当年"), ("1", "次年")], initial="0", required=False
    )
    is_public = forms.BooleanField(label="须向社会公开", required=False)
    basis = forms.CharField(label="依据", max_length=200, required=False)

    def row(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {
            **said,
            "month": said["month"] or 0,
            "day": said["day"] or 0,
            "year_offset": int(said["year_offset"] or 0),
        }


class ExitForm(SchemeRowForm):
    """What ends a recognition (取消情形)."""

    part = "exits"
    bans = forms.BooleanField(label="取消后在规定年限内不得再次申报", required=False, initial=True)
    basis = forms.CharField(label="依据", max_length=200, required=False)


class BenefitForm(SchemeRowForm):
    """What the status opens (挂钩政策)."""

    part = "benefits"
    in_states = several("哪些状态可以享受", STATES, required=True)
    basis = forms.CharField(label="依据", max_length=200, required=False)


ROW_FORMS: dict[str, type[SchemeRowForm]] = {
    form.part: form
    for form in (ParameterForm, QuestionForm, LevelForm, DutyForm, ExitForm, BenefitForm)
}
