"""Candidates of a decision, where results were used, and what waits for whom."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.governance.incentives.choices.rewards import (
    ADVERSE_LEVELS,
    CandidateStanding,
    EntryState,
    RestrictionMeasure,
    RestrictionState,
    RewardMeasure,
    RewardState,
)
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import (
    RewardCandidate,
    RewardDecision,
    RewardEntry,
)
from silian.governance.incentives.models.reward_results import EvaluationResult, ResultUse
from silian.governance.incentives.permissions.rewards import (
    answers_for_unit,
    decides_rewards,
    decisions_visible_to,
    of_own_unit,
    proposes_rewards,
    public_decisions,
    restrictions_visible_to,
    results_visible_to,
)
from silian.governance.incentives.rules.rewards import Fact, Row, Subject, Veto, share_used
from silian.registers.credit.choices import LegalGround
from silian.registers.credit.models import CreditRecord
from silian.registers.organisations.choices import OrganisationKind

FEW = 5  # fewer units in a public statistic could be told apart


def results_counted(
    decision: RewardDecision, rows: Sequence[Row], *, on: datetime.date
) -> QuerySet[EvaluationResult]:
    """The current results of the period that the chosen rows speak of (候选依据)."""
    sources = {source for row in rows for source in row.sources}
    kinds = {kind for row in decision.rules for kind in row["subjects"]}
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    found = EvaluationResult.objects.filter(
        lasting,
        is_current=True,
        division__code__startswith=subtree_prefix(decision.division_id),
        source__in=sources,
        subject_kind__in=kinds,
        decided_on__gte=decision.starts_on,
        decided_on__lt=decision.ends_on,
    )
    narrow = [row.schemes for row in rows if row.schemes]
    if narrow and len(narrow) == len(rows):
        found = found.filter(kind__in={scheme for schemes in narrow for scheme in schemes})
    return found.select_related("organisation").order_by("organisation_id", "pk")


def subjects_of(
    results: Collection[EvaluationResult], *, vetoes: Mapping[int, Veto]
) -> list[Subject]:
    """The results by unit, with what stands against it."""
    grouped: dict[int, list[EvaluationResult]] = defaultdict(list)
    for result in results:
        grouped[result.organisation_id].append(result)
    return [
        Subject(
            organisation_id=key,
            name=name_of(rows),
            facts=tuple(fact_of(row) for row in rows),
            veto=vetoes.get(key),
        )
        for key, rows in grouped.items()
    ]


def name_of(rows: Sequence[EvaluationResult]) -> str:
    """An alliance by its own name, else the unit's."""
    if all(row.subject_kind == OrganisationKind.ALLIANCE for row in rows):
        return "、".join(dict.fromkeys(row.subject_name for row in rows))[:200]
    return rows[0].organisation.name


def fact_of(row: EvaluationResult) -> Fact:
    return Fact(
        result_id=row.pk,
        source=row.source,
        level=row.level,
        words=row.words,
        on=row.decided_on,
        kind=row.kind,
        score=row.score,
    )


def veto_of_credit(records: Sequence[CreditRecord]) -> Veto | None:
    """A record that rests on law keeps a unit out; a disputed one or a mere policy does not."""
    for row in records:
        if row.ground and row.ground != LegalGround.POLICY and not row.is_disputed:
            ground = LegalGround(row.ground).label
            return Veto(
                reason=f"信用记录有效：{row.title}"[:300],
                basis=f"{ground}：{row.basis_document} {row.decision_number}"[:300],
            )
    return None


def vetoes_of_restrictions(units: Collection[int], *, on: datetime.date) -> dict[int, Veto]:
    """Units that may not apply today because of a decided restriction."""
    rows = Restriction.objects.in_force(on=on).filter(  # type: ignore[attr-defined]
        organisation_id__in=list(units), measure=RestrictionMeasure.APPLY_SUSPENDED
    )
    return {
        row.organisation_id: Veto(
            reason=f"暂停申报到 {row.ends_on:%Y-%m-%d}（不含）", basis=f"{row.document}{row.clause}"
        )
        for row in rows
    }


def frozen_facts(
    subject: Subject, results: Mapping[int, EvaluationResult], hints: Sequence[str]
) -> list[dict[str, Any]]:
    """The facts as a candidate keeps them; a hint warns and decides nothing."""
    kept = [
        {
            "result": fact.result_id,
            "source": results[fact.result_id].get_source_display(),
            "level": results[fact.result_id].get_level_display(),
            "words": fact.words,
            "on": fact.on.isoformat(),
            "score": str(fact.score) if fact.score is not None else "",
            "url": results[fact.result_id].get_absolute_url(),
        }
        for fact in subject.facts
    ]
    return [*kept, *({"hint": hint} for hint in hints)]


def with_uses(rows: QuerySet[EvaluationResult]) -> QuerySet[EvaluationResult]:
    return rows.select_related("organisation", "division").annotate(use_count=Count("uses"))


def unused(rows: QuerySet[EvaluationResult]) -> QuerySet[EvaluationResult]:
    """Results that no decision used yet (尚未运用)."""
    return rows.filter(~Exists(ResultUse.objects.filter(result=OuterRef("pk"))))


@dataclass(frozen=True, kw_only=True)
class UseNumbers:
    """How many results were used, and what was given (运用情况)."""

    results: int
    used: int
    units: int
    money: Any
    restrictions: int

    @property
    def share(self) -> int | None:
        return share_used(used=self.used, results=self.results)


def use_numbers(actor: Actor, *, on: datetime.date) -> UseNumbers:
    """The numbers of the region (评价结果运用)."""
    results = results_visible_to(actor).filter(is_current=True)
    decisions = decisions_visible_to(actor)
    given = RewardEntry.objects.filter(decision__in=decisions, state=EntryState.VALID)
    found = given.aggregate(units=Count("organisation", distinct=True), money=Sum("amount"))
    total = results.count()
    return UseNumbers(
        results=total,
        used=total - unused(results).count(),
        units=found["units"],
        money=found["money"] or 0,
        restrictions=restrictions_visible_to(actor).in_force(on=on).count(),  # type: ignore[attr-defined]
    )


def given_by_measure(decisions: QuerySet[RewardDecision]) -> list[tuple[str, int]]:
    """How many units each kind of reward reached (按事项统计)."""
    rows = (
        RewardEntry.objects.filter(decision__in=decisions, state=EntryState.VALID)
        .order_by()
        .values_list("decision__measure")
        .annotate(units=Count("organisation", distinct=True))
    )
    counted = dict(rows)
    return [(each.label, counted.get(each.value, 0)) for each in RewardMeasure]


def shown_to_all(number: int) -> str:
    """A number for everybody: a small one is not told exactly."""
    if 0 < number < FEW:
        return f"少于 {FEW}"
    return f"{number:,}"


def public_list(decision: RewardDecision) -> list[dict[str, str]]:
    """Whom the public list names and what for: while it is noticed the chosen, then the ledger."""
    if decision.state == RewardState.NOTICE:
        chosen = decision.listed.filter(chosen=True)
        return [
            {"name": row.subject_name, "words": given_words(row), "key": str(row.pk)}
            for row in chosen
        ]
    rows = decision.entries.filter(state=EntryState.VALID).select_related("candidate")
    return [
        {"name": row.candidate.subject_name, "words": given_words(row), "key": ""}
        for row in rows.order_by("candidate__order")
    ]


def objectable(decision: RewardDecision, *, on: datetime.date) -> bool:
    """Whether anybody may still object to the list (可提异议)."""
    until = decision.notice_until
    return decision.state == RewardState.NOTICE and until is not None and on <= until


def given_words(row: RewardCandidate | RewardEntry) -> str:
    """What is given, in words."""
    parts = [row.words]
    if row.amount is not None:
        parts.append(f"{row.amount:,.2f} 元")
    if row.quantity is not None:
        parts.append(f"{row.quantity.normalize():f} {row.unit}".strip())
    if row.number:
        parts.append(row.number)
    return "，".join(part for part in parts if part)


def public_register() -> QuerySet[RewardDecision]:
    return public_decisions().select_related("office", "division").order_by("-decided_at", "-pk")


def decisions_to_decide(actor: Actor) -> QuerySet[RewardDecision]:
    """Proposals that wait for the actor (待审定)."""
    if not decides_rewards(actor):
        return RewardDecision.objects.none()
    rows = decisions_visible_to(actor).filter(state=RewardState.PROPOSED)
    return rows.exclude(proposed_by_id=actor.user_id or 0)


def decisions_to_publish(actor: Actor, *, on: datetime.date) -> QuerySet[RewardDecision]:
    """Notices that are over (待公布)."""
    if not proposes_rewards(actor):
        return RewardDecision.objects.none()
    return decisions_visible_to(actor).filter(state=RewardState.NOTICE, notice_until__lt=on)


def restrictions_to_do(actor: Actor, *, on: datetime.date) -> QuerySet[Restriction]:
    """Restrictions that wait for the actor: to answer for a unit, to decide for an official."""
    mine = Q(pk__in=[])
    if answers_for_unit(actor):
        mine |= of_own_unit(actor) & Q(state=RestrictionState.NOTICED, reply_by__gte=on)
    if decides_rewards(actor):
        replied = Q(state=RestrictionState.REPLIED)
        silent = Q(state=RestrictionState.NOTICED, reply_by__lt=on)
        deciding = (replied | silent) & ~Q(proposed_by_id=actor.user_id or 0)
        me = Q(proposed_by_id=actor.user_id or 0) | Q(decided_by_id=actor.user_id or 0)
        mine |= deciding | (Q(state=RestrictionState.APPEALED) & ~me)
    return restrictions_visible_to(actor).filter(mine).select_related("organisation")


def adverse_results(actor: Actor) -> QuerySet[EvaluationResult]:
    """Results on which a restriction could rest (不利结果)."""
    rows = results_visible_to(actor).filter(is_current=True, level__in=sorted(ADVERSE_LEVELS))
    return rows.select_related("organisation").order_by("-decided_on", "-pk")


def standing_counts(decision: RewardDecision) -> dict[str, int]:
    """How many candidates meet, have a gap, are excluded, are chosen (候选统计)."""
    return decision.listed.aggregate(
        all=Count("pk"),
        meets=Count("pk", filter=Q(standing=CandidateStanding.MEETS)),
        gap=Count("pk", filter=Q(standing=CandidateStanding.GAP)),
        excluded=Count("pk", filter=Q(standing=CandidateStanding.EXCLUDED)),
        taken=Count("pk", filter=Q(chosen=True)),
        money=Sum("amount", filter=Q(chosen=True)),
    )
