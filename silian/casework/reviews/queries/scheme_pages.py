"""A definition as the pages of the editor show it: rows and nodes in words (方案页面)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from silian.casework.reviews.choices.recognitions import DutyKind, RecognitionState
from silian.casework.reviews.choices.schemes import CriterionKind, Silence, SourceKind
from silian.casework.reviews.queries.platform_data import (
    fact_choices,
    metric_choices,
    source_choices,
)
from silian.casework.reviews.rules.definition import (
    Benefit,
    Criterion,
    Definition,
    DutyRule,
    ExitEvent,
    FormField,
    Level,
    Parameter,
)
from silian.casework.reviews.rules.definition_labels import (
    BASIS_STEPS,
    CONSEQUENCE,
    PROCEDURE_GROUPS,
    Named,
)
from silian.casework.reviews.rules.definition_words import (
    FORCES,
    due_words,
    force_words,
    number_words,
    routing_words,
    rule_words,
    source_words,
)
from silian.casework.reviews.rules.numbers import is_number
from silian.foundation.kernel.typed_values import UNSET, ValueType
from silian.foundation.ui.components import Fact

PART_LABELS = {
    "basics": "基本信息",
    "parameters": "参数",
    "form": "申报表",
    "criteria": "指标",
    "procedure": "评审程序",
    "consequence": "认定结果",
}
LIST_LABELS = {
    "parameters": "参数",
    "form": "申报项",
    "levels": "审核层级",
    "duties": "义务",
    "exits": "取消情形",
    "benefits": "挂钩政策",
}
LISTS_OF_PART = {
    "parameters": ("parameters",),
    "form": ("form",),
    "procedure": ("levels",),
    "consequence": ("duties", "exits", "benefits"),
}
PART_OF_LIST = {name: part for part, names in LISTS_OF_PART.items() for name in names}


@dataclass(frozen=True, kw_only=True)
class RowLine:
    """One row in words (一行)."""

    code: str
    label: str
    words: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ListBlock:
    """One list of a part with its rows (列表)."""

    name: str
    label: str
    rows: list[RowLine]


@dataclass(frozen=True, kw_only=True)
class NodeLine:
    """One node of the tree in words (指标行)."""

    tree: str
    depth: int
    code: str
    label: str
    is_group: bool
    is_root: bool
    points: str
    rule: str
    source: str
    force: str
    basis: str
    help: str
    evidence: str

    @property
    def indent(self) -> str:
        """How far the row is set in, as a length."""
        return f"{self.depth * 1.5}rem"


def parameter_line(row: Parameter, definition: Definition) -> RowLine:
    value = UNSET if row.value is None else f"{row.value} {row.unit}".strip()
    notes = [row.basis, FORCES.get(row.force, row.force), row.certainty]
    return RowLine(code=row.code, label=row.label, words=value, notes=said(notes))


def field_line(row: FormField, definition: Definition) -> RowLine:
    prefills = dict(fact_choices())
    notes = [
        row.group,
        "必填" if row.required else "选填",
        "须附佐证" if row.evidence else "",
        "公示时公开" if row.public else "",
        f"预填：{prefills.get(row.prefill, row.prefill)}" if row.prefill else "",
        routing_words(row, definition),
    ]
    unit = f"（{row.unit}）" if row.unit else ""
    return RowLine(
        code=row.code,
        label=row.label,
        words=f"{ValueType(row.type).label}{unit}",
        notes=said(notes),
    )


def level_line(row: Level, definition: Definition) -> RowLine:
    days = number_words(row.working_days, definition)
    return RowLine(
        code=row.code,
        label=row.label,
        words="、".join(row.departments) or UNSET,
        notes=said([f"答复期限 {days}", f"逾期：{Silence(row.silence).label}", row.basis]),
    )


def duty_line(row: DutyRule, definition: Definition) -> RowLine:
    notes = [
        DutyKind(row.kind).label,
        states_words(row.in_states),
        "向社会公开" if row.is_public else "",
        row.basis,
    ]
    return RowLine(
        code=row.code, label=row.label, words=due_words(row, definition), notes=said(notes)
    )


def exit_line(row: ExitEvent, definition: Definition) -> RowLine:
    words = "取消并在规定年限内不得再次申报" if row.bans else "取消"
    return RowLine(code=row.code, label=row.label, words=words, notes=said([row.basis]))


def benefit_line(row: Benefit, definition: Definition) -> RowLine:
    return RowLine(
        code=row.code,
        label=row.label,
        words=states_words(row.in_states),
        notes=said([row.basis]),
    )


def states_words(states: tuple[RecognitionState, ...]) -> str:
    return "、".join(str(RecognitionState(state).label) for state in states)


def said(notes: list[str]) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


def rows_in(definition: Definition, name: str) -> list[RowLine]:
    """The rows of a list in words."""
    procedure, after = definition.procedure, definition.consequence
    lines: dict[str, Callable[[], list[RowLine]]] = {
        "parameters": lambda: [parameter_line(row, definition) for row in definition.parameters],
        "form": lambda: [field_line(row, definition) for row in definition.form],
        "levels": lambda: [level_line(row, definition) for row in procedure.levels],
        "duties": lambda: [duty_line(row, definition) for row in after.duties],
        "exits": lambda: [exit_line(row, definition) for row in after.exits],
        "benefits": lambda: [benefit_line(row, definition) for row in after.benefits],
    }
    return lines[name]()


def block_of(definition: Definition, name: str) -> ListBlock:
    return ListBlock(name=name, label=LIST_LABELS[name], rows=rows_in(definition, name))


def blocks_of(definition: Definition, part: str) -> list[ListBlock]:
    """The lists of a part."""
    return [block_of(definition, name) for name in LISTS_OF_PART.get(part, ())]


def procedure_groups(definition: Definition) -> list[tuple[str, list[Fact]]]:
    """The whole procedure in words, step by step (评审程序)."""
    return [
        (title, [Fact(name=row.label, value=setting_words(row, definition)) for row in rows])
        for title, rows in PROCEDURE_GROUPS
    ]


def consequence_facts(definition: Definition) -> list[Fact]:
    """The numbers of the consequence in words; open ones are 未设定 (认定结果)."""
    return [Fact(name=row.label, value=setting_words(row, definition)) for row in CONSEQUENCE]


def basis_facts(definition: Definition) -> list[Fact]:
    """The legal basis of each step that names one (各环节依据)."""
    said = definition.procedure.basis
    return [Fact(name=BASIS_STEPS.get(step, step), value=words) for step, words in said.items()]


def setting_words(row: Named, definition: Definition) -> str:
    """What one setting says, with its unit; a parameter brings its own."""
    procedure, after = definition.procedure, definition.consequence
    value = getattr(procedure if row.name in type(procedure).model_fields else after, row.name)
    if row.name == "ties":
        return tie_words(value, definition)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value) or UNSET
    if isinstance(value, TextChoices):
        return str(value.label)
    if row.name == "certificate_prefix":
        return str(value)
    words = number_words(value, definition)
    return f"{words} {row.unit}".strip() if is_number(value) else words


def tie_words(codes: tuple[str, ...], definition: Definition) -> str:
    """The criteria in the order in which they break a tie (同分规则)."""
    known = definition.criteria_by_code
    names = [known[code].label if code in known else f"“{code}”（不存在）" for code in codes]
    return "，再比".join(names) or "不比，同分并列"


def tree_lines(definition: Definition) -> list[NodeLine]:
    """Both trees as lines, each with its depth."""
    names = {SourceKind.METRIC: dict(metric_choices()), SourceKind.REGISTER: dict(source_choices())}
    lines: list[NodeLine] = []

    def add(node: Criterion, tree: str, depth: int) -> None:
        lines.append(node_line(node, definition, tree=tree, depth=depth, names=names))
        for child in node.children:
            add(child, tree, depth + 1)

    for tree, root in (("gateway", definition.gateway), ("scored", definition.scored)):
        if root is not None:
            add(root, tree, 0)
    return lines


def node_line(
    node: Criterion,
    definition: Definition,
    *,
    tree: str,
    depth: int,
    names: Mapping[SourceKind, Mapping[str, str]],
) -> NodeLine:
    source = source_words(node, definition)
    if node.source is not None and node.source.code in names.get(node.source.kind, {}):
        kind = SourceKind(node.source.kind).label
        source = f"{kind}：{names[node.source.kind][node.source.code]}"
    fields = definition.fields_by_code
    return NodeLine(
        tree=tree,
        depth=depth,
        code=node.code,
        label=node.label,
        is_group=node.kind != CriterionKind.ITEM,
        is_root=depth == 0,
        points="" if node.points in ("", "0") else number_words(node.points, definition),
        rule=rule_words(node, definition),
        source=source,
        force=force_words(node),
        basis=node.basis,
        help=node.help,
        evidence="、".join(fields[code].label for code in node.evidence if code in fields),
    )
