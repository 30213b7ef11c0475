"""A node of the criteria tree: group or item, scoring in words, source (指标)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from silian.casework.reviews.choices.schemes import CriterionKind, FunctionKind, SourceKind
from silian.casework.reviews.forms.scheme_fields import (
    NUMBER_HELP,
    CodeField,
    NumberText,
    PairsField,
    several,
    with_empty,
)
from silian.casework.reviews.queries.platform_data import metric_choices, source_choices
from silian.casework.reviews.rules.definition_edits import nodes_in, rows_of
from silian.casework.reviews.rules.definition_words import FORCES
from silian.casework.reviews.rules.scoring import NEEDED, SETTINGS
from silian.foundation.ui.typed_fields import area

GROUP_KINDS = [
    (kind.value, kind.label)
    for kind in (CriterionKind.ALL_OF, CriterionKind.ANY_OF, CriterionKind.SUM)
]
OTHERWISE = "其余"
SETTING = "setting_"
WEIGHED = frozenset(
    {
        FunctionKind.CONDITION,
        FunctionKind.COUNT_WEIGHTED,
        FunctionKind.DEDUCTION,
        FunctionKind.SURVEY,
        FunctionKind.TWO_LINE,
    }
)


class NodeForm(forms.Form):
    """What groups and items have in common."""

    code = CodeField()
    label = forms.CharField(label="名称", max_length=80)
    help = forms.CharField(label="说明", max_length=300, required=False, widget=area(2))
    basis = forms.CharField(label="依据", max_length=200, required=False)
    force = forms.ChoiceField(label="力度", choices=list(FORCES.items()), initial="mandatory")
    certainty = forms.CharField(
        label="依据等级",
        max_length=10,
        required=False,
        help_text="K-M、K-L 只提示，不影响通过。",
    )

    def __init__(
        self, data: Any = None, *, definition: Mapping[str, Any], node: Mapping[str, Any] | None
    ) -> None:
        self.definition, self.held = definition, node or {}
        super().__init__(data, initial=self.initial_of(self.held) if node else None)
        self.prepare()

    def prepare(self) -> None:
        """Boxes and choices that depend on the node."""

    def initial_of(self, node: Mapping[str, Any]) -> dict[str, Any]:
        return dict(node)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        taken = {node["code"] for *_, node in nodes_in(self.definition)}
        if code != self.held.get("code") and code in taken:
            raise forms.ValidationError("这个代码已经用过，请换一个。")
        return code

    def node(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class GroupForm(NodeForm):
    """A group of criteria (指标组)."""

    kind = forms.ChoiceField(label="怎样算满足", choices=GROUP_KINDS)
    least = NumberText("至少满足几项", initial="1", help_text="只用于“满足若干项”。" + NUMBER_HELP)
    points = NumberText("满分", initial="0", help_text="只用于“分值相加”，应等于下级合计。")
    field_order = ["code", "label", "kind", "least", "points"]


class ItemForm(NodeForm):
    """One item (单项指标): where its value comes from and what it is worth."""

    source_kind = forms.ChoiceField(label="数据来源", choices=SourceKind.choices)
    source_code = forms.ChoiceField(label="取自", required=False)
    scoring_kind = forms.ChoiceField(label="评分方法", choices=FunctionKind.choices)
    points = NumberText("满分", initial="0", help_text="条件和一票否决写 0。")
    steps = PairsField(
        "分档", help_text="一行一档：门槛=得分；最低一档写“其余=得分”。", required=False
    )
    weights = PairsField(
        "各级别、选项的数值",
        help_text="一行一个：级别或选项名称=数值，例如 国家级=3。",
        required=False,
    )
    evidence = several("佐证的申报项", [])

    @property
    def kind(self) -> FunctionKind:
        """The scoring that the boxes are for: as typed, else as kept."""
        typed = self.data.get("scoring_kind") if self.is_bound else self.initial.get("scoring_kind")
        return FunctionKind(typed) if typed in FunctionKind.values else FunctionKind.CONDITION

    @property
    def source(self) -> str:
        typed = self.data.get("source_kind") if self.is_bound else self.initial.get("source_kind")
        return str(typed or SourceKind.ANSWER)

    def prepare(self) -> None:
        fields = [(row["code"], row["label"]) for row in rows_of(self.definition, "form")]
        self.fields["evidence"].choices = fields  # type: ignore[attr-defined]
        self.prepare_source(fields)
        for name, label in SETTINGS[self.kind].items():
            needed = name in NEEDED.get(self.kind, ())
            self.fields[SETTING + name] = NumberText(label, required=needed)
        if self.kind != FunctionKind.STEP:
            del self.fields["steps"]
        if self.kind not in WEIGHED:
            del self.fields["weights"]
        self.fieldsets = self.boxes()

    def prepare_source(self, fields: list[tuple[str, str]]) -> None:
        offered = {
            SourceKind.ANSWER.value: lambda: fields,
            SourceKind.METRIC.value: metric_choices,
            SourceKind.REGISTER.value: source_choices,
        }.get(self.source)
        if offered is None:
            del self.fields["source_code"]
            return
        self.fields["source_code"].choices = with_empty(offered())  # type: ignore[attr-defined]

    def boxes(self) -> list[tuple[str, list[str]]]:
        settings = [SETTING + name for name in SETTINGS[self.kind]]
        lists = [
            ("指标", ["code", "label", "help"]),
            ("数据来源", ["source_kind", "source_code"]),
            ("评分", ["scoring_kind", "points", *settings, "steps", "weights"]),
            ("依据", ["basis", "force", "certainty", "evidence"]),
        ]
        return [(title, [one for one in names if one in self.fields]) for title, names in lists]

    def initial_of(self, node: Mapping[str, Any]) -> dict[str, Any]:
        scoring, source = node.get("scoring") or {}, node.get("source") or {}
        settings = {SETTING + name: said for name, said in scoring.get("settings", {}).items()}
        return {
            **node,
            **settings,
            "source_kind": source.get("kind", ""),
            "source_code": source.get("code", ""),
            "scoring_kind": scoring.get("kind", FunctionKind.CONDITION),
            "steps": [[line or OTHERWISE, points] for line, points in scoring.get("steps", [])],
            "weights": scoring.get("weights", {}),
        }

    def node(self) -> dict[str, Any]:
        said = self.cleaned_data
        settings = {name: said[SETTING + name] for name in SETTINGS[self.kind]}
        steps = [
            ["" if line == OTHERWISE else line, points] for line, points in said.get("steps", [])
        ]
        return {
            "code": said["code"],
            "label": said["label"],
            "kind": CriterionKind.ITEM.value,
            "points": said["points"] or "0",
            "source": {"kind": self.source, "code": said.get("source_code", "")},
            "scoring": {
                "kind": self.kind.value,
                "settings": {name: number for name, number in settings.items() if number},
                "steps": steps,
                "weights": dict(said.get("weights", [])),
            },
            "evidence": said["evidence"],
            "help": said["help"],
            "basis": said["basis"],
            "force": said["force"],
            "certainty": said["certainty"],
        }
