"""The rows of ``rewards.toml`` as this module asks for them (激励与约束规定)."""

from __future__ import annotations

import datetime

from silian_engines.policy_rules.errors import RulebookFault
from silian_engines.policy_rules.provisions import FORCES
from silian_engines.policy_rules.rewards import (
    RESTRICTION,
    RESTRICTION_MEASURES,
    REWARD,
    REWARD_MEASURES,
    SOURCES,
    SUBJECTS,
    RewardRule,
    reward_rules,
)

from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.gateways.rulebook import place_of, places

MEASURES = {**REWARD_MEASURES, **RESTRICTION_MEASURES}


def rules_of(division: str, *, on: datetime.date) -> tuple[RewardRule, ...]:
    """The rows that hold in a division on a day; a made-up region follows another's book."""
    return rules_at(place_of(division).code, on=on)


def rules_at(place: str, *, on: datetime.date) -> tuple[RewardRule, ...]:
    try:
        return reward_rules(jurisdiction=place, on=on)
    except RulebookFault as refusal:
        raise DomainError(str(refusal)) from refusal


def places_with_rules(*, on: datetime.date) -> list[tuple[str, str]]:
    """The places whose policy says how results are used."""
    return [(code, name) for code, name in places() if rules_at(code, on=on)]


def rewards_of(division: str, *, on: datetime.date) -> dict[str, RewardRule]:
    """The rows about rewards, by code."""
    return {each.code: each for each in rules_of(division, on=on) if each.effect == REWARD}


def restrictions_of(division: str, *, on: datetime.date) -> dict[str, RewardRule]:
    """The rows about restrictions that this module carries out, by code."""
    return {
        each.code: each
        for each in rules_of(division, on=on)
        if each.effect == RESTRICTION and not each.carried_by
    }


def frozen(rule: RewardRule) -> dict[str, object]:
    """A row as a decision keeps it."""
    return {
        "code": rule.code,
        "title": rule.title,
        "measure": rule.measure,
        "sources": list(rule.sources),
        "source_words": "、".join(SOURCES[each] for each in rule.sources),
        "subjects": list(rule.subjects),
        "subject_words": "、".join(SUBJECTS[each] for each in rule.subjects),
        "levels": list(rule.levels),
        "schemes": list(rule.schemes),
        "condition": rule.condition,
        "amount": rule.amount,
        "force": rule.force,
        "force_words": FORCES[rule.force],
        "soft": rule.is_soft,
        "document": rule.document,
        "clause": rule.clause,
        "valid_from": rule.valid_from.isoformat(),
    }
