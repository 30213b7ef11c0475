"""Keep a simulation, and draft a dated provision from it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.governance.incentives.gateways.rulebook import rule_of
from silian.governance.incentives.models import DraftProvision, Scenario
from silian.governance.incentives.permissions.incentives import (
    require_simulating,
    scenarios_visible_to,
)
from silian.governance.incentives.queries.simulation import Simulation, change_named, simulate
from silian.governance.incentives.rules.simulation import Tally
from silian.registers.organisations.models import Organisation


@transaction.atomic
def save_scenario(
    *,
    title: str,
    change: str,
    after: str,
    place: str,
    year: int,
    actor: Actor,
    now: datetime.datetime,
) -> Scenario:
    """Compute once more and keep what came out (保存模拟方案)."""
    require_simulating(actor)
    office = Organisation.objects.get(pk=actor.organisation_id or 0)
    chosen = change_named(change, place=place, year=year)
    found = simulate(
        change=chosen, after=after, division=actor.jurisdiction, year=year, today=now.date()
    )
    scenario = Scenario.objects.create(
        organisation=office,
        division_id=actor.jurisdiction,
        title=title,
        place=place,
        rule=chosen.guide.rule,
        result=chosen.result_title,
        year=year,
        parameter=chosen.provision.id,
        key=chosen.provision.key or "",
        parameter_title=chosen.title,
        unit=chosen.provision.unit,
        before=chosen.before,
        after=found.after,
        rule_version=chosen.rule.version,
        outcome=frozen(found),
        saved_by_id=actor.user_id,
        saved_at=now,
    )
    record(actor, "incentives.scenario.saved", scenario)
    return scenario


def frozen(found: Simulation) -> dict[str, Any]:
    """The result as it is kept."""
    return {
        "total": kept(found.total),
        "counties": [kept(each) for each in found.counties],
        "sizes": [kept(each) for each in found.sizes],
        "unknown": dict(found.unknown),
    }


def kept(tally: Tally) -> dict[str, Any]:
    """A line as it is frozen: amounts as exact texts."""
    return {
        "label": tally.label,
        "units": tally.units,
        "unknown": tally.unknown,
        "before": str(tally.before),
        "after": str(tally.after),
        "winners": tally.winners,
        "losers": tally.losers,
    }


@transaction.atomic
def draft_provision(
    *,
    scenario_id: int,
    document: str,
    valid_from: datetime.date,
    review_by: datetime.date,
    note: str,
    actor: Actor,
    now: datetime.datetime,
) -> DraftProvision:
    """Write the sentence that a rulebook would take; nothing in force changes (拟稿)."""
    require_simulating(actor)
    scenario = scenarios_visible_to(actor).select_for_update(of=("self",)).get(pk=scenario_id)
    if review_by <= valid_from:
        raise DomainError("复核期限应当晚于拟施行日。", field="review_by")
    draft = DraftProvision.objects.create(
        scenario=scenario,
        document=document,
        valid_from=valid_from,
        review_by=review_by,
        note=note,
        text=rulebook_text(scenario, document, valid_from, review_by, note),
        made_by_id=actor.user_id,
        made_at=now,
    )
    record(actor, "incentives.draft.made", draft)
    return draft


def rulebook_text(
    scenario: Scenario,
    document: str,
    valid_from: datetime.date,
    review_by: datetime.date,
    note: str,
) -> str:
    """One ``[[parameter]]`` as the rulebooks write it, with the clause left open."""
    rule = rule_of(
        rule=scenario.rule, place=scenario.place, on=datetime.date(scenario.year, 12, 31)
    )
    keyed = rule.effective.of(scenario.parameter) if rule else {}
    now = keyed.get(scenario.key or None)
    if now is None:
        raise DomainError("规则库里已没有这个参数，请重新模拟后再拟稿。")
    lines = {
        "id": now.id, "key": now.key, "title": now.title, "value": scenario.after,
        "comparator": now.comparator, "unit": now.unit, "force": now.force, "kind": now.kind,
        "document": document, "clause": "", "evidence": now.evidence, "note": note,
    }  # fmt: skip
    texts = [f"{name} = {quoted(value)}" for name, value in lines.items() if value is not None]
    dates = [f"valid_from = {valid_from}", f"review_by = {review_by}"]
    head = [
        f"# 规定草案：由模拟方案 {scenario.pk} 生成，未生效。",
        "# 文件印发后填写条款和依据等级，经审核再写入规则库。",
        "[[parameter]]",
    ]
    return "\n".join([*head, *texts, *dates]) + "\n"


def quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)
