"""What the platform knows that a unit may claim for, item by item (申领明细的来源)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.gateways.claim_rules import ClaimRule
from silian.governance.incentives.models import Claim, ClaimCall, ClaimItem
from silian.governance.incentives.queries.claim_amounts import rule_of_claim
from silian.governance.incentives.queries.claim_apprentices import apprentice_items
from silian.governance.incentives.queries.claim_drafts import Asked, DraftItem, draft_of
from silian.governance.incentives.queries.claim_students import student_items

Item = TypeVar("Item", ClaimItem, DraftItem)
Source = tuple[str, int, int | None]
Key = tuple[str, int, int | None, int]
ONE_DAY = datetime.timedelta(days=1)
SOURCES: dict[ClaimScheme, Callable[[Asked], list[DraftItem]]] = {
    ClaimScheme.INTERNSHIP: student_items,
    ClaimScheme.APPRENTICESHIP: apprentice_items,
}


@dataclass(frozen=True, kw_only=True)
class Drift:
    """What differs now from an item that the claim froze (与申领时的差异)."""

    item: ClaimItem | None
    now: DraftItem | None
    changes: tuple[str, ...]


def draft_items(
    *,
    call: ClaimCall,
    rule: ClaimRule,
    organisation_id: int,
    subject_id: int = 0,
    on: datetime.date,
    claim_id: int = 0,
) -> list[DraftItem]:
    """What the unit may claim under a call as of a day; what does not count says why (申领明细).

    ``claim_id`` is the claim itself, whose own days are not taken by another.
    """
    read = SOURCES.get(rule.scheme)
    if read is None:
        return []
    asked = Asked(
        rule=rule,
        organisation_id=organisation_id,
        subject_id=subject_id,
        period=(call.covers_from, min(call.covers_until, on + ONE_DAY)),
        covers=(call.covers_from, call.covers_until),
        claim_id=claim_id,
    )
    return read(asked)


def items_now(claim: Claim, *, on: datetime.date) -> list[DraftItem]:
    """The items of a claim as the registers show them now, for the days it froze (现在的明细).

    What a reviewer struck stays struck. What a unit stated itself stays as it was stated.
    """
    kept = list(claim.items.order_by("pk"))
    if claim.call.scheme == ClaimScheme.INNOVATION:
        return [draft_of(each) for each in kept]
    found = draft_items(
        call=claim.call,
        rule=rule_of_claim(claim),
        organisation_id=claim.organisation_id,
        subject_id=claim.subject_id,
        on=frozen_day(claim, on),
        claim_id=claim.pk,
    )
    struck = {key: each for key, each in keyed(kept).items() if each.struck_by_id is not None}
    return [as_struck(each, struck.get(key)) for key, each in keyed(found).items()]


def frozen_day(claim: Claim, on: datetime.date) -> datetime.date:
    """The day as of which a claim counts: of its last refresh, never later."""
    frozen = claim.facts.get("as_of")
    return min(on, datetime.date.fromisoformat(frozen)) if frozen else on


def as_struck(now: DraftItem, kept: ClaimItem | None) -> DraftItem:
    return now.struck(kept.struck_reason) if kept is not None else now


def keyed(items: Iterable[Item]) -> dict[Key, Item]:
    """Items by the row of a register that they come from; several of one row by their order."""
    found: dict[Key, Item] = {}
    seen: Counter[Source] = Counter()
    for each in items:
        source: Source = (each.source_type, each.source_id, each.person_id)
        found[(*source, seen[source])] = each
        seen[source] += 1
    return found


def drift_of(claim: Claim, *, on: datetime.date) -> list[Drift]:
    """What differs now from the frozen facts, item by item; empty when nothing does (事实变化)."""
    kept = keyed(claim.items.order_by("pk"))
    now = keyed(items_now(claim, on=on))
    found = []
    for key in dict.fromkeys([*kept, *now]):
        changes = changes_between(kept.get(key), now.get(key))
        if changes:
            found.append(Drift(item=kept.get(key), now=now.get(key), changes=tuple(changes)))
    return found


def changes_between(kept: ClaimItem | None, now: DraftItem | None) -> list[str]:
    """In words, how an item changed."""
    if now is None:
        return ["原登记已不存在"] if kept is not None and kept.counts else []
    if kept is None:
        return ["新增的登记"] if now.counts else []
    pairs: Sequence[tuple[str, Any, Any]] = (
        ("计入", yes(kept.counts), yes(now.counts)),
        ("数量", number(kept.units), number(now.units)),
        ("等级", kept.level, now.level),
        ("完成培训", yes(kept.facts.get("completed")), yes(now.facts.get("completed"))),
        ("起始日", kept.starts_on, now.starts_on),
        ("终止日", kept.ends_on, now.ends_on),
    )
    return [f"{title}：{before} → {after}" for title, before, after in pairs if before != after]


def yes(value: object) -> str:
    return "是" if value else "否"


def number(value: Decimal) -> str:
    return f"{value.normalize():f}"
