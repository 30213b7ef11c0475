"""Who comes first for a reward, who may not be listed, and what needs a reason."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from silian.governance.incentives.choices.rewards import (
    ADVERSE_LEVELS,
    LEVEL_RANK,
    CandidateStanding,
)

UNSET = "未设定"


@dataclass(frozen=True, kw_only=True)
class Veto:
    """What by law keeps a unit from being listed (不得列入的依据)."""

    reason: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A result that speaks for or against a candidate, linked to its row (依据事实)."""

    result_id: int
    source: str
    level: str
    words: str
    on: datetime.date
    kind: str = ""
    score: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A unit with its results and what stands against it (候选单位)."""

    organisation_id: int
    name: str
    facts: tuple[Fact, ...]
    veto: Veto | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a rule row asks, as it is frozen in a decision (规定)."""

    code: str
    title: str
    sources: tuple[str, ...]
    levels: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    force: str = ""
    soft: bool = True
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A candidate with its place in the computed order (计算次序)."""

    subject: Subject
    standing: CandidateStanding
    reason: str = ""
    basis: str = ""
    within_quota: bool = False
    order: int = 0
    met: tuple[str, ...] = field(default_factory=tuple)


def fits(row: Row, fact: Fact) -> bool:
    """Whether a result is one that the row speaks of."""
    return fact.source in row.sources and (not row.schemes or fact.kind in row.schemes)


def meets(row: Row, fact: Fact) -> bool:
    """Whether a result opens the row; where the policy names no level, any that is not adverse."""
    if not fits(row, fact):
        return False
    return fact.level in row.levels if row.levels else fact.level not in ADVERSE_LEVELS


def best_first(subject: Subject) -> tuple[int, Decimal, str, int]:
    """The order of candidates: level, then score, then name, the unit's number last."""
    ranks = [LEVEL_RANK.get(fact.level, len(LEVEL_RANK)) for fact in subject.facts]
    scores = [fact.score for fact in subject.facts if fact.score is not None]
    best = max(scores, default=Decimal(-1))
    return min(ranks, default=len(LEVEL_RANK)), -best, subject.name, subject.organisation_id


def placed(subjects: Sequence[Subject], *, rows: Sequence[Row], quota: int | None) -> list[Placed]:
    """The computed order: who meets the rows, who has a gap, who by law may not be listed.

    A soft row leaves a gap and never excludes; only a veto with its basis does.
    """
    found: dict[CandidateStanding, list[Placed]] = {each: [] for each in CandidateStanding}
    for subject in sorted(subjects, key=best_first):
        judged = judged_by(subject, rows)
        found[judged.standing].append(judged)
    listed = [each for standing in CandidateStanding for each in found[standing]]
    wanted = len(found[CandidateStanding.MEETS]) if quota is None else quota
    return [
        Placed(
            subject=each.subject,
            standing=each.standing,
            reason=each.reason,
            basis=each.basis,
            met=each.met,
            order=order,
            within_quota=each.standing == CandidateStanding.MEETS and order <= wanted,
        )
        for order, each in enumerate(listed, 1)
    ]


def judged_by(subject: Subject, rows: Sequence[Row]) -> Placed:
    if subject.veto is not None:
        return Placed(
            subject=subject,
            standing=CandidateStanding.EXCLUDED,
            reason=subject.veto.reason,
            basis=subject.veto.basis,
        )
    met = tuple(row.title for row in rows if any(meets(row, fact) for fact in subject.facts))
    if met:
        return Placed(subject=subject, standing=CandidateStanding.MEETS, met=met)
    wanted = rows[0] if rows else None
    return Placed(
        subject=subject,
        standing=CandidateStanding.GAP,
        reason="结果等次没有达到所选规定写明的等次",
        basis=wanted.place if wanted else "",
    )


def reason_choice_unexplained(
    *, within_quota: bool, chosen: bool, standing: str, deviation: str
) -> str | None:
    """Why a choice cannot stand, or None; each deviation from the computed order needs a reason."""
    if chosen and standing == CandidateStanding.EXCLUDED:
        return "这家单位依法不得列入，不能选择。依据有变化的请重新计算名单。"
    if chosen != within_quota and not deviation.strip():
        what = "计算次序没有列入而选择" if chosen else "计算次序已列入而不选择"
        return f"{what}，须写明理由。"
    return None


def reason_not_submittable(*, chosen: int, unexplained: int, computed: bool) -> str | None:
    """Why a draft cannot go to the decision, or None."""
    if not computed:
        return "还没有计算候选名单，请先计算。"
    if not chosen:
        return "还没有选择单位，请至少选择 1 家。"
    if unexplained:
        return f"有 {unexplained} 家与计算次序不同而没有写理由，请补写后再提交。"
    return None


def reason_not_decidable(*, is_proposer: bool, own: Sequence[str]) -> str | None:
    """Why somebody may not decide, or None (回避)."""
    if is_proposer:
        return "提出人不能作决定。请由另一位统筹人员或分管领导审定。"
    if own:
        return f"名单里有您所在的“{own[0]}”，按回避要求不能审定。请由其他人员审定。"
    return None


def reason_not_publishable(
    *, notice_until: datetime.date | None, on: datetime.date, objections: int, chosen: int
) -> str | None:
    """Why the list cannot be published yet, or None: notice over, every objection answered."""
    if notice_until is not None and on <= notice_until:
        return f"公示到 {notice_until:%Y-%m-%d}，期满后再公布。"
    if objections:
        return f"还有 {objections} 条异议没有答复，全部答复后再公布。"
    return None if chosen else "名单里已没有单位，不能公布。请取消这个事项。"


def reason_not_objectable(
    *, on_notice: bool, notice_until: datetime.date | None, on: datetime.date
) -> str | None:
    """Why nobody can object any more, or None."""
    if not on_notice or notice_until is None:
        return "名单不在公示期，不再受理异议。可以向办理单位反映。"
    if on > notice_until:
        return f"公示到 {notice_until:%Y-%m-%d} 为止，已不再受理异议。可以向办理单位反映。"
    return None


def reason_objection_not_taken(*, took_part: bool, own: bool, taken_by_other: bool) -> str | None:
    """Why somebody may not look into an objection, or None (回避)."""
    if took_part:
        return "提出或审定这份名单的人不能核查异议。请由没有经办过的人员承办。"
    if own:
        return "异议关系到您所在的单位，按回避要求不能核查。请由其他人员承办。"
    return "这条异议已有承办人。" if taken_by_other else None


def reason_not_imposable(
    *,
    is_proposer: bool,
    has_replied: bool,
    reply_by: datetime.date,
    on: datetime.date,
    own: bool,
) -> str | None:
    """Why a restriction may not be decided yet, or None."""
    if is_proposer:
        return "提出人不能作决定。请由另一位统筹人员或分管领导决定。"
    if own:
        return "对方是您所在单位，按回避要求不能决定。请由其他人员决定。"
    if not has_replied and on <= reply_by:
        return f"陈述期限到 {reply_by:%Y-%m-%d}，对方还没有陈述，期满后再决定。"
    return None


def reason_reply_late(*, reply_by: datetime.date, on: datetime.date) -> str | None:
    if on > reply_by:
        return f"陈述期限 {reply_by:%Y-%m-%d} 已过。决定作出后仍可申诉。"
    return None


def reason_appeal_late(*, appeal_by: datetime.date | None, on: datetime.date) -> str | None:
    if appeal_by is not None and on > appeal_by:
        return f"申诉期限 {appeal_by:%Y-%m-%d} 已过。"
    return None


def reason_appeal_not_settled(*, took_part: bool, own: bool) -> str | None:
    """Why somebody may not settle an appeal, or None."""
    if took_part:
        return "提出或决定这项约束的人不能处理申诉。请由没有经办过的人员处理。"
    return "对方是您所在单位，按回避要求不能处理。" if own else None


def share_used(*, used: int, results: int) -> int | None:
    """The share of results that a decision used, in per cent; None where there are none."""
    return round(100 * used / results) if results else None


def frozen_row(row: Mapping[str, object]) -> Row:
    """A row as it stands in a decision."""

    def texts(name: str) -> tuple[str, ...]:
        found = row.get(name, ())
        return tuple(str(each) for each in found) if isinstance(found, Collection) else ()

    return Row(
        code=str(row["code"]),
        title=str(row["title"]),
        sources=texts("sources"),
        levels=texts("levels"),
        schemes=texts("schemes"),
        force=str(row.get("force", "")),
        soft=bool(row.get("soft", True)),
        place=f"{row.get('document', '')}{row.get('clause', '')}",
    )
