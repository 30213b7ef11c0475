"""The roster and the calculation sheet of a claim, row by row (花名册、资金计算明细表)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.models import ClaimItem
from silian.governance.incentives.queries.claim_paper_forms import advance_facts, claim_facts
from silian.governance.incentives.queries.claim_paper_sources import (
    UNTOLD,
    PaperSource,
    basis_rows,
    break_days,
    line_rows,
    rate_of,
    rate_words,
    units_words,
)
from silian.governance.incentives.rules.claim_items import words_of_days

ONE_DAY = datetime.timedelta(days=1)
TEXT, DAY, NUMBER, MONEY = "text", "day", "number", "money"
Cell = Callable[[PaperSource, ClaimItem], str]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a roster: heading, kind of value, share of the width, what it says (栏目)."""

    title: str
    kind: str
    width: float
    cell: Cell


def person_number(_: PaperSource, item: ClaimItem) -> str:
    """The masked identity number; the whole one stands in no paper."""
    return (item.person.id_number_mask if item.person else "") or UNTOLD


def school(_: PaperSource, item: ClaimItem) -> str:
    return item.school.name if item.school else UNTOLD


def major(source: PaperSource, item: ClaimItem) -> str:
    row = source.details.get(item.source_id)
    return row.school_class.cohort.programme.name if row else UNTOLD


def school_class(source: PaperSource, item: ClaimItem) -> str:
    row = source.details.get(item.source_id)
    return row.school_class.name if row else UNTOLD


def post(source: PaperSource, item: ClaimItem) -> str:
    row = source.details.get(item.source_id)
    return f"{row.post.title}（{row.get_kind_display()}）" if row else UNTOLD


def occupation(source: PaperSource, item: ClaimItem) -> str:
    row = source.details.get(item.source_id)
    found = row.apprenticeship.occupation if row else None
    return found.name if found else UNTOLD


def contract(source: PaperSource, item: ClaimItem) -> str:
    """Number and days of the labour contract."""
    row = source.details.get(item.source_id)
    if row is None or not (row.contract_starts_on and row.contract_ends_on):
        return UNTOLD
    days = words_of_days((row.contract_starts_on, row.contract_ends_on))
    return f"{row.contract_number} {days}".strip()


def training(source: PaperSource, item: ClaimItem) -> str:
    """Where the apprentice stands, with the certificate."""
    row = source.details.get(item.source_id)
    if row is None:
        return UNTOLD
    return f"{row.get_state_display()} {row.certificate_number}".strip()


def evidence(source: PaperSource, item: ClaimItem) -> str:
    return source.details.get(item.source_id) or UNTOLD


def column(title: str, kind: str, width: float, cell: Cell) -> Column:
    return Column(title=title, kind=kind, width=width, cell=cell)


NAME = column("姓名", TEXT, 1.6, lambda _, item: item.label)
NUMBER_OF_PERSON = column("证件号", TEXT, 3, person_number)
STARTS = column("计入起", DAY, 1.9, lambda _, item: str(item.starts_on))
ENDS = column("计入止", DAY, 1.9, lambda _, item: str(item.ends_on - ONE_DAY))
BREAKS = column("中断天数", NUMBER, 1.4, lambda _, item: str(break_days(item)))
LEVEL = column("等级", TEXT, 1.3, lambda _, item: item.level or UNTOLD)
RATE = column("标准", TEXT, 1.9, lambda _, item: rate_words(rate_of(item), item.unit))
AMOUNT = column("金额（元）", MONEY, 1.7, lambda _, item: f"{item.amount:.2f}")
COLUMNS: dict[ClaimScheme, list[Column]] = {
    ClaimScheme.INTERNSHIP: [
        NAME,
        NUMBER_OF_PERSON,
        column("学校", TEXT, 2.8, school),
        column("专业", TEXT, 2.4, major),
        column("班级", TEXT, 1.9, school_class),
        column("岗位（实习形式）", TEXT, 2.8, post),
        STARTS,
        ENDS,
        BREAKS,
        column("计入月数", NUMBER, 1.4, lambda _, item: units_words(item.units)),
        RATE,
        AMOUNT,
    ],
    ClaimScheme.APPRENTICESHIP: [
        NAME,
        NUMBER_OF_PERSON,
        column("合作院校", TEXT, 2.6, school),
        column("职业", TEXT, 1.8, occupation),
        LEVEL,
        column("劳动合同", TEXT, 3, contract),
        STARTS,
        ENDS,
        BREAKS,
        column("培养结果", TEXT, 1.6, training),
        column("计入年数", NUMBER, 1.4, lambda _, item: units_words(item.units)),
        RATE,
        AMOUNT,
    ],
    ClaimScheme.INNOVATION: [
        column("成果名称", TEXT, 5, lambda _, item: item.label),
        column("类别", TEXT, 2, lambda _, item: item.level or UNTOLD),
        column("完成日期", DAY, 2, lambda _, item: str(item.starts_on)),
        column("证明材料", TEXT, 4, evidence),
        column("项数", NUMBER, 1.1, lambda _, item: units_words(item.units)),
        RATE,
        AMOUNT,
    ],
}


def roster_content(source: PaperSource) -> dict[str, Any]:
    """Everybody who counts with facts and amount, and who does not with the reason (花名册)."""
    columns = COLUMNS[ClaimScheme(source.claim.call.scheme)]
    return {
        **claim_facts(source),
        "rows": [[each.cell(source, item) for each in columns] for item in source.counted],
        "total": f"{source.itemised:.2f}",
        "rounding": f"{source.claim.planned - source.itemised:.2f}",
        "left_out": left_out(source),
    }


def roster_columns(scheme: str) -> list[list[Any]]:
    """Headings, kinds and widths; how a roster looks is no part of its mark (栏目)."""
    return [[each.title, each.kind, each.width] for each in COLUMNS[ClaimScheme(scheme)]]


def left_out(source: PaperSource) -> list[list[str]]:
    """Items that do not count, with days and reason (不计入的明细)."""
    return [
        [
            item.label,
            item.level or (item.school.name if item.school else ""),
            words_of_days((item.starts_on, item.ends_on)),
            item.struck_reason,
        ]
        for item in source.items
        if not item.counts
    ]


def sums_content(source: PaperSource) -> dict[str, Any]:
    """Every amount as units × rate with rule and clause, added up (资金计算明细表)."""
    return {
        **claim_facts(source),
        "lines": line_rows(source),
        "rows": [sum_row(source, item) for item in source.counted],
        "total": f"{source.itemised:.2f}",
        "rounding": f"{source.claim.planned - source.itemised:.2f}",
        "advance": advance_facts(source),
        "basis": basis_rows(source),
    }


def sum_row(source: PaperSource, item: ClaimItem) -> list[str]:
    """One head: kind, days, formula, amount, clause."""
    units, rate = units_words(item.units), rate_of(item)
    exact = rate * item.units == item.amount
    formula = f"{units} {item.unit} × {format_yuan(rate)} 元{'' if exact else '，取整到分'}"
    days = words_of_days((item.starts_on, item.ends_on))
    kind = item.level or (item.school.name if item.school else "")
    return [item.label, kind, days, formula, f"{item.amount:.2f}", source.clause_of(item.level)]
