"""Take in returns that came on a sheet, as drafts that each enterprise submits itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.sheets import sheet_of
from silian.operations.learning.choices import (
    CallState,
    ReturnState,
    SpendingKind,
    TraineeClass,
)
from silian.operations.learning.commands.calls import locked_call
from silian.operations.learning.commands.returns import new_return
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.queries.returns import draft_of
from silian.operations.learning.rules.figures import Figures
from silian.operations.learning.rules.import_sheet import CODE, CellProblem, RowReader
from silian.registers.organisations.models import Organisation

MOST_ROWS = 500  # a file of one county; larger ones are split
KINDS = {str(kind.value): str(kind.label) for kind in SpendingKind}
CLASSES = {str(each.value): str(each.label) for each in TraineeClass}


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of a sheet: rows taken in, or what is wrong with which cell (导入结果)."""

    taken: int
    problems: list[CellProblem]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One good line: whose numbers, which numbers."""

    unit: Organisation
    figures: Figures


@transaction.atomic
def import_returns(*, call_id: int, name: str, content: bytes, actor: Actor) -> Imported:
    """Write a sheet's lines as drafts of their enterprises; one wrong cell keeps all out.

    The department enters, the enterprise looks at it and submits: nobody checks what they
    entered (导入报告草稿).
    """
    call = locked_call(call_id=call_id, actor=actor)
    if call.state != CallState.ISSUED:
        raise DomainError("通知还没有下发，不能导入报告。", field="file")
    sheet = sheet_of(name=name, content=content, most_rows=MOST_ROWS)
    sheet.require(CODE, "职工工资总额", "提取的经费")
    lines, problems = lines_of(call, rows=list(sheet.numbered()))
    if problems:
        return Imported(taken=0, problems=problems)
    for line in lines:
        take_line(call, line)
    record(actor, "learning.return.imported", call, detail={"rows": len(lines)})
    return Imported(taken=len(lines), problems=[])


def lines_of(
    call: FundCall, *, rows: list[tuple[int, dict[str, str]]]
) -> tuple[list[Line], list[CellProblem]]:
    """Every line read, and everything that is wrong, cell by cell."""
    units = units_by_code(call)
    begun = set(
        FundReturn.objects.filter(call=call)
        .exclude(state=ReturnState.DRAFT)
        .values_list("organisation_id", flat=True)
    )
    seen: set[str] = set()
    lines: list[Line] = []
    problems: list[CellProblem] = []
    for number, cells in rows:
        reader = RowReader(row=number, cells=cells)
        code = reader.text(CODE).upper()
        unit = units.get(code)
        if reason := reason_of_code(unit, code=code, seen=seen, begun=begun):
            reader.refuse(CODE, reason)
        figures = reader.figures(kinds=KINDS, classes=CLASSES)
        seen.add(code)
        problems += reader.problems
        if unit is not None and not reader.problems:
            lines.append(Line(unit=unit, figures=figures))
    return lines, problems


def reason_of_code(
    unit: Organisation | None, *, code: str, seen: set[str], begun: set[int]
) -> str | None:
    """Why a line's enterprise cannot be taken in, or None."""
    if code in seen:
        return "这家企业在表里出现了两次，请只留一行。"
    if unit is None:
        return "应报企业里没有这个代码，请核对，或先加入名单。"
    if unit.pk in begun:
        return "这家企业已经提交报告，不能覆盖。要改的请企业自己更正。"
    return None


def units_by_code(call: FundCall) -> dict[str, Organisation]:
    rows = Organisation.objects.filter(
        pk__in=call.units.order_by().values("organisation_id")
    ).exclude(uscc="")
    return {row.uscc: row for row in rows}


def take_line(call: FundCall, line: Line) -> None:
    row = FundReturn.objects.select_for_update(of=("self",)).filter(
        organisation=line.unit, year=call.year
    ).first() or new_return(call, unit=line.unit)
    draft = draft_of(row)
    if draft is not None:
        draft.take(line.figures)
        draft.save()
