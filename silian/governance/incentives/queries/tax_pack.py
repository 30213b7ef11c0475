"""The cells of 附列资料（五） for one organisation and year (税务资料包)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.incentives.gateways.guides import Fact
from silian.governance.incentives.queries.calculations import Answer
from silian.governance.incentives.queries.entitlements import Entitlement, Overview
from silian.governance.incentives.queries.facts import Held

CREDIT_RULE = "R09"
CODES = "surcharge_reduction_code"
EDUCATION, LOCAL = "教育费附加", "地方教育附加"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of the form: where it stands, what it says, what it rests on (栏次)."""

    place: str
    title: str
    amount: Decimal
    origin: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class TaxPack:
    """The cells of a year with everything that a reader needs to check them (资料包)."""

    organisation: str
    uscc: str
    year: int
    place: str
    version: str
    cells: list[Cell]
    facts: list[Held]
    missing: list[Fact]
    answer: Answer | None
    basis: str
    refusal: str = ""


def tax_pack_of(overview: Overview) -> TaxPack | None:
    """The cells when every fact is there; None where the place has no such rule."""
    row = next((each for each in overview.benefits if each.guide.rule == CREDIT_RULE), None)
    if row is None:
        return None
    return TaxPack(
        organisation=overview.organisation.name,
        uscc=overview.organisation.uscc,
        year=overview.year,
        place=overview.place.name,
        version=row.rule.version,
        cells=cells_of(row) if row.answer and row.answer.entitled else [],
        facts=row.facts,
        missing=row.missing,
        answer=row.answer,
        basis=row.source,
        refusal=row.refusal or closed_words(row),
    )


def closed_words(row: Entitlement) -> str:
    """Which condition keeps the unit from filing, and its cure; empty when none does."""
    gates = row.answer.gates if row.answer else []
    return "".join(f"未满足：{gate.title}。{gate.cure}" for gate in gates if gate.stops)


def cells_of(row: Entitlement) -> list[Cell]:
    """Columns 5 to 7, and what each surcharge is reduced by."""
    facts = {held.fact.code: held.value for held in row.facts}
    given = {name: facts[code] for name, code in row.guide.facts.items()}
    values = row.rule.compute(facts=given).values
    amount = {**given, **values}
    codes = reduction_codes(row)
    lines = (
        ("第 5 栏", "当期新增投资额", "investment", "单位填报", ""),
        ("第 6 栏", "上期留抵可抵免金额", "carried_in", "单位填报", ""),
        ("第 7 栏", "结转下期可抵免金额", "carry_out", "按规则算出", ""),
        ("本期抵免", EDUCATION, "used_education", "按规则算出", codes.get(EDUCATION, "")),
        ("本期抵免", LOCAL, "used_local", "按规则算出", codes.get(LOCAL, "")),
    )
    return [
        Cell(place=place, title=title, amount=money(amount[name]), origin=origin, code=code)
        for place, title, name, origin, code in lines
    ]


def reduction_codes(row: Entitlement) -> Mapping[str, str]:
    """The codes under which the form takes the two reductions, from the rulebook."""
    found = row.rule.effective.of(CODES)
    return {key: each.shown_value.removeprefix("减免代码") for key, each in found.items() if key}


def money(value: object) -> Decimal:
    """An amount to the 分."""
    return Decimal(str(value)).quantize(Decimal("0.01"))
