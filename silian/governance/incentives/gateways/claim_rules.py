"""The rule by which claims of one region are computed, as it stays with a claim (申领规则).

Numbers that officials entered for the region stand before the rulebook. A claim keeps what was
entered and the day on which it was known, so that an old case is never computed by a new rule.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from silian_engines.policy_rules.compiled_rule import CompiledRule
from silian_engines.policy_rules.definitions import Input, Rule, Step
from silian_engines.policy_rules.errors import PolicyRuleError
from silian_engines.policy_rules.provisions import Effective, Provision
from silian_engines.policy_rules.rulebook import rulebook

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.gateways.scarce_lists import (
    OCCUPATIONS,
    RATE,
    scarce_provisions,
)
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.queries.parameters import nearest, unissued

AWARD = "innovation_award_amount"
RAISED = "R11-SCARCE"  # takes the place of the apprenticeship's rule where a rate is decided
DAYS = ("valid_from", "known_from", "review_by", "valid_to")
NUMBERS = ("value", "low", "high")


@dataclass(frozen=True, kw_only=True)
class ClaimRule:
    """A scheme's rule in one place on one day, with what the region entered (申领规则)."""

    scheme: ClaimScheme
    place: str
    on: datetime.date
    known_on: datetime.date
    compiled: CompiledRule
    entered: tuple[Provision, ...] = ()

    @property
    def version(self) -> str:
        return self.compiled.version

    def companion(self, rule: str) -> CompiledRule | None:
        """Another rule of the same place, day and numbers, such as that of breaks."""
        return compiled(rule, self.place, self.on, self.known_on, self.entered)

    @property
    def is_raised(self) -> bool:
        """Whether subsidies for scarce occupations rise here (紧缺上浮). Basis: AP-14."""
        return self.compiled.rule.id == RAISED

    @property
    def scarce(self) -> frozenset[str]:
        """The codes of the catalogue that the claim keeps (紧缺职业编码)."""
        keys = [each.key or "" for each in self.entered if each.id == OCCUPATIONS]
        return frozenset(" ".join(keys).split())

    @property
    def as_json(self) -> dict[str, Any]:
        """How a claim keeps it."""
        return {
            "known_on": self.known_on.isoformat(),
            "entered": [frozen(each) for each in self.entered],
        }


def claim_rule(
    *, scheme: str, place: str, division: str, on: datetime.date, known_on: datetime.date
) -> ClaimRule | None:
    """The rule of a scheme now; None where nobody has set its numbers (未设定)."""
    entered = entered_provisions(book_for(scheme).parameters, division=division, on=on)
    if scheme == ClaimScheme.APPRENTICESHIP:
        entered += scarce_provisions(division=division, on=on)
    return rule_with(scheme, place=place, on=on, known_on=known_on, entered=entered)


def kept_rule(
    *, scheme: str, place: str, on: datetime.date, kept: Mapping[str, Any]
) -> ClaimRule | None:
    """The rule as a claim keeps it."""
    entered = tuple(thawed(each) for each in kept["entered"])
    known_on = datetime.date.fromisoformat(kept["known_on"])
    return rule_with(scheme, place=place, on=on, known_on=known_on, entered=entered)


def rule_with(
    scheme: str,
    *,
    place: str,
    on: datetime.date,
    known_on: datetime.date,
    entered: tuple[Provision, ...],
) -> ClaimRule | None:
    raised = any(each.id == RATE for each in entered)
    name = RAISED if raised else book_for(scheme).rule
    found = compiled(name, place, on, known_on, entered)
    if found is None:
        return None
    return ClaimRule(
        scheme=ClaimScheme(scheme),
        place=place,
        on=on,
        known_on=known_on,
        compiled=found,
        entered=entered,
    )


@lru_cache(maxsize=512)
def compiled(
    rule: str,
    place: str,
    on: datetime.date,
    known_on: datetime.date,
    entered: tuple[Provision, ...],
) -> CompiledRule | None:
    """A rule with the region's own numbers over the rulebook's."""
    try:
        effective = rulebook().effective(place, on, known_on)
    except PolicyRuleError:
        return None
    own: dict[str, dict[str | None, Provision]] = {}
    for each in entered:
        own.setdefault(each.id, {})[each.key] = each
    effective = replace(effective, by_id={**effective.by_id, **own})
    definition = definition_of(rule, place, effective)
    if definition is None or not any(
        each.is_set for each in effective.of(definition.basis[0]).values()
    ):
        return None
    return CompiledRule(rule=definition, effective=effective)


def definition_of(rule: str, place: str, effective: Effective) -> Rule | None:
    if rule == book_for(ClaimScheme.INNOVATION).rule:
        return award_rule(rule, effective)
    found = rulebook().definitions(jurisdiction=place).get(rule)
    if found is not None and rule == RAISED:  # the standard grants, the rate only raises
        return replace(found, basis=(*found.basis[1:], found.basis[0]))
    return found


def award_rule(id: str, effective: Effective) -> Rule:
    """So much for each result, by its kind where the region sets amounts by kind (奖补)."""
    keys = [key for key in effective.of(AWARD) if key is not None]
    kinds = tuple(keys) or book_for(ClaimScheme.INNOVATION).kinds
    rate = f"{AWARD}[kind]" if keys else AWARD
    results = Input(
        name="results",
        title="成果",
        unit="",
        each=(
            Input(name="kind", title="类别", unit="", choices=kinds),
            Input(name="pieces", title="项数", unit="项"),
        ),
    )
    step = Step(name="award", title="奖补金额", unit="元", formula=f"sum(results, {rate} * pieces)")
    return Rule(
        id=id,
        title="协同创新和成果转化奖补",
        inputs=(results,),
        steps=(step,),
        gates=(),
        basis=(AWARD,),
        systems=("S51",),
    )


def entered_provisions(
    names: Sequence[str], *, division: str, on: datetime.date
) -> tuple[Provision, ...]:
    """What officials of the region or above entered in the policy register, as provisions."""
    rows = Parameter.objects.filter(name__in=names).exclude(document__in=unissued())
    held = [row for row in nearest(rows, division=division, on=on) if row.is_set]
    return tuple(provision_of(row) for row in of_one_place(held, division=division))


def of_one_place(rows: Iterable[Parameter], *, division: str) -> list[Parameter]:
    """All keys of a parameter from the nearest place, so that two tables never mix."""
    rows = list(rows)
    nearest_of: dict[str, int] = {}
    for row in rows:
        width = len(row.division_id.rstrip("0"))
        nearest_of[row.name] = max(width, nearest_of.get(row.name, 0))
    return [row for row in rows if len(row.division_id.rstrip("0")) == nearest_of[row.name]]


def provision_of(row: Parameter) -> Provision:
    return Provision(
        id=row.name,
        jurisdiction=row.division_id,
        title=f"{row.title}：{row.key}" if row.key else row.title,
        unit="比例" if row.unit in ("%", "比例") else row.unit,
        force=row.force,
        kind="threshold",
        document=row.source,
        clause=row.place,
        evidence=row.evidence,
        valid_from=row.valid_from,
        known_from=row.valid_from,
        review_by=row.review_by or datetime.date.max,
        valid_to=row.valid_to,
        value=fraction(row, "value"),
        low=fraction(row, "low"),
        high=fraction(row, "high"),
        comparator=row.comparator or "=",
        key=row.key or None,
        number=row.code,
    )


def fraction(row: Parameter, name: str) -> Fraction | None:
    """A share typed in per cent counts as a share."""
    value = getattr(row, name)
    if value is None:
        return None
    return Fraction(value) / (100 if row.unit == "%" else 1)


def frozen(provision: Provision) -> dict[str, Any]:
    """A provision as JSON keeps it, exactly."""
    row = asdict(provision)
    row |= {name: row[name] and row[name].isoformat() for name in DAYS}
    row |= {name: str(row[name]) if isinstance(row[name], Fraction) else None for name in NUMBERS}
    return {name: row[name] for name in row if name not in ("groups", "deadline", "same_as")}


def thawed(row: Mapping[str, Any]) -> Provision:
    days = {name: row[name] and datetime.date.fromisoformat(row[name]) for name in DAYS}
    numbers = {name: Fraction(row[name]) if row[name] else None for name in NUMBERS}
    return Provision(**{**row, **days, **numbers})
