"""Propose projects to the banks, have them approved by another, issue, remove."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.publications.commands.drafting import draft_edition
from silian.casework.publications.commands.steps import publish_edition
from silian.casework.publications.models import Edition
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.finance import RecommendationState
from silian.governance.incentives.events.finance import RecommendationMoved
from silian.governance.incentives.models import FinancingNeed, ProjectRecommendation
from silian.governance.incentives.permissions.finance import (
    needs_visible_to,
    recommendations_visible_to,
    require_decider,
    require_recommender,
)
from silian.governance.incentives.queries.finance_editions import EDITION_KIND, snapshot_of
from silian.governance.incentives.queries.finance_recommendations import (
    LIVING,
    approved_rows,
    frozen,
    gates_of,
    ground_of,
)
from silian.governance.incentives.rules.finance_eligibility import reason_not_recommendable
from silian.governance.incentives.workflow.finance_recommendations import (
    project_recommendation as steps,
)

S = RecommendationState


@transaction.atomic
def propose_recommendation(
    *, need_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> ProjectRecommendation:
    """Propose a project for the list, on gates that are frozen with it (提出推荐).

    Basis: S64; 001·21 符合贷款条件的产教融合项目企业优先给予贷款支持.
    """
    require_recommender(actor)
    today = timezone.localdate(now)
    need = locked_need(need_id, actor=actor, on=today)
    if ProjectRecommendation.objects.filter(need=need, state__in=LIVING).exists():
        raise WrongState("这个项目已在推荐名单或待审定，不需要再提出。")
    gates = gates_of([need], on=today)[need.pk]
    if fault := reason_not_recommendable(gates):
        raise DomainError(fault)
    if not reason.strip():
        raise DomainError("请写明推荐理由，金融机构据此了解项目。", field="reason")
    ground = ground_of(division=need.division_id, on=today)
    row = ProjectRecommendation.objects.create(
        need=need,
        division_id=need.division_id,
        basis=ground.basis[:200],
        force=ground.force,
        gates=frozen(gates),
        reason=reason.strip()[:500],
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )
    tell(row, "proposed", actor=actor, reason=reason)
    return row


def locked_need(need_id: int, *, actor: Actor, on: datetime.date) -> FinancingNeed:
    rows = needs_visible_to(actor, on=on).select_related("project", "owner")
    return rows.select_for_update(of=("self",)).get(pk=need_id)


def tell(row: ProjectRecommendation, verb: str, *, actor: Actor, reason: str = "") -> None:
    record(actor, f"incentives.recommendation.{verb}", row, reason=reason)
    publish(RecommendationMoved(recommendation_id=row.pk, state=row.state))


def locked(recommendation_id: int, *, actor: Actor, on: datetime.date) -> ProjectRecommendation:
    rows = recommendations_visible_to(actor, on=on).select_related("need__project", "need__owner")
    return rows.select_for_update(of=("self",)).get(pk=recommendation_id)


@transaction.atomic
def approve_recommendation(
    *, recommendation_id: int, opinion: str, actor: Actor, now: datetime.datetime
) -> ProjectRecommendation:
    """Approve what another person proposed; the gates must still be open (审定)."""
    today = timezone.localdate(now)
    row = locked(recommendation_id, actor=actor, on=today)
    require_decider(actor, row)
    if fault := reason_not_recommendable(gates_of([row.need], on=today)[row.need_id]):
        raise DomainError(f"提出以后情况有变化。{fault}")
    row.state = steps.target(
        "approve", state=S(row.state), proposed_by=row.proposed_by_id, approver=actor.user_id
    )
    keep_decision(row, opinion=opinion, actor=actor, now=now)
    tell(row, "approved", actor=actor, reason=opinion)
    return row


def keep_decision(
    row: ProjectRecommendation, *, opinion: str, actor: Actor, now: datetime.datetime
) -> None:
    row.decided_by_id, row.decided_at = actor.user_id, now
    row.opinion = opinion.strip()[:300]
    row.save(update_fields=["state", "decided_by", "decided_at", "opinion"])


@transaction.atomic
def return_recommendation(
    *, recommendation_id: int, opinion: str, actor: Actor, now: datetime.datetime
) -> ProjectRecommendation:
    """Send a proposal back with what is wrong with it (退回)."""
    row = locked(recommendation_id, actor=actor, on=timezone.localdate(now))
    require_decider(actor, row)
    if not opinion.strip():
        raise DomainError("请写明退回意见。", field="opinion")
    row.state = steps.target("return", state=S(row.state))
    keep_decision(row, opinion=opinion, actor=actor, now=now)
    tell(row, "returned", actor=actor, reason=opinion)
    return row


@transaction.atomic
def issue_list(*, actor: Actor, now: datetime.datetime) -> Edition:
    """Publish the list as the next edition: what is out already and what was approved (发布).

    Consent that was withdrawn since keeps a project out of the edition.
    """
    require_recommender(actor)
    today = timezone.localdate(now)
    rows = list(approved_rows(actor, states=[S.APPROVED, S.ISSUED]).select_for_update(of=("self",)))
    gates = gates_of([row.need for row in rows], on=today)
    open_rows = [row for row in rows if not reason_not_recommendable(gates[row.need_id])]
    if not open_rows:
        raise DomainError("没有可发布的项目。请先提出并审定推荐项目，或请申请单位授权展示。")
    edition = published_edition(open_rows, actor=actor, on=today, now=now)
    for row in open_rows:
        is_new = row.state == S.APPROVED
        row.state = S.ISSUED if not is_new else steps.target("issue", state=S(row.state))
        row.edition, row.issued_on = edition, row.issued_on or today
        row.save(update_fields=["state", "edition", "issued_on"])
        if is_new:
            tell(row, "issued", actor=actor)
    return edition


def published_edition(
    rows: list[ProjectRecommendation], *, actor: Actor, on: datetime.date, now: datetime.datetime
) -> Edition:
    """An edition of the list, out at once: each line was approved by another person."""
    given: dict[str, Any] = {"actor": actor, "on": on, "division": actor.jurisdiction}
    edition = draft_edition(
        kind=EDITION_KIND,
        title=f"产教融合项目融资推荐名单（{on.year}年{on.month}月{on.day}日）",
        summary=f"推荐 {len(rows)} 个项目；各项目由两人分别提出、审定，并经申请单位授权。",
        snapshot=snapshot_of(rows),
        **given,
    )
    return publish_edition(edition_id=edition.pk, actor=actor, now=now)


@transaction.atomic
def remove_recommendation(
    *, recommendation_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> ProjectRecommendation:
    """Take a project off the list with a reason; the next edition is without it (移出)."""
    row = locked(recommendation_id, actor=actor, on=timezone.localdate(now))
    require_recommender(actor)
    if not actor.covers(row.division_id):
        raise NotAllowed("只能移出本地区的推荐项目。")
    if not reason.strip():
        raise DomainError("请写明移出原因，原因会告知申请单位。", field="reason")
    row.state = steps.target("remove", state=S(row.state))
    row.removed_by_id, row.removed_at = actor.user_id, now
    row.remove_reason = reason.strip()[:300]
    row.save(update_fields=["state", "removed_by", "removed_at", "remove_reason"])
    tell(row, "removed", actor=actor, reason=reason)
    return row
