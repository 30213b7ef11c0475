"""Everything that the papers of one claim say, read once (材料的数据)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from silian_engines.policy_rules.provisions import Provision

from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.gateways.claim_schemes import SchemeBook, book_for
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.queries.calculations import (
    Basis,
    basis_of,
    keyed_title,
    source_of,
)
from silian.governance.incentives.queries.claim_amounts import rule_of_claim
from silian.governance.incentives.queries.claim_sum_lines import CENT, SumLine, sum_lines
from silian.governance.incentives.rules.claim_items import clipped, words_of_days
from silian.operations.placements.models import Apprentice, Internship

ZERO = Decimal(0)
UNTOLD = "未登记"


@dataclass(frozen=True, kw_only=True)
class PaperSource:
    """A claim with its rows, sums and rule; ``details`` are rows of the register by their key."""

    claim: Claim
    book: SchemeBook
    rule: ClaimRule
    items: tuple[ClaimItem, ...]
    details: Mapping[int, Any]
    lines: tuple[SumLine, ...]

    @property
    def counted(self) -> list[ClaimItem]:
        return [each for each in self.items if each.counts]

    @property
    def units(self) -> Decimal:
        return sum((each.units for each in self.counted), ZERO)

    @property
    def itemised(self) -> Decimal:
        """What the items come to, added up (逐人合计)."""
        return sum((each.amount for each in self.counted), ZERO)

    @cached_property
    def basis(self) -> list[Basis]:
        return [basis_of(each) for each in self.rule.compiled.provisions]

    def clause_of(self, kind: str) -> str:
        """The clause that sets the rate of a level or kind, else of the subsidy."""
        return source_of(self.provision_of(kind))

    def provision_of(self, kind: str) -> Provision:
        found = self.rule.compiled.provisions
        return next((each for each in found if each.key == kind), found[0])


def paper_source(claim: Claim) -> PaperSource:
    """Read a claim for its papers, in a constant number of queries (材料的数据)."""
    items = claim.items.select_related("person", "school").order_by("pk")
    rows = tuple(items)
    return PaperSource(
        claim=claim,
        book=book_for(claim.call.scheme),
        rule=rule_of_claim(claim),
        items=rows,
        details=details_of(claim, [each.source_id for each in rows]),
        lines=tuple(sum_lines(claim)),
    )


def details_of(claim: Claim, keys: list[int]) -> dict[int, Any]:
    """What registers know of interns or apprentices, and the evidence of results."""
    if claim.call.scheme == ClaimScheme.INTERNSHIP:
        interns = Internship.objects.select_related("post", "school_class__cohort__programme")
        return interns.in_bulk(keys)
    if claim.call.scheme == ClaimScheme.APPRENTICESHIP:
        apprentices = Apprentice.objects.select_related("apprenticeship__occupation")
        return apprentices.in_bulk(keys)
    found: dict[int, list[str]] = defaultdict(list)
    papers = claim.papers.filter(item__isnull=False).order_by("pk")
    for key, name in papers.values_list("item__source_id", "file__name"):
        found[key].append(name)
    return {key: "、".join(names) for key, names in found.items()}


def rate_of(item: ClaimItem) -> Decimal:
    """Yuan for one unit of an item."""
    return (item.amount / item.units).quantize(CENT) if item.units else ZERO


def rate_words(rate: Decimal, unit: str) -> str:
    return f"{format_yuan(rate)} 元/{unit.removeprefix('个')}"


def units_words(units: Decimal) -> str:
    return f"{units.normalize():f}"


def break_days(item: ClaimItem) -> int:
    """How many days of the item's period were breaks; one that lasts runs to its end."""
    days = 0
    for first, after in item.facts.get("breaks", []):
        ends = datetime.date.fromisoformat(after) if after else item.ends_on
        inside = clipped(
            (datetime.date.fromisoformat(first), ends), to=(item.starts_on, item.ends_on)
        )
        days += (inside[1] - inside[0]).days if inside else 0
    return days


def basis_rows(source: PaperSource) -> list[dict[str, str]]:
    """Each provision with value, document, clause and days in force (依据)."""
    return [
        {
            "title": each.title,
            "words": each.words,
            "force": each.force,
            "source": each.source,
            "period": each.period,
        }
        for each in source.basis
    ]


def rule_words(source: PaperSource) -> dict[str, str]:
    """Which rule in which version computed the amounts (规则版本)."""
    rule = source.rule.compiled.rule
    return {"id": rule.id, "title": rule.title, "version": source.claim.rule_version}


def line_rows(source: PaperSource) -> list[dict[str, str]]:
    """The sums by school or level, each with its rate and clause (分类合计)."""
    return [
        {
            "title": line.title,
            "heads": str(line.heads),
            "units": units_words(line.units),
            "rate": rate_words(line.rate, line.unit),
            "amount": f"{line.amount:.2f}",
            "clause": source.clause_of(line.title),
            "rule": keyed_title(source.provision_of(line.title)),
        }
        for line in source.lines
    ]


def period_words(source: PaperSource) -> str:
    call = source.claim.call
    return words_of_days((call.covers_from, call.covers_until))
