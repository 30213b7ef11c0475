"""What is wrong with a definition, each fault a sentence that names the place (方案核对)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from silian.casework.reviews.choices.schemes import (
    CriterionKind,
    FunctionKind,
    SourceKind,
)
from silian.casework.reviews.rules.consequence_faults import consequence_faults
from silian.casework.reviews.rules.definition import (
    PARAMETER,
    Criterion,
    Definition,
    FormField,
    definition_of,
)
from silian.casework.reviews.rules.numbers import is_number
from silian.casework.reviews.rules.procedure_faults import procedure_faults
from silian.casework.reviews.rules.scoring import NEEDED, SETTINGS
from silian.foundation.kernel.typed_values import ValueType

CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")  # a result keeps at most 40 characters
NEEDS_CODE = frozenset({SourceKind.ANSWER, SourceKind.METRIC, SourceKind.REGISTER})
PEOPLE = frozenset({SourceKind.EXPERT, SourceKind.VISIT, SourceKind.OFFICIAL})


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the platform offers to definitions (平台可用的数据): codes of each kind."""

    metrics: Collection[str] = ()
    sources: Collection[str] = ()
    facts: Collection[str] = ()


def faults_of(data: Mapping[str, Any], *, known: Known) -> list[str]:
    """Every fault of a definition as it is kept; none means that it can be published."""
    try:
        definition = definition_of(data)
    except ValidationError as error:
        return [f"“{place_of(row)}”填写的内容无法识别。" for row in error.errors()]
    checks: list[Callable[[Definition, Known], Iterable[str]]] = [
        head_faults,
        parameter_faults,
        form_faults,
        criteria_faults,
        lambda content, _: procedure_faults(content),
        lambda content, _: consequence_faults(content),
    ]
    return list(dict.fromkeys(fault for check in checks for fault in check(definition, known)))


def place_of(row: Any) -> str:
    return " › ".join(str(part) for part in row["loc"])


def head_faults(definition: Definition, known: Known) -> Iterator[str]:
    if not definition.purpose.strip():
        yield "没有写明认定目的。"
    if not definition.basis:
        yield "没有写明依据。请至少列出一份文件。"
    if not definition.subject_label.strip():
        yield "没有写明认定对象。"
    if not definition.form:
        yield "申报表没有申报项。"
    if definition.gateway is None and definition.scored is None:
        yield "没有任何指标。请至少设置一项条件或评分指标。"


def parameter_faults(definition: Definition, known: Known) -> Iterator[str]:
    rows = definition.parameters
    yield from code_faults("参数", [row.code for row in rows])
    for row in rows:
        if row.value is not None and not is_number(row.value):
            yield f"参数“{row.label}”的数值“{row.value}”不是数字。"
        if row.value is not None and not row.basis.strip():
            yield f"参数“{row.label}”没有写明依据。"
    yield from unknown_parameters(definition)


def unknown_parameters(definition: Definition) -> Iterator[str]:
    """Texts that name a parameter nobody set, or that are no number."""
    names = {row.code for row in definition.parameters}
    for place, said in numbers_of(definition):
        if said.startswith(PARAMETER):
            if said.removeprefix(PARAMETER) not in names:
                yield f"{place}引用了不存在的参数“{said.removeprefix(PARAMETER)}”。"
        elif said and not is_number(said):
            yield f"{place}的“{said}”不是数字。"


def numbers_of(definition: Definition) -> Iterator[tuple[str, str]]:
    """Every text of the definition that stands for a number, with its place."""
    for node in nodes_of(definition):
        here = f"指标“{node.label}”"
        yield here, node.least
        yield here, node.points
        for said in (*node.scoring.settings.values(), *node.scoring.weights.values()):
            yield here, said
        for line, points in node.scoring.steps:
            yield here, line
            yield here, points
    yield from texts_of("评审程序", definition.procedure.model_dump(exclude={"visit"}))
    for level in definition.procedure.levels:
        yield f"审核层级“{level.label}”", level.working_days
    words = {"first_state", "certificate_prefix"}
    yield from texts_of("认定结果", definition.consequence.model_dump(exclude=words))
    for duty in definition.consequence.duties:
        yield f"义务“{duty.label}”", duty.days_after


def texts_of(place: str, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((place, value) for value in said.values() if isinstance(value, str))


def form_faults(definition: Definition, known: Known) -> Iterator[str]:
    yield from code_faults("申报项", [field.code for field in definition.form])
    for field in definition.form:
        yield from field_faults(field, definition, known)


def field_faults(field: FormField, definition: Definition, known: Known) -> Iterator[str]:
    if not field.label.strip():
        yield f"申报项“{field.code}”没有名称。"
    if field.type == ValueType.CHOICE and len(field.choices) < 2:
        yield f"申报项“{field.label}”是单选，至少要有两个选项。"
    if field.prefill and field.prefill not in known.facts:
        yield f"申报项“{field.label}”的预填信息“{field.prefill}”平台没有提供。"
    if field.show_if is None:
        return
    other = definition.fields_by_code.get(field.show_if.code)
    if other is None:
        yield f"申报项“{field.label}”的跳转条件引用了不存在的申报项“{field.show_if.code}”。"
        return
    if not field.show_if.values:
        yield f"申报项“{field.label}”的跳转条件没有写明答案。"
    allowed = answers_of(other)
    for value in field.show_if.values:
        if allowed and value not in allowed:
            yield f"申报项“{field.label}”的跳转答案“{value}”不在“{other.label}”的选项中。"
    if goes_round(field, definition):
        yield f"申报项“{field.label}”的跳转条件绕了一圈，永远不会显示。"


def answers_of(field: FormField) -> set[str]:
    if field.type == ValueType.YES_NO:
        return {"true", "false"}
    return {code for code, _ in field.choices} if field.type == ValueType.CHOICE else set()


def goes_round(field: FormField, definition: Definition) -> bool:
    passed: set[str] = set()
    at: FormField | None = field
    while at is not None and at.show_if is not None:
        if at.code in passed:
            return True
        passed.add(at.code)
        at = definition.fields_by_code.get(at.show_if.code)
    return False


def criteria_faults(definition: Definition, known: Known) -> Iterator[str]:
    yield from code_faults("指标", [node.code for node in nodes_of(definition)])
    for node in nodes_of(definition):
        if not node.label.strip():
            yield f"指标“{node.code}”没有名称。"
        yield from (
            item_faults(node, definition, known)
            if node.kind == CriterionKind.ITEM
            else group_faults(node, definition)
        )


def group_faults(node: Criterion, definition: Definition) -> Iterator[str]:
    if not node.children:
        yield f"指标组“{node.label}”下没有指标。"
    least = figure(node.least, definition)
    if node.kind == CriterionKind.ANY_OF and least is not None and least > len(node.children):
        yield f"“{node.label}”要求满足 {least} 项，但只有 {len(node.children)} 项。"
    if node.kind != CriterionKind.SUM:
        return
    own = figure(node.points, definition)
    parts = [figure(child.points, definition) for child in node.children if counts(child)]
    if own and all(part is not None for part in parts):
        total = sum((part for part in parts if part is not None), Decimal(0))
        if total != own:
            yield f"“{node.label}”为 {own} 分，下级合计 {total} 分，两者不一致。"


def counts(child: Criterion) -> bool:
    """Deductions and vetoes take away and add nothing to the total."""
    return child.scoring.kind not in (FunctionKind.DEDUCTION, FunctionKind.VETO)


def item_faults(node: Criterion, definition: Definition, known: Known) -> Iterator[str]:
    here = f"指标“{node.label}”"
    if node.children:
        yield f"{here}是单项，不能再有下级指标。"
    yield from source_faults(node, definition, known)
    named = SETTINGS[node.scoring.kind]
    for name in node.scoring.settings:
        if name not in named:
            yield f"{here}的设置“{name}”不属于“{node.scoring.kind.label}”。"
    for name in NEEDED.get(node.scoring.kind, ()):
        if not node.scoring.settings.get(name):
            yield f"{here}缺少“{named[name]}”。"
    yield from shape_faults(node, here)
    for code in node.evidence:
        if code not in definition.fields_by_code:
            yield f"{here}的佐证“{code}”不是申报项。"


def shape_faults(node: Criterion, here: str) -> Iterator[str]:
    kind = node.scoring.kind
    if kind == FunctionKind.STEP and not node.scoring.steps:
        yield f"{here}按档计分，但没有分档。"
    if kind == FunctionKind.SURVEY and not node.scoring.weights:
        yield f"{here}按问卷计分，但没有各选项的分值。"
    if kind == FunctionKind.EXPERT and node.source and node.source.kind not in PEOPLE:
        yield f"{here}由人打分，数据来源应为专家评审、实地核查或部门核查。"


def source_faults(node: Criterion, definition: Definition, known: Known) -> Iterator[str]:
    here = f"指标“{node.label}”"
    if node.source is None:
        what = "一票否决没有数据来源" if node.scoring.kind == FunctionKind.VETO else "没有数据来源"
        yield f"{here}{what}。"
        return
    kind, code = node.source.kind, node.source.code
    if kind in NEEDS_CODE and not code:
        yield f"{here}没有写明从哪里取数。"
    elif kind == SourceKind.ANSWER and code not in definition.fields_by_code:
        yield f"{here}取自不存在的申报项“{code}”。"
    elif kind == SourceKind.METRIC and code not in known.metrics:
        yield f"{here}取自不存在的指标“{code}”。"
    elif kind == SourceKind.REGISTER and code not in known.sources:
        yield f"{here}取自平台没有的名录数据“{code}”。"


def code_faults(what: str, codes: list[str]) -> Iterator[str]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{what}代码“{code}”出现了 {times} 次。"
        if not CODE.match(code):
            yield f"{what}代码“{code}”应以小写字母开头，只用小写字母、数字和下划线。"


def nodes_of(definition: Definition) -> Iterator[Criterion]:
    """Every node of both trees."""
    for tree in (definition.gateway, definition.scored):
        if tree is not None:
            yield from below(tree)


def below(node: Criterion) -> Iterator[Criterion]:
    yield node
    for child in node.children:
        yield from below(child)


def figure(said: str, definition: Definition) -> Decimal | None:
    """A number as the scheme itself sets it; None when open or wrong."""
    if said.startswith(PARAMETER):
        found = next((row for row in definition.parameters if PARAMETER + row.code == said), None)
        said = (found.value or "") if found else ""
    return Decimal(said) if is_number(said) else None
