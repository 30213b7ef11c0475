"""What an internship's agreement says, drawn from post and plan, and whether terms are lawful."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from silian.operations.placements.choices.hosts import (
    PostState,
    Severity,
)
from silian.operations.placements.choices.internships import (
    Arrangement,
)
from silian.operations.placements.models import Internship, InternshipPost, PostMove
from silian.operations.placements.queries.lawfulness import Candidate, Facts
from silian.operations.placements.rules.agreement_terms import fee_words_in
from silian.operations.placements.rules.prohibitions.agreement_matters import agreement_findings
from silian.operations.placements.rules.prohibitions.declaration import Finding

KIND, SELF_CHOSEN_KIND = "internship", "self_chosen_internship"
TRAINING_HOURS = 8  # one working day before the start, which the parties may raise
BASIS = "教职成〔2021〕4号第十四条"
REST = "每周至少休息 2 天，法定节假日休息，不安排加班和夜班。"
PROTECTION = "实习单位按岗位需要免费提供劳动防护用品，告知危险因素和防护措施，落实安全操作规程。"
HANDLING = "实习单位和学校当日报告并共同处理，由投保方办理理赔。"
BREACH = "一方违约造成其他方损失的，按照责任赔偿；学生合法权益受到侵害的，可以向教育行政部门投诉。"


def kind_of_agreement(internship: Internship) -> str:
    return SELF_CHOSEN_KIND if internship.arrangement == Arrangement.SELF else KIND


def terms_of(internship: Internship) -> dict[str, Any]:
    """Every term of the tri-party agreement but the period (协议条款)."""
    plan = internship.plan
    return {
        **post_terms(internship.post),
        "pay": internship.pay,
        "mentor": str(internship.mentor or "到岗前由实习单位指定"),
        "teacher": str(internship.teacher or "到岗前由学校指定"),
        "lodging": internship.lodging or lodging_of(internship.post),
        "training_hours": TRAINING_HOURS,
        "liability_payer": "school",
        "accident_insurance": True,
        "accident_handling": HANDLING,
        "assessment": plan.assessment,
        "breach": BREACH,
    }


def post_terms(post: InternshipPost) -> dict[str, Any]:
    """The terms that a post decides, also for a change of post."""
    return {
        "post": post.title,
        "place": post.address,
        "tasks": list(post.tasks) or [post.title],
        "conditions": "实习单位已经学校实地考察，工作环境符合安全和卫生要求。",
        "daily_hours": post.daily_hours,
        "weekly_days": post.weekly_days,
        "shift_starts": post.shift_starts,
        "shift_ends": post.shift_ends,
        "rest": REST,
        "board": post.board or "由学生自理",
        "lodging": lodging_of(post),
        "pay": post.pay,
        "pay_day": post.pay_day,
        "pay_method": "bank",
        "protection": PROTECTION,
    }


def lodging_of(post: InternshipPost) -> str:
    return "实习单位提供住宿" if post.has_lodging else "由学生自理"


def post_of_terms(internship: Internship, terms: Mapping[str, Any]) -> InternshipPost | None:
    """The registered post that the terms speak of, if there is one."""
    title, place = terms.get("post"), terms.get("place")
    present = internship.post
    if (title, place) == (present.title, present.address):
        return present
    move = PostMove.objects.filter(internship=internship, done_at=None, dropped_at=None)
    for planned in move.select_related("post__industry", "post__organisation__industry"):
        if (title, place) == (planned.post.title, planned.post.address):
            return planned.post
    if title == present.title:
        return present
    rows = InternshipPost.objects.filter(
        organisation_id=internship.organisation_id, title=title, state=PostState.OPEN
    )
    return rows.order_by("pk").first()


def findings_on_terms(
    *, internship: Internship, terms: Mapping[str, Any], on: datetime.date
) -> list[Finding]:
    """What the rules say of the terms as they would hold, and what these leave open (条款核对)."""
    post = post_of_terms(internship, terms)
    if post is None:
        return [unknown_post(terms)]
    candidate = candidate_of(internship, post=post, terms=terms)
    facts = Facts([candidate])
    for name, value in changed_facts(terms).items():
        setattr(facts.posts[post.pk], name, value)  # the copy that the rules read, never saved
    limits = facts.limits_at(post.division_id, max(candidate.starts_on, on))
    return [
        *agreement_findings(terms=terms, limits=limits),
        *facts.findings(candidate, on=on),
    ]


def unknown_post(terms: Mapping[str, Any]) -> Finding:
    return Finding(
        code="IN-15",
        title="岗位须登记",
        sentence=f"“{terms.get('post')}”不是该单位登记的实习岗位，请先登记岗位再写入协议。",
        severity=Severity.BLOCK,
        article="第十四条",
        basis=BASIS,
    )


def candidate_of(
    internship: Internship, *, post: InternshipPost, terms: Mapping[str, Any]
) -> Candidate:
    """The internship as a candidate for its post, with the terms' days."""
    return Candidate(
        person_id=internship.person_id,
        post_id=post.pk,
        plan_id=internship.plan_id,
        host_id=internship.host_id,
        starts_on=day(terms.get("starts_on"), internship.starts_on),
        ends_on=day(terms.get("ends_on"), internship.ends_on),
        kind=internship.kind,
        arrangement=internship.arrangement,
        has_teacher=internship.teacher_id is not None,
        has_mentor=internship.mentor_id is not None,
        mismatch_reason=internship.mismatch_reason,
        filing_number=internship.filing_number,
        lodging=internship.lodging or str(terms.get("lodging") or ""),
    )


def day(value: Any, otherwise: datetime.date) -> datetime.date:
    if not value:
        return otherwise
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))


READERS: dict[str, Callable[[Any], Any]] = {
    "pay": lambda value: Decimal(str(value)),
    "daily_hours": lambda value: Decimal(str(value)),
    "weekly_days": int,
    "shift_starts": lambda value: datetime.time.fromisoformat(str(value)),
    "shift_ends": lambda value: datetime.time.fromisoformat(str(value)),
    "pay_method": str,
    "tasks": tuple,
}


def changed_facts(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a post that the terms say otherwise."""
    said = {name: read(terms[name]) for name, read in READERS.items() if terms.get(name)}
    fees = fee_words_in(str(terms.get("remarks") or ""))
    return {**said, "fees": fees} if fees else said
