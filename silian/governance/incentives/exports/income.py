"""Statements as tables: a school's by kind and person, a teacher's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from silian.governance.incentives.queries.income import OwnLine, Statement
from silian.governance.incentives.rules.income import UNSET, Split

HEADER = ("分组", "名称", "合计（元）", "受总量限制（元）", "不受限制（元）", "计入当年总量（元）",
          "纳入基数（元）", "归类未设定（元）", "归类", "依据")  # fmt: skip
OWN_HEADER = ("发放日", "类别", "项目", "金额（元）", "归类", "依据", "计入当月工资薪金（元）",
              "个人所得税依据")  # fmt: skip


def amounts(split: Split) -> tuple[object, ...]:
    return (
        split.amount, split.capped, split.free, split.in_total, split.in_base, split.unset,
    )  # fmt: skip


def rows_of(statement: Statement) -> Iterator[tuple[object, ...]]:
    """Kinds with their clause, people, the whole, the source from school income."""
    for line in statement.kinds:
        words = (line.treatment.words, line.treatment.clause)
        yield ("分类", line.label, *amounts(line.split), *words)
    for person in statement.people:
        yield ("人员", person.name, *amounts(person.split), "", "")
    yield ("合计", f"{statement.year} 年", *amounts(statement.total), "", "")
    source = statement.source_amount
    yield ("来源", "学校收入可用作绩效工资来源", source if source is not None else UNSET,
           "", "", "", "", "", "", statement.share.source)  # fmt: skip


def own_rows(lines: Iterable[OwnLine]) -> Iterator[tuple[object, ...]]:
    """Each sum of the person."""
    for line in lines:
        share = line.share
        yield (
            share.paid_on, share.project.get_kind_display(), share.project.title, share.amount,
            line.treatment.words, line.treatment.clause,
            line.taxable if line.taxable is not None else "", line.tax_clause,
        )  # fmt: skip
