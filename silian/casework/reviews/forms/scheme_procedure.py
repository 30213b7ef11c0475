"""How a dossier is judged, as the form of the editor: numbers, ties, legal basis (评审程序)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from silian.casework.reviews.choices.schemes import VisitRule
from silian.casework.reviews.forms.scheme_fields import (
    NUMBER_HELP,
    LinesField,
    NumberText,
    with_empty,
)
from silian.casework.reviews.rules.definition import PARAMETER
from silian.casework.reviews.rules.definition_edits import nodes_in
from silian.casework.reviews.rules.definition_labels import BASIS_STEPS
from silian.casework.reviews.rules.definition_words import grouped
from silian.foundation.kernel.typed_values import UNSET

TIE, BASIS = "tie_", "basis_"
LEAST_TIES = 3  # boxes shown from the start; one more appears when they are full
SCORING = "评分与排序"


class HeadForm(forms.Form):
    """A part of the draft that is one form; it knows the whole definition (方案的一部分)."""

    def __init__(self, *args: Any, definition: Mapping[str, Any], **options: Any) -> None:
        self.definition = definition
        super().__init__(*args, **options)
        self.say_parameters()
        self.prepare()

    def say_parameters(self) -> None:
        """Under a box that names a parameter, what it holds (参数现值)."""
        rows = self.definition.get("parameters", [])
        known = {f"{PARAMETER}{row['code']}": row for row in rows}
        for name, field in self.fields.items():
            row = known.get(str(self.initial.get(name, "")))
            if row is not None:
                field.help_text = f"参数“{row['label']}”，现为 {value_words(row)}。"

    def prepare(self) -> None:
        """Boxes that depend on the definition."""

    def changes(self) -> dict[str, Any]:
        """What was typed, as the definition keeps it."""
        return dict(self.cleaned_data)


class ProcedureForm(HeadForm):
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
    visit = forms.ChoiceField(label="实地核查", choices=VisitRule.choices)
    visit_days = NumberText("实地核查期限（工作日）")
    visit_share = NumberText("抽查比例")
    visit_near = NumberText("合格线上下多少分必查")
    quorum = NumberText("审定会议到会比例")
    majority = NumberText("通过比例（占到会人数）")
    silence_abstains = forms.BooleanField(label="到会未投票的视为弃权", required=False)
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
                "expert_fields",
            ],
        ),
        (SCORING, ["pass_points"]),
        ("实地核查", ["visit", "visit_days", "visit_share", "visit_near"]),
        (
            "审定和公示",
            [
                "quorum",
                "majority",
                "silence_abstains",
                "notice_days",
                "notice_in_working_days",
            ],
        ),
        ("异议和申诉", ["objection_days", "appeal_days", "appeal_answer_days"]),
    ]

    def prepare(self) -> None:
        said = self.definition.get("procedure", {})
        ties, basis = self.tie_boxes(said.get("ties", [])), self.basis_boxes(said.get("basis", {}))
        self.fieldsets = [
            *(
                (title, [*names, *ties] if title == SCORING else names)
                for title, names in type(self).fieldsets
            ),
            ("各环节依据，决定书引用", basis),
        ]

    def tie_boxes(self, held: Sequence[str]) -> list[str]:
        """One box for each criterion of the tie rule, and one more (同分规则)."""
        known = item_choices(self.definition)
        gone = [(code, f"{code}（指标已不存在）") for code in held if code not in dict(known)]
        choices = with_empty([*known, *gone], words="不再比较")
        places = range(1, max(LEAST_TIES, len(held) + 1) + 1)
        for place in places:
            box = forms.ChoiceField(
                label=f"同分时第 {place} 个比较的指标",
                choices=choices,
                required=False,
                initial=held[place - 1] if place <= len(held) else "",
                error_messages={"invalid_choice": "方案里没有指标“%(value)s”，请从列表中选择。"},
            )
            box.half = True  # type: ignore[attr-defined]
            self.fields[f"{TIE}{place}"] = box
        return [f"{TIE}{place}" for place in places]

    def basis_boxes(self, held: Mapping[str, str]) -> list[str]:
        """One box for the legal basis of each step."""
        labels = {**BASIS_STEPS, **{step: step for step in held if step not in BASIS_STEPS}}
        for step, label in labels.items():
            box = forms.CharField(
                label=label, max_length=200, required=False, initial=held.get(step, "")
            )
            box.half = True  # type: ignore[attr-defined]
            self.fields[f"{BASIS}{step}"] = box
        return [f"{BASIS}{step}" for step in labels]

    def named(self, prefix: str) -> dict[str, str]:
        """What was typed in the boxes of a prefix, without the empty ones."""
        return {
            name.removeprefix(prefix): said.strip()
            for name, said in self.cleaned_data.items()
            if name.startswith(prefix) and said.strip()
        }

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        seen: set[str] = set()
        for place, code in self.named(TIE).items():
            if code in seen:
                self.add_error(f"{TIE}{place}", "这个指标已经选过，每个指标只比一次。")
            seen.add(code)
        return said

    def changes(self) -> dict[str, Any]:
        own = {
            name: said
            for name, said in self.cleaned_data.items()
            if not name.startswith((TIE, BASIS))
        }
        return {**own, "ties": list(self.named(TIE).values()), "basis": self.named(BASIS)}


def value_words(row: Mapping[str, Any]) -> str:
    """A parameter's value with its unit, or 未设定."""
    return f"{grouped(row['value'])} {row.get('unit', '')}".strip() if row.get("value") else UNSET


def item_choices(definition: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every item of both trees that a tie may be broken by."""
    return [
        (str(node["code"]), str(node.get("label") or node["code"]))
        for *_, node in nodes_in(definition)
        if node.get("kind", "item") == "item"
    ]
