"""What a student and a guardian see of their own internships."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from silian.casework.agreements.choices import SignatureState, VersionState
from silian.casework.agreements.models import Signature
from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.internships import (
    InternshipSide,
    InternshipState,
    SelfChoiceState,
)
from silian.operations.placements.models import Internship, SelfChoice
from silian.operations.placements.permissions.internships import self_choices_visible_to
from silian.operations.placements.queries.consents import consents_waiting_for
from silian.operations.placements.queries.internship_page import page_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE

S = InternshipState
ORDER = (S.IN_POST, S.INTERRUPTED, S.PREPARING, S.PLANNED, S.FINISHED, S.ENDED_EARLY, S.ASSESSED)
WORDS = {
    S.PLANNED: "学校正在安排，手续开始后通知您。",
    S.INTERRUPTED: "实习中断中，恢复前不用到岗。",
    S.FINISHED: "实习期满，等待双方考核。",
    S.ENDED_EARLY: "实习已提前结束，等待考核。",
    S.ASSESSED: "考核已完成，成绩和证明在下方查看。",
    S.CANCELLED: "这次安排已取消。",
}


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The one thing to do now, or what one waits for (下一步)."""

    title: str
    detail: str = ""
    url: str = ""
    action: str = ""
    due_at: datetime.datetime | None = None


def own_internships(actor: Actor) -> QuerySet[Internship]:
    """One's own internships, and for a guardian those of the wards."""
    rows = Internship.objects.filter(
        person__user_id=actor.user_id or 0
    ) | Internship.objects.filter(person__guardian__user_id=actor.user_id or 0)
    return rows.select_related(
        "person", "school", "school_class", "organisation", "post__organisation",
        "post__industry", "plan", "host", "teacher", "mentor", "division",
    ).order_by("-starts_on", "-pk")  # fmt: skip


def present_internship(actor: Actor) -> Internship | None:
    """The one that matters now: in post before preparing before what is over."""
    rows = [row for row in own_internships(actor) if row.state != S.CANCELLED]
    rows.sort(key=lambda row: ORDER.index(S(row.state)))
    return rows[0] if rows else None


def next_step(actor: Actor, internship: Internship | None, *, on: datetime.date) -> NextStep:
    """What the reader has to do first (下一步)."""
    consent = consents_waiting_for(actor).first()
    if consent is not None:
        return NextStep(
            title="先读实习知情同意书，再答复",
            detail="同意或不同意都不影响成绩",
            url=reverse("placements:consent", kwargs={"consent_id": consent.pk}),
            action="去答复",
            due_at=consent.due_at,
        )
    if internship is None:
        return NextStep(
            title="还没有实习安排", detail="学校安排后在这里办理；也可以申请自己选择单位"
        )
    signature = waiting_signature(actor, internship)
    if signature is not None:
        return NextStep(
            title="签三方协议",
            detail="各方签齐、保险和培训办好才能到岗",
            url=reverse("agreements:sign", kwargs={"signature_id": signature.pk}),
            action="去签",
            due_at=signature.version.sign_by,
        )
    return waiting_step(internship, on=on)


def waiting_signature(actor: Actor, internship: Internship) -> Signature | None:
    """The signature on the internship's agreement that waits for the reader."""
    return (
        Signature.objects.filter(
            version__agreement__source=AGREEMENT_SOURCE,
            version__agreement__source_id=internship.pk,
            version__state=VersionState.SIGNING,
            state=SignatureState.WAITING,
            party__person__user_id=actor.user_id or 0,
        )
        .select_related("version")
        .first()
    )


def waiting_step(internship: Internship, *, on: datetime.date) -> NextStep:
    """What happens without the reader's hand."""
    state = S(internship.state)
    if state == S.PREPARING:
        return NextStep(
            title=f"{internship.starts_on:%m月%d日}到岗", detail="下面的事项办齐后，学校登记到岗"
        )
    if state == S.IN_POST:
        left = (internship.ends_on - on).days
        return NextStep(title="在岗实习中", detail=f"还有 {max(left, 0)} 天期满")
    return NextStep(title=internship.get_state_display(), detail=WORDS.get(state, ""))


def own_page(actor: Actor, *, on: datetime.date) -> dict[str, Any]:
    """Everything on the student's page (我的实习)."""
    internship = present_internship(actor)
    earlier = [row for row in own_internships(actor) if internship and row.pk != internship.pk]
    page = page_of(internship, actor=actor, on=on) if internship else {"internship": None}
    checks = page.get("checks") or []
    return {
        **page,
        "step": next_step(actor, internship, on=on),
        "own_checks": [line for line in checks if line.item.who == InternshipSide.STUDENT],
        "other_checks": [line for line in checks if line.item.who != InternshipSide.STUDENT],
        "missing_count": sum(not line.is_there for line in checks),
        "earlier": earlier,
        "choice": open_choice(actor),
        "may_choose": may_choose(page),
    }


def open_choice(actor: Actor) -> SelfChoice | None:
    """The application that is under way, or the last refused."""
    rows = self_choices_visible_to(actor).filter(person__user_id=actor.user_id or 0)
    states = (SelfChoiceState.WITH_GUARDIAN, SelfChoiceState.SUBMITTED, SelfChoiceState.REFUSED)
    return rows.filter(state__in=states).select_related("organisation").order_by("-pk").first()


def may_choose(page: dict[str, Any]) -> bool:
    """Whether the own choice is open: nothing begun yet, or an arrangement refused."""
    internship = page.get("internship")
    return internship is None or internship.state in (S.PLANNED, S.PREPARING)
